"""What the agent did and why: turns with their trace, the ledger that makes tool calls safe to repeat, and prompts."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
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
    "rewritten": reason or null, "draft": the words that were rewritten}."""


class ToolCall(BusinessOwned, Base):
    """The outcome of a writing tool call, stored with its effect: the same call in the same turn returns it again."""

    __tablename__ = "tool_calls"
    __table_args__ = (UniqueConstraint("conversation_id", "turn_key", "tool", "arguments_digest"),)

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_key: Mapped[str]
    tool: Mapped[str]
    arguments_digest: Mapped[str]
    outcome: Mapped[dict[str, Any]]


class PromptChannel(enum.StrEnum):
    """How one speaks there is different enough for guidance of its own."""

    whatsapp = "whatsapp"
    voice = "voice"


class PromptStatus(enum.StrEnum):
    draft = "draft"
    published = "published"
    archived = "archived"


class Prompt(BusinessOwned, Base):
    """One version of a business's own guidance to the agent on one channel. Only a draft's text changes."""

    __tablename__ = "prompts"
    __table_args__ = (
        UniqueConstraint("business_id", "channel", "number"),
        Index("uq_prompts_one_draft", "business_id", "channel", unique=True, postgresql_where=text("status = 'draft'")),
        Index(
            "uq_prompts_one_published",
            "business_id",
            "channel",
            unique=True,
            postgresql_where=text("status = 'published'"),
        ),
    )

    channel: Mapped[PromptChannel]
    number: Mapped[int]
    """1, 2, 3 within the channel."""
    status: Mapped[PromptStatus]
    text: Mapped[str]
    actor: Mapped[str]
    """Who wrote it last."""
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """One more with every change, counted by the database."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
