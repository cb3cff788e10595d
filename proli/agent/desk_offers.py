"""What a professional's words do to the offers they have: which one is meant, and what is said of it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from proli.conversations.models import Message
from proli.dispatch.answering import Answered, Outcome, answer_offer
from proli.dispatch.errors import OfferNotFound
from proli.dispatch.models import Offer
from proli.dispatch.queries import find_last_offer, find_offer, list_open_offers
from proli.knowledge.answers import Answer, find_answer
from proli.knowledge.text import ltr
from proli.notifications.actions import when_of
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional

TAP: Final = re.compile(r"offer:(\d{1,18}):(approve|decline)")
NUMBER: Final = re.compile(r"(?<![\w.:/+-])#?(\d{1,12})(?![\w:/]|\.\d|-\d)")
"""A number that stands for itself: no clock time, no date, no part of a word such as "ב-16"."""
TIME_BEFORE: Final = re.compile(r"(?:\b(?:at|by|until|till|before|after|around|בשעה|עד|לפני|אחרי|ליד|בסביבות) ?|ב)$")
OF_OFFER: Final = re.compile(r"offer:(\d{1,18})")

SAID: Final = {
    Outcome.declined: "offer_declined",
    Outcome.already_accepted: "offer_already_accepted",
    Outcome.already_declined: "offer_already_declined",
    Outcome.too_late: "offer_too_late",
    Outcome.withdrawn: "offer_withdrawn",
}


async def settle_words(
    session: BusinessSession, professional: Professional, message: Message, answer: Answer, *, now: datetime
) -> str | None:
    """What to say once a word has been taken for the offer it means: the one quoted, the one of the number in it, the
    only one that was open when it was said, or the last one there had been."""
    language = language_for(professional.language)
    said_at, accept = min(message.sent_at, now), answer == "approve"
    waiting = await list_open_offers(session, professional.id, at=said_at)
    meant = await quoted_offer(session, message) or await numbered_offer(session, professional, message.text, waiting)
    if meant is not None:
        return await settle(session, professional, meant, accept=accept, said_at=said_at, now=now)
    if len(waiting) > 1:
        return await ask_which(session, waiting, language, now=now)
    last = waiting[0] if waiting else await find_last_offer(session, professional.id, at=said_at)
    if last is None:
        return say("no_offer", language)
    return await settle(session, professional, last.id, accept=accept, said_at=said_at, now=now)


async def quoted_offer(session: BusinessSession, message: Message) -> int | None:
    if message.quoted_external_id is None:
        return None
    key = await session.scalar(
        select(Message.dedup_key).where(
            Message.channel_account_id == message.channel_account_id,
            Message.external_id == message.quoted_external_id,
        )
    )
    found = OF_OFFER.match(key or "")
    return int(found[1]) if found else None


async def numbered_offer(
    session: BusinessSession, professional: Professional, text: str, waiting: Sequence[Offer]
) -> int | None:
    """The offer that a number names: one that is open; or any of theirs in words that are a plain "approve 12"."""
    numbers = [int(found[1]) for found in NUMBER.finditer(text) if not TIME_BEFORE.search(text[: found.start()])]
    open_ids = {offer.id for offer in waiting}
    named = {number for number in numbers if number in open_ids}
    if len(named) == 1:
        return named.pop()
    if len(numbers) != 1 or named or len(text.split()) > 2:
        return None
    offer = await find_offer(session, numbers[0])
    return offer.id if offer is not None and offer.professional_id == professional.id else None


def answer_in(text: str) -> Answer | None:
    """The answer in words, whatever number stands beside it."""
    return find_answer(NUMBER.sub(" ", text))


async def ask_which(session: BusinessSession, offers: Sequence[Offer], language: str, *, now: datetime) -> str:
    lines: list[str] = []
    for offer in offers:
        visit = await get_visit(session, offer.booking_id)
        lines.append(f"{ltr(str(offer.id))} · {when_of(visit, now, language)} · {visit.address}")
    return say("which_offer", language, offers="\n".join(lines), example=offers[0].id)


async def say_how_to_answer(session: BusinessSession, professional: Professional, *, now: datetime) -> str:
    """What somebody reads whose words were none that the desk knows: how to answer, when an answer is awaited."""
    language = language_for(professional.language)
    waiting = await list_open_offers(session, professional.id, at=now)
    if not waiting:
        return say("professional_help", language)
    if len(waiting) > 1:
        return await ask_which(session, waiting, language, now=now)
    visit = await get_visit(session, waiting[0].booking_id)
    return say("offer_still_open", language, when=when_of(visit, now, language), address=visit.address)


async def settle(
    session: BusinessSession,
    professional: Professional,
    offer_id: int,
    *,
    accept: bool,
    said_at: datetime,
    now: datetime,
) -> str | None:
    """What to say of the answer; None when the news of the visit says it."""
    language = language_for(professional.language)
    try:
        answered = await answer_offer(
            session, offer_id=offer_id, professional_id=professional.id, accept=accept, said_at=said_at, now=now
        )
    except OfferNotFound:
        return say("no_offer", language)
    return await words_for(session, answered, language, now=now)


async def words_for(session: BusinessSession, answered: Answered, language: str, *, now: datetime) -> str | None:
    if answered.outcome == Outcome.accepted:
        return None
    visit = await get_visit(session, answered.booking.id)
    return say(SAID[answered.outcome], language, when=when_of(visit, now, language), address=visit.address)
