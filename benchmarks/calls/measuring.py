"""Latency, the floor given up, calls at once and memory."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Final

import httpx2
import psutil

from benchmarks.calls.callers import Arrivals, Attentive, calling, converse
from benchmarks.stage import Stage, memory_mb
from proli.cli.calling.caller import LATE_S as WRITTEN_LATE_S
from proli.cli.calling.caller import listened
from proli.cli.calling.phone import Said, dialled
from proli.cli.calling.provider import Provider
from proli.cli.calling.sound import RATE, voiced
from proli.voice.numbers import add_voice_number
from tests.ports import free_port

ACCOUNT: Final = "AC" + "0" * 32
TOKEN: Final = "the-token-of-the-bench"
NUMBER: Final = "+97237000000"
SAID: Final = ("שלום, יש לי נזילה במטבח", "רמת גן, רחוב ביאליק 30 קומה 2", "מחר בשעה ארבע אחר הצהריים", "תודה רבה")
ANSWERED: Final = 12
"""Calls for the figures of one caller at a time."""
AT_ONCE: Final = (5, 10, 20, 30, 40, 60)
ONE_AFTER_ANOTHER: Final = 160
"""Calls for the growth of memory, so many at a time as below."""
BESIDE: Final = 8
LOUD: Final = b"\x10" * 160
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    process: psutil.Process

    def caller(self) -> Provider:
        """Somebody who has not called before."""
        return Provider(self.url, ACCOUNT, TOKEN, NUMBER, f"+97252{next(_numbers):07}")

    async def turns(self) -> list[float]:
        async with httpx2.AsyncClient(trust_env=False) as http:
            return (await http.post(f"{self.url}/bench/turns")).json()


@asynccontextmanager
async def serving(stage: Stage) -> AsyncGenerator[Server]:
    port = free_port()
    async with stage.process("benchmarks.calls.server", str(port), ready=port) as process:
        yield Server(f"http://127.0.0.1:{port}", process)


async def connect_number(stage: Stage) -> None:
    async with stage.runtime.db.begin(stage.business_id) as session:
        await add_voice_number(
            session, stage.runtime.vault, phone_e164=NUMBER, account_sid=ACCOUNT, secrets={"auth_token": TOKEN}
        )


async def spoken(text: str) -> Said:
    """Its sound, and each word a tenth of a second after it was said."""
    sound, words = await voiced(text), text.split()
    each = len(sound) / RATE / len(words)
    written = [
        (each * (n + 1) + WRITTEN_LATE_S, " ".join(words[: n + 1]), n + 1 == len(words)) for n in range(len(words))
    ]
    return Said(sound, written)


async def measure_speed(stage: Stage) -> list[list[str]]:
    """One caller at a time, and the bare echo."""
    await connect_number(stage)
    lines = [await spoken(text) for text in SAID]
    rows = [["one caller", "p50 ms", "p95 ms", "of the echo"]]
    echo = await echoed(stage)
    rows.append(["bare Pipecat echo: a frame there and back", ms(echo, 0.5), ms(echo, 0.95), "1"])
    async with serving(stage) as server:
        calls = [await converse(server.caller(), lines) for _ in range(ANSWERED)]
        turns, waited = await server.turns(), [*answer_times(calls)]
        added = [at - taken for taken in turns if (at := first_sound(calls, taken)) is not None]
        cleared = [one for _ in range(ANSWERED * 2) if (one := await interrupt(server, lines)) is not None]
    for what, times in (
        ("end of the turn to the first sound, with the mind", added),
        ("end of the caller's sound to the first sound", waited),
        ("caller's speech to `clear`", cleared),
    ):
        rows.append([what, ms(times, 0.5), ms(times, 0.95), f"{part_of(times, 0.5) / part_of(echo, 0.5):.1f}"])
    return rows


def answer_times(calls: Sequence[Arrivals]) -> list[float]:
    pairs = [(until, one.first_after(until)) for one in calls for until in one.said_until]
    return [first - until for until, first in pairs if first is not None]


def first_sound(calls: Sequence[Arrivals], taken: float) -> float | None:
    """The first sound in the call in which this turn was taken."""
    call = next((one for one in calls if one.came and one.came[0][0] <= taken <= one.came[-1][0]), None)
    return None if call is None else call.first_after(taken)


async def interrupt(server: Server, lines: Sequence[Said]) -> float | None:
    """The seconds from the first sound of a caller who speaks while we do, until what we say is thrown away."""
    async with calling(server.caller()) as caller:
        await listened(caller, 0.6)
        begun = monotonic()
        await caller.say(lines[0])
        return caller.cleared[0] - begun if caller.cleared else None


async def echoed(stage: Stage) -> list[float]:
    """How long each of some frames is under way."""
    port = free_port()
    times: list[float] = []
    url = f"ws://127.0.0.1:{port}/line"
    async with (
        stage.process("benchmarks.calls.echo", str(port), ready=port),
        dialled(url, token="", call="CA" + "1" * 32, account=ACCOUNT, make=Attentive) as caller,
    ):
        await asyncio.sleep(1)
        for _ in range(40):
            sent, before = monotonic(), len(caller.arrivals.came)
            await caller.say(Said(LOUD, []))
            await asyncio.sleep(0.3)
            if len(caller.arrivals.came) > before:
                times.append(caller.arrivals.came[before][0] - sent)
    return times


async def measure_calls(stage: Stage) -> list[list[str]]:
    """More and more at once, and memory."""
    lines = [await spoken(text) for text in SAID]
    rows = [["calls at once", "late frames", "answered after, p50 s", "p95 s", "cores", "MB"]]
    async with serving(stage) as server:
        await converse(server.caller(), lines)
        empty = memory_mb(server.process)
        for many in AT_ONCE:
            before, began = sum(server.process.cpu_times()[:2]), monotonic()
            crowd = [converse(server.caller(), lines, starts_in=8 * n / many) for n in range(many)]
            calls = await asyncio.gather(*crowd)
            cores = (sum(server.process.cpu_times()[:2]) - before) / (monotonic() - began)
            late, frames = (sum(pair) for pair in zip(*(one.late() for one in calls), strict=True))
            waits = answer_times(calls)
            rows.append([
                str(many), f"{late / max(frames, 1):.2%}", f"{part_of(waits, 0.5):.2f}", f"{part_of(waits, 0.95):.2f}",
                f"{cores:.2f}", f"{memory_mb(server.process):.0f}",
            ])  # fmt: skip
        rows.append(["none, after one", "", "", "", "", f"{empty:.0f}"])
        rows += await growth(server, lines)
    return rows


async def growth(server: Server, lines: Sequence[Said]) -> list[list[str]]:
    rows: list[list[str]] = []
    for half in (1, 2):
        for _ in range(ONE_AFTER_ANOTHER // 2 // BESIDE):
            await asyncio.gather(*(converse(server.caller(), lines[:1]) for _ in range(BESIDE)))
        after = half * ONE_AFTER_ANOTHER // 2
        rows.append([f"none, after {after} more", "", "", "", "", f"{memory_mb(server.process):.0f}"])
    return rows


def part_of(times: Sequence[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def ms(times: Sequence[float], part: float) -> str:
    return f"{part_of(times, part) * 1000:.0f}"
