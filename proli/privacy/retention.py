"""For how long what is kept, and how it ends: in bounded batches, each of which leaves a receipt."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import text

from proli.platform.db import BusinessSession
from proli.privacy.models import Deleted, Receipt

BATCH: Final = 2000
LONGEST: Final = 3650
LEAST_AUDIT: Final = 180
"""Below it the database itself lets nobody end entries of the record."""


class Retention(BaseModel):
    """In days, per kind."""

    model_config = ConfigDict(extra="forbid")

    messages: Annotated[
        int, Field(ge=30, le=LONGEST, description="Words of conversations and calls, with their files.")
    ] = 1095
    media: Annotated[int, Field(ge=7, le=LONGEST, description="Pictures, voice notes and other files.")] = 365
    recordings: Annotated[int, Field(ge=1, le=LONGEST, description="What was said in calls, as sound.")] = 2
    traces: Annotated[int, Field(ge=7, le=LONGEST, description="How the agent's replies came to be.")] = 180
    audit: Annotated[int, Field(ge=LEAST_AUDIT, le=LONGEST, description="The record of who did what.")] = 1095

    def days_of(self, kind: Deleted) -> int:
        return int(getattr(self, kind.value))


def retention_of(stored: Mapping[str, Any]) -> Retention:
    """The business's own days over the defaults."""
    return Retention.model_validate(dict(stored))


ENDS: Final[Mapping[Deleted, tuple[str, ...]]] = {
    Deleted.messages: (
        """DELETE FROM messages WHERE id IN (
               SELECT id FROM messages
               WHERE business_id = :business_id AND sent_at < :until ORDER BY sent_at LIMIT :most)
        """,
        """DELETE FROM calls WHERE id IN (
               SELECT id FROM calls
               WHERE business_id = :business_id AND started_at < :until ORDER BY started_at LIMIT :most)
        """,
        """UPDATE conversations SET summary = '', summarised_id = NULL WHERE id IN (
               SELECT id FROM conversations
               WHERE business_id = :business_id AND last_message_at < :until AND summary <> '' LIMIT :most)
        """,
    ),
    Deleted.media: (
        """UPDATE messages SET media = NULL WHERE id IN (
               SELECT id FROM messages
               WHERE business_id = :business_id AND media IS NOT NULL AND sent_at < :until ORDER BY sent_at LIMIT :most)
        """,
    ),
    Deleted.recordings: (
        """DELETE FROM recording_parts WHERE id IN (
               SELECT id FROM recording_parts
               WHERE business_id = :business_id AND began_at < :until ORDER BY began_at LIMIT :most)
        """,
    ),
    Deleted.traces: (
        """DELETE FROM turns WHERE id IN (
               SELECT id FROM turns
               WHERE business_id = :business_id AND created_at < :until ORDER BY created_at LIMIT :most)
        """,
        """DELETE FROM tool_calls WHERE id IN (
               SELECT id FROM tool_calls WHERE business_id = :business_id AND created_at < :until LIMIT :most)
        """,
    ),
    Deleted.audit: ("SELECT proli_forget_audit(:business_id, :until, :most)",),
}


async def end_batch(
    session: BusinessSession, business_id: int, kind: Deleted, *, days: int, now: datetime, most: int = BATCH
) -> bool:
    """So much at most of what is older than that is gone, with a receipt; True when there may be more.

    Needs the operator's session.
    """
    until, gone, more = now - timedelta(days=days), 0, False
    for statement in ENDS[kind]:
        result = await session.execute(text(statement), {"business_id": business_id, "until": until, "most": most})
        count = int(result.scalar_one()) if kind == Deleted.audit else int(result.rowcount)  # type: ignore[attr-defined]
        gone, more = gone + count, more or count >= most
    if gone:
        session.add(Receipt(business_id=business_id, kind=kind, count=gone, until=until, at=now))
    return more
