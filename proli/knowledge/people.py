"""Phones, names and prices in a message."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers

from proli.knowledge.errors import BadPhone
from proli.knowledge.numbers import with_digits
from proli.knowledge.reading.beside import before, ends
from proli.knowledge.reading.names import find_name
from proli.knowledge.text import fold, normalise

__all__ = ["Phone", "find_name", "find_phone", "find_phones", "find_prices", "parse_phone"]

_ISRAELI: Final = re.compile(r"^\+972(?:5\d{8}|[23489]\d{7}|7\d{8}|1[78]00\d{6})$")
_WHATSAPP: Final = re.compile(r"@(?:c\.us|s\.whatsapp\.net)\b")
_NO_PHONE: Final = re.compile(r"(?<!\S)\S+@(?:g\.us|lid|newsletter|broadcast)\b")
_STARTS: Final = ("0", "+", "972", "(0")
_LOCAL: Final = re.compile(
    r"(?<![\d*#])(?:(?:\+|00)?972[\s().-]{0,3}(?:\(?0\)?)?|\(?0)[\s().-]{0,2}"
    r"(?:5\d|7\d|[23489])\)?(?:[\s./-]{0,3}\d){7}(?!\d|[\s-]{0,3}\d{4})"
)
_OF_OTHER: Final = re.compile(
    r"(?:בעלי|אשתי|לאשתי|לבעלי|הבנ שלי|הבת שלי|אמא שלי|אבא שלי|אמא|אבא|אחי|אחותי|הדייר\w*|לדייר\w*|השכנ\w*"
    r"|לשכנ\w*|השוכר\w*"
    r"|לשוכר\w*|הורי\w*|המזכירה|השותפ\w*|לשותפ\w*|חמותי|חמי|הבעל|האישה|של (?!י)\w+|my (?:wife|husband|son"
    r"|daughter|mother|father"
    r"|mom|dad|tenant|neighbou?r|brother|sister|partner)|мужу|мужа|жене|жены|маме)[^\d]{0,25}$"
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone in E.164; `of_other` when the text says that it is somebody else's ("call my husband")."""

    number: str
    of_other: bool


def find_phone(text: str) -> str | None:
    """The phone number of the text in E.164, the writer's own before others; foreign ones only with a plus."""
    found = find_phones(text)
    own = [phone.number for phone in found if not phone.of_other]
    return next(iter([*own, *(phone.number for phone in found)]), None)


def find_phones(text: str) -> list[Phone]:
    """Every phone number of the text, in order."""
    plain = fold(with_digits(_WHATSAPP.sub(" ", _NO_PHONE.sub(" ", normalise(text)))))
    found: dict[str, Phone] = {}
    for match in _LOCAL.finditer(plain):
        number = _e164(_parsed(re.sub(r"\D", "", match[0])))
        if number and not before(plain, match.start()).rstrip().endswith(("₪", "$")):
            found.setdefault(number, Phone(number, of_other=bool(ends(_OF_OTHER, plain, match.start()))))
    left = _LOCAL.sub(" ", plain)
    for other in phonenumbers.PhoneNumberMatcher(left, "IL", phonenumbers.Leniency.POSSIBLE):
        priced = before(left, other.start).rstrip().endswith(("₪", "$"))
        if other.raw_string.lstrip().startswith(_STARTS) and not priced:
            number = _e164(other.number)
            if number:
                found.setdefault(number, Phone(number, of_other=bool(ends(_OF_OTHER, left, other.start))))
    return list(found.values())


def _parsed(digits: str) -> phonenumbers.PhoneNumber:
    """An Israeli number from its digits, with or without the country's."""
    national = digits.removeprefix("00").removeprefix("972").removeprefix("0")
    return phonenumbers.PhoneNumber(country_code=972, national_number=int(national))


def parse_phone(text: str, *, region: str = "IL") -> str:
    """The number in E.164.

    Raises:
        BadPhone: the text is no number that can be dialled.
    """
    plain = normalise(text)
    if _NO_PHONE.search(plain):
        raise BadPhone(text)
    digits = _WHATSAPP.sub("", plain)
    if digits.isdigit() and digits.startswith("972"):
        digits = f"+{digits}"
    try:
        number = _e164(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException as error:
        raise BadPhone(text) from error
    if number is None:
        raise BadPhone(text)
    return number


def _e164(number: phonenumbers.PhoneNumber) -> str | None:
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.country_code == 972:
        return written if _ISRAELI.match(written) else None
    return written if phonenumbers.is_possible_number(number) else None


_NUMBER: Final = (
    r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?|\d+(?:\.\d{{1,2}})?)(?:\s?(?P<{0}x>אלפ|אלפימ|k"
    r"|מיליונ|מליונ|million)(?!\w))?"
)
_SIGN: Final = r"(?:₪|ש\"?ח|שקל(?:ימ)?|nis|ils|shekels?)"
_PRICE: Final = re.compile(rf"{_SIGN}\s?{_NUMBER.format('a')}|(?<!\d){_NUMBER.format('b')}\s?{_SIGN}(?![\wא-ת])")
_SCALE: Final = {"אלפ": 1000, "אלפימ": 1000, "k": 1000, "מיליונ": 1_000_000, "מליונ": 1_000_000, "million": 1_000_000}
_MOST: Final = 15


def find_prices(text: str) -> list[int]:
    """The amounts of shekels written in the text, in agorot and in order."""
    prices: list[int] = []
    for found in _PRICE.finditer(fold(text)):
        name = "a" if found["a"] else "b"
        digits = found[name].replace(",", "")
        if len(digits) <= _MOST:
            whole, _, part = digits.partition(".")
            agorot = int(whole) * 100 + int(part.ljust(2, "0") or 0)
            prices.append(agorot * _SCALE.get(found[name + "x"] or "", 1))
    return prices
