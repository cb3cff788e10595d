"""The calendar of the land: what kind of day a date is, and when Shabbat and holidays begin and end at a place.

Days are civil dates of Israel and moments are aware, in its zone. A place is a locality; without one Tel Aviv's sunset
counts. Candles are lit the custom's minutes before sunset: Jerusalem 40, Haifa 30, elsewhere 18, or `candle_minutes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from proli.knowledge.errors import UnknownHoliday
from proli.knowledge.reading.gazetteer import Locality
from proli.knowledge.reading.hebrew_days import DayKind, Mark, is_kept, marks_on, spans, years_around
from proli.knowledge.reading.holiday_names import NAMES
from proli.knowledge.reading.sun import ZONE, Spot, candles_at, night_at, spot_of, sunset_at
from proli.knowledge.text import fold

__all__ = [
    "HOLIDAY_NAMES",
    "ZONE",
    "Day",
    "DayKind",
    "Holiday",
    "Rest",
    "candle_lighting",
    "day_of",
    "havdalah",
    "holiday_keys",
    "is_rest",
    "next_eve",
    "next_holiday",
    "next_shabbat",
    "rest_at",
    "rest_periods",
    "sunset_of",
]

HOLIDAY_NAMES: Final = tuple(sorted(NAMES, key=len, reverse=True))
"""Every name `next_holiday` knows, in the form of `fold`, longer ones first."""

_DAY: Final = timedelta(days=1)
_LOOK_AHEAD: Final = 400
_ORDER: Final = {kind: place for place, kind in enumerate(DayKind)}
_FRIDAY, _SATURDAY = 4, 5
_WEEKDAYS: Final = (
    ("יום שני", "Monday"),
    ("יום שלישי", "Tuesday"),
    ("יום רביעי", "Wednesday"),
    ("יום חמישי", "Thursday"),
    ("יום שישי", "Friday"),
    ("שבת", "Shabbat"),
    ("יום ראשון", "Sunday"),
)
_FAST_FROM_EVENING: Final = "tisha_bav"


@dataclass(frozen=True, slots=True)
class Day:
    """What a date is. `kind` is the most telling of `kinds`; the names are of the holiday, else of the weekday."""

    on: date
    kind: DayKind
    kinds: frozenset[DayKind]
    he: str
    en: str

    @property
    def is_rest(self) -> bool:
        """Tell whether it is Shabbat or Yom Tov."""
        return not self.kinds.isdisjoint({DayKind.shabbat, DayKind.yom_tov})


@dataclass(frozen=True, slots=True)
class Rest:
    """Shabbat and Yom Tov without a break: from candle lighting before the first date to the night after the last."""

    start: datetime
    end: datetime
    first: date
    last: date

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of rest in it, without the eve."""
        return tuple(day_of(self.first + offset * _DAY) for offset in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Holiday:
    """One occurrence of a holiday: its dates, and from when to when it is kept at a place.

    It begins on the evening before `first`, a minor fast in the morning. When Shabbat follows it, `end` is the end of
    that Shabbat: what is wanted "after the holiday" is not wanted on it.
    """

    key: str
    first: date
    last: date
    start: datetime
    end: datetime


@lru_cache(maxsize=8192)
def day_of(on: date) -> Day:
    """What the date is in Israel."""
    marks, weekday = marks_on(on), on.weekday()
    kinds = {mark.kind for mark in marks if mark.kind != DayKind.workday}
    if weekday in (_FRIDAY, _SATURDAY):
        kinds.add(DayKind.friday if weekday == _FRIDAY else DayKind.shabbat)
    coming = next((mark for mark in marks_on(on + _DAY) if mark.kind == DayKind.yom_tov), None)
    if coming is not None and DayKind.yom_tov not in kinds:
        kinds.add(DayKind.eve)
        marks = (*marks, Mark((), DayKind.eve, f"ערב {coming.he}", f"Eve of {coming.en}"))
    kind = min(kinds, key=_ORDER.__getitem__, default=DayKind.workday)
    named = min(marks, key=lambda mark: _ORDER[mark.kind], default=None)
    he, en = (named.he, named.en) if named else _WEEKDAYS[weekday]
    return Day(on, kind, frozenset(kinds or {DayKind.workday}), he, en)


def is_rest(on: date) -> bool:
    """Tell whether the date is Shabbat or Yom Tov."""
    return day_of(on).is_rest


def sunset_of(on: date, place: Locality | None = None) -> datetime:
    """Sunset on the date."""
    return sunset_at(spot_of(place), on)


def candle_lighting(on: date, place: Locality | None = None, *, candle_minutes: int | None = None) -> datetime | None:
    """When candles are lit on the date; None when the next day is no rest.

    For a Yom Tov that follows another, or Shabbat, that is after nightfall.
    """
    spot = spot_of(place, candle_minutes)
    if not is_rest(on + _DAY):
        return None
    return night_at(spot, on) if is_rest(on) and on.weekday() != _FRIDAY else candles_at(spot, on)


def havdalah(on: date, place: Locality | None = None) -> datetime | None:
    """When the rest is out on the date; None when there is none or it goes on."""
    return night_at(spot_of(place), on) if is_rest(on) and not is_rest(on + _DAY) else None


def rest_periods(
    start: datetime,
    end: datetime,
    place: Locality | None = None,
    *,
    candle_minutes: int | None = None,
    shabbat: bool = True,
    yom_tov: bool = True,
) -> list[Rest]:
    """Every rest that shares an instant with the half-open window, whole, in order.

    Without `shabbat` a Shabbat that is no Yom Tov counts as a weekday, without `yom_tov` a Yom Tov that is no Shabbat.
    """
    wanted = frozenset(kind for kind, on in ((DayKind.shabbat, shabbat), (DayKind.yom_tov, yom_tov)) if on)
    spot = spot_of(place, candle_minutes)
    found: dict[date, Rest] = {}
    on = start.astimezone(ZONE).date() - _DAY
    last = end.astimezone(ZONE).date() + _DAY
    while on <= last:
        rest = _rest_around(on, spot, wanted)
        if rest is not None and rest.start < end and start < rest.end:
            found[rest.first] = rest
        on = on + _DAY if rest is None else rest.last + _DAY
    return list(found.values())


def rest_at(moment: datetime, place: Locality | None = None, *, candle_minutes: int | None = None) -> Rest | None:
    """The Shabbat or holiday it is at the moment, if any."""
    found = rest_periods(moment, moment + timedelta(microseconds=1), place, candle_minutes=candle_minutes)
    return found[0] if found else None


def holiday_keys(name: str) -> tuple[str, ...]:
    """The holidays of this Hebrew or English name or key, without "ערב"; "חג" is any of the great ones.

    Raises:
        UnknownHoliday: none is called that.
    """
    found = NAMES.get(fold(name))
    if found is None:
        raise UnknownHoliday(name)
    return found


def next_holiday(name: str, today: date, place: Locality | None = None) -> Holiday:
    """The occurrence that comes next, or the one it is today, also when it began before.

    Raises:
        UnknownHoliday: none is called that.
    """
    keys = holiday_keys(name)
    kept = [(key, year) for key in keys for year in years_around(today) if is_kept(key, year)]
    ahead = [(*spans(key, year), key) for key, year in kept if spans(key, year)[1] >= today]
    if not ahead:
        raise UnknownHoliday(name)
    first, last, key = min(ahead)
    return _occurrence(key, first, last, place)


def next_eve(today: date) -> date:
    """The next date, today included, that is the eve of a Yom Tov."""
    return next(on for on in _days_from(today) if DayKind.eve in day_of(on).kinds)


def next_shabbat(today: date) -> date:
    """The Saturday that comes next, today included."""
    return today + timedelta(days=(_SATURDAY - today.weekday()) % 7)


def _occurrence(key: str, first: date, last: date, place: Locality | None) -> Holiday:
    spot = spot_of(place)
    start = candles_at(spot, first - _DAY) if is_rest(first) else sunset_at(spot, first - _DAY)
    if DayKind.fast in day_of(first).kinds and key != _FAST_FROM_EVENING:
        start = datetime.combine(first, time(), tzinfo=ZONE)
    out = last
    while is_rest(last) and is_rest(out + _DAY):
        out += _DAY
    return Holiday(key, first, last, start, night_at(spot, out))


@lru_cache(maxsize=8192)
def _rest_span(on: date, wanted: frozenset[DayKind]) -> tuple[date, date] | None:
    """The first and the last of the unbroken days of rest around the date; None when it is no rest."""

    def rests(day: date) -> bool:
        return not wanted.isdisjoint(day_of(day).kinds)

    if not rests(on):
        return None
    first, last = on, on
    while rests(first - _DAY):
        first -= _DAY
    while rests(last + _DAY):
        last += _DAY
    return first, last


def _rest_around(on: date, spot: Spot, wanted: frozenset[DayKind]) -> Rest | None:
    span = _rest_span(on, wanted)
    if span is None:
        return None
    first, last = span
    return Rest(candles_at(spot, first - _DAY), night_at(spot, last), first, last)


def _days_from(today: date) -> Iterator[date]:
    return (today + offset * _DAY for offset in range(_LOOK_AHEAD))
