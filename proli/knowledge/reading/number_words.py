"""The number words of Hebrew, English and Russian and how they join into one number; millions are left to money."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from proli.knowledge.reading.time_words import folded
from proli.knowledge.text import LONGEST_WORD

Form = Literal["feminine", "masculine", "construct", "compound", "digits"]

FEMININE: Final = folded(
    {"אחת": 1, "שתיים": 2, "שתים": 2, "שלוש": 3, "שלש": 3, "ארבע": 4, "חמש": 5, "שש": 6, "שבע": 7, "שמונה": 8}
    | {"שמנה": 8, "תשע": 9, "עשר": 10}
)
MASCULINE: Final = folded(
    {"אחד": 1, "שניים": 2, "שלושה": 3, "שלשה": 3, "ארבעה": 4, "חמישה": 5, "חמשה": 5, "שישה": 6, "ששה": 6, "שבעה": 7}
    | {"תשעה": 9, "עשרה": 10}
)
CONSTRUCT: Final = folded(
    {"שני": 2, "שתי": 2, "שלושת": 3, "ארבעת": 4, "חמשת": 5, "ששת": 6, "שבעת": 7, "שמונת": 8, "תשעת": 9, "עשרת": 10}
)
TENS: Final = folded(
    {"עשרים": 20, "שלושים": 30, "שלשים": 30, "ארבעים": 40, "חמישים": 50, "חמשים": 50, "שישים": 60, "ששים": 60}
    | {"שבעים": 70, "שמונים": 80, "תשעים": 90}
)
HUNDREDS: Final = folded({"מאה": 100, "מאתיים": 200, "מאתים": 200})
THOUSANDS: Final = folded({"אלף": 1000, "אלפיים": 2000})
UNITS: Final = FEMININE | MASCULINE | CONSTRUCT
_TEEN_HEADS: Final = UNITS | folded({"שנים": 2})
PREFIXES: Final = ("ו", "ב", "ל", "מ", "כ", "ש", "וב", "ול", "ומ", "וכ", "שב", "של", "כש", "שמ")

ENGLISH_UNITS: Final = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19},
}
ENGLISH_TENS: Final = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
_RUSSIAN_UNITS: Final = {
    **{"один": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8},
    **{"девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14},
    **{"пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19},
}
_RUSSIAN_TENS: Final = {
    **{"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70},
    **{"восемьдесят": 80, "девяносто": 90},
}
_RUSSIAN_HUNDREDS: Final = {
    **{"сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700},
    **{"восемьсот": 800, "девятьсот": 900},
}
_RUSSIAN: Final = _RUSSIAN_UNITS | _RUSSIAN_TENS | _RUSSIAN_HUNDREDS
NUMBER_WORDS: Final = frozenset(
    UNITS | TENS | HUNDREDS | _TEEN_HEADS | ENGLISH_UNITS | ENGLISH_TENS | _RUSSIAN | {f"ו{word}": 0 for word in UNITS}
    | {"עשרה": 10, "מאות": 100, "hundred": 100}
)  # fmt: skip
"""Words of numbers below a thousand."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\"][^\W\d_]+)*'?|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word or a run of digits, with its offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A number in words: its value, the words it takes (`last` is one past), its form and the letters before it."""

    value: int
    first: int
    last: int
    form: Form
    prefix: str


def words_of(folded_text: str) -> list[Word]:
    """The words and digits of a folded text, in order."""
    return [Word(found[0][:LONGEST_WORD], found.start(), found.end()) for found in _WORD.finditer(folded_text)]


def read_hebrew(words: list[Word], at: int) -> Reading | None:
    """The longest Hebrew number in words that begins at this word."""
    prefix, stem = _split(words[at].text)
    if stem is None:
        return None
    texts = [stem, *(word.text for word in words[at + 1 : at + 9])]
    value, used = _thousands(texts)
    if not used:
        return None
    form: Form = "compound"
    if used == 1 and stem in UNITS:
        form = "feminine" if stem in FEMININE else "masculine" if stem in MASCULINE else "construct"
    return Reading(value, at, at + used, form, prefix)


@cache
def _split(word: str) -> tuple[str, str | None]:
    """The prefix letters of a number word and the number word; no word when it is none."""
    for prefix in ("", *PREFIXES):
        stem = word[len(prefix) :]
        if word.startswith(prefix) and (stem in _TEEN_HEADS or stem in TENS or stem in HUNDREDS or stem in THOUSANDS):
            return prefix, stem
    return "", None


def _thousands(texts: list[str]) -> tuple[int, int]:
    """The value of the number at the head of the texts, and how many of them it takes; (0, 0) for none."""
    if texts[0] in THOUSANDS:
        value, used = THOUSANDS[texts[0]], 1
    else:
        value, used = _hundreds(texts)
        if not used or texts[used : used + 1] not in (["אלפ"], ["אלפימ"]):
            return value, used
        value, used = value * 1000, used + 1
    if texts[used : used + 1] == ["וחצי"] and value < 10_000:
        return value + 500, used + 1
    rest, more = _hundreds(_joined(texts, used))
    return (value + rest, used + more) if rest >= 100 or (more and texts[used].startswith("ו")) else (value, used)


def _hundreds(texts: list[str]) -> tuple[int, int]:
    if not texts:
        return 0, 0
    if texts[0] in HUNDREDS:
        value, used = HUNDREDS[texts[0]], 1
    elif texts[0] in UNITS and texts[1:2] == ["מאות"]:
        value, used = UNITS[texts[0]] * 100, 2
    else:
        return _tens(texts)
    rest, more = _tens(_joined(texts, used))
    return value + rest, used + more


def _tens(texts: list[str]) -> tuple[int, int]:
    if not texts:
        return 0, 0
    if texts[0] in TENS:
        unit = texts[1][1:] if len(texts) > 1 and texts[1].startswith("ו") else ""
        return (TENS[texts[0]] + UNITS[unit], 2) if unit in UNITS else (TENS[texts[0]], 1)
    if texts[0] in _TEEN_HEADS and texts[1:2] in (["עשר"], ["עשרה"]):
        return 10 + _TEEN_HEADS[texts[0]], 2
    return (UNITS[texts[0]], 1) if texts[0] in UNITS else (0, 0)


def _joined(texts: list[str], at: int) -> list[str]:
    """The texts from here on, the first without its "and"."""
    rest = texts[at:]
    return [rest[0].removeprefix("ו"), *rest[1:]] if rest else []


def read_english(words: list[Word], at: int) -> Reading | None:
    """The longest English number in words that begins at this word: "two thousand five hundred"."""
    total = part = 0
    last = at
    for index in range(at, len(words)):
        word = words[index].text
        if word in ENGLISH_TENS and part % 100 == 0:
            part += ENGLISH_TENS[word]
        elif word in ENGLISH_UNITS and (part % 100 == 0 or (part % 10 == 0 and ENGLISH_UNITS[word] < 10)):
            part += ENGLISH_UNITS[word]
        elif word == "hundred" and 0 < part < 100:
            part *= 100
        elif word == "thousand" and part:
            total, part = total + part * 1000, 0
        elif word == "and" and index > at and words[index - 1].text in ("hundred", "thousand"):
            continue
        else:
            break
        last = index + 1
    if last == at:
        return None
    form: Form = "compound" if last - at > 1 or words[at].text in ENGLISH_TENS else "feminine"
    return Reading(total + part, at, last, form, "")


def read_russian(words: list[Word], at: int) -> Reading | None:
    """The longest Russian number in words that begins at this word: "пятьдесят шесть"; thousands are left to money."""
    value, last = 0, at
    while last < len(words) and (more := _RUSSIAN.get(words[last].text)) is not None and _fits(value, more):
        value, last = value + more, last + 1
    return Reading(value, at, last, "compound" if last - at > 1 else "feminine", "") if last > at else None


def _fits(value: int, more: int) -> bool:
    """Whether the next word goes on with a number of this value: six behind fifty, and not behind sixteen."""
    if not value:
        return True
    return (value % 100 == 0 and more < 100) or (value % 100 >= 20 and value % 10 == 0 and more < 10)
