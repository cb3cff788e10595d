"""The visits of a day, as a professional reads them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.notifications.agenda import job_line
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_day
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
    """The visits of today, or of so many days ahead; those of which people must decide apart."""
    language, zone = language_for(professional.language), ZoneInfo((await get_business(session)).zone)
    day = say_day(now + timedelta(days=ahead), now=now, zone=zone, language=language)
    bookings = await visits_on(session, professional, ahead=ahead, now=now)
    visits = [await get_visit(session, booking.id) for booking in bookings]
    stand = "\n".join(job_line(one, language) for one in visits if not one.in_question(now))
    asked = "\n".join(job_line(one, language) for one in visits if one.in_question(now))
    told = say("jobs_of_day", language, day=day, jobs=stand) if stand else say("jobs_none_of_day", language, day=day)
    return f"{told}\n{say('jobs_in_question', language, jobs=asked)}" if asked else told
