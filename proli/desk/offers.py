"""What a professional's words do to the offers they have: which one is meant, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from proli.accounts.actor import Actor
from proli.conversations.models import Message
from proli.conversations.reasons import PersonReason
from proli.desk.meant import (
    NUMBER,
    answer_asked_about,
    answer_in,
    answers_by_number,
    bare_number,
    is_hour,
    just_approved,
    numbered_offer,
    quoted_offer,
)
from proli.desk.office import call_office
from proli.dispatch.answering import Answered, Outcome, answer_offer
from proli.dispatch.errors import OfferNotFound
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import find_last_offer, find_offer, list_open_offers
from proli.knowledge.answers import Answer
from proli.knowledge.said import as_said
from proli.knowledge.text import ltr
from proli.knowledge.times import find_time
from proli.leads.actions import call_for_person
from proli.notifications.actions import when_of
from proli.notifications.queries import Visit, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional

NEAR: Final = timedelta(minutes=15)
"""By how much the hour in an approval may differ from the one offered and still mean it."""

SAID: Final = {
    Outcome.declined: "offer_declined",
    Outcome.already_accepted: "offer_already_accepted",
    Outcome.already_declined: "offer_already_declined",
    Outcome.too_late: "offer_too_late",
    Outcome.withdrawn: "offer_withdrawn",
}


async def settle_tap(
    session: BusinessSession, professional: Professional, message: Message, offer_id: int, choice: str, *, now: datetime
) -> str | None:
    """What to say to a button, or to the number of one: a number alone names no offer while several are open."""
    said_at = min(message.sent_at, now)
    waiting = await list_open_offers(session, professional.id, at=said_at)
    if message.button_id is None and len(waiting) > 1 and message.quoted_external_id is None:
        return await ask_which(session, waiting, language_for(professional.language), now=now)
    return await settle(session, professional, message, offer_id, accept=choice == "approve", now=now)


@dataclass(frozen=True, slots=True)
class Settled:
    """Words were taken for an answer."""

    words: str | None
    """What to say; None when the news of the visit says it."""


async def settle_said(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Settled | None:
    """What to say to words that answer offers; None when they answer none."""
    waiting = await list_open_offers(session, professional.id, at=min(message.sent_at, now))
    several = answers_by_number(message.text, waiting)
    if several:
        told = [
            await settle(session, professional, message, number, accept=one == "approve", now=now)
            for number, one in several.items()
        ]
        return Settled("\n".join(filter(None, told)) or None)
    answer = answer_in(as_said(message.text))
    if answer is not None:
        return Settled(await settle_words(session, professional, message, answer, now=now))
    offer = bare_number(message.text, waiting)
    return await settle_number(session, professional, message, offer, now=now) if offer is not None else None


async def settle_words(
    session: BusinessSession, professional: Professional, message: Message, answer: Answer, *, now: datetime
) -> str | None:
    """What to say once a word has been taken for the offer it means: the one quoted, the one of the number in it, the
    only one that was open when it was said, or the last one there had been.

    A refusal right after an approval is about the visit that was just approved.
    """
    language = language_for(professional.language)
    said_at, accept = min(message.sent_at, now), answer == "approve"
    waiting = await list_open_offers(session, professional.id, at=said_at)
    meant = await quoted_offer(session, message) or await numbered_offer(session, professional, message.text, waiting)
    if meant is None and not accept:
        meant = await just_approved(session, professional, waiting, at=said_at)
    if meant is not None:
        return await settle(session, professional, message, meant, accept=accept, now=now)
    if len(waiting) > 1:
        return await ask_which(session, waiting, language, now=now)
    last = waiting[0] if waiting else await find_last_offer(session, professional.id, at=said_at)
    if last is None:
        return say("no_offer", language)
    return await settle(session, professional, message, last.id, accept=accept, now=now)


async def settle_number(
    session: BusinessSession, professional: Professional, message: Message, offer: Offer, *, now: datetime
) -> Settled:
    """What to say to nothing but the number of an offer: it completes the answer to which we said "which one?"."""
    answer = await answer_asked_about(session, message)
    if answer is None:
        return Settled(await say_still_open(session, offer, language_for(professional.language), named=True, now=now))
    accept = answer == "approve"
    return Settled(await settle(session, professional, message, offer.id, accept=accept, now=now))


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
    return await say_still_open(session, waiting[0], language, named=False, now=now)


async def say_still_open(session: BusinessSession, offer: Offer, language: str, *, named: bool, now: datetime) -> str:
    """How to answer this offer; `named` where its number has to stand in the answer."""
    visit = await get_visit(session, offer.booking_id)
    number = f" {offer.id}" if named else ""
    return say("offer_still_open", language, when=when_of(visit, now, language), address=visit.address, number=number)


async def settle(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    offer_id: int,
    *,
    accept: bool,
    now: datetime,
) -> str | None:
    """What to say of the answer; None when the news of the visit says it.

    An approval for another hour than the one offered approves nothing, and a refusal of what has been approved already
    gives nothing up: people hear of both.
    """
    language = language_for(professional.language)
    visit = await visit_of_another_hour(session, offer_id, message, now=now) if accept else None
    if visit is not None:
        await call_office(session, message, now=now)
        return say("offer_of_another_hour", language, when=when_of(visit, now, language), address=visit.address)
    try:
        answered = await answer_offer(
            session,
            offer_id=offer_id,
            professional_id=professional.id,
            actor=Actor.professional(professional.name),
            accept=accept,
            said_at=min(message.sent_at, now),
            now=now,
        )
    except OfferNotFound:
        return say("no_offer", language)
    if not accept and answered.outcome == Outcome.already_accepted:
        await call_office(session, message, now=now)
        call_for_person(
            session,
            answered.lead,
            PersonReason.professional_wrote,
            actor=Actor.professional(professional.name),
            now=now,
        )
    return await words_for(session, answered, language, accept=accept, now=now)


async def visit_of_another_hour(
    session: BusinessSession, offer_id: int, message: Message, *, now: datetime
) -> Visit | None:
    """The visit of an open offer when the words name a clock time that is not its own."""
    offer = await find_offer(session, offer_id)
    if message.button_id is not None or offer is None or offer.status != OfferStatus.open:
        return None
    visit = await get_visit(session, offer.booking_id)
    starts_at = visit.booking.starts_at.astimezone(visit.zone)
    said = NUMBER.sub(lambda found: found[0] if is_hour(found) else " ", as_said(message.text))
    named = find_time(said, now=now.astimezone(visit.zone), asked=True)
    if named is None or named.kind != "exact" or named.start is None:
        return None
    apart = abs(starts_at.replace(hour=named.start.hour, minute=named.start.minute) - starts_at)
    return visit if min(apart, abs(apart - timedelta(hours=12))) > NEAR else None


async def words_for(
    session: BusinessSession, answered: Answered, language: str, *, accept: bool, now: datetime
) -> str | None:
    if answered.outcome == Outcome.accepted:
        return None
    visit = await get_visit(session, answered.booking.id)
    given_up = answered.outcome == Outcome.already_accepted and not accept
    key = "visit_not_given_up" if given_up else SAID[answered.outcome]
    return say(key, language, when=when_of(visit, now, language), address=visit.address)
