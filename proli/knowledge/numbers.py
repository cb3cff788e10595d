"""Numbers told in words, written as digits where they surely are numbers."""

import re
from functools import lru_cache
from typing import Final

from proli.knowledge.reading.number_context import sure_numbers
from proli.knowledge.reading.number_words import words_of
from proli.knowledge.reading.spoken_phones import spoken_phones
from proli.knowledge.text import fold, normalise

_ARABIC: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")
_DUAL: Final = re.compile(r"(?<!\w)(?:(?P<million>مليونين)|[أا]لفين)(?!\w)")
_POINT: Final = re.compile(r"(?<=\d) (?:נקודה|point) (?=\d)")


@lru_cache(maxsize=512)
def with_digits(text: str, *, asked: bool = False, house: bool = False) -> str:
    """`normalise(text)` with the words that surely are numbers written as digits: "ארבעה חדרים" is "4 חדרים".

    Hours ("שמונה וחצי", "רבע לשבע"), weekdays, names of places and "one of the neighbours" stay as they are. A
    prefix is set off with a hyphen: "בעשרים אלף" is "ב-20000". A phone told digit by digit is written whole. `asked`
    says that a number was just asked for, so that every word that can be one is; `house` that an address was.
    """
    plain, folded = normalise(text).translate(_ARABIC), fold(text)
    changes = [*spoken_phones(folded), *_arabic_duals(folded)]
    taken = [(start, end) for start, end, _ in changes]
    for spelt in sure_numbers(folded, words_of(folded), asked=asked, house=house):
        if not any(start < spelt.end and spelt.start < end for start, end in taken):
            changes.append((spelt.start, spelt.end, spelt.digits))
    for start, end, digits in sorted(changes, reverse=True):
        plain = plain[:start] + digits + plain[end:]
    return _POINT.sub(".", plain)


def _arabic_duals(folded: str) -> list[tuple[int, int, str]]:
    """ "مليونين" is two millions, "الفين" two thousand."""
    return [(*found.span(), "2 مليون" if found["million"] else "2000") for found in _DUAL.finditer(folded)]
