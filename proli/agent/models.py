"""What the agent did and why: turns with their trace, and the ledger that makes tool calls safe to repeat."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned


class Turn(BusinessOwned, Base):
    """The unanswered messages of a conversation plus our reply, and how it came to be."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "key"), Index(None, "lead_id"))

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
    """{"messages": [ids], "attempts": [...], "tools": [...], "usage": {...}, "rewritten": reason or null}."""


class ToolCall(BusinessOwned, Base):
    """The outcome of a writing tool call, stored with its effect: the same call in the same turn returns it again."""

    __tablename__ = "tool_calls"
    __table_args__ = (UniqueConstraint("conversation_id", "turn_key", "tool", "arguments_digest"),)

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_key: Mapped[str]
    tool: Mapped[str]
    arguments_digest: Mapped[str]
    outcome: Mapped[dict[str, Any]]
