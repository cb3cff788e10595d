"""From what was imagined to rows, kind by kind, so that each knows the ids of those before it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy.dialects.postgresql import Range

from proli.contacts.models import Contact
from proli.conversations.failures import SendFailure, Unsent
from proli.conversations.models import Author, Conversation, Delivery, Direction, Message, MessageKind
from proli.conversations.reasons import ANSWERED_IN_WRITING
from proli.demo.call_rows import call_of, parts_of
from proli.demo.life import Entry, Life, PhoneCall, Proposal, Said, Visit
from proli.demo.office import Office
from proli.demo.ratings import Score, ratings_of
from proli.demo.turns import turns_of
from proli.dispatch.models import Offer, Ranking
from proli.leads.models import Lead, LeadEntry
from proli.platform.db import BusinessSession
from proli.platform.orm import Base
from proli.scheduling.models import Booking, BookingStatus
from proli.voice.rules import key_of_message

FAILED = 3
"""How many of the latest notices never arrived."""
NOT_THERE = Unsent(SendFailure.no_whatsapp, "The number has no WhatsApp")


@dataclass
class Ids:
    """The ids that rows came to have."""

    contacts: dict[str, int] = field(default_factory=dict[str, int])
    conversations: dict[str, int] = field(default_factory=dict[str, int])
    leads: dict[Life, int] = field(default_factory=dict[Life, int])
    bookings: dict[Visit, int] = field(default_factory=dict[Visit, int])
    offers: dict[Proposal, int] = field(default_factory=dict[Proposal, int])
    messages: dict[Said, int] = field(default_factory=dict[Said, int])
    calls: dict[PhoneCall, int] = field(default_factory=dict[PhoneCall, int])


@dataclass(frozen=True, slots=True)
class Past:
    """All that was imagined, and the numbers by which it came."""

    lives: Sequence[Life]
    scores: Sequence[Score]
    calls: Sequence[PhoneCall]
    account_id: int
    number_id: int | None
    """At which the business is called; None where nobody calls it."""


async def write(
    session: BusinessSession,
    office: Office,
    past: Past,
    *,
    rng: Random,
    rate: Callable[..., Base] | None,
) -> None:
    """Everything is in the database, in a few dozen statements."""
    ids, lives, scores, account_id = Ids(), past.lives, past.scores, past.account_id
    people = {life.person.phone_e164: life for life in lives}
    contacts = await add(session, {phone: contact_of(life) for phone, life in earliest(lives).items()})
    ids.contacts = contacts
    talks = {phone: conversation_of(life, lives, ids, account_id) for phone, life in people.items()}
    ids.conversations = await add(session, talks)
    ids.leads = await add(session, {life: lead_of(life, ids) for life in lives})
    ids.bookings = await add(session, {visit: booking_of(life, visit, ids) for life in lives for visit in life.visits})
    ids.calls = await add_calls(session, past, ids)
    proposals = ((life, one) for life in lives for one in life.proposals)
    ids.offers = await add(session, {one: offer_of(life, one, ids) for life, one in proposals})
    ids.messages = await add(session, messages_of(lives, ids, account_id=account_id, rng=rng))
    noted = sorted(((life, entry) for life in lives for entry in life.entries), key=lambda pair: pair[1].at)
    session.add_all(entry_of(life, entry, ids) for life, entry in noted)
    session.add_all(
        Ranking(lead_id=ids.leads[life], at=at, entries=entries, created_at=at)
        for life in lives
        for at, entries in life.rankings
    )
    session.add_all(turns_of(lives, office, leads=ids.leads, talks=ids.conversations, messages=ids.messages, rng=rng))
    rate_professionals(scores)
    if rate is not None:
        session.add_all(rate(**one._asdict()) for one in ratings_of(scores, bookings=ids.bookings, leads=ids.leads))
    await session.flush()


async def add_calls(session: BusinessSession, past: Past, ids: Ids) -> dict[PhoneCall, int]:
    """The calls are in the database with what was said in them."""
    if past.number_id is None:
        return {}
    rows = {call: call_of(call, past.number_id, contacts=ids.contacts, leads=ids.leads) for call in past.calls}
    made = await add(session, rows)
    session.add_all(parts_of(rows))
    return made


async def add[Key, Row: Base](session: BusinessSession, rows: Mapping[Key, Row]) -> dict[Key, int]:
    """The rows are in the database; returns their ids."""
    session.add_all(rows.values())
    await session.flush()
    return {key: row.id for key, row in rows.items()}


def earliest(lives: Iterable[Life]) -> dict[str, Life]:
    """Each person's first request."""
    found: dict[str, Life] = {}
    for life in lives:
        found.setdefault(life.person.phone_e164, life)
    return found


def contact_of(life: Life) -> Contact:
    person = life.person
    return Contact(
        phone_e164=person.phone_e164, name=person.name, language=person.answered_in, created_at=life.arrived_at
    )


def conversation_of(life: Life, lives: Sequence[Life], ids: Ids, account_id: int) -> Conversation:
    """The conversation as the person's last request has left it."""
    phone = life.person.phone_e164
    own = [said for one in lives if one.person.phone_e164 == phone for said in one.messages]
    return Conversation(
        channel_account_id=account_id,
        contact_id=ids.contacts[phone],
        chat_id=phone,
        owner=life.owner,
        owner_since=life.owner_since,
        asked=life.asked,
        offered=[start.isoformat() for start in life.shown],
        intent=life.known.get("intent"),
        last_inbound_at=max(said.at for said in own if said.author is Author.contact),
        last_message_at=max(said.at for said in own),
        **called(life),
        created_at=min(said.at for said in own),
    )


def called(life: Life) -> dict[str, Any]:
    """That a person is waited for, when one was called who is to write."""
    if life.attention not in ANSWERED_IN_WRITING:
        return {}
    at = max(entry.at for entry in life.entries if entry.kind == "attention")
    return {"called_at": at, "called_for": life.attention}


def lead_of(life: Life, ids: Ids) -> Lead:
    phone = life.person.phone_e164
    return Lead(
        contact_id=ids.contacts[phone],
        conversation_id=ids.conversations[phone],
        status=life.status,
        professional_id=life.professional.id if life.professional else None,
        attention=life.attention,
        closed_at=life.closed_at,
        created_at=life.opened_at,
        changed_at=max(entry.at for entry in life.entries),
        version=len(life.entries),
        **({"urgency": "normal", "needs": {}} | life.known),
    )


def booking_of(life: Life, visit: Visit, ids: Ids) -> Booking:
    during = visit.slot.padded(before_minutes=0, after_minutes=visit.professional.buffer_minutes)
    told = visit.status == BookingStatus.confirmed
    return Booking(
        lead_id=ids.leads[life],
        professional_id=visit.professional.id,
        status=visit.status,
        starts_at=visit.slot.start,
        ends_at=visit.slot.end,
        during=Range(during.start, during.end),
        actor=visit.actor,
        reason=visit.reason,
        reason_words=visit.reason_words,
        on_the_way_at=visit.on_the_way_at,
        told_starts_at=visit.slot.start if told else None,
        told_professional_id=visit.professional.id if told else None,
        created_at=visit.made_at,
    )


def offer_of(life: Life, proposal: Proposal, ids: Ids) -> Offer:
    return Offer(
        lead_id=ids.leads[life],
        professional_id=proposal.visit.professional.id,
        booking_id=ids.bookings[proposal.visit],
        status=proposal.status,
        sends_at=proposal.sends_at,
        expires_at=proposal.expires_at,
        answered_at=proposal.answered_at,
        created_at=proposal.sends_at,
    )


def entry_of(life: Life, entry: Entry, ids: Ids) -> LeadEntry:
    details = entry.details if entry.proposal is None else {"offer_id": ids.offers[entry.proposal], **entry.details}
    return LeadEntry(
        lead_id=ids.leads[life], kind=entry.kind, actor=entry.actor, details=details, at=entry.at, created_at=entry.at
    )


def messages_of(lives: Sequence[Life], ids: Ids, *, account_id: int, rng: Random) -> dict[Said, Message]:
    """Everything that was said, in the order of time: lists go by id."""
    spoken = sorted(((life, said) for life in lives for said in life.messages), key=lambda pair: pair[1].at)
    rows = {said: message_of(life, said, place, ids, account_id) for place, (life, said) in enumerate(spoken)}
    ours = [row for row in rows.values() if row.direction is Direction.outbound]
    answered = {row.conversation_id: row.sent_at for row in rows.values() if row.direction is Direction.inbound}
    for row in ours:
        latest = row.sent_at > answered[row.conversation_id]
        ways = (Delivery.read, Delivery.delivered, Delivery.sent)
        row.delivery = rng.choices(ways, (72, 22, 6))[0] if latest else Delivery.read
    notices = [row for row in ours if row.author is Author.system][-60:]
    for row in rng.sample(notices, min(FAILED, len(notices))):
        row.delivery, (row.failure, row.error) = Delivery.failed, NOT_THERE
    return rows


def message_of(life: Life, said: Said, place: int, ids: Ids, account_id: int) -> Message:
    inbound = said.author is Author.contact
    noted = said.kind is MessageKind.call
    talk = ids.conversations[life.person.phone_e164]
    return Message(
        channel_account_id=account_id,
        conversation_id=talk,
        direction=Direction.inbound if inbound else Direction.outbound,
        author=said.author,
        kind=said.kind,
        text=said.text,
        buttons=[],
        media=said.media,
        external_id=f"call:past-{place}" if noted else f"past-{talk}-{place}",
        dedup_key=None if inbound else key_of(said, place, ids),
        sent_at=said.at,
        wants_answer=inbound and not noted,
        answered_at=said.answered_at,
        attempts=0 if inbound else 1,
        attempted_at=None if inbound else said.at,
        created_at=said.at,
    )


def key_of(said: Said, place: int, ids: Ids) -> str:
    """What the message is for. A turn's own key is the id of a message, which there is none of yet."""
    if said.of_call is not None:
        return key_of_message(ids.calls[said.of_call])
    if said.about is not None:
        visit, code = said.about
        return f"booking:{ids.bookings[visit]}:{code}"
    return f"{'staff' if said.author is Author.human else 'turn'}:past-{place}"


def rate_professionals(scores: Sequence[Score]) -> None:
    """Each professional's ratings are those their customers gave."""
    for professional in {score.visit.professional for score in scores}:
        own = [score.score for score in scores if score.visit.professional is professional]
        professional.rating_sum, professional.rating_count = sum(own), len(own)
