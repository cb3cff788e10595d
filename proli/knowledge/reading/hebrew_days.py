"""The days of the Hebrew year that are kept in Israel, by civil date."""

import enum
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from holidays import country_holidays
from pyluach.dates import HebrewDate
from pyluach.hebrewcal import Year


class DayKind(enum.StrEnum):
    """What a day is to those who work; of several the one listed first says most."""

    yom_tov = "yom_tov"
    shabbat = "shabbat"
    eve = "eve"
    """The day before a Yom Tov."""
    friday = "friday"
    national = "national"
    """Independence Day, a day off by law."""
    memorial = "memorial"
    """Of the fallen, and of the Holocaust."""
    fast = "fast"
    memorial_eve = "memorial_eve"
    """The evening on which a memorial day, or the fast of Av, begins."""
    chol_hamoed = "chol_hamoed"
    workday = "workday"


@dataclass(frozen=True, slots=True)
class Feast:
    """Days of the Hebrew year with a name, which belong to the holidays `of`; months count from Nisan."""

    of: tuple[str, ...]
    month: int
    day: int
    days: int
    kind: DayKind
    he: str
    en: str
    kept: Callable[[date], date] = lambda day: day
    """Where it is moved to when it falls on some weekdays."""


def _on(moves: Mapping[int, int]) -> Callable[[date], date]:
    """Moves by weekday, Monday is 0, in days."""
    return lambda day: day + timedelta(days=moves.get(day.weekday(), 0))


_ADAR: Final = 13  # the last Adar, whichever number it has
_AFTER_SHABBAT, _BEFORE_SHABBAT = _on({5: 1}), _on({5: -2})
_AWAY_FROM_SHABBAT: Final = _on({4: -1, 6: 1})
_K = DayKind
_FEASTS: Final = (
    Feast(("rosh_hashana", "tishri"), 7, 1, 2, _K.yom_tov, "ראש השנה", "Rosh Hashanah"),
    Feast(("gedaliah", "tishri"), 7, 3, 1, _K.fast, "צום גדליה", "Fast of Gedaliah", _AFTER_SHABBAT),
    Feast(("yom_kippur", "tishri"), 7, 10, 1, _K.yom_tov, "יום כיפור", "Yom Kippur"),
    Feast(("sukkot", "tishri"), 7, 15, 1, _K.yom_tov, "סוכות", "Sukkot"),
    Feast(("sukkot", "chol_hamoed_sukkot"), 7, 16, 5, _K.chol_hamoed, "חול המועד סוכות", "Chol HaMoed Sukkot"),
    Feast(("sukkot", "chol_hamoed_sukkot", "hoshana_raba"), 7, 21, 1, _K.chol_hamoed, "הושענא רבה", "Hoshana Rabbah"),
    Feast(("sukkot", "simchat_torah", "tishri"), 7, 22, 1, _K.yom_tov, "שמחת תורה", "Simchat Torah"),
    Feast(("hanukkah",), 9, 25, 8, _K.workday, "חנוכה", "Hanukkah"),
    Feast(("tevet",), 10, 10, 1, _K.fast, "עשרה בטבת", "Tenth of Tevet"),
    Feast(("tu_bishvat",), 11, 15, 1, _K.workday, "ט״ו בשבט", "Tu BiShvat"),
    Feast(("esther",), _ADAR, 13, 1, _K.fast, "תענית אסתר", "Fast of Esther", _BEFORE_SHABBAT),
    Feast(("purim",), _ADAR, 14, 1, _K.workday, "פורים", "Purim"),
    Feast(("shushan_purim",), _ADAR, 15, 1, _K.workday, "שושן פורים", "Shushan Purim"),
    Feast(("pesach",), 1, 15, 1, _K.yom_tov, "פסח", "Passover"),
    Feast(("pesach", "chol_hamoed_pesach"), 1, 16, 5, _K.chol_hamoed, "חול המועד פסח", "Chol HaMoed Pesach"),
    Feast(("pesach", "seventh_of_pesach"), 1, 21, 1, _K.yom_tov, "שביעי של פסח", "Seventh day of Passover"),
    Feast(("mimouna",), 1, 22, 1, _K.workday, "מימונה", "Mimouna"),
    Feast(("holocaust",), 1, 27, 1, _K.memorial, "יום השואה", "Holocaust Remembrance Day", _AWAY_FROM_SHABBAT),
    Feast(("lag_baomer",), 2, 18, 1, _K.workday, "ל״ג בעומר", "Lag BaOmer"),
    Feast(("jerusalem",), 2, 28, 1, _K.workday, "יום ירושלים", "Jerusalem Day"),
    Feast(("shavuot",), 3, 6, 1, _K.yom_tov, "שבועות", "Shavuot"),
    Feast(("tammuz",), 4, 17, 1, _K.fast, "י״ז בתמוז", "Seventeenth of Tammuz", _AFTER_SHABBAT),
    Feast(("tisha_bav",), 5, 9, 1, _K.fast, "תשעה באב", "Tisha B'Av", _AFTER_SHABBAT),
    Feast(("tu_bav",), 5, 15, 1, _K.workday, "ט״ו באב", "Tu B'Av"),
)
_INDEPENDENCE: Final = "יום העצמאות"
_HAS_MEMORIAL_EVE: Final = frozenset({"holocaust", "memorial", "tisha_bav"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What one date is, besides its weekday."""

    of: tuple[str, ...]
    kind: DayKind
    he: str
    en: str


@lru_cache(maxsize=8192)
def marks_on(on: date) -> tuple[Mark, ...]:
    """Everything the date is, of the Hebrew year it lies in."""
    return tuple(_marks(_hebrew_year(on)).get(on, ()))


@cache
def spans(holiday: str, year: int) -> tuple[date, date]:
    """The first and the last date of a holiday in a Hebrew year.

    Raises:
        KeyError: no such holiday is kept in that year.
    """
    return _spans(year)[holiday]


def years_around(on: date) -> range:
    """The Hebrew years to look into for what comes next from a date."""
    year = _hebrew_year(on)
    return range(year - 1, year + 3)


def is_kept(holiday: str, year: int) -> bool:
    """Tell whether the holiday is known in that Hebrew year."""
    return holiday in _spans(year)


@cache
def _spans(year: int) -> dict[str, tuple[date, date]]:
    found: dict[str, tuple[date, date]] = {}
    for on, marks in sorted(_marks(year).items()):
        for name in (name for mark in marks for name in mark.of):
            found[name] = (found.get(name, (on, on))[0], on)
    return found


@cache
def _marks(year: int) -> Mapping[date, list[Mark]]:
    """Every marked date of a Hebrew year."""
    marks: dict[date, list[Mark]] = defaultdict(list)
    for feast in _FEASTS:
        first = feast.kept(_civil(year, feast.month, feast.day))
        for offset in range(feast.days):
            marks[first + timedelta(days=offset)].append(Mark(feast.of, feast.kind, feast.he, feast.en))
    for on, mark in _of_the_state(year):
        marks[on].append(mark)
    for on, mark in [(on, mark) for on, found in marks.items() for mark in found if _HAS_MEMORIAL_EVE & {*mark.of}]:
        eve = Mark((), DayKind.memorial_eve, f"ערב {mark.he}", f"Eve of {mark.en}")
        marks[on - timedelta(days=1)].append(eve)
    return marks


def _of_the_state(year: int) -> Iterator[tuple[date, Mark]]:
    """Independence Day on the date it is kept, and the day of the fallen before it."""
    for on, names in country_holidays("IL", language="he", years=year - 3760).items():
        if names.startswith(_INDEPENDENCE):
            yield on, Mark(("independence",), DayKind.national, _INDEPENDENCE, "Independence Day")
            fallen = Mark(("memorial",), DayKind.memorial, "יום הזיכרון", "Memorial Day")
            yield on - timedelta(days=1), fallen


def _civil(year: int, month: int, day: int) -> date:
    last_adar = 13 if Year(year).leap else 12
    return HebrewDate(year, last_adar if month == _ADAR else month, day).to_pydate()


@lru_cache(maxsize=8192)
def _hebrew_year(on: date) -> int:
    return HebrewDate.from_pydate(on).year
