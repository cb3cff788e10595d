"""What follows from a call that ends, and what finds calls whose end nobody has told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select

from proli.platform.db import BusinessSession
from proli.platform.jobs import on
from proli.platform.runtime import Runtime
from proli.sweeps.plans import Sweep
from proli.sweeps.running import MOST, sweeps
from proli.voice.actions import end_call, end_if_lapsed, get_call
from proli.voice.carrying_on import carry_on
from proli.voice.events import CallEnded, CallLapses, CallTaken
from proli.voice.models import Call
from proli.voice.rules import LONGEST, SILENT_FOR, CallOutcome, is_silent
from proli.voice.summing import sum_up_call
from proli.voice.transfer_words import write_to_taker


@on(CallEnded)
async def goes_on(runtime: Runtime, event: CallEnded) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await sum_up_call(session, event.call_id)
        await carry_on(session, event.call_id, now=runtime.clock.now())


@on(CallTaken)
async def tell_taker(runtime: Runtime, event: CallTaken) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await write_to_taker(session, event.call_id, event.transfer_id, now=runtime.clock.now())


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
