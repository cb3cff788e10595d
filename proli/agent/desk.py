"""The professional's own mode on WhatsApp: answers to offers, today's visits, on my way, done. No model involved."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.agent.turns import FromProfessional
from proli.conversations.models import Author, Message, Owner
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_tap
from proli.dispatch.actions import Answered, Outcome, answer_offer, finish_job
from proli.dispatch.errors import OfferNotFound
from proli.dispatch.models import Offer
from proli.dispatch.queries import find_last_offer, list_open_offers
from proli.knowledge.intents import find_answer, find_intents
from proli.knowledge.text import isolate, ltr
from proli.notifications.actions import request_words, when_of
from proli.notifications.queries import Visit, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_hour, say_phone
from proli.professionals.models import Professional
from proli.scheduling.actions import EARLY, set_out
from proli.scheduling.models import Booking
from proli.scheduling.queries import list_visits

TAP = re.compile(r"offer:(\d+):(approve|decline)")
NUMBER = re.compile(r"(?<!\d)#?(\d{1,12})(?!\d)")

SAID = {
    Outcome.declined: "offer_declined",
    Outcome.already_accepted: "offer_already_accepted",
    Outcome.already_declined: "offer_already_declined",
    Outcome.too_late: "offer_too_late",
    Outcome.withdrawn: "offer_withdrawn",
}


async def serve(session: BusinessSession, turn: FromProfessional, *, now: datetime) -> None:
    """Every message of the professional has its effect and its answer, once.

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
    language = language_for(professional.language)
    tap = TAP.fullmatch(await find_tap(session, message) or "")
    if tap:
        return await settle(session, professional, int(tap[1]), accept=tap[2] == "approve", now=now)
    intents = find_intents(message.text)
    if "today_jobs" in intents:
        return await today(session, professional, now=now)
    if "on_my_way" in intents:
        return await on_my_way(session, professional, now=now)
    if "done" in intents:
        return await done(session, professional, now=now)
    answer = find_answer(without_number(message.text))
    if answer is not None:
        return await settle_words(session, professional, message, accept=answer == "approve", now=now)
    return None if quiet else say("professional_help", language)


def without_number(text: str) -> str:
    return NUMBER.sub("", text).strip()


async def settle_words(
    session: BusinessSession, professional: Professional, message: Message, *, accept: bool, now: datetime
) -> str | None:
    """The offer meant by a word: the one quoted or numbered, or the only one open, or the last one there was."""
    language = language_for(professional.language)
    named = await named_offer(session, message)
    if named is not None:
        return await settle(session, professional, named, accept=accept, now=now)
    waiting = await list_open_offers(session, professional.id, now=now)
    if len(waiting) > 1:
        return await ask_which(session, waiting, language, now=now)
    last = waiting[0] if waiting else await find_last_offer(session, professional.id)
    if last is None:
        return say("no_offer", language)
    return await settle(session, professional, last.id, accept=accept, now=now)


async def named_offer(session: BusinessSession, message: Message) -> int | None:
    number = NUMBER.search(message.text)
    if number:
        return int(number[1])
    if message.quoted_external_id is None:
        return None
    key = await session.scalar(
        select(Message.dedup_key).where(
            Message.channel_account_id == message.channel_account_id,
            Message.external_id == message.quoted_external_id,
        )
    )
    found = re.match(r"offer:(\d+)", key or "")
    return int(found[1]) if found else None


async def ask_which(session: BusinessSession, offers: Sequence[Offer], language: str, *, now: datetime) -> str:
    lines: list[str] = []
    for offer in offers:
        visit = await get_visit(session, offer.booking_id)
        lines.append(f"{ltr(str(offer.id))} · {when_of(visit, now, language)} · {visit.address}")
    return say("which_offer", language, offers="\n".join(lines), example=offers[0].id)


async def settle(
    session: BusinessSession, professional: Professional, offer_id: int, *, accept: bool, now: datetime
) -> str | None:
    language = language_for(professional.language)
    try:
        answered = await answer_offer(
            session, offer_id=offer_id, professional_id=professional.id, accept=accept, now=now
        )
    except OfferNotFound:
        return say("no_offer", language)
    return await words_for(session, answered, language, now=now)


async def words_for(session: BusinessSession, answered: Answered, language: str, *, now: datetime) -> str | None:
    if answered.outcome == Outcome.accepted:
        return None
    visit = await get_visit(session, answered.booking.id)
    return say(SAID[answered.outcome], language, when=when_of(visit, now, language), address=visit.address)


async def visits_today(session: BusinessSession, professional: Professional, *, now: datetime) -> Sequence[Booking]:
    zone = ZoneInfo((await get_business(session)).zone)
    start = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return await list_visits(session, professional.id, start=start, end=start + timedelta(days=1))


async def today(session: BusinessSession, professional: Professional, *, now: datetime) -> str:
    language = language_for(professional.language)
    bookings = await visits_today(session, professional, now=now)
    lines = [job_line(await get_visit(session, booking.id), language) for booking in bookings]
    return say("jobs_today", language, jobs="\n".join(lines)) if lines else say("jobs_none", language)


def job_line(visit: Visit, language: str) -> str:
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
    if booking is None:
        return say("no_visit_now", language)
    first = await set_out(session, booking, now=now)
    return say("on_my_way_noted" if first else "on_my_way_already", language)


async def done(session: BusinessSession, professional: Professional, *, now: datetime) -> str:
    language = language_for(professional.language)
    bookings = [b for b in await visits_today(session, professional, now=now) if b.starts_at - EARLY <= now]
    begun = [booking for booking in bookings if booking.starts_at <= now or booking.on_the_way_at is not None]
    if not begun:
        return say("no_visit_now", language)
    await finish_job(session, begun[0], actor="professional", now=now)
    return say("done_noted", language)
