"""When a turn cannot come to its end nobody is left without a word, and what cannot be answered blocks nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from loguru import logger
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from proli.accounts.queries import get_business
from proli.chat.cancelling import hear_cancel
from proli.chat.overhearing import find_danger_in, heed, language_of_contact, note_heard, own_texts_of
from proli.chat.parties import load_parties
from proli.contacts.errors import OverBudget
from proli.contacts.models import Contact
from proli.conversations.inbox import take_over
from proli.conversations.models import Author, Conversation, Message, Owner
from proli.conversations.outbox import queue_text
from proli.conversations.queries import get_conversation, list_unanswered
from proli.conversations.reasons import PersonReason
from proli.notifications.calling import call_staff
from proli.platform.db import BusinessSession
from proli.platform.faults import is_passing
from proli.platform.runtime import Runtime
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import language_for, own_texts, say, say_danger
from proli.traces.models import Turn as TurnRow

NOBODY: Final = "none"
"""What stands for the model in a turn that nobody could think through."""
LATELY: Final = timedelta(hours=24)
NO_TRACE: Final[dict[str, Any]] = {
    "heard": {}, "attempts": [], "tools": [], "usage": {}, "rewritten": None, "draft": None,
}  # fmt: skip


async def give_up(runtime: Runtime, business_id: int, conversation_id: int, *, for_good: bool = False) -> None:
    """A person is called, the customer told once, and what waited for an answer is set aside.

    What is said later is tried again; with `for_good`, or when the turn before failed as well, a person answers.
    """
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        conversation = await get_conversation(session, conversation_id, lock=True)
        waiting = await list_unanswered(session, conversation_id)
        if waiting:
            await set_aside(session, conversation, waiting, for_good=for_good, now=now)
            await hear_given_up(session, conversation_id, waiting, now=now)


async def hear_given_up(
    session: BusinessSession, conversation_id: int, messages: Sequence[Message], *, now: datetime
) -> None:
    """What the customer plainly cancelled is cancelled, unless that is the very thing that fails."""
    try:
        async with session.begin_nested():
            parties = await load_parties(session, conversation_id)
            if parties.writer not in ("professional", "staff"):
                await hear_cancel(session, parties, messages, now=now)
    except Exception as fault:
        if is_passing(fault):
            raise
        logger.exception("What conversation {} gives up cannot be heard", conversation_id)


async def leave_to_person(runtime: Runtime, business_id: int, conversation_id: int, over: OverBudget) -> None:
    """Beyond a budget a person answers: what was said waits for them, and the customer and staff know, once a day.

    Whoever tells of a danger to life hears what to do all the same, and whoever cancels is heard.
    """
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        parties = await load_parties(session, conversation_id)
        conversation, waiting = parties.conversation, await list_unanswered(session, conversation_id)
        day, whose = now.astimezone(UTC).date(), over.params["kind"]
        if over.params["of"] == "contact":
            whose = conversation_id
        await call_staff(session, conversation, reason=PersonReason.over_budget, key=f"over:{whose}:{day}", now=now)
        await take_over(session, conversation_id=conversation_id, now=now)
        if waiting:
            await heed(session, parties, waiting, waits=False, now=now)
            await note_heard(session, conversation_id, waiting)
        calm = say("over_budget", language_of_contact(parties), own_texts_of(parties))
        await queue_text(session, conversation, calm, dedup_key=f"over:{day}", author=Author.system, now=now)


async def set_aside(
    session: BusinessSession,
    conversation: Conversation,
    messages: Sequence[Message],
    *,
    for_good: bool = False,
    now: datetime,
) -> None:
    """These messages are a person's, who is called, and the customer is told; the conversation is locked."""
    key = str(min(message.id for message in messages))
    failed_before = await failed_lately(session, conversation.id, now=now)
    for message in messages:
        message.answered_at = now
    text = await words_for(session, conversation, messages, told=failed_before)
    reply = None
    if text and conversation.owner == Owner.ai:
        reply = await queue_text(session, conversation, text, dedup_key=f"turn:{key}", author=Author.system, now=now)
    await call_staff(session, conversation, reason=PersonReason.agent_failed, key=f"failed:{key}", now=now)
    if find_danger_in(messages) is not None:
        await call_staff(
            session, conversation, reason=PersonReason.danger, key=f"danger:{conversation.id}:{key}", now=now
        )
    if for_good or failed_before:
        await take_over(session, conversation_id=conversation.id, now=now)
    trace = NO_TRACE | {"messages": [message.id for message in messages]}
    await session.execute(
        insert(TurnRow)
        .values(
            business_id=session.require_business(), conversation_id=conversation.id, key=key, reply_message_id=reply,
            model=NOBODY, prompt_version=NOBODY, latency_ms=0, trace=trace,
        )
        .on_conflict_do_nothing(index_elements=[TurnRow.conversation_id, TurnRow.key])
    )  # fmt: skip


async def failed_lately(session: BusinessSession, conversation_id: int, *, now: datetime) -> bool:
    """Whether the conversation's last turn of this day failed as well, and the customer has been told."""
    newest = (
        select(TurnRow.model, Message.sent_at)
        .outerjoin(Message, Message.id == TurnRow.reply_message_id)
        .where(TurnRow.conversation_id == conversation_id)
        .order_by(TurnRow.id.desc())
        .limit(1)
    )
    last = (await session.execute(newest)).first()
    return last is not None and last.model == NOBODY and last.sent_at is not None and now - last.sent_at < LATELY


async def words_for(
    session: BusinessSession, conversation: Conversation, messages: Sequence[Message], *, told: bool
) -> str:
    """That a person will answer, unless that was said before; whom to call, whenever a life may be in danger."""
    calm, safety = await own_words(session, conversation, messages, "agent_failed")
    return "\n".join(filter(None, (safety, "" if told else calm)))


async def own_words(
    session: BusinessSession, conversation: Conversation, messages: Sequence[Message], code: str
) -> tuple[str, str]:
    """The words of `code` to the contact, and what to do if what they wrote tells of a danger to life."""
    business = await get_business(session)
    contact = await session.get_one(Contact, conversation.contact_id)
    language = language_for(contact.language, business.language)
    own, danger = own_texts(get_playbook(business.playbook), business.texts), find_danger_in(messages)
    return say(code, language, own), say_danger(danger, language, own) if danger else ""
