"""A professional is late: which visit, by how much, and what is said of it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from proli.accounts.actor import Actor
from proli.conversations.buttons import MOST_BUTTONS, ROW, Button, Tap
from proli.desk.answer_words import times_in
from proli.desk.saying import Said, visit_button
from proli.desk.which_visit import name_visits, promised_ahead, start_of
from proli.dispatch.professionals_day import be_late
from proli.knowledge.text import isolate
from proli.knowledge.workday import Workday, find_instead, tells_clock, with_minutes
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_hour
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive

LATE: Final = Tap("late", ROW, r"\d{1,3}")
"""Which visit, and by how many minutes; 0 while that is not known."""
CHOICES: Final = (15, 30, 60)
MOST: Final = timedelta(hours=4)
"""Who comes later than that is not late: the visit has to be moved."""
HALF_A_DAY: Final = timedelta(hours=12)
type AsksHowLong = Callable[[VisitDetails, str], Said]
"""How it is asked how late somebody comes to a visit, in a language."""


async def report_late(
    session: BusinessSession,
    professional: Professional,
    text: str,
    words: Workday,
    *,
    asks: AsksHowLong | None = None,
    now: datetime,
) -> Said | None:
    """What to say to words of being late; None when no visit of today fits, and people have to see to it.

    Which visit is asked where the words leave it open, and how long by `asks`. `now` is local.
    """
    visits = [one for one in await promised_ahead(session, professional, now=now) if start_of(one).date() == now.date()]
    text, instead = with_minutes(text), find_instead(text)
    meant = named_instead(instead, visits) if instead else name_visits(text, visits, now=now)
    if not meant and (instead or not visits):
        return None
    meant = meant or next_ones(visits, now=now)
    language = language_for(professional.language)
    if len(meant) > 1:
        return ask_which(meant, (words.minutes or 0) if not words.from_now else 0, language)
    (visit,) = meant
    expected_at = expected(visit, text, words, now=now)
    if expected_at is None and (instead or (words.from_now and words.minutes)):
        return None
    if expected_at is None:
        return (asks or ask_how_long)(visit, language)
    return await note_late(session, professional, visit, expected_at, now=now)


def ask_how_long(visit: VisitDetails, language: str) -> Said:
    buttons = [minutes_button(visit, one, language) for one in CHOICES]
    return Said(say("late_how_long", language, late=visit.booking.id), buttons)


def named_instead(hour: tuple[int, int], visits: Sequence[VisitDetails]) -> list[VisitDetails]:
    """The visits of the hour that another one replaces, which may be said in halves of a day."""
    starts = [(one, start_of(one)) for one in visits]
    return [one for one, at in starts if at.minute == hour[1] and at.hour in (hour[0], (hour[0] + 12) % 24)]


def next_ones(visits: Sequence[VisitDetails], *, now: datetime) -> Sequence[VisitDetails]:
    """Whom words that name no visit may be about: the next one, and the one whose hour has come if it may be that the
    professional is not there.
    """
    begun = [one for one in visits if one.booking.starts_at <= now]
    ahead = [one for one in visits if one.booking.starts_at > now]
    if begun and begun[-1].booking.on_the_way_at is not None and ahead:
        begun = []
    return [*begun[-1:], *ahead[:1]]


def expected(visit: VisitDetails, text: str, words: Workday, *, now: datetime) -> datetime | None:
    """When the professional comes: so many minutes later or from now, or at the hour that the words name."""
    starts_at = start_of(visit)
    if words.minutes is not None and words.from_now:
        comes_at = (now + timedelta(minutes=words.minutes)).replace(second=0, microsecond=0)
        return comes_at if comes_at > starts_at else None
    if words.minutes is not None:
        return starts_at + timedelta(minutes=words.minutes)
    if not tells_clock(text):
        return None
    wishes = [wish for wish in times_in(text, now=now) if wish.kind == "exact" and wish.start is not None]
    exact = [wish.start for wish in wishes if wish.start and (not wish.dated or wish.start.date() == starts_at.date())]
    other = [one for one in exact if (one.hour, one.minute) != (starts_at.hour, starts_at.minute)]
    if len(other) != 1:
        return None
    hour = starts_at.replace(hour=other[0].hour, minute=other[0].minute)
    fits = [one for one in (hour, hour + HALF_A_DAY) if starts_at < one <= starts_at + MOST]
    return fits[0] if fits else None


def ask_which(visits: Sequence[VisitDetails], minutes: int, language: str) -> Said:
    buttons = [visit_button(LATE.id(one.booking.id, minutes), one) for one in visits[:MOST_BUTTONS]]
    return Said(say("late_which", language), buttons)


def minutes_button(visit: VisitDetails, minutes: int, language: str) -> Button:
    return Button(LATE.id(visit.booking.id, minutes), say("button_minutes", language, minutes=minutes))


async def hear_late(
    session: BusinessSession, professional: Professional, booking_id: int, minutes: int, *, now: datetime
) -> Said:
    """What to say to a tap: on one of several visits, or on how long."""
    language = language_for(professional.language)
    try:
        visit = await get_visit(session, booking_id)
    except BookingNotFound:
        return Said(say("no_visit_now", language))
    if not minutes:
        return ask_how_long(visit, language)
    return await note_late(session, professional, visit, start_of(visit) + timedelta(minutes=minutes), now=now)


async def note_late(
    session: BusinessSession, professional: Professional, visit: VisitDetails, expected_at: datetime, *, now: datetime
) -> Said:
    """The customer will hear the new hour; a next visit that is crowded by it is told to the professional."""
    language, booking = language_for(professional.language), visit.booking
    if expected_at <= now or expected_at - booking.starts_at > MOST or start_of(visit).date() != now.date():
        return Said(say("late_too_much", language))
    try:
        delay = await be_late(
            session,
            booking.id,
            professional_id=professional.id,
            expected_at=expected_at,
            actor=Actor.professional(professional.name),
            now=now,
        )
    except (BookingNotFound, BookingNotLive):
        return Said(say("no_visit_now", language))
    told = say("late_noted", language, customer=isolate(visit.customer), time=say_hour(expected_at, visit.zone))
    if delay.crowded is None:
        return Said(told)
    crowded = await get_visit(session, delay.crowded.id)
    time, customer = say_hour(crowded.booking.starts_at, crowded.zone), isolate(crowded.customer)
    return Said(f"{told}\n{say('late_crowds', language, time=time, customer=customer)}")
