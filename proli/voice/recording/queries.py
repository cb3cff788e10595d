"""Which recordings there are of a call, and their sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from proli.platform.db import BusinessSession
from proli.voice.errors import RecordingNotFound
from proli.voice.models import RecordingPart


@dataclass(frozen=True, slots=True)
class Kept:
    """The recording of one line of a call."""

    stream_id: int
    began_at: datetime
    length_ms: int


async def list_kept(session: BusinessSession, call_id: int) -> Sequence[Kept]:
    """The recordings of a call, the first line first."""
    length = func.sum(RecordingPart.length_ms)
    rows = await session.execute(
        select(RecordingPart.stream_id, func.min(RecordingPart.began_at), length)
        .where(RecordingPart.call_id == call_id)
        .group_by(RecordingPart.stream_id)
        .order_by(RecordingPart.stream_id)
    )
    return [Kept(stream_id, began_at, int(length_ms)) for stream_id, began_at, length_ms in rows]


async def read_recording(session: BusinessSession, call_id: int, stream_id: int) -> bytes:
    """An Ogg file of Opus: the caller on the left, we on the right.

    Raises:
        RecordingNotFound: there is none, or none any more.
    """
    parts = await session.scalars(
        select(RecordingPart.data)
        .where(RecordingPart.call_id == call_id, RecordingPart.stream_id == stream_id)
        .order_by(RecordingPart.number)
    )
    data = b"".join(parts)
    if not data:
        raise RecordingNotFound(call_id=call_id)
    return data
