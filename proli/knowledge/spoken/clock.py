"""Hours, days and dates as they are said."""

from typing import Final

from proli.knowledge.reading.time_words import EN_WEEKDAYS, HE_WEEKDAYS, MONTHS, WEEKDAY_LETTERS
from proli.knowledge.spoken.number_words import in_english, in_hebrew, words_by_value

_HE_MONTHS: Final = words_by_value({word: at for word, at in MONTHS.items() if "א" <= word[0] <= "ת"})
_EN_MONTHS: Final = words_by_value({word.title(): at for word, at in MONTHS.items() if word.isascii()})
_HE_DAYS: Final = words_by_value(HE_WEEKDAYS)
_EN_DAYS: Final = words_by_value({word.title(): at for word, at in EN_WEEKDAYS.items()})
_HE_PARTS: Final = (
    (4, "בלילה"), (6, "לפנות בוקר"), (12, "בבוקר"), (15, "בצהריים"), (18, "אחר הצהריים"), (22, "בערב"), (24, "בלילה"),
)  # fmt: skip
_EN_PARTS: Final = (
    (4, "at night"),
    (12, "in the morning"),
    (18, "in the afternoon"),
    (22, "in the evening"),
    (24, "at night"),
)
_HE_MINUTES: Final = {15: "רבע", 30: "חצי", 5: "חמש דקות", 10: "עשר דקות"}
_HE_TO: Final = {45: "רבע", 50: "עשרה", 55: "חמישה"}
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth", "twenty": "twentieth", "thirty": "thirtieth",
}  # fmt: skip


def hour_in_hebrew(hour: int, minute: int) -> str:
    """ "ארבע ורבע", "עשרה לחמש", without the part of the day."""
    if minute in _HE_TO:
        return f"{_HE_TO[minute]} ל{_hebrew_hour(hour + 1)}"
    said = _hebrew_hour(hour)
    return f"{said} ו{_HE_MINUTES.get(minute) or in_hebrew(minute)}" if minute else said


def part_in_hebrew(hour: int) -> str:
    """ "אחר הצהריים"."""
    return next(part for until, part in _HE_PARTS if hour % 24 < until)


def hour_in_english(hour: int, minute: int) -> str:
    """ "four fifteen"."""
    said = in_english((hour - 1) % 12 + 1)
    return f"{said} {'oh ' if minute < 10 else ''}{in_english(minute)}" if minute else said


def part_in_english(hour: int) -> str:
    """ "in the afternoon"."""
    return next(part for until, part in _EN_PARTS if hour % 24 < until)


def date_in_hebrew(day: int, month: int, year: int | None = None) -> str:
    """ "עשרים וארבעה בנובמבר"."""
    said = f"{in_hebrew(day, 'masculine')} ב{_HE_MONTHS[month]}"
    return f"{said} {in_hebrew(year)}" if year else said


def date_in_english(day: int, month: int, year: int | None = None) -> str:
    """ "November twenty-fourth"."""
    head, hyphen, last = in_english(day).rpartition("-")
    ordinal = head + hyphen + _ORDINALS.get(last, last + "th")
    said = f"{_EN_MONTHS[month]} {ordinal}"
    return f"{said}, {in_english(year)}" if year else said


def weekday_in_hebrew(letter: str) -> str:
    """The day of a letter: "ג" is "שלישי"."""
    return _HE_DAYS[WEEKDAY_LETTERS[letter]]


def weekday_in_english(short: str) -> str:
    """The day of its first letters: "Tue" is "Tuesday"."""
    return next(day for day in _EN_DAYS.values() if day.startswith(short[:3].title()))


def _hebrew_hour(hour: int) -> str:
    return in_hebrew((hour - 1) % 12 + 1)
