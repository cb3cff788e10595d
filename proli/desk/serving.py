"""The professional's own mode on WhatsApp: answers to offers, today's visits, on my way, done. No model involved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.models import Author, Conversation, Message, Owner
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_tap
from proli.desk.for_people import says_something
from proli.desk.meant import TAP
from proli.desk.offers import pass_on_words, say_how_to_answer, settle_said, settle_tap
from proli.dispatch.own import finish_own, set_out_for
from proli.dispatch.queries import list_open_offers
from proli.knowledge.intents import find_intents
from proli.knowledge.said import as_said
from proli.knowledge.text import isolate
from proli.notifications.actions import request_words
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_hour, say_phone
from proli.professionals.models import Professional
from proli.scheduling.actions import EARLY
from proli.scheduling.errors import BookingNotLive, TooEarly
from proli.scheduling.models import Booking
from proli.scheduling.queries import list_visits


@dataclass(frozen=True, slots=True)
class FromProfessional:
    """The other side is one of the business's own professionals, who is served by the desk."""

    professional: Professional
    conversation: Conversation
    messages: Sequence[Message]


async def serve(session: BusinessSession, turn: FromProfessional, *, now: datetime) -> None:
    """Every message of the professional has its effect and its answer, once, in the order they were said.

    That holds while a person talks with them too: an approval must count whoever else is in the conversation.
    """
    for message in turn.messages:
        quiet = turn.conversation.owner == Owner.human
        words = await answer_message(session, turn.professional, message, quiet=quiet, now=now)
        message.answered_at = now
        if words:
            key = f"desk:{message.id}"
            await queue_text(session, turn.conversation, words, dedup_key=key, author=Author.system, now=now)


async def answer_message(
    session: BusinessSession, professional: Professional, message: Message, *, quiet: bool, now: datetime
) -> str | None:
    """What to say; None when the event's own message says it all, or a person is talking with the professional."""
    tap = TAP.fullmatch(await find_tap(session, message) or "")
    if tap:
        return await settle_tap(session, professional, message, int(tap[1]), tap[2], now=now)
    told = await report(session, professional, find_intents(as_said(message.text)), now=now)
    if told is not None and not await list_open_offers(session, professional.id, at=min(message.sent_at, now)):
        return told
    settled = await settle_said(session, professional, message, now=now)
    if settled is not None:
        return "\n".join(filter(None, (told, settled.words))) or None
    return told or await pass_to_office(session, professional, message, quiet=quiet, now=now)


async def pass_to_office(
    session: BusinessSession, professional: Professional, message: Message, *, quiet: bool, now: datetime
) -> str | None:
    """Words that the desk does not know are for people, who hear of them; to a word alone it says what it knows.

    Nothing is said when a person is talking with the professional.
    """
    if quiet:
        return None
    if not says_something(message):
        return await say_how_to_answer(session, professional, now=now)
    return await pass_on_words(session, professional, message, now=now)


async def report(
    session: BusinessSession, professional: Professional, intents: frozenset[str], *, now: datetime
) -> str | None:
    """What to say to a report of, or a question about, the day's visits; None when it is neither."""
    if "today_jobs" in intents:
        return await today(session, professional, now=now)
    if "on_my_way" in intents:
        return await on_my_way(session, professional, now=now)
    if "done" in intents:
        return await done(session, professional, now=now)
    return None


async def visits_today(session: BusinessSession, professional: Professional, *, now: datetime) -> Sequence[Booking]:
    zone = ZoneInfo((await get_business(session)).zone)
    start = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return await list_visits(session, professional.id, start=start, end=start + timedelta(days=1))


async def today(session: BusinessSession, professional: Professional, *, now: datetime) -> str:
    language = language_for(professional.language)
    bookings = await visits_today(session, professional, now=now)
    lines = [job_line(await get_visit(session, booking.id), language) for booking in bookings]
    return say("jobs_today", language, jobs="\n".join(lines)) if lines else say("jobs_none", language)


def job_line(visit: VisitDetails, language: str) -> str:
    return say(
        "job_line",
        language,
        time=say_hour(visit.booking.starts_at, visit.zone),
        issue=request_words(visit.lead, language),
        address=visit.address,
        customer=isolate(visit.customer),
        phone=say_phone(visit.contact.phone_e164) if visit.contact.phone_e164 else "",
    )


async def current_visit(session: BusinessSession, professional: Professional, *, now: datetime) -> Booking | None:
    """The visit that "on my way" and "done" are about: the next or running one of today."""
    bookings = await visits_today(session, professional, now=now)
    near = [booking for booking in bookings if booking.starts_at - EARLY <= now]
    return next((booking for booking in near if booking.ends_at > now), near[-1] if near else None)


async def on_my_way(session: BusinessSession, professional: Professional, *, now: datetime) -> str:
    language = language_for(professional.language)
    booking = await current_visit(session, professional, now=now)
    try:
        if booking is None:
            return say("no_visit_now", language)
        first = await set_out_for(session, booking.id, professional_id=professional.id, now=now)
    except (BookingNotLive, TooEarly):
        return say("no_visit_now", language)
    return say("on_my_way_noted" if first else "on_my_way_already", language)


async def done(session: BusinessSession, professional: Professional, *, now: datetime) -> str:
    language = language_for(professional.language)
    bookings = [b for b in await visits_today(session, professional, now=now) if b.starts_at - EARLY <= now]
    begun = [booking for booking in bookings if booking.starts_at <= now or booking.on_the_way_at is not None]
    try:
        if not begun:
            return say("no_visit_now", language)
        actor = Actor.professional(professional.name)
        await finish_own(session, begun[0].id, professional_id=professional.id, actor=actor, now=now)
    except (BookingNotLive, TooEarly):
        return say("no_visit_now", language)
    return say("done_noted", language)
