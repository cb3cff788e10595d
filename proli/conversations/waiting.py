"""Who waits for one of the business's people: a conversation to which one was called, and what nobody has answered."""

from datetime import datetime

from sqlalchemy import case, update

from proli.conversations.events import PersonAnswered
from proli.conversations.models import Conversation, Message
from proli.conversations.queries import unanswered
from proli.conversations.reasons import PersonReason
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit


async def call_person(session: BusinessSession, *, conversation_id: int, reason: PersonReason, now: datetime) -> None:
    """The conversation waits for a person, whoever answers in it meanwhile. A danger stays the reason until then."""
    kept = case((Conversation.called_for == PersonReason.danger, Conversation.called_for), else_=reason)
    await session.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(called_at=now, called_for=kept)
    )


async def end_call(session: BusinessSession, *, conversation_id: int) -> None:
    """No person is called any more; what is unanswered stays so."""
    await session.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(called_at=None, called_for=None)
    )


async def note_answer(session: BusinessSession, *, conversation_id: int, until: datetime, now: datetime) -> None:
    """A person has answered what was written up to `until`: none of it waits, and the agent leaves it alone."""
    await session.execute(
        update(Message)
        .where(Message.conversation_id == conversation_id, *unanswered(), Message.sent_at <= until)
        .values(answered_at=now)
    )
    await end_call(session, conversation_id=conversation_id)
    await emit(session, PersonAnswered(business_id=session.require_business(), conversation_id=conversation_id))
