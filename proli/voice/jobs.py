"""What follows from a call that ends, and what finds calls whose end nobody has told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, case, func, or_, select

from proli.notifications.events import PersonNeeded, ReminderDue
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit, on
from proli.platform.runtime import Runtime
from proli.sweeps.plans import Sweep
from proli.sweeps.running import MOST, sweeps
from proli.voice.actions import end_call, end_if_lapsed, get_call
from proli.voice.at_provider import see_to_recording
from proli.voice.calling_back import call_back_if_asked, tell_what_came
from proli.voice.calling_out import get_planned, put_off, settle_silent, settle_try
from proli.voice.carrying_on import carry_on
from proli.voice.events import CallEnded, CallLapses, CallLedAway, CallOutDue, CallOutOver, CallTaken, RecordingThere
from proli.voice.models import Call, CallRecording, OutgoingCall
from proli.voice.out_rules import DOUBT, CallOutState
from proli.voice.reminding import remind_by_call
from proli.voice.ringing import ring
from proli.voice.rules import LONGEST, SILENT_FOR, CallOutcome, is_silent
from proli.voice.summing import sum_up_call
from proli.voice.taking_over import lead_away
from proli.voice.transcript import THERE
from proli.voice.transfer_words import write_to_taker

OVERDUE: Final = timedelta(minutes=2)
TAKES_AT_MOST: Final = timedelta(minutes=30)
"""So long at most the tries of a job take; what the provider still has then is seen to again."""


@on(CallEnded)
async def goes_on(runtime: Runtime, event: CallEnded) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await sum_up_call(session, event.call_id)
        await carry_on(session, event.call_id, now=runtime.clock.now())
        await settle_try(session, await get_call(session, event.call_id), now=runtime.clock.now())


@on(PersonNeeded)
async def call_back(runtime: Runtime, event: PersonNeeded) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await call_back_if_asked(session, event, now=runtime.clock.now())


@on(ReminderDue)
async def reminder_by_call(runtime: Runtime, event: ReminderDue) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await remind_by_call(session, event, now=runtime.clock.now())


@on(CallOutDue, key="call_out_id")
async def ring_out(runtime: Runtime, event: CallOutDue) -> None:
    await ring(runtime, event.business_id, event.call_out_id)


@on(CallOutOver)
async def call_out_over(runtime: Runtime, event: CallOutOver) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_what_came(session, event, now=runtime.clock.now())


@on(CallTaken)
async def tell_taker(runtime: Runtime, event: CallTaken) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await write_to_taker(session, event.call_id, event.transfer_id, now=runtime.clock.now())


@on(CallLedAway, key="transfer_id")
async def lead_call_away(runtime: Runtime, event: CallLedAway) -> None:
    await lead_away(runtime, event)


@on(RecordingThere, key="recording_id")
async def fetch_recording(runtime: Runtime, event: RecordingThere) -> None:
    await see_to_recording(runtime, event.business_id, event.recording_id)


@on(CallLapses)
async def lapse(runtime: Runtime, event: CallLapses) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await end_if_lapsed(session, event.call_id, now=runtime.clock.now())


async def find_silent(session: BusinessSession, businesses: Sequence[int], now: datetime) -> Sequence[tuple[int, int]]:
    """Calls that have not ended and of which there was no sign for long."""
    taken = Call.outcome.is_not_distinct_from(CallOutcome.transferred)
    silent_since = case((taken, now - LONGEST), else_=now - SILENT_FOR)
    rows = await session.execute(
        select(Call.business_id, Call.id)
        .where(Call.ended_at.is_(None), Call.seen_at <= silent_since, Call.business_id.in_(businesses))
        .order_by(func.random())
        .limit(MOST)
    )
    return [(business_id, call_id) for business_id, call_id in rows]


@sweeps(Sweep.calls, finds=find_silent)
async def end_silent(_: Runtime, session: BusinessSession, call_id: int, now: datetime) -> None:
    """The call is over, unless it has given a sign since."""
    call = await get_call(session, call_id, lock=True)
    if is_silent(call.outcome, call.seen_at, now=now):
        await end_call(session, call, now=now)


async def find_planned(session: BusinessSession, businesses: Sequence[int], now: datetime) -> Sequence[tuple[int, int]]:
    """Calls of ours that are overdue, and those of which nothing was heard since the provider was asked."""
    overdue = and_(OutgoingCall.state == CallOutState.waiting, OutgoingCall.due_at <= now - OVERDUE)
    silent = and_(OutgoingCall.state == CallOutState.ringing, OutgoingCall.rung_at <= now - DOUBT)
    rows = await session.execute(
        select(OutgoingCall.business_id, OutgoingCall.id)
        .where(OutgoingCall.ended_at.is_(None), or_(overdue, silent), OutgoingCall.business_id.in_(businesses))
        .order_by(func.random())
        .limit(MOST)
    )
    return [(business_id, planned_id) for business_id, planned_id in rows]


@sweeps(Sweep.calls_out, finds=find_planned)
async def see_to_planned(_: Runtime, session: BusinessSession, planned_id: int, now: datetime) -> None:
    """They are rung after all; of whom nobody knows whether they were is not rung again."""
    planned = await get_planned(session, planned_id)
    if planned.state is CallOutState.waiting:
        await put_off(session, planned, now)
    elif planned.state is CallOutState.ringing:
        await settle_silent(session, planned, now=now)


async def find_at_provider(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """Recordings that the provider has kept for longer than fetching and deleting them takes."""
    rows = await session.execute(
        select(CallRecording.business_id, CallRecording.id)
        .where(
            CallRecording.state == THERE,
            CallRecording.deleted_at.is_(None),
            CallRecording.created_at <= now - TAKES_AT_MOST,
            CallRecording.business_id.in_(businesses),
        )
        .order_by(func.random())
        .limit(MOST)
    )
    return [(business_id, recording_id) for business_id, recording_id in rows]


@sweeps(Sweep.recordings, finds=find_at_provider)
async def see_to_it_again(_: Runtime, session: BusinessSession, recording_id: int, __: datetime) -> None:
    """It is fetched and deleted after all, outside of this transaction."""
    await emit(session, RecordingThere(business_id=session.require_business(), recording_id=recording_id))
