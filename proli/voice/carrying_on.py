"""A call that broke off, or that nobody took, goes on in writing: one message, which asks for nothing that is known.
After one in which a visit was arranged, it says which.

It answers somebody who has called us a moment ago, as a reply answers who has just written: it waits neither for the
end of quiet hours nor of rest. Who wants no messages from us gets none for having called: they are left to a person.
"""

from datetime import datetime, timedelta
from typing import Final

from loguru import logger
from sqlalchemy import select

from proli.accounts.actor import BY_SYSTEM
from proli.chat.parties import Parties, load_parties
from proli.chat.turns import make_turn
from proli.contacts.actions import may_be_written_first
from proli.contacts.models import Contact
from proli.conversations.models import Author, Conversation, Direction, Message, MessageKind, Owner
from proli.conversations.opening import open_conversation
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_default_account, find_latest_conversation
from proli.conversations.reasons import PersonReason
from proli.conversations.simulated import find_simulated_conversation
from proli.knowledge.text import isolate
from proli.leads.actions import call_for_person
from proli.leads.queries import find_open_lead
from proli.mind.facts import Facts
from proli.mind.rules.how_it_stands import standing_words
from proli.mind.rules.replies import ask_field
from proli.notifications.calling import call_staff
from proli.platform.db import BusinessSession
from proli.playbooks.texts import say
from proli.scheduling.models import LIVE, Booking
from proli.voice.actions import get_call
from proli.voice.models import Call, CallTurn
from proli.voice.queries import is_in_call
from proli.voice.rules import CallOutcome, goes_on_in_writing, key_of_message, may_have_whatsapp

USEFUL_FOR: Final = timedelta(hours=2)
SAID_LATELY: Final = timedelta(minutes=10)
"""Who calls again and again is not written to each time, as long as they have not answered."""
MOST_WORDS: Final = 4000


async def carry_on(session: BusinessSession, call_id: int, *, now: datetime) -> None:
    """Who called and was not served has a message that goes on from there, or a person sees that there is none."""
    call = await get_call(session, call_id)
    if call.contact_id is not None and call.outcome is CallOutcome.finished:
        await confirm(session, call, now=now)
    if call.contact_id is None or not goes_on_in_writing(call.direction, call.outcome):
        return
    if await is_in_call(session, call.contact_id):
        return
    conversation = await find_line(session, call)
    if conversation is None:
        await leave_on_lead(session, call.contact_id, now=now)
        return
    parties = await load_parties(session, conversation.id)
    if parties.writer != "customer":
        return
    if not may_read(call, parties):
        await leave_on_lead(session, call.contact_id, now=now)
        return
    if not may_be_written_first(parties.contact) or conversation.owner is Owner.human:
        await call_staff(session, conversation, reason=PersonReason.callback, key=key_of_message(call.id), now=now)
        return
    heard = await note_call(session, call, conversation, now=now)
    if not said_lately(parties, now=now):
        await write(session, call, parties, heard, now=now)


async def confirm(session: BusinessSession, call: Call, *, now: datetime) -> None:
    """What was arranged in the call stands in writing too; nothing where nothing was, or nobody can be written to."""
    arranged = select(Booking.id).where(
        Booking.lead_id == call.lead_id, Booking.status.in_(LIVE), Booking.created_at >= call.created_at
    )
    conversation = await find_line(session, call)
    if conversation is None or call.lead_id is None or await session.scalar(arranged.limit(1)) is None:
        return
    parties = await load_parties(session, conversation.id)
    if not may_read(call, parties) or not may_be_written_first(parties.contact):
        return
    facts = make_turn(parties, [await note_call(session, call, conversation, now=now)], now=now).facts
    stands = standing_words(facts)
    if stands:
        saying = say("call_settled", facts.language, facts.own_texts)
        await queue_text(
            session, conversation, saying.worded(f"{saying}\n{stands}"),
            dedup_key=key_of_message(call.id), author=Author.ai, useful_until=now + USEFUL_FOR, now=now,
        )  # fmt: skip


def may_read(call: Call, parties: Parties) -> bool:
    """Whether a message may reach the caller: one from a landline only where they have written themselves."""
    return (
        call.phone_e164 is None
        or may_have_whatsapp(call.phone_e164)
        or any(one.kind is not MessageKind.call and one.direction is Direction.inbound for one in parties.history)
    )


async def find_line(session: BusinessSession, call: Call) -> Conversation | None:
    """Where the contact writes with us, else a line towards their number; of a simulated call, on the simulator's."""
    if call.simulated:
        return None if call.contact_id is None else await find_simulated_conversation(session, call.contact_id)
    known = None if call.contact_id is None else await find_latest_conversation(session, call.contact_id)
    if known is not None or call.phone_e164 is None:
        return known
    account = await find_default_account(session)
    contact = await session.get(Contact, call.contact_id)
    if account is None or contact is None:
        return None
    return await open_conversation(session, account, contact)


async def leave_on_lead(session: BusinessSession, contact_id: int, *, now: datetime) -> None:
    """Nobody can be written to: a person sees it on the request, where there is one, and in the log of calls."""
    lead = await find_open_lead(session, contact_id)
    if lead is not None:
        call_for_person(session, lead, PersonReason.callback, actor=BY_SYSTEM, now=now)
    logger.info("Contact {} has called and cannot be written to", contact_id)


def said_lately(parties: Parties, *, now: datetime) -> bool:
    """Whether our last words were about a call just before, and nothing was written since."""
    written = [one for one in parties.history if one.kind is not MessageKind.call]
    last = max(written, key=lambda one: one.id, default=None)
    if last is None or last.direction is not Direction.outbound:
        return False
    return (last.dedup_key or "").startswith(key_of_message()) and now - last.sent_at < SAID_LATELY


async def write(session: BusinessSession, call: Call, parties: Parties, heard: Message, *, now: datetime) -> None:
    """One message goes on from the call: how the request stands, or the question that comes next."""
    conversation = parties.conversation
    facts = make_turn(parties, [heard], now=now).facts
    code = code_of(call, facts)
    field = next_field(facts) if code != "missed_call" else None
    hello = facts.say("hello", business=isolate(facts.business)) if facts.first_contact else None
    saying = say(code, facts.language, facts.own_texts)
    parts = (hello, saying, standing_words(facts), ask_field(facts, field) if field else None)
    queued = await queue_text(
        session, conversation, saying.worded("\n".join(filter(None, parts))),
        dedup_key=key_of_message(call.id), author=Author.ai, useful_until=now + USEFUL_FOR, now=now,
    )  # fmt: skip
    if queued is not None and field is not None:
        conversation.asked = field


def code_of(call: Call, facts: Facts) -> str:
    """Which words begin it; `missed_call` asks what it is about, and is for those of whom nothing is known."""
    if call.outcome is CallOutcome.dropped:
        return "call_dropped"
    return "missed_call" if facts.known.lead_id is None else "call_missed"


def next_field(facts: Facts) -> str | None:
    """What is asked next of a request that has no visit yet."""
    missing = facts.known.missing(facts.playbook) if facts.standing is None else []
    return missing[0] if missing else None


async def note_call(session: BusinessSession, call: Call, conversation: Conversation, *, now: datetime) -> Message:
    """The call stands in the conversation with what the caller said in it, and wants no answer of its own.

    Where we have talked, each turn of theirs stands there already: then it is the last of these."""
    key = f"call:{call.external_id}"
    noted = select(Message).where(
        Message.channel_account_id == conversation.channel_account_id, Message.external_id.startswith(key)
    )
    known = await session.scalar(noted.order_by(Message.id.desc()).limit(1))
    if known is not None:
        return known
    said = select(CallTurn.text).where(CallTurn.call_id == call.id, CallTurn.speaker == "caller")
    words = "\n".join(filter(None, await session.scalars(said.order_by(CallTurn.number))))
    message = Message(
        channel_account_id=conversation.channel_account_id, conversation_id=conversation.id,
        direction=Direction.inbound, author=Author.contact, kind=MessageKind.call, text=words[:MOST_WORDS],
        external_id=key, sent_at=call.started_at, answered_at=now,
    )  # fmt: skip
    session.add(message)
    await session.flush()
    return message
