"""The prices, percentages, numbers and addresses that a text names, for comparing with those that are known."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from proli.knowledge.numbers import with_digits
from proli.knowledge.people import find_prices
from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.reading.word_patterns import Match, Patterns, Word, make_patterns
from proli.knowledge.text import TOP_DOMAINS, fold

UNITS: Final = frozenset({
    "דקות", "דקה", "שעות", "שעה", "ימימ", "minutes", "min", "hours", "hour", "days", "минут", "часа", "часов", "дней",
    "ساعه", "دقيقه",
})  # fmt: skip
UNKNOWABLE: Final = -1
"""A price that no list can hold: in other money, or in words that are not read."""
STARTING_FROM: Final = 100
LONGEST: Final = 40
_ENDLESS: Final = re.compile(r"\d{41,}")
_FOREIGN: Final = re.compile(
    r"[$€£] ?(\d[\d,]{0,12})|(?<![\d,.])(\d[\d,]{0,12}) ?(?:dollars?\b|euros?\b|דולר|יורו|[$€£])"
)
_PERCENT: Final = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|٪|אחוז|percent|per cent|процент|بالم)")
_TIMES_AND_DATES: Final = re.compile(
    r"(?<!\d)(?:\d{1,2}:\d{2}(?!\d)|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./](?:19|20)?\d{2})?(?![\d/])"
    r"|(?:19|20)\d\d ?- ?(?:19|20)\d\d(?!\d))"
)
_NUMBER: Final = re.compile(r"(?<!\d)\d(?:[\s().\-/]{0,2}\d)*(?!\d)")
_STARRED: Final = re.compile(r"(?<![\w*])\*(\d{3,6})(?![\d*])|(?<!\w)#(\d{3,})")
LONG: Final = 5
"""A number of so many digits is a phone, an account or an order; no model makes one up."""
OF_ACCOUNT: Final = 3
"""So many beside the words of a bank."""
_SPELT_DOTS: Final = re.compile(r" ?(?:\[\.\]|\(\.\)|\(dot\)|\[dot\]| dot | נקודה | точка ) ?")
_LINK: Final = re.compile(
    r"(?<![a-z0-9@._-])(?:[a-z][a-z0-9+]{1,10}://[^\s<>\"]+|(?:[a-z0-9._+-]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s<>\"]*)"
)


@cache
def _amounts() -> Patterns:
    table = read_table("claims.yaml")
    return make_patterns(table["amounts"], table["lists"])


def digits_in(text: str) -> str:
    """The text with numbers in digits, none of them longer than anybody means."""
    return _ENDLESS.sub(lambda found: found[0][:LONGEST], with_digits(text))


def named_prices(text: str) -> set[int]:
    """The prices a text names, in agorot; negative where it is no amount of shekels, or one that cannot be read."""
    prices = set(find_prices(digits_in(text)))
    prices |= {-int((found[1] or found[2]).replace(",", "")) for found in _FOREIGN.finditer(fold(digits_in(text)))}
    words = _amounts().words_of(text)
    return prices | {price for match in _amounts().find(words) if (price := price_of(match, words)) is not None}


def price_of(match: Match, words: list[Word]) -> int | None:
    numbers = [word.text for word in words[match.first : match.last] if word.text.isdigit() and len(word.text) <= LONG]
    after = words[match.last].text if match.last < len(words) else ""
    match match.kind, numbers:
        case "spelt", _:
            return UNKNOWABLE
        case "foreign", [*_, number]:
            return -int(number)
        case "shekels", [*_, number]:
            return int(number) * 100
        case "unsigned", [*_, number] if len(number) > 1 and after not in UNITS:
            return int(number) * 100
        case "starting", [*_, number] if int(number) >= STARTING_FROM and after not in UNITS:
            return int(number) * 100
        case _:
            return None


def named_percents(text: str) -> set[str]:
    return {found[1].replace(",", ".") for found in _PERCENT.finditer(fold(digits_in(text)))}


def named_numbers(text: str) -> set[str]:
    """The numbers by which somebody is called, paid or found, as digits: long ones, starred ones, those of a bank."""
    plain = fold(digits_in(without_links(text)))
    found = {first or second for first, second in _STARRED.findall(plain)}
    prices = {str(price // 100) for price in named_prices(text)}
    shortest = OF_ACCOUNT if names_bank(text) else LONG
    for number in _NUMBER.findall(_TIMES_AND_DATES.sub(" | ", plain)):
        digits = dialled(re.sub(r"\D", "", number))
        if len(digits) >= shortest and digits not in prices:
            found.add(digits)
    return found


def names_bank(text: str) -> bool:
    return any(match.kind == "bank" for match in _amounts().find(_amounts().words_of(text)))


def dialled(digits: str) -> str:
    """A number as it is dialled at home."""
    for country in ("00972", "972"):
        if digits.startswith(country) and len(digits) > len(country) + 7:
            return "0" + digits.removeprefix(country).removeprefix("0")
    return digits


def unknown_numbers(text: str, known: Iterable[str]) -> set[str]:
    """The numbers of a text that are none of the known ones, nor such side by side."""
    longest_first = sorted({one for one in known if len(one) >= OF_ACCOUNT}, key=len, reverse=True)
    unknown: set[str] = set()
    for number in named_numbers(text):
        left = number
        for one in longest_first:
            left = left.replace(one, "")
        if left == number or len(left) >= LONG:
            unknown.add(number)
    return unknown


def named_links(text: str) -> set[str]:
    """The addresses in the web and of mail, without what makes no difference."""
    plain = _SPELT_DOTS.sub(".", fold(text))
    found = (one[0].rstrip(".,;:!?'\"*_~)]}") for one in _LINK.finditer(plain))
    return {bare(one) for one in found if is_address(one)}


def is_address(found: str) -> bool:
    host, slash, _ = found.rpartition("@")[2].partition("/")
    top = host.partition(":")[0].partition("?")[0].rpartition(".")[2]
    return "://" in found or top in TOP_DOMAINS or bool(slash and top.isalpha() and len(top) > 1)


def bare(link: str) -> str:
    return re.sub(r"^[a-z][a-z0-9+]*://", "", link).removeprefix("www.").rstrip("/")


def without_links(text: str) -> str:
    return _LINK.sub(lambda found: " " if is_address(found[0]) else found[0], fold(text))
