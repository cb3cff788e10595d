"""Whole numbers in words, in Hebrew by gender and in English; the words are those by which numbers are read."""

from typing import Final, Literal

from proli.knowledge.reading.number_words import (
    CONSTRUCT,
    ENGLISH_TENS,
    ENGLISH_UNITS,
    FEMININE,
    HUNDREDS,
    MASCULINE,
    TENS,
    THOUSANDS,
)

Gender = Literal["feminine", "masculine"]

MOST: Final = 999_999_999
"""What is larger is said digit by digit."""
ZERO: Final = "אפס"
_FINALS: Final = dict(zip("כמנפצ", "ךםןףץ", strict=True))


def words_by_value(*tables: dict[str, int]) -> dict[int, str]:
    """The first word of each value, with its final letter."""
    words: dict[int, str] = {}
    for table in tables:
        for word, value in table.items():
            words.setdefault(value, word[:-1] + _FINALS.get(word[-1], word[-1]))
    return words


_FEMININE: Final = words_by_value(FEMININE)
_UNITS: Final[dict[Gender, dict[int, str]]] = {
    "feminine": _FEMININE,
    "masculine": words_by_value(MASCULINE) | {8: _FEMININE[8]},
}
_TENS: Final = words_by_value(TENS)
_ROUND: Final = words_by_value(HUNDREDS, THOUSANDS)
_OF: Final = words_by_value(CONSTRUCT)
_TWO_OF: Final[dict[Gender, str]] = {"feminine": "שתי", "masculine": "שני"}
_TWELVE: Final[dict[Gender, str]] = {"feminine": "שתים", "masculine": "שנים"}
_TEN_OF_TEENS: Final[dict[Gender, str]] = {"feminine": "עשרה", "masculine": "עשר"}
_ENGLISH: Final = words_by_value(ENGLISH_UNITS) | words_by_value(ENGLISH_TENS)


def in_hebrew(number: int, gender: Gender = "feminine") -> str:
    """ "מאה עשרים ושלוש"; bare counting is feminine."""
    if number == 0:
        return ZERO
    if not 0 < number <= MOST:
        return digits_in_hebrew(str(abs(number)))
    parts: list[str] = []
    millions, rest = divmod(number, 1_000_000)
    thousands, rest = divmod(rest, 1000)
    hundreds, rest = divmod(rest, 100)
    if millions:
        parts.append(_many(millions, "מיליון"))
    if thousands:
        parts.append(_thousands(thousands))
    if hundreds:
        parts.append(_ROUND[hundreds * 100] if hundreds < 3 else f"{_FEMININE[hundreds]} מאות")
    if rest:
        parts += _below_hundred(rest, gender)
    return _joined(parts)


def counted(number: int, singular: str, plural: str, gender: Gender) -> str:
    """ "שעה אחת", "שתי דקות", "שלושה חדרים"."""
    if number == 1:
        return f"{singular} {_UNITS[gender][1]}"
    return f"{_TWO_OF[gender] if number == 2 else in_hebrew(number, gender)} {plural}"


def digits_in_hebrew(digits: str) -> str:
    """Digit by digit: "אפס חמש שתיים"."""
    return " ".join(_FEMININE.get(int(digit), ZERO) for digit in digits if digit.isdecimal())


def in_english(number: int) -> str:
    """ "two thousand five hundred and twelve"."""
    if number == 0:
        return "zero"
    if not 0 < number <= MOST:
        return digits_in_english(str(abs(number)))
    parts: list[str] = []
    for size, name in ((1_000_000, "million"), (1000, "thousand")):
        many, number = divmod(number, size)
        parts += [f"{_english_hundreds(many)} {name}"] if many else []
    if number:
        parts.append(("and " if parts and number < 100 else "") + _english_hundreds(number))
    return " ".join(parts)


def digits_in_english(digits: str) -> str:
    """Digit by digit: "zero five two"."""
    return " ".join(_ENGLISH.get(int(digit), "zero") for digit in digits if digit.isdecimal())


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    said = _ENGLISH.get(rest) or f"{_ENGLISH.get(tens * 10, '')}-{_ENGLISH.get(unit, '')}".strip("-")
    head = f"{_ENGLISH[hundreds]} hundred" if hundreds else ""
    return f"{head} and {said}" if head and rest else head or said


def _many(number: int, noun: str) -> str:
    return noun if number == 1 else f"{_TWO_OF['masculine'] if number == 2 else in_hebrew(number, 'masculine')} {noun}"


def _thousands(number: int) -> str:
    if number < 3:
        return _ROUND[number * 1000]
    return f"{_OF[number]} אלפים" if number <= 10 else f"{in_hebrew(number, 'masculine')} אלף"


def _below_hundred(number: int, gender: Gender) -> list[str]:
    units = _UNITS[gender]
    tens, unit = divmod(number, 10)
    if number <= 10:
        return [units[number]]
    if tens == 1:
        return [f"{_TWELVE[gender] if unit == 2 else units[unit]} {_TEN_OF_TEENS[gender]}"]
    return [_TENS[tens * 10], units[unit]] if unit else [_TENS[tens * 10]]


def _joined(parts: list[str]) -> str:
    """The last part after "and": "מאה ועשרים", "מאה עשרים ושלוש"."""
    return parts[0] if len(parts) == 1 else " ".join(parts[:-1]) + " ו" + parts[-1]
