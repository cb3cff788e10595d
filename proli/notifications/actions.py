"""Who is told what, in which words. Each message has a key, so that saying it twice is impossible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Final

from loguru import logger

from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.buttons import Button
from proli.conversations.models import Author, Conversation
from proli.conversations.outbox import queue_text
from proli.conversations.queries import get_conversation, last_burst
from proli.conversations.reasons import ANSWERED_IN_WRITING, PersonReason, StaffNews
from proli.dispatch.actions import find_times
from proli.dispatch.events import NobodyLeft, RoomNeeded
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.pressing import is_pressing
from proli.dispatch.queries import find_offer
from proli.knowledge.text import isolate
from proli.knowledge.wishes import ANYTIME
from proli.leads.models import Lead
from proli.leads.queries import find_open_lead, get_lead, name_of
from proli.notifications.customers import stays_as_it_was, when_of
from proli.notifications.offer_buttons import offer_buttons, offer_key
from proli.notifications.queries import VisitDetails, find_customer_conversation, get_visit, open_own_line
from proli.notifications.timing import customer_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import Saying, language_for, say
from proli.playbooks.trades import say_issue, say_trade
from proli.playbooks.words import say_hour, say_phone, say_times, say_when
from proli.scheduling.queries import find_promised, get_booking
from proli.scheduling.rules import Interval

"""How near the other hours are that a customer is told of when the one wished for could not be had."""
MOST_TOLD = 300
"""Letters of somebody's words that staff are told."""


def request_words(lead: Lead, language: str) -> str:
    """What is asked for, in few words: "נזילה (אינסטלציה)"."""
    if lead.trade is None:
        return lead.description or "-"
    issue = say_issue(lead.trade, lead.issue, language)
    trade = say_trade(lead.trade, language)
    return f"{issue} ({trade})" if issue else trade


async def tell_professional(
    session: BusinessSession,
    visit: VisitDetails,
    text: str,
    *,
    key: str,
    now: datetime,
    buttons: Sequence[Button] = (),
    useful_until: datetime | None = None,
) -> None:
    like = await find_customer_conversation(session, visit.lead)
    line = await open_own_line(
        session, phone_e164=visit.professional.phone_e164, name=visit.professional.name, like=like
    )
    if line is None:
        logger.error("Business {} has no number to reach professional {}", session.business_id, visit.professional.id)
        return
    await queue_text(
        session, line, text, dedup_key=key, author=Author.system, buttons=buttons, useful_until=useful_until, now=now
    )


async def send_offer(session: BusinessSession, *, offer_id: int, now: datetime) -> None:
    """The professional has the offer, with its buttons, if it still stands."""
    offer = await find_offer(session, offer_id)
    if offer is None or offer.status != OfferStatus.open or offer.expires_at <= now:
        return
    visit = await get_visit(session, offer.booking_id)
    language = language_for(visit.professional.language)
    lead, starts_at = visit.lead, visit.booking.starts_at
    presses = is_pressing(
        urgency=lead.urgency, words=lead.description, wish=lead.wish, starts_at=starts_at, zone=visit.zone, now=now
    )
    urgent = say("offer_urgent", language) + " " if presses else ""
    before = await get_booking(session, visit.booking.replaces_id) if visit.booking.replaces_id else None
    moves = before is not None and before.professional_id == offer.professional_id
    text = say(
        "offer_move" if moves else "offer",
        language,
        urgent=urgent,
        issue=request_words(visit.lead, language),
        place=place_words(visit, language),
        when=say_when(visit.booking.starts_at, now=now, zone=visit.zone, language=language),
        was=say_when((before or visit.booking).starts_at, now=now, zone=visit.zone, language=language),
        description=f"״{isolate(visit.lead.description)}״" if visit.lead.description else "",
        until=say_hour(offer.expires_at, visit.zone),
    )
    without_gaps = text.worded("\n".join(line for line in text.splitlines() if line.strip()))
    await tell_professional(
        session, visit, without_gaps,
        key=offer_key(offer.id), now=now, buttons=offer_buttons(offer.id, language), useful_until=offer.expires_at,
    )  # fmt: skip


async def tell_offer_withdrawn(session: BusinessSession, *, offer_id: int, now: datetime) -> None:
    """A professional who was asked, and has not answered, need not answer."""
    offer = await find_offer(session, offer_id)
    if offer is None or offer.status != OfferStatus.withdrawn or offer.sends_at > now:
        return
    visit = await get_visit(session, offer.booking_id)
    language = language_for(visit.professional.language)
    text = say("offer_withdrawn", language, when=when_of(visit, now, language))
    await tell_professional(session, visit, text, key=f"{offer_key(offer.id)}:withdrawn", now=now)


def accepted_words(visit: VisitDetails, now: datetime) -> Saying:
    """What the professional needs to make the visit."""
    language = language_for(visit.professional.language)
    phone = say_phone(visit.contact.phone_e164) if visit.contact.phone_e164 else "-"
    others = [
        say("other_phone", language, name=isolate(name or "-"), phone=say_phone(number))
        for name, number in visit.other_phones
    ]
    told = say(
        "offer_accepted" if visit.playbook.approval else "meeting_booked",
        language,
        when=when_of(visit, now, language),
        address=place_words(visit, language),
        customer=isolate(visit.customer),
        phone="\n".join((phone, *others)),
    )
    return with_notes(told, visit, language)


def with_notes(told: Saying, visit: VisitDetails, language: str) -> Saying:
    """What is told of a visit, and below it what its customer has said for whoever comes."""
    if not visit.notes:
        return told
    return told.followed_by(say("visit_notes", language, notes=quoted(visit.notes)))


def quoted(notes: Sequence[str]) -> str:
    """A customer's words as such, a line each."""
    return "\n".join(f"״{isolate(one)}״" for one in notes)


def place_words(visit: VisitDetails, language: str) -> str:
    """The address, and below it the place on a map where one was shared; a link stands on a line of its own."""
    return "\n".join((visit.address, say("on_map", language), visit.pin)) if visit.pin else visit.address


async def tell_nobody_left(session: BusinessSession, *, lead_id: int, offer: Offer | None, now: datetime) -> None:
    """Staff are alerted, and the customer hears that the hour could not be had and which others can; that a visit that
    should have moved stays as it was, is said. Who wanted a later time is offered none before the visit.

    The customer is not woken for it, unless the hour is near.
    """
    lead = await get_lead(session, lead_id)
    conversation = await find_customer_conversation(session, lead)
    promised = await find_promised(session, lead_id)
    waits = lead.status == "contacted" or promised is not None
    if not waits or offer is None or offer.status == OfferStatus.accepted:
        return
    key = f"lead:{lead.id}:nobody:{offer.id}"
    await alert_staff(session, lead=lead, reason=PersonReason.nobody_left, key=key, now=now)
    if conversation is None:
        return
    visit = await get_visit(session, offer.booking_id)
    hears_at = customer_hears_at(visit, wrote_at=conversation.last_inbound_at, now=now)
    if hears_at > now:
        await emit(session, NobodyLeft(business_id=session.require_business(), lead_id=lead_id), at=hears_at)
        return
    after = promised.starts_at if promised and promised.starts_at < visit.booking.starts_at else now
    horizon = Interval(after, after + ANYTIME)
    times = await find_times(session, lead, within=horizon, now=now)
    free = say_times([slot.start for slot in times], now=now, zone=visit.zone, language=visit.language)
    more = visit.say("nobody_left_times", times=free) if times else visit.say("nobody_left_none")
    if promised is None:
        text = visit.say("nobody_left", when=when_of(visit, now, visit.language), times=more)
    else:
        text = await stays_as_it_was(session, visit, promised, times=more, now=now)
    if text and await queue_text(session, conversation, text, dedup_key=key, author=Author.system, now=now):
        expect_choice(conversation, times)


def expect_choice(conversation: Conversation, times: Sequence[Interval]) -> None:
    """What the customer says next may choose among these times."""
    conversation.asked = "time"
    conversation.offered = [slot.start.isoformat() for slot in times]


NOBODY: Final = (PersonReason.nobody_fits, PersonReason.nobody_left)
type StaffReason = PersonReason | StaffNews


@dataclass(frozen=True, slots=True)
class Matter:
    """What staff are told of: who waits, with what."""

    contact: Contact
    name: str
    request: str
    conversation: Conversation | None


async def alert_staff(
    session: BusinessSession, *, lead: Lead, reason: StaffReason, key: str, now: datetime, words: str = ""
) -> None:
    """The business's own people know of a lead that needs one of them, and of the `words` that it is about."""
    contact = await session.get_one(Contact, lead.contact_id)
    language = language_for((await get_business(session)).language)
    name, request = name_of(lead, contact), f"{request_words(lead, language)}\n{words}".strip()
    matter = Matter(contact, name, request, await find_customer_conversation(session, lead))
    await alert_staff_of(session, matter, reason=reason, key=key, now=now)
    if reason in NOBODY and lead.urgency == "emergency":
        await emit(session, RoomNeeded(business_id=session.require_business(), lead_id=lead.id, key=key))


async def alert_staff_of_conversation(
    session: BusinessSession,
    *,
    conversation_id: int,
    reason: StaffReason,
    key: str,
    lead_id: int | None = None,
    now: datetime,
) -> None:
    """The business's own people know of a conversation that needs one of them, be there a lead in it or none.

    It is the lead that is meant, or else its open request.
    """
    conversation = await get_conversation(session, conversation_id)
    lead = await (get_lead(session, lead_id) if lead_id else find_open_lead(session, conversation.contact_id))
    told = lead is None or reason in StaffNews or reason in ANSWERED_IN_WRITING
    words = await said_last(session, conversation_id) if told else ""
    if lead is not None:
        await alert_staff(session, lead=lead, reason=reason, key=key, now=now, words=words)
        return
    contact = await session.get_one(Contact, conversation.contact_id)
    matter = Matter(contact, contact.name, words, conversation)
    await alert_staff_of(session, matter, reason=reason, key=key, now=now)


async def said_last(session: BusinessSession, conversation_id: int) -> str:
    """What the customer has said last, short enough to be told; empty where there are no words."""
    said = shorten(await last_burst(session, conversation_id), MOST_TOLD, placeholder="…")
    return isolate(said) if said else ""


async def alert_staff_of(
    session: BusinessSession, matter: Matter, *, reason: StaffReason, key: str, now: datetime
) -> None:
    """On WhatsApp, when they have a number for it; the attention list has it anyway."""
    language, phone = language_for((await get_business(session)).language), matter.contact.phone_e164
    text = say(
        "staff_alert",
        language,
        reason=say(f"reason_{reason}", language),
        customer=isolate(matter.name or "-"),
        phone=say_phone(phone) if phone else "-",
        request=matter.request,
    )
    await tell_staff(session, text, key=key, like=matter.conversation, now=now)


async def tell_staff(
    session: BusinessSession, text: str, *, key: str, like: Conversation | None = None, now: datetime
) -> None:
    business = await get_business(session)
    if business.staff_e164 is None:
        return
    line = await open_own_line(session, phone_e164=business.staff_e164, name=business.name, like=like)
    if line is not None:
        await queue_text(session, line, text, dedup_key=f"staff:{key}", author=Author.system, now=now)
