"""The lines of a call: a token opens one, once, and how it ended says what becomes of the call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, select, update

from proli.platform.db import BusinessSession, locked
from proli.platform.security import digest, new_token
from proli.voice.actions import end_call, get_call, lapse_later, lines_of
from proli.voice.models import Call, CallStream, CallTransfer
from proli.voice.rules import TOKEN_LASTS, CallOutcome, CallState, StreamEnd, TransferReason, further
from proli.voice.talking import Farewell
from proli.voice.transfers import begin_transfer

NOTHING_SAID: Final = Farewell()
RETURN_S: Final = 3.0
"""So long a line that broke has to be opened again before the call counts as dropped."""


async def promise_line(session: BusinessSession, call: Call, *, now: datetime) -> str:
    """A token that opens a line of the call once, within seconds. When nobody comes with it, the call lapses."""
    token = new_token()
    session.add(CallStream(call_id=call.id, token_digest=digest(token), expires_at=now + TOKEN_LASTS))
    await session.flush()
    await lapse_later(session, call, after_s=TOKEN_LASTS.total_seconds() + 1)
    return token


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that has just been opened, and whose it is."""

    business_id: int
    call_id: int
    stream_id: int


type WhyNot = Literal["foreign", "used", "late", "second", "over"]
"""Why a token opens nothing: it is not one of this call's, or was used, or is too old; another line is open, or the
call is over."""


async def open_line(
    session: BusinessSession, *, token: str, call_sid: str, stream_sid: str, now: datetime
) -> OpenLine | WhyNot:
    """The token is used up and its line open. Of several who show it at once, the database lets one in.

    Needs the operator's session: whose the call is, its row says.
    """
    call = await session.scalar(locked(select(Call).where(Call.external_id == call_sid)))
    if call is None:
        return "foreign"
    of_token = select(CallStream).where(CallStream.token_digest == digest(token), CallStream.call_id == call.id)
    stream = await session.scalar(of_token)
    if stream is None:
        return "foreign"
    if stream.used_at is not None:
        return "used"
    if stream.expires_at <= now:
        return "late"
    if call.ended_at is not None:
        return "over"
    if any(line.is_open for line in await lines_of(session, call.id)):
        return "second"
    stream.used_at, stream.external_id = now, stream_sid
    call.state = further(call.state, CallState.in_progress)
    call.connected_at, call.seen_at = call.connected_at or now, now
    await session.flush()
    return OpenLine(call.business_id, call.id, stream.id)


async def close_line(
    session: BusinessSession,
    line: OpenLine,
    *,
    by: StreamEnd,
    farewell: Farewell = NOTHING_SAID,
    now: datetime,
) -> None:
    """The line is closed. What the call came to is known, or follows from how the line ended.

    A line that broke may be opened again by the provider, which a simulated call has not; one that is led on to
    people, that somebody in the console wants, or whose caller is to leave word, goes on without one.
    """
    call = await get_call(session, line.call_id, lock=True)
    stream = await session.get_one(CallStream, line.stream_id)
    was_open = stream.ended_at is None
    if was_open:
        stream.ended_at, stream.ended_by = now, by
    call.seen_at = max(call.seen_at, now)
    outcome, led_on = farewell.outcome, farewell.led_on
    if outcome is CallOutcome.transferred:
        call.outcome = call.outcome or outcome
    elif await is_taken_over(session, call.id):
        return
    elif led_on is not None and by is StreamEnd.done:
        await begin_transfer(session, call, led_on, now=now)
    elif farewell.leaves_word and by is StreamEnd.done and not call.simulated:
        call.word_at = now
    elif outcome is not None or (by is StreamEnd.stopped and was_open) or call.simulated:
        await end_call(session, call, outcome=outcome, now=now)
    else:
        await lapse_later(session, call, after_s=RETURN_S)


async def is_taken_over(session: BusinessSession, call_id: int) -> bool:
    """Whether somebody in the console has led the call away from its line, so that it ends by that."""
    wanted = select(CallTransfer.id).where(
        CallTransfer.call_id == call_id,
        CallTransfer.ended_at.is_(None),
        CallTransfer.reason == TransferReason.takeover,
    )
    return await session.scalar(wanted) is not None


async def note_stream_end(session: BusinessSession, call: Call, stream_sid: str) -> None:
    """The provider says that a line is over. Whoever has it open hears so from the line itself; if nobody is left who
    would, the call lapses."""
    known = await session.scalar(
        select(CallStream.id).where(CallStream.call_id == call.id, CallStream.external_id == stream_sid)
    )
    if known is not None and call.ended_at is None:
        await lapse_later(session, call, after_s=RETURN_S)


async def beat(session: BusinessSession, line: OpenLine, *, now: datetime) -> None:
    """The line has given a sign."""
    newest = func.greatest(Call.seen_at, now)
    await session.execute(update(Call).where(Call.id == line.call_id).values(seen_at=newest))
