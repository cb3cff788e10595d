"""Where Twilio opens the line of a call: its token is looked at, then whoever talks has it."""

import asyncio
import contextlib
from typing import Final

from fastapi import APIRouter, WebSocket
from loguru import logger
from sqlalchemy.exc import IntegrityError
from starlette.websockets import WebSocketDisconnect

from proli.platform.runtime import Runtime
from proli.voice.lines import OpenLine, WhyNot, beat, close_line, open_line
from proli.voice.queries import find_the_call
from proli.voice.recording.keeping import recorded
from proli.voice.rules import BEAT, CallOutcome, StreamEnd, is_simulated
from proli.voice.talking import Farewell, Talker, TheCall, talker_for
from proli.voice.twilio.frames import Start
from proli.voice.twilio.line import NoStart, TwilioLine, accept, read_beginning
from proli.voice.twilio.told import MEDIA

REFUSED: Final = 1008
NORMAL: Final = 1000
TRY_AGAIN: Final = 1013

router = APIRouter()


@router.websocket(MEDIA)
async def media(websocket: WebSocket) -> None:
    """One line of one call, from its token to its end. Whatever comes, it disturbs no other."""
    await accept(websocket)
    runtime: Runtime = websocket.app.state.runtime
    try:
        start = await read_beginning(websocket)
    except NoStart as why:
        logger.warning("A media stream is refused: {}", why)
        await close(websocket, REFUSED, "no start")
        return
    talker = await talker_for(websocket.app, simulated=is_simulated(start.call_sid))
    if talker is None:
        logger.error("The line of call {} is refused: nobody here can talk", start.call_sid)
        await close(websocket, TRY_AGAIN, "nobody can talk")
        return
    opened = await use_token(runtime, start)
    if not isinstance(opened, OpenLine):
        logger.warning("The line of call {} is refused: its token is {}", start.call_sid, opened)
        await close(websocket, REFUSED, opened)
        return
    await serve(runtime, talker, opened, TwilioLine(websocket, start.stream_sid))
    await close(websocket, NORMAL, "over")


async def use_token(runtime: Runtime, start: Start) -> OpenLine | WhyNot:
    """The line is open, in the database as well; or why it is not."""
    try:
        async with runtime.db.begin_operator() as session:
            return await open_line(
                session,
                token=start.token, call_sid=start.call_sid, stream_sid=start.stream_sid, now=runtime.clock.now(),
            )  # fmt: skip
    except IntegrityError:
        return "second"


async def serve(runtime: Runtime, talker: Talker, opened: OpenLine, line: TwilioLine) -> None:
    """The talk, however it ends, and what the call came to by it."""
    beating = asyncio.create_task(keep_beating(runtime, opened, line))
    farewell, by = Farewell(), StreamEnd.lost
    try:
        async with runtime.db.begin(opened.business_id) as session:
            call: TheCall = await find_the_call(session, opened.call_id)
        async with recorded(runtime, call, opened.stream_id, line) as both:
            farewell = await talker.talk(runtime, call, both)
        by = line.ended_by or StreamEnd.done
        if by is StreamEnd.done and farewell == Farewell():
            farewell = Farewell(CallOutcome.finished)
    except Exception:  # noqa: BLE001 - one call must not take others with it; what becomes of it is written below
        logger.exception("The talk of call {} failed", opened.call_id)
        by = StreamEnd.fault
    finally:
        beating.cancel()
        await write_end(runtime, opened, farewell, by)


async def write_end(runtime: Runtime, opened: OpenLine, farewell: Farewell, by: StreamEnd) -> None:
    async with runtime.db.begin(opened.business_id) as session:
        await close_line(session, opened, by=by, farewell=farewell, now=runtime.clock.now())
    logger.info("The line of call {} is over: {} {}", opened.call_id, by, farewell.outcome or "")


async def keep_beating(runtime: Runtime, opened: OpenLine, line: TwilioLine) -> None:
    """While the line lives the call gives a sign now and then, by which others know that it does."""
    while line.ended_by is None:
        await asyncio.sleep(BEAT.total_seconds())
        try:
            async with runtime.db.begin(opened.business_id) as session:
                await beat(session, opened, now=runtime.clock.now())
        except Exception as fault:  # noqa: BLE001 - the talk goes on without the database, and the next beat may come through
            logger.warning("Call {} could not give a sign: {}", opened.call_id, type(fault).__name__)


async def close(websocket: WebSocket, code: int, reason: str) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await websocket.close(code, reason)
