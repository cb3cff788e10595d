"""What a professional reads in the morning, and at the end of the week; decided by the rows as they then are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Integer, cast, func, select

from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Message
from proli.knowledge.text import isolate
from proli.notifications.actions import request_words, tell_professional, with_notes
from proli.notifications.links import AgendaLinks
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.platform.ics import Event, calendar_file
from proli.playbooks.texts import Saying, language_for, say
from proli.playbooks.words import say_date, say_hour, say_phone, say_price
from proli.professionals.models import Professional
from proli.professionals.queries import WANTS_MESSAGES, get_professional
from proli.professionals.rules import is_day_off
from proli.scheduling.calendars import may_be_asked_at
from proli.scheduling.models import Booking, BookingStatus, Rating
from proli.scheduling.queries import list_visits
from proli.scheduling.rules import Interval
from proli.scheduling.wall import opens_at
from proli.sweeps.plans import PLANS, Sweep, setting_of

THURSDAY: Final = 4
LONGEST_DELAY: Final = 5
"""So many days after its Thursday a week is still told, where rest or an outage was in its way."""
USEFUL_FOR: Final = timedelta(hours=3)
"""A morning's message that could not go out for so long does not go out."""


async def find_working_today(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """The professionals with a promised visit today, by the clock of their business."""
    local = func.timezone(Business.zone, Booking.starts_at)
    found = await session.execute(
        select(Booking.business_id, Booking.professional_id)
        .join(Business, Business.id == Booking.business_id)
        .join(Professional, Professional.id == Booking.professional_id)
        .where(
            Booking.business_id.in_(businesses),
            WANTS_MESSAGES,
            Booking.status == BookingStatus.confirmed,
            cast(local, Date) == cast(func.timezone(Business.zone, now), Date),
        )
        .distinct()
    )
    return [(business_id, professional_id) for business_id, professional_id in found]


async def send_agenda(
    session: BusinessSession, professional_id: int, *, now: datetime, links: AgendaLinks | None
) -> None:
    """The professional has the day's visits, with a calendar file of them; once a day.

    Nothing on a day off, in rest that they keep, or when no visit is left; none in hours that they have taken off.
    """
    professional, business = await get_professional(session, professional_id), await get_business(session)
    day = now.astimezone(ZoneInfo(business.zone)).date()
    if is_day_off(professional.exceptions, day) or not may_be_told(professional, business, now=now):
        return
    theirs = await visits_of(session, professional_id, day)
    visits = [one for one in theirs if one.booking.over_at > now and not one.in_question(now)]
    if not visits:
        return
    language = language_for(professional.language)
    lines = "\n".join(job_line(one, language) for one in visits)
    text = say("agenda", language, name=isolate(professional.name), jobs=lines)
    if links is not None:
        text = text.followed_by(say("agenda_file", language, link=links.to(professional_id, business, day)))
    until = now + USEFUL_FOR
    await tell_professional(session, visits[0], text, key=f"agenda:{day}", now=now, useful_until=until)


def may_be_told(professional: Professional, business: Business, *, now: datetime) -> bool:
    return may_be_asked_at(professional, business, place=None, emergency=False, now=now) <= now


async def visits_of(session: BusinessSession, professional_id: int, day: date) -> list[VisitDetails]:
    """The promised visits of a day, in order."""
    zone = ZoneInfo((await get_business(session)).zone)
    start, end = opens_at(day, 0, zone), opens_at(day + timedelta(days=1), 0, zone)
    return [
        await get_visit(session, one.id) for one in await list_visits(session, professional_id, start=start, end=end)
    ]


def job_line(visit: VisitDetails, language: str) -> Saying:
    """A visit in one line: hour, what for, where, whose, and their phone; below it what its customer has said."""
    line = say(
        "job_line",
        language,
        time=say_hour(visit.booking.comes_at, visit.zone),
        issue=request_words(visit.lead, language),
        address=visit.address,
        customer=isolate(visit.customer),
        phone=say_phone(visit.contact.phone_e164) if visit.contact.phone_e164 else "",
    )
    return with_notes(line, visit, language)


async def agenda_file(session: BusinessSession, professional_id: int, day: date, *, now: datetime) -> bytes:
    """The day's visits as they stand now, for a calendar."""
    professional = await get_professional(session, professional_id)
    language = language_for(professional.language)
    events = [event_of(one, language) for one in await visits_of(session, professional_id, day)]
    return calendar_file(events, name=professional.name, now=now)


def event_of(visit: VisitDetails, language: str) -> Event:
    booking, lead = visit.booking, visit.lead
    later = booking.expected_at - booking.starts_at if booking.expected_at is not None else timedelta()
    return Event(
        uid=f"visit-{booking.business_id}-{booking.id}@proli",
        starts_at=booking.starts_at + later,
        ends_at=booking.ends_at + later,
        summary=f"{request_words(lead, language)} · {visit.customer}",
        location=visit.address,
        description="\n".join(filter(None, (visit.contact.phone_e164, lead.description, visit.pin, *visit.notes))),
        sequence=booking.moves,
    )


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a professional's work."""

    visits: int
    agorot: int
    ratings: int
    stars: int
    last_booking_id: int | None


async def find_worked_this_week(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """The professionals who have made a visit in the seven days up to the last Thursday, while that is still told.

    They are found again each day: rest may have been in the way of telling them.
    """
    local = func.timezone(Business.zone, now)
    late = cast(func.extract("dow", local) + 7 - THURSDAY, Integer) % 7
    minutes = func.coalesce(Business.sweeps["week"]["minutes"].as_integer(), PLANS[Sweep.week].minutes)
    thursday = func.date_trunc("day", local) - func.make_interval(0, 0, 0, late)
    ended_at = thursday + func.make_interval(0, 0, 0, 0, 0, minutes)
    ends_at = func.timezone(Business.zone, Booking.ends_at)
    found = await session.execute(
        select(Booking.business_id, Booking.professional_id)
        .join(Business, Business.id == Booking.business_id)
        .join(Professional, Professional.id == Booking.professional_id)
        .where(
            Booking.business_id.in_(businesses),
            WANTS_MESSAGES,
            late <= LONGEST_DELAY,
            Booking.status == BookingStatus.done,
            Booking.ends_at > now - timedelta(days=8 + LONGEST_DELAY),
            ends_at > ended_at - func.make_interval(0, 0, 1),
            ends_at <= ended_at,
        )
        .distinct()
    )
    return [(business_id, professional_id) for business_id, professional_id in found]


def last_week(business: Business, *, now: datetime) -> tuple[date, Interval]:
    """The last Thursday, and the seven days that ended on it at the hour of telling."""
    zone = ZoneInfo(business.zone)
    today = now.astimezone(zone).date()
    thursday = today - timedelta(days=(today.isoweekday() - THURSDAY) % 7)
    minutes = setting_of(business.sweeps, Sweep.week).minutes
    return thursday, Interval(opens_at(thursday - timedelta(days=7), minutes, zone), opens_at(thursday, minutes, zone))


async def week_of(session: BusinessSession, professional_id: int, within: Interval) -> Week:
    theirs = (
        Booking.professional_id == professional_id,
        Booking.status == BookingStatus.done,
        Booking.ends_at > within.start,
        Booking.ends_at <= within.end,
    )
    work = select(func.count(), func.coalesce(func.sum(Booking.price_agorot), 0), func.max(Booking.id)).where(*theirs)
    rated = select(func.count(), func.coalesce(func.sum(Rating.score), 0)).where(
        Rating.professional_id == professional_id, Rating.at > within.start, Rating.at <= within.end
    )
    visits, agorot, last = (await session.execute(work)).one()
    ratings, stars = (await session.execute(rated)).one()
    return Week(visits, int(agorot or 0), ratings, int(stars or 0), last)


async def send_week(session: BusinessSession, professional_id: int, *, now: datetime) -> None:
    """The professional knows how the week up to Thursday was: visits, what was taken, the rating; once.

    In rest that they keep nothing is told, and it comes on the next day without.
    """
    professional, business = await get_professional(session, professional_id), await get_business(session)
    thursday, within = last_week(business, now=now)
    key = f"week:{thursday}"
    if not may_be_told(professional, business, now=now) or await was_told(session, professional, key):
        return
    week = await week_of(session, professional_id, within)
    if week.last_booking_id is None:
        return
    language = language_for(professional.language)
    average = f"{week.stars / week.ratings:.1f}" if week.ratings else ""
    unrated = say("week_unrated", language)
    rating = say("week_rating", language, rating=average, count=week.ratings) if week.ratings else unrated
    revenue, last = say_price(week.agorot, None, language=language), say_date(thursday, language)
    text = say("week_summary", language, thursday=last, visits=week.visits, revenue=revenue, rating=rating)
    await tell_professional(session, await get_visit(session, week.last_booking_id), text, key=key, now=now)


async def was_told(session: BusinessSession, professional: Professional, key: str) -> bool:
    """Whether they have been written to with this key, over whatever number."""
    found = (
        select(Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Contact.phone_e164 == professional.phone_e164, Message.dedup_key == key)
        .limit(1)
    )
    return await session.scalar(found) is not None
