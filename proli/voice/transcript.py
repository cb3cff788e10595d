"""What is kept of what was said: the transcript, and the recordings of the provider."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from proli.conversations.models import Author, Conversation, Delivery, Direction, Message, MessageKind
from proli.platform.db import BusinessSession, locked
from proli.platform.jobs import emit
from proli.voice.errors import CallNotFound
from proli.voice.events import RecordingThere
from proli.voice.models import Call, CallRecording, CallTurn

LONGEST: Final = 1_000
"""Of what is said at a stretch."""


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


async def write_spoken(
    session: BusinessSession,
    conversation: Conversation,
    text: str,
    *,
    direction: Direction,
    author: Author,
    key: str | None,
    at: datetime,
    now: datetime,
    external_id: str | None = None,
) -> int:
    """What was said aloud stands in the conversation, as said: nobody writes it, and nobody answers it in writing.

    Its times differ, so that it stands in the order in which it was said.
    """
    inbound = direction is Direction.inbound
    message = Message(
        channel_account_id=conversation.channel_account_id, conversation_id=conversation.id, direction=direction,
        author=author, kind=MessageKind.call, text=text[:LONGEST], dedup_key=key, external_id=external_id, sent_at=at,
        answered_at=now if inbound else None, delivery=None if inbound else Delivery.delivered,
    )  # fmt: skip
    session.add(message)
    conversation.last_message_at = max(filter(None, (conversation.last_message_at, at)))
    await session.flush()
    return message.id


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


THERE: Final = "completed"
RECORDING_ORDER: Final = ("in-progress", "absent", THERE)


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
    was_there = row.state == THERE and row.url is not None
    row.state = max(row.state, news.state, key=RECORDING_ORDER.index)
    row.url = news.url or row.url
    row.duration_s = news.duration_s if row.duration_s is None else row.duration_s
    await session.flush()
    if row.state == THERE and not was_there:
        await emit(session, RecordingThere(business_id=session.require_business(), recording_id=row.id))
