"""What happens to a call. Its row is locked first, so that news which come at once are taken in one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from proli.contacts.addresses import ensure_contact
from proli.contacts.models import Evidence
from proli.platform.db import BusinessSession, locked
from proli.platform.jobs import emit
from proli.voice.errors import CallNotFound
from proli.voice.events import CallEnded, CallLapses
from proli.voice.models import Call, CallRecording, CallStream, CallTransfer, CallTurn, RecordingPart
from proli.voice.rules import (
    OVER,
    CallDirection,
    CallOutcome,
    CallState,
    LineSeen,
    StreamEnd,
    closing,
    further,
    has_lapsed,
    outcome_of,
)

A_WORD_S: Final = 2.0
"""So long whoever talks in a call has to say what it came to, once the provider says that it is over."""


@dataclass(frozen=True, slots=True)
class CallNews:
    """What a request tells of a call; whatever it does not name is None."""

    external_id: str
    account_sid: str
    state: CallState | None = None
    direction: CallDirection | None = None
    number_e164: str | None = None
    """Ours."""
    phone_e164: str | None = None
    """The other side's."""
    duration_s: int | None = None


async def ensure_call(session: BusinessSession, news: CallNews, *, number_id: int | None, now: datetime) -> Call:
    """The one row of the call, locked, which knows what it did not; made when this is the first that is heard of it.

    Raises:
        CallNotFound: it is another business's.
    """
    made = (
        insert(Call)
        .values(
            business_id=session.require_business(), external_id=news.external_id, number_id=number_id,
            direction=news.direction or CallDirection.inbound, state=news.state or CallState.initiated,
            started_at=now, seen_at=now,
        )
        .on_conflict_do_nothing(index_elements=[Call.external_id])
    )  # fmt: skip
    await session.execute(made)
    call = await session.scalar(locked(select(Call).where(Call.external_id == news.external_id)))
    if call is None:
        raise CallNotFound(call=news.external_id)
    if news.state is not None:
        call.state = further(call.state, news.state)
    if news.direction is not None:
        call.direction = news.direction
    if call.duration_s is None:
        call.duration_s = news.duration_s
    if call.phone_e164 is None and news.phone_e164 is not None:
        await learn_phone(session, call, news.phone_e164)
    call.number_id = call.number_id or number_id
    call.seen_at = max(call.seen_at, now)
    await session.flush()
    return call


async def learn_phone(session: BusinessSession, call: Call, phone_e164: str) -> None:
    """It is known who is on the other side: one contact with whoever writes from this phone."""
    contact = await ensure_contact(session, phone_e164=phone_e164, evidence=Evidence.record)
    call.phone_e164, call.contact_id = phone_e164, contact.id
    for table in (CallTurn, CallTransfer, CallRecording, RecordingPart):
        await session.execute(update(table).where(table.call_id == call.id).values(contact_id=contact.id))


async def get_call(session: BusinessSession, call_id: int, *, lock: bool = False) -> Call:
    statement = select(Call).where(Call.id == call_id)
    call = await session.scalar(locked(statement) if lock else statement)
    if call is None:
        raise CallNotFound(call_id=call_id)
    return call


async def hear_of_end(session: BusinessSession, call: Call, *, now: datetime) -> None:
    """The provider says that the call is over. Whoever talks in it has a moment to say what it came to."""
    if call.state not in OVER or call.ended_at is not None:
        return
    if call.word_at is not None or any(line.is_open for line in await lines_of(session, call.id)):
        await lapse_later(session, call, after_s=A_WORD_S)
    else:
        await end_call(session, call, now=now)


async def end_call(session: BusinessSession, call: Call, *, outcome: CallOutcome | None = None, now: datetime) -> bool:
    """The call, which is locked, is over, and so are its lines; whoever goes on with it is told once."""
    if call.ended_at is not None:
        return False
    call.ended_at = now
    call.state = closing(call.state)
    call.outcome = outcome_of(outcome or call.outcome, talked=call.connected_at is not None)
    await close_lines(session, call, by=StreamEnd.stopped, now=now)
    still_rung = (CallTransfer.call_id == call.id, CallTransfer.ended_at.is_(None))
    await session.execute(update(CallTransfer).where(*still_rung).values(ended_at=now))
    await session.flush()
    await emit(session, CallEnded(business_id=session.require_business(), call_id=call.id))
    return True


async def end_if_lapsed(session: BusinessSession, call_id: int, *, now: datetime) -> bool:
    """The call is over, unless its line is open or may still be opened."""
    call = await get_call(session, call_id, lock=True)
    lines = await lines_of(session, call_id)
    led_on = call.word_at is not None or await is_led_on(session, call_id)
    if call.ended_at is not None or not has_lapsed(call.state, call.outcome, lines, led_on=led_on, now=now):
        return False
    return await end_call(session, call, now=now)


async def is_led_on(session: BusinessSession, call_id: int) -> bool:
    """Whether people are rung for the call, or one of them has it."""
    wanted = select(CallTransfer.id).where(CallTransfer.call_id == call_id, CallTransfer.ended_at.is_(None))
    return await session.scalar(wanted) is not None


async def lapse_later(session: BusinessSession, call: Call, *, after_s: float) -> None:
    await emit(session, CallLapses(business_id=session.require_business(), call_id=call.id), after_s=after_s)


async def lines_of(session: BusinessSession, call_id: int) -> Sequence[LineSeen]:
    rows = await session.execute(
        select(CallStream.used_at, CallStream.ended_at, CallStream.expires_at).where(CallStream.call_id == call_id)
    )
    return [LineSeen(*row) for row in rows]


async def close_lines(session: BusinessSession, call: Call, *, by: StreamEnd, now: datetime) -> None:
    """No line of the call is open, whoever has not said so."""
    still_open = (CallStream.call_id == call.id, CallStream.used_at.is_not(None), CallStream.ended_at.is_(None))
    await session.execute(update(CallStream).where(*still_open).values(ended_at=now, ended_by=by))
