"""The civil dates of the Jewish holidays people name when they fix a time, by the arithmetic of the fixed calendar."""

from datetime import date, timedelta
from functools import cache
from typing import Final

_EPOCH: Final = -1373427  # ordinal of the day before 1 Tishri of year 1
_HOLIDAYS: Final = (
    ("ראש השנה", 7, 1),
    ("כיפור", 7, 10),
    ("סוכות", 7, 15),
    ("שמחת תורה", 7, 22),
    ("חנוכה", 9, 25),
    ("פורים", 13, 14),
    ("פסח", 1, 15),
    ("שבועות", 3, 6),
)
HOLIDAY_NAMES: Final = tuple(name for name, _, _ in _HOLIDAYS)


def next_holiday(name: str, today: date) -> date:
    """The first day of the holiday that comes next, today included."""
    month, day = next((month, day) for listed, month, day in _HOLIDAYS if listed == name)
    year = today.year + 3760
    return min(found for found in (_civil(y, month, day) for y in (year, year + 1, year + 2)) if found >= today)


@cache
def _civil(year: int, month: int, day: int) -> date:
    """Months count from Nisan; 13 means the last Adar."""
    months = [*range(7, 14 if _is_leap(year) else 13), *range(1, 7)]
    wanted = (13 if _is_leap(year) else 12) if month == 13 else month
    days = sum(_month_days(year, passed) for passed in months[: months.index(wanted)])
    return date.fromordinal(_new_year(year) + days) + timedelta(days=day - 1)


def _is_leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


def _new_year(year: int) -> int:
    """The ordinal of 1 Tishri."""
    first = _EPOCH + _elapsed(year)
    before, after = _elapsed(year) - _elapsed(year - 1), _elapsed(year + 1) - _elapsed(year)
    return first + (2 if after == 356 else 1 if before == 382 else 0)


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    days = 29 * months + parts // 25920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days


def _month_days(year: int, month: int) -> int:
    length = _new_year(year + 1) - _new_year(year)
    if month in (2, 4, 6, 10, 13) or (month == 12 and not _is_leap(year)):
        return 29
    if (month == 8 and length % 10 != 5) or (month == 9 and length % 10 == 3):
        return 29
    return 30
