"""Dead letters: outgoing messages that will not be tried again by themselves, until somebody says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from proli.contacts.budgets import forgive
from proli.contacts.models import Contact
from proli.conversations.errors import DeadLetterNotFound
from proli.conversations.events import MessageQueued
from proli.conversations.models import Conversation, Delivery, Message
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit


@dataclass(frozen=True, slots=True)
class DeadLetter:
    message: Message
    contact: Contact


async def list_dead_letters(session: BusinessSession, *, limit: int) -> Sequence[DeadLetter]:
    """The newest of them with whom they were for."""
    rows = await session.execute(
        select(Message, Contact)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Message.delivery == Delivery.failed)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return [DeadLetter(message, contact) for message, contact in rows]


async def count_dead_letters(session: BusinessSession) -> int:
    return await session.scalar(select(func.count(Message.id)).where(Message.delivery == Delivery.failed)) or 0


async def revive(session: BusinessSession, *, message_id: int | None = None) -> int:
    """A dead letter, or with no id every one of the business, is in the outbox again; returns how many.

    Raises:
        DeadLetterNotFound: the one that is asked for is none.
    """
    dead = Message.delivery == Delivery.failed
    revived = await session.scalars(
        update(Message)
        .where(dead if message_id is None else dead & (Message.id == message_id))
        .values(
            delivery=Delivery.queued,
            external_id=None,
            attempts=0,
            attempted_at=None,
            next_attempt_at=None,
            failure=None,
            error=None,
        )
        .returning(Message.conversation_id)
    )
    conversations = revived.all()
    for contact_id in await session.scalars(
        select(Conversation.contact_id).where(Conversation.id.in_(set(conversations))).distinct()
    ):
        await forgive(session, contact_id)
    if message_id is not None and not conversations:
        raise DeadLetterNotFound(message_id=message_id)
    for conversation_id in set(conversations):
        await emit(session, MessageQueued(business_id=session.require_business(), conversation_id=conversation_id))
    return len(conversations)
