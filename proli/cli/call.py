"""A whole call played from the terminal: `proli call`. On a throw-away database, without a network or keys."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer
from loguru import logger
from sqlalchemy import select

from proli.cli.calling import caller
from proli.cli.calling.phone import Phone, dialled
from proli.cli.calling.provider import Provider, line_in
from proli.cli.calling.script import Script, read_script
from proli.cli.calling.sound import write_wav
from proli.cli.run import console
from proli.conversations.models import Conversation, Direction, Message, MessageKind
from proli.evals.cases import Case, Turn
from proli.evals.pool import TEMPLATE, renamed, throwaway_server
from proli.evals.stage import CUSTOMER, ZONE, Stage, set_stage
from proli.knowledge.text import without_marks
from proli.platform.clock import SystemClock, TravellingClock
from proli.platform.db import Database
from proli.platform.http import make_http
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.platform.settings import CoreSettings, Settings, VoiceSettings
from proli.prompts.models import PromptChannel
from proli.scheduling.models import LIVE, Booking
from proli.voice.models import Call, CallTurn
from proli.voice.numbers import add_voice_number
from proli.voice.offline.speaking import warm
from proli.wiring import load_handlers

ACCOUNT: Final = "AC" + "0" * 32
NUMBER: Final = "+97237000000"
WRITTEN_S: Final = 6.0
"""So long we wait for what is written after a call."""


def call(
    script: Annotated[Path, typer.Option(help="What the caller says, such as evals/calls/buyer.yaml.")],
    wav: Annotated[Path | None, typer.Option(help="Write the sound here, the caller on the left.")] = None,
) -> None:
    """Play a call over the real line, offline, and show what came of it; ends with 1 where that is not as expected."""
    read = read_script(script)
    logger.remove()
    load_handlers()
    with throwaway_server() as server:
        missed = asyncio.run(played(read, renamed(server, TEMPLATE), wav))
    for words in missed:
        console.print(words, style="red", markup=False)
    raise typer.Exit(1 if missed else 0)


async def played(script: Script, database_url: str, wav: Path | None) -> list[str]:
    """What is not as the script expects it."""
    async with calling(script, database_url) as (runtime, url):
        stage = await set_up(runtime, script)
        provider = Provider(url, ACCOUNT, token_of(stage), NUMBER, CUSTOMER)
        line = line_in(await provider.ring())
        if line is None:
            return ["The call was not answered."]
        async with dialled(line[0], token=line[1], call=provider.call, account=ACCOUNT) as phone:
            answered = await caller.play(script, phone)
            if not phone.over.is_set():
                await phone.hang_up(ACCOUNT)
        await provider.after_line() if not script.caller[-1].hangs_up else None
        await provider.end()
        came = await what_came(runtime, stage)
        show(script, came, phone, wav)
        return ["Something was not answered."] * (not answered) + missed_of(script, came, phone)


@contextlib.asynccontextmanager
async def calling(script: Script, database_url: str) -> AsyncGenerator[tuple[Runtime, str]]:
    """A server on this machine that answers calls at the script's time, with a worker beside it."""
    import uvicorn

    from proli.web import make_app

    await warm()
    settings, clock = Settings.load(), TravellingClock()
    settings.core = CoreSettings(database_url=database_url, database_pool_size=10)
    settings.voice = VoiceSettings(ears="typed")
    clock.travel(max(timedelta(), script.at.replace(tzinfo=ZONE) - SystemClock().now()))
    db = Database(database_url)
    async with make_http() as http:
        runtime = Runtime(settings=settings, db=db, clock=clock, vault=Vault(new_key()), http=http)
        async with runtime.apart:
            config = uvicorn.Config(make_app(runtime), host="127.0.0.1", port=0, log_config=None, lifespan="off")
            server, jobs = uvicorn.Server(config), asyncio.create_task(Queue(runtime).work())
            serving = asyncio.create_task(server.serve())
            while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event of it
                await asyncio.sleep(0.01)
            try:
                yield runtime, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
            finally:
                server.should_exit = True
                jobs.cancel()
                await asyncio.gather(serving, jobs, return_exceptions=True)
                await db.close()


def token_of(stage: Stage) -> str:
    return f"the-token-of-{stage.business_id}"


async def set_up(runtime: Runtime, script: Script) -> Stage:
    """The business that is called, with what was arranged before."""
    case = Case(
        id="call", vertical=script.playbook, reference=script.at.replace(tzinfo=ZONE), context=script.before or None,
        turns=(Turn(text=script.caller[0].say),), gold={},
    )  # fmt: skip
    stage = await set_stage(runtime, case, PromptChannel.voice)
    async with runtime.db.begin(stage.business_id) as session:
        await add_voice_number(
            session, runtime.vault, phone_e164=NUMBER, account_sid=ACCOUNT, secrets={"auth_token": token_of(stage)}
        )
    return stage


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a call."""

    call: Call
    turns: list[CallTurn]
    written: list[str]
    """To the caller, after it."""
    visits: list[datetime]
    person: str | None


async def what_came(runtime: Runtime, stage: Stage) -> Came:
    """As soon as something was written, or nothing in time."""
    for _ in range(round(WRITTEN_S / 0.2)):
        came = await look(runtime, stage)
        if came.call.ended_at is not None and came.written:
            break
        await asyncio.sleep(0.2)
    return await look(runtime, stage)


async def look(runtime: Runtime, stage: Stage) -> Came:
    async with runtime.db.begin(stage.business_id) as session:
        call = (await session.scalars(select(Call))).one()
        ours = (Message.direction == Direction.outbound, Message.kind != MessageKind.call)
        written = select(Message.text).where(Message.conversation_id == stage.conversation_id, *ours)
        return Came(
            call=call,
            turns=list(await session.scalars(select(CallTurn).order_by(CallTurn.number))),
            written=[without_marks(text) for text in await session.scalars(written.order_by(Message.id))],
            visits=sorted(await session.scalars(select(Booking.starts_at).where(Booking.status.in_(LIVE)))),
            person=(await session.get_one(Conversation, stage.conversation_id)).called_for,
        )


def show(script: Script, came: Came, phone: Phone, wav: Path | None) -> None:
    console.print(script.about, style="bold", markup=False)
    for turn in came.turns:
        who = "<" if turn.speaker == "caller" else ">"
        cut = " ..." if turn.cut_off else ""
        late = "" if turn.latency_ms is None else f"  ({turn.latency_ms} ms)"
        console.print(f"{who} {without_marks(turn.text)}{cut}{late}".replace("\n", " "), markup=False)
    console.print(f"The call: {came.call.outcome}. {came.call.summary}", style="dim", markup=False)
    for text in came.written:
        console.print(f"WhatsApp: {text}".replace("\n", " / "), style="green", markup=False)
    if wav is not None:
        write_wav(wav, phone.spoken, phone.heard)
        console.print(f"{wav}: {len(phone.spoken) / 8000:.1f} seconds", style="dim", markup=False)


def missed_of(script: Script, came: Came, phone: Phone) -> list[str]:
    """What was expected and did not come, in words."""
    wanted, zone = script.expect, ZoneInfo(str(ZONE))
    ours = "\n".join(without_marks(turn.text) for turn in came.turns if turn.speaker == "agent")
    starts = [f"{one.astimezone(zone):%Y-%m-%d %H:%M}" for one in came.visits]
    checks: list[tuple[str, Any, Any]] = [
        ("outcome", wanted.outcome, came.call.outcome), ("visits", wanted.visits, len(came.visits)),
        ("person", wanted.person, came.person),
        ("interrupted", wanted.interrupted, bool(phone.cleared)),
    ]  # fmt: skip
    missed = [f"{name}: wanted {want}, got {got}" for name, want, got in checks if want is not None and want != got]
    missed += [f"never said: {words}" for words in wanted.said if words not in ours]
    missed += [f"never written: {words}" for words in wanted.written if words not in "\n".join(came.written)]
    if wanted.starts is not None and wanted.starts not in starts:
        missed.append(f"starts: wanted {wanted.starts}, got {', '.join(starts) or 'none'}")
    return missed
