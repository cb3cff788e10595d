"""The ledger that makes tool calls safe to repeat."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned


class ToolCall(BusinessOwned, Base):
    """The outcome of a writing tool call, stored with its effect: the same call in the same turn returns it again."""

    __tablename__ = "tool_calls"
    __table_args__ = (UniqueConstraint("conversation_id", "turn_key", "tool", "arguments_digest"),)

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_key: Mapped[str]
    tool: Mapped[str]
    arguments_digest: Mapped[str]
    outcome: Mapped[dict[str, Any]]
