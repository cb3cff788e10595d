"""Conversations and their messages as the console lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, func, or_, select, tuple_

from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Message, Owner
from proli.conversations.queries import get_conversation, unanswered
from proli.conversations.reasons import PersonReason
from proli.platform.db import BusinessSession

State = Literal["all", "ai", "human", "unanswered"]


IN_DANGER = case((Conversation.called_for == PersonReason.danger, 1), else_=0)


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the inbox, with its last message."""

    conversation: Conversation
    contact: Contact
    last: Message | None
    unanswered: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands in the list."""

    last_message_at: datetime
    id: int
    in_danger: bool = False


async def list_conversations(
    session: BusinessSession, *, state: State, before: Place | None, limit: int
) -> Sequence[Line]:
    """Conversations in which anything was said, the newest words of either side first, from the place `before` on.

    Of those that wait, dangers come before everything.
    """
    order: list[Any] = [Conversation.last_message_at, Conversation.id]
    after: list[Any] = [] if before is None else [before.last_message_at, before.id]
    if state == "unanswered":
        order.insert(0, IN_DANGER)
        after.insert(0, int(before is not None and before.in_danger))
    statement = (
        select(Conversation, Contact)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Conversation.last_message_at.is_not(None), Contact.erased_at.is_(None), *in_state(state))
        .order_by(*(one.desc() for one in order))
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(tuple_(*order) < tuple_(*after))
    rows = (await session.execute(statement)).all()
    ids = [conversation.id for conversation, _ in rows]
    last, waiting = await last_messages(session, ids), await count_unanswered(session, ids)
    return [Line(one, contact, last.get(one.id), waiting.get(one.id, 0)) for one, contact in rows]


async def get_line(session: BusinessSession, conversation_id: int) -> Line:
    """One conversation; somebody who has only been written to has one as well."""
    conversation = await get_conversation(session, conversation_id)
    contact = await session.get_one(Contact, conversation.contact_id)
    last, waiting = await last_messages(session, [conversation_id]), await count_unanswered(session, [conversation_id])
    return Line(conversation, contact, last.get(conversation_id), waiting.get(conversation_id, 0))


def in_state(state: State) -> list[ColumnElement[bool]]:
    if state == "all":
        return []
    if state == "unanswered":
        waits = select(Message.id).where(Message.conversation_id == Conversation.id, *unanswered()).exists()
        return [or_(Conversation.called_at.is_not(None), waits)]
    return [Conversation.owner == Owner(state)]


async def last_messages(session: BusinessSession, ids: Sequence[int]) -> dict[int, Message]:
    """The newest message of each conversation."""
    newest = select(func.max(Message.id)).where(Message.conversation_id.in_(ids)).group_by(Message.conversation_id)
    found = await session.scalars(select(Message).where(Message.id.in_(newest)))
    return {message.conversation_id: message for message in found}


async def count_unanswered(session: BusinessSession, ids: Sequence[int]) -> dict[int, int]:
    rows = await session.execute(
        select(Message.conversation_id, func.count())
        .where(Message.conversation_id.in_(ids), *unanswered())
        .group_by(Message.conversation_id)
    )
    return dict(rows.all())


async def list_messages(
    session: BusinessSession, conversation_id: int, *, before: int | None, limit: int
) -> Sequence[Message]:
    """The newest messages before that one, oldest first."""
    statement = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.id.desc())
    if before is not None:
        statement = statement.where(Message.id < before)
    return (await session.scalars(statement.limit(limit))).all()[::-1]
