"""Reads of calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, func, select, tuple_

from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Message
from proli.platform.db import BusinessSession
from proli.voice.errors import CallNotFound
from proli.voice.models import Call, CallRecording, CallStream, CallTransfer, CallTurn, VoiceNumber
from proli.voice.rules import CallDirection, CallOutcome, CallState, TransferReason, key_of_message
from proli.voice.talking import TheCall


async def find_the_call(session: BusinessSession, call_id: int) -> TheCall:
    """The call as whoever talks in it knows it.

    Raises:
        CallNotFound
    """
    lines = select(func.count()).where(CallStream.call_id == call_id, CallStream.used_at.is_not(None))
    row = (
        await session.execute(
            select(Call, VoiceNumber.phone_e164, lines.scalar_subquery())
            .outerjoin(VoiceNumber, VoiceNumber.id == Call.number_id)
            .where(Call.id == call_id)
        )
    ).first()
    if row is None:
        raise CallNotFound(call_id=call_id)
    call, number, count = row
    business = await get_business(session)
    return TheCall(
        business_id=session.require_business(), call_id=call.id, external_id=call.external_id,
        contact_id=call.contact_id, phone_e164=call.phone_e164, number_e164=number or "", direction=call.direction,
        started_at=call.started_at, lines=count, came_back=await came_back_from(session, call_id),
        recorded=business.records_calls, call_out_id=call.call_out_id,
    )  # fmt: skip


async def came_back_from(session: BusinessSession, call_id: int) -> TransferReason | None:
    """Why people were last rung for the call, if nobody has taken it and nothing was said on a line since."""
    last = select(CallTransfer).where(CallTransfer.call_id == call_id).order_by(CallTransfer.id.desc()).limit(1)
    transfer = await session.scalar(last)
    if transfer is None or transfer.ended_at is None or transfer.taken_at is not None:
        return None
    since = select(CallStream.id).where(
        CallStream.call_id == call_id, CallStream.used_at > transfer.ended_at, CallStream.ended_at.is_not(None)
    )
    return None if await session.scalar(since.limit(1)) else transfer.reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls of the log are wanted; what is None does not matter."""

    direction: CallDirection | None = None
    state: CallState | None = None
    outcome: CallOutcome | None = None
    contact_id: int | None = None
    lead_id: int | None = None
    number_id: int | None = None
    live: bool | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        same: dict[Any, Any] = {
            Call.direction: self.direction, Call.state: self.state, Call.outcome: self.outcome,
            Call.contact_id: self.contact_id, Call.lead_id: self.lead_id, Call.number_id: self.number_id,
        }  # fmt: skip
        found: list[ColumnElement[bool]] = [column == value for column, value in same.items() if value is not None]
        if self.live is not None:
            found.append(Call.ended_at.is_(None) if self.live else Call.ended_at.is_not(None))
        if self.since is not None:
            found.append(Call.started_at >= self.since)
        if self.until is not None:
            found.append(Call.started_at < self.until)
        return found


@dataclass(frozen=True, slots=True)
class Entry:
    """A call of the log, with who was on the other side."""

    call: Call
    contact: Contact | None
    number_e164: str | None


MOST_LIVE: Final = 50
LAST_SAID: Final = 2
"""So many turns of a call that is under way are shown beside the others."""
LOG = (
    select(Call, Contact, VoiceNumber.phone_e164)
    .outerjoin(Contact, Contact.id == Call.contact_id)
    .outerjoin(VoiceNumber, VoiceNumber.id == Call.number_id)
)


async def list_calls(
    session: BusinessSession, wanted: Wanted, *, before: tuple[datetime, int] | None, limit: int
) -> Sequence[Entry]:
    """The calls that are wanted, the newest first, from the place `before` on."""
    statement = LOG.where(*wanted.conditions()).order_by(Call.started_at.desc(), Call.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(tuple_(Call.started_at, Call.id) < tuple_(*before))
    return [Entry(*row) for row in await session.execute(statement)]


async def list_live(session: BusinessSession) -> Sequence[tuple[Entry, Sequence[CallTurn]]]:
    """The calls that have not ended, the longest first, each with what was said in it last, oldest first."""
    statement = LOG.where(Call.ended_at.is_(None)).order_by(Call.started_at, Call.id).limit(MOST_LIVE)
    entries = [Entry(*row) for row in await session.execute(statement)]
    place = func.row_number().over(partition_by=CallTurn.call_id, order_by=CallTurn.number.desc())
    of_these = CallTurn.call_id.in_([one.call.id for one in entries])
    placed = select(CallTurn.id, place.label("place")).where(of_these).subquery()
    newest = select(placed.c.id).where(placed.c.place <= LAST_SAID)
    said = (await session.scalars(select(CallTurn).where(CallTurn.id.in_(newest)).order_by(CallTurn.number))).all()
    return [(entry, [turn for turn in said if turn.call_id == entry.call.id]) for entry in entries]


async def get_entry(session: BusinessSession, call_id: int) -> Entry:
    """One call of the log.

    Raises:
        CallNotFound
    """
    row = (await session.execute(LOG.where(Call.id == call_id))).first()
    if row is None:
        raise CallNotFound(call_id=call_id)
    return Entry(*row)


async def list_turns(session: BusinessSession, call_id: int) -> Sequence[CallTurn]:
    """The transcript."""
    return (await session.scalars(select(CallTurn).where(CallTurn.call_id == call_id).order_by(CallTurn.number))).all()


async def list_recordings(session: BusinessSession, call_id: int) -> Sequence[CallRecording]:
    """Those that the provider has, or makes."""
    own = select(CallRecording).where(CallRecording.call_id == call_id, CallRecording.deleted_at.is_(None))
    return (await session.scalars(own.order_by(CallRecording.id))).all()


async def find_written(session: BusinessSession, call: Call) -> Message | None:
    """The message in which the call went on."""
    if call.contact_id is None:
        return None
    return await session.scalar(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.contact_id == call.contact_id, Message.dedup_key == key_of_message(call.id))
    )


async def look(session: BusinessSession) -> tuple[bool, int]:
    """Whether the business has a number at which it is called, or has ever had a call; and how many there are now."""
    has = exists(select(VoiceNumber.id)) | exists(select(Call.id))
    now = select(func.count()).select_from(Call).where(Call.ended_at.is_(None)).scalar_subquery()
    row = (await session.execute(select(has, now))).one()
    return row[0], row[1]


async def is_in_call(session: BusinessSession, contact_id: int) -> bool:
    """Whether the contact is talking with us at this moment."""
    live = select(Call.id).where(Call.contact_id == contact_id, Call.ended_at.is_(None)).limit(1)
    return await session.scalar(live) is not None
