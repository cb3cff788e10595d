"""The ledger that makes tool calls safe to repeat."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned


def origin_of(conversation_id: int) -> str:
    """Where turns of a conversation in writing come from."""
    return f"conversation:{conversation_id}"


class ToolCall(BusinessOwned, Base):
    """The outcome of a writing tool call, stored with its effect: the same call in the same turn returns it again."""

    __tablename__ = "tool_calls"
    __table_args__ = (
        UniqueConstraint("origin", "turn_key", "tool", "arguments_digest", name="uq_tool_calls_once"),
        Index(None, "conversation_id"),
    )

    origin: Mapped[str] = mapped_column(server_default="")
    """Where the turn comes from, such as "conversation:12"; empty what the release before this one wrote beside it."""
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    """With which it goes; None where there is none in writing."""
    turn_key: Mapped[str]
    tool: Mapped[str]
    arguments_digest: Mapped[str]
    outcome: Mapped[dict[str, Any]]
