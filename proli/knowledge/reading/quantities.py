"""How many things a job is about: "3 מזגנים", "שני שקעים", "4 יח'"."""

from functools import cache
from itertools import pairwise
from typing import Final

from proli.knowledge.reading.lexicon import read_table, word_set
from proli.knowledge.reading.phrases import spellings, stems
from proli.knowledge.text import Token

_MOST: Final = 60
_NUMBERS: Final[dict[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            "שני שתי שנימ שתימ two два две اثنين", "שלושה שלוש three три ثلاث ثلاثة", "ארבעה ארבע four четыре اربع اربعة",
            "חמישה חמש five пять خمس خمسة", "שישה שש six шесть ست ستة", "שבעה שבע seven семь سبع", "שמונה eight восемь ثمان",
            "תשעה תשע nine девять تسع", "עשרה עשר ten десять عشر",
        ),
        start=2,
    )
    for word in word_set(words)
}  # fmt: skip


def find_quantity(words: list[Token]) -> int | None:
    """The number right before a thing that is counted; the first when several are."""
    for number, thing in pairwise(words):
        said = number.text
        count = int(said) if said.isdecimal() and len(said) < 3 else _number(said)
        if count is not None and 0 < count <= _MOST and _is_counted(thing.text):
            return count
    return None


def _number(word: str) -> int | None:
    return next((_NUMBERS[stem] for _, stem in stems(word, shortest=2) if stem in _NUMBERS), None)


def _is_counted(word: str) -> bool:
    return any(spelling in _counted() for spelling in spellings(word))


@cache
def _counted() -> frozenset[str]:
    return frozenset(str(word) for word in read_table("trade_signs.yaml")["counted"])
