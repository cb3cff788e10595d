"""The visits of a day, as a professional reads them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.knowledge.text import isolate
from proli.notifications.actions import request_words
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_hour, say_phone
from proli.professionals.models import Professional
from proli.scheduling.models import Booking
from proli.scheduling.queries import list_visits
from proli.scheduling.wall import opens_at


async def visits_on(
    session: BusinessSession, professional: Professional, *, ahead: int = 0, now: datetime
) -> Sequence[Booking]:
    """The promised visits of today, or of so many days ahead."""
    zone = ZoneInfo((await get_business(session)).zone)
    day = now.astimezone(zone).date() + timedelta(days=ahead)
    start, end = opens_at(day, 0, zone), opens_at(day + timedelta(days=1), 0, zone)
    return await list_visits(session, professional.id, start=start, end=end)


async def list_day(session: BusinessSession, professional: Professional, *, ahead: int, now: datetime) -> str:
    """Today's visits, or tomorrow's where `ahead` is 1."""
    language, day = language_for(professional.language), ("today", "tomorrow")[ahead]
    bookings = await visits_on(session, professional, ahead=ahead, now=now)
    lines = [job_line(await get_visit(session, booking.id), language) for booking in bookings]
    return say(f"jobs_{day}", language, jobs="\n".join(lines)) if lines else say(f"jobs_none_{day}", language)


def job_line(visit: VisitDetails, language: str) -> str:
    return say(
        "job_line",
        language,
        time=say_hour(visit.booking.expected_at or visit.booking.starts_at, visit.zone),
        issue=request_words(visit.lead, language),
        address=visit.address,
        customer=isolate(visit.customer),
        phone=say_phone(visit.contact.phone_e164) if visit.contact.phone_e164 else "",
    )
