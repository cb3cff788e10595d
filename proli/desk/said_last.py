"""What we said to a professional before a message of theirs, which it may answer."""

from collections.abc import Collection

from sqlalchemy import select

from proli.conversations.models import Direction, Message
from proli.platform.db import BusinessSession


async def find_said_last(
    session: BusinessSession, message: Message, *, codes: Collection[str] = (), by_desk: bool = False
) -> Message | None:
    """Our last words before the message: of any kind, of certain texts, or of those that answered the professional."""
    said = select(Message).where(
        Message.conversation_id == message.conversation_id,
        Message.direction == Direction.outbound,
        Message.id < message.id,
    )
    if codes:
        said = said.where(Message.code.in_(codes))
    if by_desk:
        said = said.where(Message.dedup_key.startswith("desk:"))
    return await session.scalar(said.order_by(Message.id.desc()).limit(1))
