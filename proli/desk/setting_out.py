"""A professional sets out: for which visit, and which one lies behind them that they have finished."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from proli.conversations.buttons import ROW, Button, Tap
from proli.conversations.models import Message
from proli.desk.finishing import DONE, report_done, work_of
from proli.desk.kept import keep_own
from proli.desk.saying import Said
from proli.desk.unfinished import list_unfinished, pick_unfinished
from proli.desk.which_visit import by_name, name_visits, start_of
from proli.dispatch.professionals_day import set_out_for
from proli.knowledge.finished import Finished, read_finished
from proli.knowledge.said import as_said
from proli.knowledge.text import isolate
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive, TooEarly
from proli.scheduling.models import Booking
from proli.scheduling.on_the_day import SETS_OUT_WITHIN
from proli.scheduling.queries import list_visits

ON_MY_WAY: Final = Tap("way", ROW)
JUST_BEGUN: Final = timedelta(minutes=20)
"""So long after its hour a visit may still lie ahead of who is on the way."""


async def current_visit(session: BusinessSession, professional: Professional, *, now: datetime) -> Booking | None:
    """The visit that "on my way" is about: the next one that is not over, but for those to which they have come."""
    visits = await list_near(session, professional, await list_unfinished(session, professional, now=now), now=now)
    reached = [one for one in visits if one.booking.on_the_way_at is not None and not lies_ahead(one, now=now)]
    ahead = [one.booking for one in visits if one not in reached and one.booking.over_at > now]
    of_today = [one.booking for one in visits if start_of(one).date() == now.astimezone(one.zone).date()]
    return next(iter(ahead), of_today[-1] if of_today else None)


async def on_my_way(session: BusinessSession, professional: Professional, *, now: datetime) -> Saying:
    language = language_for(professional.language)
    booking = await current_visit(session, professional, now=now)
    try:
        if booking is None:
            return say("no_visit_now", language)
        first = await set_out_to(session, professional, booking.id, now=now)
    except (BookingNotLive, TooEarly):
        return say("no_visit_now", language)
    return say("on_my_way_noted" if first else "on_my_way_already", language)


async def on_my_way_to_named(
    session: BusinessSession, professional: Professional, text: str, *, now: datetime
) -> Said | None:
    """What to say to who sets out for the visit that the words name; None when they name none that is near."""
    near = await list_near(session, professional, await list_unfinished(session, professional, now=now), now=now)
    named = name_visits(text, near, now=now.astimezone(near[0].zone)) if len(near) > 1 else by_name(text, near)
    return await hear_on_my_way(session, professional, named[0].booking.id, now=now) if len(named) == 1 else None


async def set_out_to(session: BusinessSession, professional: Professional, booking_id: int, *, now: datetime) -> bool:
    """As `set_out_for`, and once on record."""
    first = await set_out_for(session, booking_id, professional_id=professional.id, now=now)
    if first:
        keep_own(session, professional, "booking.on_the_way", f"booking:{booking_id}", now=now)
    return first


async def hear_on_my_way(
    session: BusinessSession, professional: Professional, booking_id: int, *, now: datetime
) -> Said:
    """What to say to a tap that says for which visit the professional has set out."""
    try:
        await set_out_to(session, professional, booking_id, now=now)
        return Said(on_my_way_words(await get_visit(session, booking_id), language_for(professional.language)))
    except (BookingNotFound, BookingNotLive, TooEarly):
        return Said(say("no_visit_now", language_for(professional.language)))


def on_my_way_words(visit: VisitDetails, language: str) -> Saying:
    return say("on_my_way_to", language, customer=isolate(visit.customer))


async def hear_finished(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said:
    """What to say to a report of work done. Of who sets out for a customer the visit ahead stays open, and that
    customer hears; what they have finished lies behind it.
    """
    told, visits = read_finished(as_said(message.text)), await list_unfinished(session, professional, now=now)
    if told.leaves is None:
        behind = [one for one in visits if not (told.before and lies_ahead(one, now=now))]
        return await report_done(session, professional, message, behind, now=now)
    near = await list_near(session, professional, visits, now=now)
    heading = heading_for(told, near, now=now)
    if heading is None and len(visits) == 1:
        return ask_done_or_on_my_way(visits[-1], message, language_for(professional.language), now=now)
    if heading is None:
        return await report_done(session, professional, message, visits, now=now)
    behind = [one for one in visits if one.booking.id != heading.booking.id and one.booking.starts_at <= now]
    done = await said_of_behind(session, professional, message, told, behind, now=now)
    way = (await hear_on_my_way(session, professional, heading.booking.id, now=now)).words
    if done is None:
        return Said(way)
    both = done.words.followed_by(way) if isinstance(done.words, Saying) and isinstance(way, Saying) else None
    return Said(both or f"{done.words}\n{way}", done.buttons)


async def list_near(
    session: BusinessSession, professional: Professional, visits: Sequence[VisitDetails], *, now: datetime
) -> list[VisitDetails]:
    """Those that wait to be finished, and those that begin soon, in order."""
    known = {one.booking.id for one in visits}
    soon = await list_visits(session, professional.id, start=now, end=now + SETS_OUT_WITHIN)
    found = [*visits, *[await get_visit(session, one.id) for one in soon if one.id not in known]]
    return sorted(found, key=lambda one: one.booking.starts_at)


def lies_ahead(visit: VisitDetails, *, now: datetime) -> bool:
    """Whether its hour, as it is expected now, has not come, or only just."""
    return visit.booking.comes_at + JUST_BEGUN > now


def heading_for(told: Finished, near: Sequence[VisitDetails], *, now: datetime) -> VisitDetails | None:
    """The visit that somebody sets out for: the one that the words name, else the next; None when there is none."""
    local = now.astimezone(near[0].zone) if near else now
    named = name_visits(told.leaves or "", near, now=local)
    if len(named) == 1:
        return named[0]
    return next((one for one in near if lies_ahead(one, now=now)), None)


async def said_of_behind(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    told: Finished,
    behind: Sequence[VisitDetails],
    *,
    now: datetime,
) -> Said | None:
    """What to say of what lies behind; None when that is noted already, or no visit of ours, and no price is told."""
    if not pick_unfinished(told, behind, now=now):
        work = await work_of(session, professional, message, behind, told, now=now)
        if work.price_agorot is None:
            return None
    return await report_done(session, professional, message, behind, now=now)


def ask_done_or_on_my_way(visit: VisitDetails, message: Message, language: str, *, now: datetime) -> Said:
    """Whether the only visit there is lies behind or ahead of who has finished and is on the way."""
    asked = say("done_or_on_my_way", language, when=when_of(visit, now, language), customer=isolate(visit.customer))
    done = Button(DONE.id(visit.booking.id, message.id), say("button_done", language))
    return Said(asked, [done, Button(ON_MY_WAY.id(visit.booking.id), say("button_on_my_way", language))])
