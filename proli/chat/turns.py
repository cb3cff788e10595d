"""A turn: the unanswered messages of a conversation, and what is known when it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import dropwhile, islice, takewhile
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.chat.machines import NoCustomer, sort_out
from proli.chat.parties import HISTORY, Parties, load_parties
from proli.chat.rating import hear_rating
from proli.chat.settling import settling
from proli.contacts.actions import may_be_written_first
from proli.conversations.lines import Line, Said
from proli.conversations.menus import MENUS_BACK, Menu, find_labelled
from proli.conversations.models import Author, Direction, Message, MessageKind, Owner
from proli.conversations.queries import list_unanswered, may_be_tap
from proli.desk.serving import FromProfessional
from proli.knowledge.cards import MOST_CARDS, Card, read_cards
from proli.knowledge.said import as_said
from proli.knowledge.text import language_of
from proli.mind.choices import CANCEL, NO_WORDS, LastWords, read_asked
from proli.mind.facts import Done, Facts, Known
from proli.mind.facts import Said as SaidFact
from proli.mind.given_up import given_up_from
from proli.mind.models import ToolCall, origin_of
from proli.mind.records import past_from
from proli.mind.standing import with_request
from proli.mind.turn import Turn
from proli.notifications.customers import visit_of
from proli.notifications.ratings import ASKED
from proli.platform.db import BusinessSession
from proli.playbooks.loader import Playbook, get_playbook
from proli.playbooks.texts import language_for, own_texts
from proli.playbooks.trades import known_trades


@dataclass(frozen=True, slots=True)
class NotYet:
    """The burst may not have ended: look again after this many seconds."""

    wait_s: float


async def read_turn(
    session: BusinessSession, conversation_id: int, *, settle_s: float, settle_max_s: float, now: datetime
) -> Turn | FromProfessional | NoCustomer | NotYet | None:
    """What there is to answer; None when there is nothing. Where a human answers, it is no customer of the agent.

    Who writes is found out first: a number of ours, staff, a professional, a machine, or else a customer.

    The conversation is locked, so nothing enters it until the end of the transaction.
    """
    parties = await load_parties(session, conversation_id)
    if not parties.waiting:
        return None
    if settle_s and parties.writer not in ("our own number", "staff"):
        wait_s = settling(parties, settle_s=settle_s, settle_max_s=settle_max_s)
        if wait_s:
            return NotYet(wait_s)
    if is_plain(parties):
        burst = sort_out(parties.waiting, before(parties.history, parties.waiting), desk=False)
        if burst.said:
            return make_turn(parties, parties.waiting, said=burst.said, now=now)
    return await read_otherwise(session, parties, now=now)


def is_plain(parties: Parties) -> bool:
    """Whether a customer whom the agent serves wrote words alone, and was not asked how a visit was."""
    conversation = parties.conversation
    tapped = any(line.button_id is not None for line in parties.waiting)
    return parties.writer == "customer" and conversation.owner == Owner.ai and not tapped and not conversation.rating_of


async def read_otherwise(
    session: BusinessSession, parties: Parties, *, now: datetime
) -> Turn | FromProfessional | NoCustomer | None:
    """What there is to answer where more than a turn may come of it: the messages are rows, which it may write."""
    conversation, history = parties.conversation, parties.history
    unanswered = await list_unanswered(session, conversation.id)
    if parties.writer in ("our own number", "staff"):
        return NoCustomer(parties, unanswered, parties.writer)
    taken = conversation.owner == Owner.human and parties.writer == "customer"
    await hear_rating(session, parties, unanswered, taken=taken, now=now)
    unanswered = [message for message in unanswered if message.answered_at is None]
    if not unanswered:
        return None
    if taken and not await handed_over_unsaid(session, conversation.id, key_of(unanswered)):
        return NoCustomer(parties, unanswered, "taken")
    burst = sort_out(unanswered, before(history, unanswered), desk=parties.professional is not None)
    if not burst.said:
        return NoCustomer(parties, unanswered, burst.why)
    if parties.professional is not None:
        return FromProfessional(parties.professional, conversation, unanswered)
    return make_turn(parties, unanswered, said=burst.said, now=now)


def before(history: Sequence[Line], unanswered: Sequence[Said]) -> list[Line]:
    ids = {message.id for message in unanswered}
    return [message for message in history if message.id not in ids and message.text]


def make_turn(
    parties: Parties, unanswered: Sequence[Said], *, said: Sequence[Said] | None = None, now: datetime
) -> Turn:
    """The turn that answers these messages by what was `said` in them; all of it, unless told otherwise."""
    conversation, contact, business = parties.conversation, parties.contact, parties.business
    history, key = parties.history, key_of(unanswered)
    earlier = before(history, unanswered)
    said = unanswered if said is None else said
    language = language_for(spoken(said), contact.language, business.language)
    playbook = get_playbook(business.playbook)
    if contact.language != language:
        contact.language = language
    asked, last = last_words(conversation.asked, earlier)
    facts = Facts(
        business=business.name,
        playbook=playbook,
        zone=ZoneInfo(business.zone),
        now=now,
        language=language,
        known=Known(),
        standing=None,
        asked=asked,
        offered=tuple(datetime.fromisoformat(start) for start in conversation.offered),
        said=facts_of(said),
        first_contact=not earlier,
        cards=shared_cards(history, now=now),
        shown_at=max((m.sent_at for m in earlier if m.direction == Direction.outbound), default=None),
        intent=conversation.intent,
        misses=conversation.misses,
        past=past_from(parties.past),
        opted_out=not may_be_written_first(contact),
        given_up=given_up_from(parties.given_up),
        summary=conversation.summary,
        own_texts=own_texts(playbook, business.texts),
        done=tuple(Done(one["tool"], {}, one["outcome"]) for one in parties.done if one["turn"] == key),
        guidance=parties.guidance,
        trades_done=trades_taken(parties.trades, playbook, business.related_trades),
        hours=parties.hours,
        contact_phone=contact.phone_e164,
        last=last,
        asked_at=facts_of(last_heard(earlier)) if last.which is not None or asked == CANCEL else (),
    )
    return Turn(
        conversation_id=conversation.id,
        contact_id=contact.id,
        key=key,
        message_ids=tuple(message.id for message in unanswered),
        facts=with_request(facts, parties.request),
        taps=tuple(one.id for one in unanswered if may_be_tap(one.text, one.button_id) or is_label(one, earlier)),
        history=tuple((message.direction.value, message.text) for message in earlier[-HISTORY:]),
        inbound=tuple((m.text, m.sent_at) for m in history if m.direction == Direction.inbound and said_by(m)),
        grown=sum(message.id > (conversation.summarised_id or 0) for message in history) >= HISTORY,
    )


def last_words(asked: str | None, earlier: Sequence[Line]) -> tuple[str | None, LastWords]:
    """The field that our last message asked for, and which request or visit it was about.

    A yes is said to what was said last: whether to cancel is not asked any more once a visit was spoken of since.
    """
    field, last = read_asked(None if asked == ASKED else asked)
    sent = next((one for one in reversed(earlier) if one.direction == Direction.outbound), None)
    visit = visit_of(sent.dedup_key) if sent is not None else None
    if field == CANCEL and visit is not None:
        field, last = None, NO_WORDS
    return field, replace(last, booking_id=visit)


def last_heard(earlier: Sequence[Line]) -> list[Line]:
    """The messages that our last words answered."""
    since = dropwhile(lambda one: one.direction == Direction.outbound, reversed(earlier))
    return [*takewhile(lambda one: one.direction == Direction.inbound, since)][::-1]


def facts_of(said: Sequence[Said]) -> tuple[SaidFact, ...]:
    return tuple(SaidFact(m.id, m.kind, m.text, m.button_id, m.media, m.sent_at) for m in said)


def is_label(message: Said, earlier: Sequence[Line]) -> bool:
    """Whether a message says the words of a button that was sent before."""
    sent = (one for one in reversed(earlier) if one.direction == Direction.outbound)
    menus = [Menu(one.buttons, one.sent_at) for one in islice(sent, MENUS_BACK)]
    return find_labelled(message.text, menus, at=message.sent_at) is not None


def trades_taken(done: frozenset[str], playbook: Playbook, related: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The trades of which somebody takes requests: their own, and those that they take for others."""
    return done | {one for one in known_trades() if done.intersection(playbook.takers_of(one, related))}


OF_LATE = timedelta(days=1)
"""A card that came before its request belongs to it for so long."""


def shared_cards(history: Sequence[Said], *, now: datetime) -> tuple[Card, ...]:
    """The cards among the messages of late."""
    sent = [
        message.media
        for message in history
        if message.kind == MessageKind.contact
        and message.direction == Direction.inbound
        and message.media
        and now - message.sent_at <= OF_LATE
    ]
    return tuple(card for media in sent for card in read_cards(media.get("vcards") or ()))[-MOST_CARDS:]


def said_by(message: Said) -> bool:
    """Whether the message holds words of its writer."""
    return bool(message.text) and message.kind != MessageKind.contact


def key_of(unanswered: Sequence[Said]) -> str:
    return str(min(message.id for message in unanswered))


async def handed_over_unsaid(session: BusinessSession, conversation_id: int, key: str) -> bool:
    """Whether an earlier try of this very turn called a person and died before the customer was told of it."""
    spoke = select(Message.id).where(
        Message.conversation_id == conversation_id, Message.author == Author.human, Message.id > int(key)
    )
    called = select(ToolCall.id).where(
        ToolCall.origin == origin_of(conversation_id), ToolCall.turn_key == key, ToolCall.tool == "hand_over"
    )
    return bool(await session.scalar(select(called.exists() & ~spoke.exists())))


def spoken(messages: Sequence[Said]) -> str | None:
    """The language of the newest message that has any words."""
    return next(
        (found for m in reversed(messages) if len(m.text) > 1 and (found := language_of(as_said(m.text)))), None
    )
