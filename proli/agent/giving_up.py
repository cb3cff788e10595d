"""When a turn cannot come to its end nobody is left without a word, and what cannot be answered blocks nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from loguru import logger
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from proli.accounts.queries import get_business
from proli.agent.models import Turn as TurnRow
from proli.contacts.errors import OverBudget
from proli.contacts.models import Contact
from proli.conversations.inbox import take_over
from proli.conversations.models import Author, Conversation, Message, Owner
from proli.conversations.outbox import queue_text
from proli.conversations.queries import get_conversation, list_unanswered
from proli.knowledge.dangers import find_danger
from proli.knowledge.text import isolate
from proli.notifications.calling import call_staff
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import language_for, own_texts, say

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


async def leave_to_person(runtime: Runtime, business_id: int, conversation_id: int, over: OverBudget) -> None:
    """Beyond a budget a person answers: what was said waits for them, and the customer and staff know, once a day.

    Whoever tells of a danger to life hears whom to call all the same.
    """
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        conversation = await get_conversation(session, conversation_id, lock=True)
        waiting = await list_unanswered(session, conversation_id)
        day, newest = now.astimezone(UTC).date(), max((message.id for message in waiting), default=0)
        calm, safety = await own_words(session, conversation, waiting, "over_budget")
        for words, key in ((safety, f"safety:{newest}"), (calm, f"over:{day}")):
            if words:
                await queue_text(session, conversation, words, dedup_key=key, author=Author.system, now=now)
        whose = conversation_id if over.params["of"] == "contact" else over.params["kind"]
        await call_staff(session, conversation, reason="over_budget", key=f"over:{whose}:{day}", now=now)
        await take_over(session, conversation_id=conversation_id, now=now)


async def set_aside(
    session: BusinessSession,
    conversation: Conversation,
    messages: Sequence[Message],
    *,
    for_good: bool = False,
    now: datetime,
) -> None:
    """The same for some messages of a conversation that is locked."""
    key = str(min(message.id for message in messages))
    failed_before = await failed_lately(session, conversation.id, now=now)
    for message in messages:
        message.answered_at = now
    text = await words_for(session, conversation, messages, told=failed_before)
    reply = None
    if text and conversation.owner == Owner.ai:
        reply = await queue_text(session, conversation, text, dedup_key=f"turn:{key}", author=Author.system, now=now)
    await call_staff(session, conversation, reason="agent_failed", key=f"failed:{key}", now=now)
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
    """The words of `code` to the contact, and whom to call if what they wrote tells of a danger to life."""
    business = await get_business(session)
    contact = await session.get_one(Contact, conversation.contact_id)
    language = language_for(contact.language, business.language)
    own = own_texts(get_playbook(business.playbook), business.texts)
    number = number_to_call("\n".join(message.text for message in messages))
    return say(code, language, own), say("danger_life", language, own, number=isolate(number)) if number else ""


def number_to_call(text: str) -> str | None:
    """Of a danger to life in the text; it may be this text that nothing can be made of."""
    try:
        danger = find_danger(text)
    except Exception:  # noqa: BLE001 - the rest must be said all the same
        logger.exception("A text cannot be searched for dangers")
        return None
    return danger.call if danger is not None and danger.life else None
