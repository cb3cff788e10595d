"""What a business wants of the agent in its own words, version by version."""

import enum
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from proli.accounts.actor import Actor, ActorText
from proli.platform.orm import Base, BusinessOwned


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
    actor: Mapped[Actor] = mapped_column(ActorText)
    """Who wrote it last."""
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """One more with every change, counted by the database."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
