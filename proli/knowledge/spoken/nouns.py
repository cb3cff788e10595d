"""Numbers with the nouns they count, and amounts of money."""

from functools import cache
from typing import Final

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.spoken.number_words import (
    ZERO,
    Gender,
    counted,
    digits_in_english,
    digits_in_hebrew,
    in_english,
    in_hebrew,
)

_SCALES: Final = ("אלף", "מיליון", "מיליארד")
_HE_COINS: Final[dict[str, tuple[str, str]]] = {"₪": ("שקל", "שקלים"), "$": ("דולר", "דולרים"), "€": ("יורו", "יורו")}
_EN_COINS: Final[dict[str, tuple[str, str]]] = {
    "₪": ("shekel", "shekels"),
    "$": ("dollar", "dollars"),
    "€": ("euro", "euros"),
}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(read_table("spoken.yaml")[name]).split())


@cache
def _pairs() -> dict[str, str]:
    return dict(read_table("spoken.yaml")["pairs"])


def is_label(word: str) -> bool:
    """Whether a number after this word is its name and counts nothing: "קומה 3"."""
    return word in _listed("labels")


def gender_of(noun: str) -> Gender | None:
    """The gender by which a noun is counted; None for a word that tells none, and so may be no noun."""
    if noun in _listed("masculine"):
        return "masculine"
    if noun in _listed("feminine"):
        return "feminine"
    return "masculine" if noun.endswith("ים") else "feminine" if noun.endswith("ות") else None


def count_in_hebrew(number: str, noun: str) -> str | None:
    """ "3", "חדרים" is "שלושה חדרים"; None where the word is no noun that is counted."""
    gender = gender_of(noun)
    if gender is None:
        return None
    whole, _, fraction = number.replace(",", "").partition(".")
    if fraction:
        return f"{decimal_in_hebrew(whole, fraction, gender)} {noun}"
    value = int(whole)
    if value == 2 and noun in _pairs():
        return _pairs()[noun]
    if value == 1 and noun not in _SCALES and not noun.endswith(("ים", "ות")):
        return counted(1, noun, noun, gender)
    if value == 1 and noun in _SCALES:
        return noun
    return counted(value, noun, noun, gender) if value == 2 else f"{in_hebrew(value, gender)} {noun}"


def decimal_in_hebrew(whole: str, fraction: str, gender: Gender = "feminine") -> str:
    """ "שתיים וחצי", "ארבע נקודה שבע"."""
    said = in_hebrew(int(whole), gender)
    tail = fraction.rstrip("0")
    if not tail:
        return said
    if tail in ("5", "25", "75"):
        half = {"5": "חצי", "25": "רבע", "75": "שלושה רבעים"}[tail]
        return half if said == ZERO else f"{said} ו{half}"
    small = in_hebrew(int(fraction)) if len(fraction) == 2 and fraction[0] != "0" else digits_in_hebrew(fraction)
    return f"{in_hebrew(int(whole))} נקודה {small}"


def decimal_in_english(whole: str, fraction: str) -> str:
    """ "two point five"."""
    return f"{in_english(int(whole))} point {digits_in_english(fraction)}"


def money_in_hebrew(number: str, sign: str, *, bare: bool = False) -> str:
    """ "מאתיים וחמישים שקל"; `bare` leaves the currency to what follows."""
    one, many = _HE_COINS[sign]
    whole, _, cents = number.replace(",", "").partition(".")
    value = int(whole)
    if bare:
        return in_hebrew(value, "masculine")
    said = counted(value, one, many if value <= 10 else one, "masculine")
    small = int(cents.ljust(2, "0")[:2]) if cents else 0
    if not small:
        return said
    coins = ("אגורה", "אגורות") if sign == "₪" else ("סנט", "סנט")
    return f"{said} ו{counted(small, *coins, 'feminine' if sign == '₪' else 'masculine')}"


def money_in_english(number: str, sign: str) -> str:
    """ "two hundred and fifty shekels"."""
    one, many = _EN_COINS[sign]
    whole, _, cents = number.replace(",", "").partition(".")
    said = f"{in_english(int(whole))} {one if int(whole) == 1 else many}"
    if not cents.strip("0"):
        return said
    return f"{said} and {in_english(int(cents.ljust(2, '0')[:2]))} {'agorot' if sign == '₪' else 'cents'}"


def coin_in_hebrew(sign: str) -> str:
    """The name of a currency after a great number."""
    return _HE_COINS[sign][0]


def scaled_in_hebrew(number: str, scale: str) -> str:
    """ "שניים וחצי מיליון", "שמונה מאות וחמישים אלף"."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if fraction:
        return f"{decimal_in_hebrew(whole, fraction, 'masculine')} {scale}"
    if scale == "אלף":
        return in_hebrew(int(whole) * 1000)
    return scale if whole == "1" else counted(int(whole), scale, scale, "masculine")


def percent_in_hebrew(number: str) -> str:
    """ "עשרים אחוז", "שלושה אחוזים", "אחוז אחד"."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if fraction.strip("0"):
        return f"{decimal_in_hebrew(whole, fraction, 'masculine')} אחוז"
    return counted(int(whole), "אחוז", "אחוזים" if int(whole) <= 10 else "אחוז", "masculine")
