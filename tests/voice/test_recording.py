"""Calls as sound: both sides by their time, kept where the business wants it and for as long, heard by who may."""

import asyncio
import io
import itertools
import json
import math
import zipfile
from array import array
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import av
import pytest
from sqlalchemy import select, update

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.models import AuditEntry, Business
from proli.accounts.permissions import Role
from proli.platform.runtime import Runtime
from proli.privacy.erasing import erase_person
from proli.privacy.export import export_person
from proli.privacy.models import Deleted, Receipt
from proli.privacy.retention import end_batch, retention_of
from proli.voice.models import Call, RecordingPart
from proli.voice.recording import keeping
from proli.voice.recording.sides import Recorder, Side
from proli.voice.talking import Audio, Farewell, Line, Sign, TheCall
from proli.voice.ulaw import SILENT, to_ulaw
from tests.chaos.waiting import until
from tests.conftest import ManualClock
from tests.console import Browser, Console, console, manager
from tests.doubles.twilio import CALLER, Twilio, line, order_of
from tests.voice.conftest import Desk, ListensOnly

__all__ = ["console", "manager"]

CALLS = "/api/businesses/moran/calls"
FRAME = 160


def tone(hertz: int, seconds: float = 0.02) -> bytes:
    samples = (int(9000 * math.sin(2 * math.pi * hertz * at / 8000)) for at in range(round(seconds * 8000)))
    return to_ulaw(array("h", samples).tobytes())


def test_a_side_has_each_sound_at_its_place_and_silence_between() -> None:
    side = Side()
    side.put(3, b"abc")
    side.put(8, b"x")
    assert side.take(9) == SILENT * 3 + b"abc" + SILENT * 2 + b"x"
    side.put(7, b"12345")
    side.cut(11)
    assert side.take(14) == b"34" + SILENT * 3, "what was taken stays, and nothing is said after the cut"


class Played:
    """A line that plays what it is given, and brings what a test says."""

    def __init__(self, *signs: Sign) -> None:
        self.signs = signs

    async def frames(self) -> AsyncGenerator[Sign]:
        for sign in self.signs:
            yield sign

    async def play(self, data: bytes) -> None: ...

    async def mark(self, name: str) -> None: ...

    async def clear(self) -> None: ...


async def test_both_sides_stand_by_the_time_at_which_they_were_heard() -> None:
    now = 100.0
    lost = Played(*(Audio(at, at * 20, bytes([at]) * FRAME) for at in (1, 2, 5)), Audio(6, 10**9, b"never" * 32))
    recorder = Recorder(lost, lambda: now)
    async for _ in recorder.frames():
        pass
    now = 100.05
    await recorder.play(b"\x11" * 800)
    await recorder.play(b"\x22" * 800)
    now = 100.2
    await recorder.clear()
    now = 102.0
    caller, ours = recorder.take()
    assert len(caller) == len(ours) == 8000, "the last second may still change"
    assert caller[: 5 * FRAME] == b"".join(bytes([at]) * FRAME for at in (1, 2)) + SILENT * 2 * FRAME + b"\x05" * FRAME
    assert set(caller[5 * FRAME :]) == {0xFF}, "sound of a time that cannot be is left out"
    assert ours[:1600] == SILENT * 400 + b"\x11" * 800 + b"\x22" * 400, "what was thrown away was never heard"
    assert set(ours[1600:]) == {0xFF}
    recorder.stop()
    await recorder.play(b"\x33" * 80)
    assert set(recorder.take(all_of_it=True)[1]) == {0xFF}


def decoded(data: bytes) -> tuple[array[float], array[float]]:
    """The samples of the left and the right side, 48,000 a second."""
    left, right = array("f"), array("f")
    file: Any = av.open(io.BytesIO(data))
    with file:
        for frame in file.decode(file.streams.audio[0]):
            assert frame.format.name == "fltp"
            left.frombytes(bytes(frame.planes[0])[: frame.samples * 4])
            right.frombytes(bytes(frame.planes[1])[: frame.samples * 4])
    return left, right


def pitch(samples: array[float]) -> float:
    """How often a second the sound swings where there is any."""
    loud = [one for one in samples if abs(one) > 0.01]
    swings = sum(1 for a, b in itertools.pairwise(samples) if a < 0 <= b and b - a > 0.005)
    return swings * 48_000 / len(loud) if loud else 0.0


@pytest.fixture
async def recording(runtime: Runtime, business_id: int) -> None:
    """The business wants its calls recorded."""
    async with runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(records_calls=True))


def plays(hertz: int) -> Callable[[TheCall, Line], Awaitable[Farewell]]:
    async def act(call: TheCall, there: Line) -> Farewell:
        assert call.recorded
        await there.play(tone(hertz, 1.0))
        async for _ in there.frames():
            pass
        return Farewell()

    return act


async def called(twilio: Twilio, talker: ListensOnly) -> None:
    """A call of a second: the caller hums at 300, and we at 700."""
    talker.act = plays(700)
    async with line(order_of(await twilio.ring())) as caller:
        sound = tone(300, 1.0)
        for at in range(0, len(sound), FRAME):
            await caller.speak(sound[at : at + FRAME])
            await asyncio.sleep(0.02)  # as quickly as people speak
        assert (await caller.hear())["event"] == "media"
        await caller.hang_up()


async def parts(desk: Desk) -> list[RecordingPart]:
    async with desk.runtime.db.begin(desk.business_id) as session:
        return list(await session.scalars(select(RecordingPart).order_by(RecordingPart.number)))


async def are_kept(desk: Desk) -> bool:
    return bool(await parts(desk))


@pytest.fixture
async def kept(recording: None, twilio: Twilio, desk: Desk, talker: ListensOnly) -> Call:
    """A call that was recorded, and is over."""
    await called(twilio, talker)
    await until(lambda: are_kept(desk), "nothing was kept")
    return await desk.until(lambda one: one.ended_at is not None)


async def test_a_call_is_kept_as_sound_that_who_may_listens_to(
    kept: Call, desk: Desk, console: Console, manager: Browser
) -> None:
    call = kept
    shown = (await manager.call("GET", f"{CALLS}/{call.id}")).json()
    (sound,) = shown["sounds"]
    assert sound["length_ms"] > 0
    path = f"{CALLS}/{call.id}/recordings/{sound['stream_id']}"
    answer = await manager.call("GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/ogg")
    left, right = decoded(answer.content)
    assert (round(pitch(left), -2), round(pitch(right), -2)) == (300, 700), "the caller is on the left, we on the right"
    await console.add_person("viewer@example.com", role=Role.viewer)
    viewer = await console.signed_in("viewer@example.com")
    assert (await viewer.call("GET", path)).status_code == 403
    assert (await manager.call("GET", f"{CALLS}/{call.id}/recordings/9999")).json()["code"] == "recording_not_found"
    async with desk.runtime.db.begin_operator() as session:
        told = [one.action for one in await session.scalars(select(AuditEntry))]
    assert told.count("call.listened") == 1


async def test_without_the_business_wanting_it_nothing_is_kept(twilio: Twilio, desk: Desk, talker: ListensOnly) -> None:
    async with line(order_of(await twilio.ring())) as caller:
        await caller.speak(tone(300))
        await caller.hang_up()
    await desk.until(lambda one: one.ended_at is not None)
    assert not talker.calls[0].recorded
    assert await parts(desk) == []


@pytest.mark.usefixtures("recording")
async def test_a_part_that_could_not_be_kept_is_kept_with_the_next(
    twilio: Twilio, desk: Desk, talker: ListensOnly, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "KEEP_EVERY_S", 0.05)
    monkeypatch.setattr(keeping, "AGAIN_S", (0.01,) * 4)
    store, failed = keeping.Keeper._store, list[int]()  # pyright: ignore[reportPrivateUsage]

    async def away(self: keeping.Keeper) -> None:
        if len(failed) < 3:
            failed.append(1)
            raise ConnectionError("the database is away")
        await store(self)

    monkeypatch.setattr(keeping.Keeper, "_store", away)
    await called(twilio, talker)
    await desk.until(lambda one: one.ended_at is not None)
    await until(lambda: are_kept(desk), "nothing was kept")
    async with desk.runtime.db.begin(desk.business_id) as session:
        data = b"".join(await session.scalars(select(RecordingPart.data).order_by(RecordingPart.number)))
    left, _ = decoded(data)
    assert len(failed) == 3
    assert round(pitch(left), -2) == 300
    assert len(left) / 48_000 == pytest.approx(sum(one.length_ms for one in await parts(desk)) / 1000, abs=0.05)


@pytest.mark.usefixtures("kept")
async def test_it_goes_when_its_days_are_over_and_leaves_a_receipt(desk: Desk, clock: ManualClock) -> None:
    days = retention_of({}).days_of(Deleted.recordings)
    assert days == 2
    clock.advance(days=2, minutes=-1)
    assert not await ended(desk, days)
    clock.advance(minutes=5)
    (receipt,) = await ended(desk, days)
    assert (receipt.count, receipt.until) == (1, clock.now() - timedelta(days=2))
    assert (await parts(desk), len(await desk.calls())) == ([], 1), "the call and its words stay"


async def ended(desk: Desk, days: int) -> list[Receipt]:
    async with desk.runtime.db.begin_operator() as session:
        now = desk.runtime.clock.now()
        await end_batch(session, desk.business_id, Deleted.recordings, days=days, now=now)
    async with desk.runtime.db.begin(desk.business_id) as session:
        return list(await session.scalars(select(Receipt).where(Receipt.kind == Deleted.recordings)))


async def test_it_is_the_callers_to_take_along_and_goes_with_them(kept: Call, desk: Desk) -> None:
    assert kept.contact_id is not None
    taken = b"".join([piece async for piece in export_person(desk.runtime, desk.business_id, kept.contact_id)])
    with zipfile.ZipFile(io.BytesIO(taken)) as book:
        (name,) = [one for one in book.namelist() if one.startswith("calls/")]
        assert round(pitch(decoded(book.read(name))[0]), -2) == 300
        (row,) = json.loads(book.read("data/recording_parts.json"))
        assert "data" not in row, "sound is a file"
    now = desk.runtime.clock.now()
    async with desk.runtime.db.begin(desk.business_id) as session:
        await erase_person(session, kept.contact_id, typed=CALLER, actor=BY_SYSTEM, now=now)
    assert await parts(desk) == []
