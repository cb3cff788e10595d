"""What a professional has written that only people can settle."""

from datetime import datetime

from proli.conversations.models import Message, MessageKind
from proli.conversations.queries import get_conversation
from proli.conversations.reasons import PersonReason
from proli.knowledge.answers import without_courtesy
from proli.knowledge.said import as_said
from proli.notifications.calling import call_staff
from proli.platform.db import BusinessSession


def says_something(message: Message) -> bool:
    """Whether there is more in the message than a sign, a single word or thanks."""
    return (
        message.kind not in (MessageKind.text, MessageKind.button) or len(without_courtesy(as_said(message.text))) > 1
    )


async def call_office(session: BusinessSession, message: Message, *, now: datetime) -> None:
    """The professional's conversation waits for a person, and staff hear of this message."""
    conversation = await get_conversation(session, message.conversation_id)
    await call_staff(
        session,
        conversation,
        reason=PersonReason.professional_wrote,
        key=f"{PersonReason.professional_wrote}:{message.id}",
        now=now,
    )
