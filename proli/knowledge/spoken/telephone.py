"""Phone numbers, digit by digit in groups, with a pause between them."""

import re
from typing import Final

from proli.knowledge.spoken.number_words import digits_in_english, digits_in_hebrew

PHONE: Final = (
    r"(?P<phone>\+?972[- ]?\d{1,2}[- ]?\d{3}[- ]?\d{4}|0\d{1,2}[- ]?\d{3}[- ]?\d{4}|1[- ]?[78]00[- ]?\d{3}[- ]?\d{3}"
    r"|\+\d{1,3}(?:[- ]?\d{2,4}){2,5}|\*\d{3,5})(?!\d)"
)
"""Numbers of Israel with or without the country's code, free ones, foreign ones and short ones with a star."""
_HE_HEADS: Final = {"1700": "אחת שבע מאות", "1800": "אחת שמונה מאות"}
_EN_HEADS: Final = {"1700": "one seven hundred", "1800": "one eight hundred"}


def groups_of(phone: str) -> list[str]:
    """The digits of a phone in the groups people say: 052, 765, 4321."""
    digits = re.sub(r"\D", "", phone)
    if digits.startswith("972"):
        digits = "0" + digits[3:]
    if phone.startswith("+") and not digits.startswith("0"):
        return re.findall(r"\d+", phone)
    if digits[:4] in _HE_HEADS:
        return [digits[:4], digits[4:7], digits[7:]]
    if digits.startswith("0"):
        area = 3 if len(digits) == 10 else 2
        return [digits[:area], digits[area : area + 3], digits[area + 3 :]]
    return [digits]


def phone_in_hebrew(phone: str) -> str:
    """ "אפס חמש שתיים, שבע שש חמש, ארבע שלוש שתיים אחת"."""
    sign = "כוכבית " if phone.startswith("*") else "פלוס " if _is_foreign(phone) else ""
    return sign + ", ".join(_HE_HEADS.get(group) or digits_in_hebrew(group) for group in groups_of(phone))


def phone_in_english(phone: str) -> str:
    """ "zero five two, seven six five, four three two one"."""
    sign = "star " if phone.startswith("*") else "plus " if _is_foreign(phone) else ""
    return sign + ", ".join(_EN_HEADS.get(group) or digits_in_english(group) for group in groups_of(phone))


def _is_foreign(phone: str) -> bool:
    return phone.startswith("+") and not phone.startswith("+972")
