"""When nobody works because of the calendar of the land, and when nobody is written to.

A policy says what a business keeps; a professional's own entries override it one by one. Rest goes by the sunset of a
place: that of the visit, else the professional's base, else Tel Aviv.
"""

import enum
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from proli.knowledge.calendar import ZONE, DayKind, Rest, day_of, rest_periods
from proli.knowledge.places import Locality
from proli.scheduling.quiet import in_quiet_hours, quiet_since, quiet_until
from proli.scheduling.rules import Interval
from proli.scheduling.wall import MINUTES_PER_DAY, closes_at, date_of, opens_at

_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(microseconds=1)
_AHEAD: Final = timedelta(minutes=15)
"""How long before quiet hours or rest begin the last thing is said."""
_ROUNDS: Final = 4
"""Quiet hours and rest alternate at most so often before there is a moment outside of both, if there is one at all."""

type Minute = Annotated[int, Field(ge=0, le=MINUTES_PER_DAY)]


class Work(enum.StrEnum):
    """How much is worked on a day that is special but no rest."""

    full = "full"
    short = "short"
    none = "none"


class RestPolicy(BaseModel):
    """What is kept. Minutes are from midnight. The defaults are those of most businesses in Israel.

    On Fridays and eves of holidays visits end at `eve_end_minute`, and `eve_margin_minutes` before candle lighting,
    whichever is earlier. A short day ends at `short_end_minute`. `emergencies` opens the days of rest, within the
    hours, to emergencies alone. Customers are not written to in the quiet hours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    shabbat: bool = False
    yom_tov: bool = False
    emergencies: bool = False
    chol_hamoed: Work = Work.full
    fasts: Work = Work.full
    national: Work = Work.full
    memorial: Work = Work.full
    eve_end_minute: Minute | None = None
    eve_margin_minutes: Minute = 0
    short_end_minute: Minute = 13 * 60
    candle_minutes: Minute | None = None
    quiet_start_minute: Minute = 21 * 60
    quiet_end_minute: Minute = 8 * 60


OPEN_ALWAYS: Final[Mapping[str, Any]] = {
    "shabbat": True,
    "yom_tov": True,
    "quiet_start_minute": 0,
    "quiet_end_minute": 0,
}
"""What to store where nothing is kept, as in a demonstration that must run on any day and at any hour."""


def policy_of(business: Mapping[str, Any], professional: Mapping[str, Any] | None = None) -> RestPolicy:
    """The policy stored with a business, with what a professional overrides.

    Raises:
        pydantic.ValidationError: an entry is unknown or cannot be.
    """
    return RestPolicy.model_validate({**business, **(professional or {})})


def rests_of(policy: RestPolicy, window: Interval, place: Locality | None) -> list[Rest]:
    """The Shabbats and holidays that are kept, whole, in order."""
    return rest_periods(
        window.start,
        window.end,
        place,
        candle_minutes=policy.candle_minutes,
        shabbat=not policy.shabbat,
        yom_tov=not policy.yom_tov,
    )


def closed_for(
    policy: RestPolicy, window: Interval, place: Locality | None, *, emergency: bool = False
) -> tuple[Interval, ...]:
    """When no visit may be, of everything that meets the window; an emergency finds open who opted in to them."""
    if emergency and policy.emergencies:
        return ()
    # The work of an eve ends before the rest itself begins, so a rest just after the window may reach into it.
    wider = Interval(window.start, window.end + _DAY)
    rests = (Interval(_work_ends(policy, rest), rest.end) for rest in rests_of(policy, wider, place))
    return (*rests, *_days_off(policy, window))


def free_to_tell(
    moment: datetime, *, policy: RestPolicy, place: Locality | None, zone: ZoneInfo, quiet: tuple[int, int]
) -> datetime:
    """The first moment from this one on, in UTC, at which somebody may be written to.

    `quiet` are the first and the last minute of their quiet hours; the same twice for none.
    """
    for _ in range(_ROUNDS):
        later = quiet_until(moment, zone=zone, start_minute=quiet[0], end_minute=quiet[1])
        rest = _rest_at(policy, later, place)
        later = later if rest is None else rest.end.astimezone(UTC)
        if later == moment:
            break
        moment = later
    return moment


def last_to_tell(
    moment: datetime, *, policy: RestPolicy, place: Locality | None, zone: ZoneInfo, quiet: tuple[int, int]
) -> datetime:
    """The moment itself if somebody may be written to then, else a little before what forbids it begins."""
    for _ in range(_ROUNDS):
        rest = _rest_at(policy, moment, place)
        begins = [rest.start] if rest else []
        if in_quiet_hours(moment, zone=zone, start_minute=quiet[0], end_minute=quiet[1]):
            begins.append(quiet_since(moment, zone=zone, start_minute=quiet[0], end_minute=quiet[1]))
        if not begins:
            break
        moment = min(begins).astimezone(UTC) - _AHEAD
    return moment


def _rest_at(policy: RestPolicy, moment: datetime, place: Locality | None) -> Rest | None:
    found = rests_of(policy, Interval(moment, moment + _INSTANT), place)
    return found[0] if found else None


def _work_ends(policy: RestPolicy, rest: Rest) -> datetime:
    ends = rest.start - timedelta(minutes=policy.eve_margin_minutes)
    if policy.eve_end_minute is None:
        return ends
    return min(ends, closes_at(rest.first - _DAY, policy.eve_end_minute, ZONE))


def _days_off(policy: RestPolicy, window: Interval) -> Iterator[Interval]:
    """What is closed on the special days on which less or nothing is worked."""
    if {policy.chol_hamoed, policy.fasts, policy.national, policy.memorial} == {Work.full}:
        return
    first, last = date_of(window.start, ZONE), date_of(window.end, ZONE)
    for offset in range((last - first).days + 1):
        on = first + offset * _DAY
        ends = _last_minute(policy, on)
        if ends < MINUTES_PER_DAY:
            yield Interval(opens_at(on, ends, ZONE), opens_at(on + _DAY, 0, ZONE))


def _last_minute(policy: RestPolicy, on: date) -> int:
    """The minute of the date at which work ends, by what kind of day it is."""
    ends = {Work.full: MINUTES_PER_DAY, Work.short: policy.short_end_minute, Work.none: 0}
    works = {
        DayKind.chol_hamoed: policy.chol_hamoed,
        DayKind.fast: policy.fasts,
        DayKind.national: policy.national,
        DayKind.memorial: policy.memorial,
    }
    return min((ends[works[kind]] for kind in day_of(on).kinds if kind in works), default=MINUTES_PER_DAY)
