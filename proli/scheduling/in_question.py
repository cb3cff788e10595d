"""Whether people must decide if a promised visit will be, as its professional is away; until then it is not told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.conversations.reasons import PersonReason
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.wall import closes_at, opens_at

AWAY: Final = (PersonReason.professional_unable, PersonReason.professional_off, PersonReason.professional_left)
"""What people are called for when a visit is in question."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A visit, where there is no row of it."""

    status: str
    starts_at: datetime
    on_the_way_at: datetime | None
    unable_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether a professional comes at all, where there is no row of them."""

    active: bool
    exceptions: Mapping[str, Sequence[Sequence[int]]]


def in_question(
    visit: Booking | Promise,
    professional: Professional | Attendance,
    *,
    attention: PersonReason | None,
    zone: ZoneInfo,
    now: datetime,
) -> bool:
    """Whether the visit is promised by somebody who has left, has said that they cannot come, or has taken the day or
    the hour of its beginning off.

    Who has set out after that comes. Of a visit that has begun, `attention`, what its request waits for people for,
    tells whether it was so before: who falls ill at noon has made the visit of the morning.
    """
    if visit.status != BookingStatus.confirmed:
        return False
    if not professional.active or visit.unable_at is not None:
        return True
    if visit.on_the_way_at is not None or not is_off(professional, visit.starts_at, zone=zone):
        return False
    return visit.starts_at > now or attention in AWAY


def is_off(professional: Professional | Attendance, moment: datetime, *, zone: ZoneInfo) -> bool:
    """Whether the professional has said of that very day that they do not work then; the usual week says nothing."""
    day = moment.astimezone(zone).date()
    spans = professional.exceptions.get(day.isoformat())
    if spans is None:
        return False
    return not any(opens_at(day, start, zone) <= moment < closes_at(day, end, zone) for start, end in spans)


def why_away(professional: Professional | Attendance, moment: datetime, *, zone: ZoneInfo) -> PersonReason | None:
    """Why the professional does not work then."""
    if not professional.active:
        return PersonReason.professional_left
    return PersonReason.professional_off if is_off(professional, moment, zone=zone) else None


def reason_of(visit: Booking, professional: Professional) -> PersonReason:
    """What people are called for to a visit that is in question."""
    if professional.active and visit.unable_at is not None:
        return PersonReason.professional_unable
    return PersonReason.professional_off if professional.active else PersonReason.professional_left
