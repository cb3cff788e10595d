"""When what starts from us may reach somebody: never in quiet hours, on Shabbat or on holidays that are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.models import Business
from proli.knowledge.places import Locality, find_locality
from proli.notifications.queries import VisitDetails
from proli.scheduling.calendars import base_of, may_be_asked_at
from proli.scheduling.observance import RestPolicy, free_to_tell, last_to_tell, policy_of, rests_of
from proli.scheduling.rules import Interval
from proli.scheduling.wall import opens_at
from proli.sweeps.plans import PLANS, Sweep

HOURS_BEFORE: Final = timedelta(hours=2)
UNCERTAIN_BEFORE: Final = timedelta(hours=3)
"""From so long before its hour on the customer is told of a visit that is still in question."""
SWEPT: Final = timedelta(minutes=PLANS[Sweep.in_question].most)
LATE: Final = timedelta(hours=1)
"""A reminder that could not go out for so long is not sent any more."""
ON_THE_WAY: Final = timedelta(minutes=30)
"""That somebody is on the way is no news any more after so long."""
AMID: Final = timedelta(hours=1)
"""Somebody who wrote so recently is in the middle of a conversation: what they are told is an answer."""
IN_TIME: Final = timedelta(hours=1)
"""News of a visit that would come later than so long before it does not wait."""


@dataclass(frozen=True, slots=True)
class QuietTimes:
    """When the customer of a visit is not written to: at night, and at rest."""

    policy: RestPolicy
    place: Locality | None
    zone: ZoneInfo

    @classmethod
    def of(cls, visit: VisitDetails) -> "QuietTimes":
        """By the sunset where the visit is, and by what the business keeps.

        Whoever asked for a visit on a day on which only the professional works is written to on it as well.
        """
        place = find_locality(visit.lead.locality or "") or base_of(visit.professional)
        policy = policy_of(visit.business.rest)
        if rests_of(policy, Interval(visit.booking.starts_at, visit.booking.ends_at), place):
            policy = policy_of(visit.business.rest, visit.professional.rest)
        return cls(policy, place, visit.zone)

    @property
    def quiet(self) -> tuple[int, int]:
        return self.policy.quiet_start_minute, self.policy.quiet_end_minute

    def until(self, moment: datetime) -> datetime:
        """The first moment from this one on that is outside of it."""
        return free_to_tell(moment, policy=self.policy, place=self.place, zone=self.zone, quiet=self.quiet)

    def before(self, moment: datetime) -> datetime:
        """The moment itself, or the last one before the quiet times it lies in."""
        return last_to_tell(moment, policy=self.policy, place=self.place, zone=self.zone, quiet=self.quiet)

    def holds(self, moment: datetime) -> bool:
        return self.until(moment) > moment


def reminders_of(visit: VisitDetails, *, now: datetime) -> dict[datetime, str]:
    """When the customer is to be reminded, and by which code; what is no longer ahead is left out.

    Two that would go out together before the same rest are one.
    """
    quiet_times, starts_at = QuietTimes.of(visit), visit.booking.starts_at
    usual = usual_reminders(starts_at, visit.zone)
    planned = {quiet_times.before(at): code for code, at in usual.items()}
    # One that is sent early says nothing new right after the confirmation.
    return {at: code for at, code in planned.items() if at > now + (AMID if at < usual[code] else timedelta())}


def uncertain_told_at(visit: VisitDetails) -> datetime:
    """From when on the customer is told that a visit is still in question: some hours before it, or before the quiet
    hours or the rest that lie there, while a sweep still comes by.
    """
    usual = visit.booking.starts_at - UNCERTAIN_BEFORE
    before = QuietTimes.of(visit).before(usual)
    return before if before == usual else before - SWEPT


def usual_reminders(starts_at: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """When a customer is reminded of a visit by which text, were it not for quiet hours and rest."""
    return {"reminder_day": day_before(starts_at, zone), "reminder_hours": starts_at - HOURS_BEFORE}


def day_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """When the clock on the wall shows the same hour on the day before, which may be 23 or 25 hours earlier."""
    local = moment.astimezone(zone)
    return opens_at(local.date() - timedelta(days=1), local.hour * 60 + local.minute, zone)


def customer_hears_at(visit: VisitDetails, *, wrote_at: datetime | None, now: datetime) -> datetime:
    """When the customer is told news of the visit; `wrote_at` is when they last wrote."""
    answered = wrote_at is not None and now - wrote_at <= AMID
    if answered or visit.lead.urgency == "emergency":
        return now
    return unless_too_late(QuietTimes.of(visit).until(now), visit, now=now)


def staff_hear_at(business: Business, *, now: datetime) -> datetime:
    """When staff are told what is not urgent: in no quiet hours of the business, and in no rest that it keeps."""
    policy = policy_of(business.rest)
    quiet = (policy.quiet_start_minute, policy.quiet_end_minute)
    return free_to_tell(now, policy=policy, place=None, zone=ZoneInfo(business.zone), quiet=quiet)


def staff_rest_until(business: Business, *, now: datetime) -> datetime:
    """When staff hear what has an hour of its own: in no rest that the business keeps."""
    policy, zone = policy_of(business.rest), ZoneInfo(business.zone)
    return free_to_tell(now, policy=policy, place=None, zone=zone, quiet=(0, 0))


def professional_hears_at(visit: VisitDetails, *, now: datetime) -> datetime:
    """When the professional is told that a visit will not be."""
    place = find_locality(visit.lead.locality or "")
    emergency = visit.lead.urgency == "emergency"
    later = may_be_asked_at(visit.professional, visit.business, place=place, emergency=emergency, now=now)
    return unless_too_late(later, visit, now=now)


def unless_too_late(later: datetime, visit: VisitDetails, *, now: datetime) -> datetime:
    """The later moment, or now when a visit that is still ahead would be too near by then."""
    ahead = visit.booking.starts_at > now
    return now if ahead and later > visit.booking.starts_at - IN_TIME else later
