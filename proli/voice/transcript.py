"""What is kept of what was said: the transcript, and the recordings of the provider."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from proli.platform.db import BusinessSession, locked
from proli.voice.errors import CallNotFound
from proli.voice.models import Call, CallRecording, CallTurn


async def add_turn(
    session: BusinessSession,
    call_id: int,
    *,
    number: int,
    speaker: Literal["caller", "agent", "person"],
    text: str,
    began_at: datetime,
    ended_at: datetime | None = None,
    cut_off: bool = False,
    latency_ms: int | None = None,
    trace: dict[str, Any] | None = None,
) -> None:
    """What was said stands in the transcript; said again under the same number, it is what was heard after all."""
    said = {
        "speaker": speaker, "text": text, "began_at": began_at, "ended_at": ended_at, "cut_off": cut_off,
        "latency_ms": latency_ms, "trace": trace,
    }  # fmt: skip
    contact_id = select(Call.contact_id).where(Call.id == call_id).scalar_subquery()
    statement = insert(CallTurn).values(
        business_id=session.require_business(), call_id=call_id, contact_id=contact_id, number=number, **said
    )
    await session.execute(
        statement.on_conflict_do_update(index_elements=[CallTurn.call_id, CallTurn.number], set_=said)
    )


async def sum_up(session: BusinessSession, call_id: int, *, summary: str, lead_id: int | None = None) -> None:
    """The call says what it was about, and which request came of it, as far as that is known."""
    about = {"summary": summary} if lead_id is None else {"summary": summary, "lead_id": lead_id}
    await session.execute(update(Call).where(Call.id == call_id).values(**about))


@dataclass(frozen=True, slots=True)
class RecordingNews:
    external_id: str
    state: str
    url: str | None
    duration_s: int | None


RECORDING_ORDER: Final = ("in-progress", "absent", "completed")


async def note_recording(session: BusinessSession, call: Call, news: RecordingNews) -> None:
    """The recording has one row, whose state does not go back."""
    made = insert(CallRecording).values(
        business_id=session.require_business(), call_id=call.id, contact_id=call.contact_id,
        external_id=news.external_id, state=news.state,
    ).on_conflict_do_nothing(index_elements=[CallRecording.external_id])  # fmt: skip
    await session.execute(made)
    row = await session.scalar(
        locked(
            select(CallRecording).where(CallRecording.external_id == news.external_id, CallRecording.call_id == call.id)
        )
    )
    if row is None:
        raise CallNotFound(recording=news.external_id)
    row.state = max(row.state, news.state, key=RECORDING_ORDER.index)
    row.url = news.url or row.url
    row.duration_s = news.duration_s if row.duration_s is None else row.duration_s
    await session.flush()
