"""A professional is not done yet: the visit stays open, and where its end reaches the next one it is asked how late."""

from datetime import datetime, timedelta

from proli.conversations.models import Message
from proli.desk.answer_words import times_in
from proli.desk.for_people import call_office
from proli.desk.lateness import CHOICES, minutes_button
from proli.desk.saying import Said
from proli.desk.unfinished import list_unfinished
from proli.desk.which_visit import start_of
from proli.dispatch.professionals_day import find_crowded
from proli.knowledge.progress import goes_on, is_not_done, told_from_now
from proli.knowledge.text import isolate
from proli.knowledge.workday import find_minutes
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.playbooks.words import say_hour
from proli.professionals.models import Professional


async def report_unfinished(
    session: BusinessSession, professional: Professional, message: Message, text: str, *, now: datetime
) -> Said | None:
    """What to say to work that is not done yet; None where "not done" is said of no visit that is open, which is for
    people. What goes on another day is for people too. `now` is local.
    """
    language = language_for(professional.language)
    if is_not_done(text) and not await list_begun(session, professional, now=now):
        return None
    words = await still_open(session, professional, language, now=now)
    if goes_on(text):
        await call_office(session, message, now=now)
        return Said(words.followed_by(say("passed_to_office", language)))
    following = await reached(session, professional, ends_at(text, now=now), now=now)
    if following is None:
        return Said(words)
    asks = say(
        "end_reaches_next",
        language,
        time=say_hour(start_of(following), following.zone),
        customer=isolate(following.customer),
        late=following.booking.id,
    )
    return Said(words.followed_by(asks), [minutes_button(following, one, language) for one in CHOICES])


async def still_open(session: BusinessSession, professional: Professional, language: str, *, now: datetime) -> Saying:
    """That the visit of today which has begun stays open, and how it is finished."""
    begun = await list_begun(session, professional, now=now)
    if not begun:
        return say("arrived_noted", language)
    return say(
        "visit_still_open", language, when=when_of(begun[-1], now, language), customer=isolate(begun[-1].customer)
    )


async def list_begun(session: BusinessSession, professional: Professional, *, now: datetime) -> list[VisitDetails]:
    """The visits of today that have begun and are not done."""
    visits = await list_unfinished(session, professional, now=now)
    return [one for one in visits if start_of(one).date() == now.date() and one.booking.starts_at <= now]


def ends_at(text: str, *, now: datetime) -> datetime | None:
    """When the words say that the work will be done; None when they do not."""
    part = told_from_now(text)
    minutes = find_minutes(part) if part is not None else None
    if minutes is not None:
        return now + timedelta(minutes=minutes)
    ends = {wish.start for wish in times_in(text, now=now) if wish.kind == "exact" and wish.start is not None}
    return ends.pop() if len(ends) == 1 else None


async def reached(
    session: BusinessSession, professional: Professional, end: datetime | None, *, now: datetime
) -> VisitDetails | None:
    """The next visit, when work that ends then leaves too little time before it."""
    begun = [
        one.booking.starts_at
        for one in await list_unfinished(session, professional, now=now)
        if one.booking.has_begun(now)
    ]
    if end is None:
        return None
    crowded = await find_crowded(session, professional.id, after=begun[-1] if begun else now, over_at=end)
    return None if crowded is None else await get_visit(session, crowded.id)
