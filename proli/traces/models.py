"""How each reply came to be."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned


class Turn(BusinessOwned, Base):
    """The unanswered messages of a conversation plus our reply, and how it came to be."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "key"),
        Index(None, "lead_id"),
        Index("ix_turns_newest", "business_id", "created_at", "id"),
    )

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    key: Mapped[str]
    """The same however often the turn is tried: the id of its first message."""
    reply_message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id", ondelete="SET NULL"))
    model: Mapped[str]
    prompt_version: Mapped[str]
    latency_ms: Mapped[int]
    cost_micros: Mapped[int | None]
    """Millionths of a US dollar; None when the model has no known price."""
    trace: Mapped[dict[str, Any]]
    """{"messages": [ids], "heard": {...}, "attempts": [...], "tools": [...], "usage": {...},
    "rewritten": {"kind", "items"} or null, "draft": the words that were rewritten}."""
