"""Numbers told in words, written as digits where they surely are numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from proli.knowledge.reading.number_context import read_all, sure_numbers
from proli.knowledge.reading.number_words import words_of
from proli.knowledge.reading.spoken_phones import spoken_phones
from proli.knowledge.text import fold, normalise

_DIGITS: Final = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|(?<![\w.,])\d+(?:\.\d+)?(?!\d)")
_ARABIC: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")
_POINT: Final = re.compile(r"(?<=\d) (?:נקודה|point) (?=\d)")
_HALF: Final = re.compile(r"\s*(?:ו-?\s?חצי|and a half)(?![\w])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text; the offsets are those of `normalise(text)`."""

    value: float
    start: int
    end: int


@lru_cache(maxsize=512)
def with_digits(text: str, *, asked: bool = False) -> str:
    """`normalise(text)` with the words that surely are numbers written as digits: "ארבעה חדרים" is "4 חדרים".

    Hours ("שמונה וחצי", "רבע לשבע"), weekdays, names of places and "one of the neighbours" stay as they are. A
    prefix is set off with a hyphen: "בעשרים אלף" is "ב-20000". A phone told digit by digit is written whole. `asked`
    says that a number was just asked for, so that every word that can be one is.
    """
    plain, folded = normalise(text).translate(_ARABIC), fold(text)
    changes = [*spoken_phones(folded)]
    taken = [(start, end) for start, end, _ in changes]
    for spelt in sure_numbers(folded, words_of(folded), asked=asked):
        if not any(start < spelt.end and spelt.start < end for start, end in taken):
            changes.append((spelt.start, spelt.end, spelt.digits))
    for start, end, digits in sorted(changes, reverse=True):
        plain = plain[:start] + digits + plain[end:]
    return _POINT.sub(".", plain)


def find_numbers(text: str) -> list[Number]:
    """Every number of the text, in digits or in words, in order; for answers to a question for a number."""
    folded = fold(text).translate(_ARABIC)
    found = [Number(float(match[0].replace(",", "")), *match.span()) for match in _DIGITS.finditer(folded)]
    words = words_of(folded)
    for reading in read_all(words):
        found.append(Number(float(reading.value), words[reading.first].start, words[reading.last - 1].end))
    return [_with_half(folded, number) for number in sorted(found, key=lambda number: number.start)]


def find_number(text: str) -> float | None:
    """The number of the text when there is exactly one."""
    found = find_numbers(text)
    return found[0].value if len(found) == 1 else None


def _with_half(folded: str, number: Number) -> Number:
    half = _HALF.match(folded, number.end)
    return Number(number.value + 0.5, number.start, half.end()) if half and number.value < 1000 else number
