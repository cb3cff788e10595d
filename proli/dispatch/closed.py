"""Why nobody can come in some hours, where it is not that all are taken: rest, working hours, or too far ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.dispatch.queries import list_able
from proli.knowledge.places import Locality, find_locality
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.calendars import base_of, calendar_of, closed_to
from proli.scheduling.observance import policy_of, rests_of
from proli.scheduling.rules import Interval, free_slots, is_free

type Closed = Literal["shabbat", "after_shabbat", "holiday", "hours", "too_far"]

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WhyClosed:
    reason: Closed
    days: int = 0
    """How far ahead visits are booked, where that is the reason."""
    opens_at: datetime | None = None
    """When the rest is over, where that is the reason."""


async def why_closed(session: BusinessSession, lead: Lead, *, within: Interval, now: datetime) -> WhyClosed | None:
    """Why no visit for the lead can begin in the window whatever else is booked; None where one could."""
    business = await get_business(session)
    able = await list_able(session, lead, business)
    if not able:
        return None
    days = max(one.horizon_days for one in able)
    if within.start >= now + timedelta(days=days):
        return WhyClosed("too_far", days=days)
    place = find_locality(lead.locality or "")
    emergency = lead.urgency == "emergency"
    if any(works(one, business, within=within, place=place, emergency=emergency) for one in able):
        return None
    policies = [(policy_of(business.rest, one.rest), place or base_of(one)) for one in able]
    rests = [rest for policy, at in policies for rest in rests_of(policy, within, at)]
    if rests:
        named = [day.on.weekday() for rest in rests for day in rest.days]
        opens_at = max(rest.end for rest in rests)
        return WhyClosed("shabbat" if SATURDAY in named else "holiday", opens_at=opens_at)
    weekday = within.start.astimezone(ZoneInfo(business.zone)).weekday()
    return WhyClosed("after_shabbat" if weekday == SATURDAY else "hours")


def works(one: Professional, business: Business, *, within: Interval, place: Locality | None, emergency: bool) -> bool:
    """Whether they would take a visit that begins in the window if nothing were booked and it were long until then."""
    closed = closed_to(one, business, within=within, place=place, emergency=emergency)
    calendar = calendar_of(one, (), zone=ZoneInfo(business.zone), closed=closed)
    before = within.start - timedelta(minutes=calendar.policy.notice_minutes)
    visit = Interval(within.start, within.start + timedelta(minutes=calendar.policy.length_minutes))
    return is_free(calendar, visit, now=before) or bool(free_slots(calendar, within=within, now=before, limit=1))
