"""The line of a call: its token opens it once, what comes over it is read with care, and how it ends is kept."""

import asyncio
import base64
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.voice.rules import TOKEN_LASTS, CallOutcome, CallState, StreamEnd
from proli.voice.talking import Audio, Farewell, Key, Line, Played, TheCall
from proli.voice.twilio import line as twilio_line
from proli.voice.twilio.line import MOST_UNREADABLE
from tests.chaos.waiting import until
from tests.conftest import ManualClock
from tests.doubles.serving import app_of
from tests.doubles.twilio import CALLER, NUMBER, SILENCE, VOICE, Twilio, line, load, new_call, order_of
from tests.patience import PATIENCE_S
from tests.voice.conftest import Desk, ListensOnly

FINISHED = Farewell(CallOutcome.finished)


async def test_a_whole_call_over_the_real_line(twilio: Twilio, desk: Desk, talker: ListensOnly) -> None:
    order = order_of(await twilio.ring())
    async with line(order) as caller:
        assert caller.socket.subprotocol == "audio.twilio.com"
        await caller.speak()
        await caller.press("5")
        await caller.send("mark", mark={"name": "m1"})
        await caller.hang_up()
    call = await desk.until(lambda one: one.ended_at is not None)
    assert (call.state, call.outcome) == (CallState.completed, CallOutcome.dropped)
    assert [type(one) for one in talker.heard] == [Audio, Key, Played]
    assert talker.heard[0] == Audio(sequence=2, at_ms=20, data=SILENCE)
    (told,) = talker.calls
    assert (told.call_id, told.phone_e164, told.number_e164, told.lines) == (call.id, CALLER, NUMBER, 1)
    (opened,) = await desk.lines()
    assert (opened.ended_by, opened.external_id) == (StreamEnd.stopped, caller.stream)


async def test_what_is_played_marked_and_cleared_reaches_the_caller(twilio: Twilio, talker: ListensOnly) -> None:
    async def act(_: TheCall, there: Line) -> Farewell:
        await there.play(b"\x01\x02")
        await there.mark("m1")
        await there.clear()
        return FINISHED

    talker.act = act
    async with line(order_of(await twilio.ring())) as caller:
        assert await caller.closed() == (1000, "over")
    events = [one["event"] for one in caller.heard]
    assert events == ["media", "mark", "clear"]
    assert base64.b64decode(caller.heard[0]["media"]["payload"]) == b"\x01\x02"
    assert caller.heard[1]["mark"] == {"name": "m1"}
    shapes = load("media_stream_to_twilio")
    assert [one.keys() for one in caller.heard] == [one.keys() for one in shapes]


async def test_a_call_that_said_goodbye_is_finished_and_hung_up(
    twilio: Twilio, desk: Desk, talker: ListensOnly
) -> None:
    async def act(_: TheCall, __: Line) -> Farewell:
        return FINISHED

    talker.act = act
    async with line(order_of(await twilio.ring())) as caller:
        await caller.closed()
    assert order_of(await twilio.after()).verbs == ["Hangup"]
    await twilio.status("completed")
    call = await desk.call()
    assert (call.outcome, call.state) == (CallOutcome.finished, CallState.completed)


WORD = ["Say", "Record", "Say", "Hangup"]


async def refused(twilio: Twilio, order: Any, **how: Any) -> tuple[int, str]:
    async with line(order, **how) as caller:
        async with asyncio.timeout(PATIENCE_S):
            return await caller.closed()


async def test_a_token_opens_one_line(twilio: Twilio, desk: Desk, talker: ListensOnly) -> None:
    order = order_of(await twilio.ring())
    async with line(order) as caller:
        await caller.speak()
        await desk.until(lambda one: one.connected_at is not None)
        assert await refused(twilio, order) == (1008, "used")
        await caller.hang_up()
    await desk.until(lambda one: one.ended_at is not None)
    assert await refused(twilio, order) == (1008, "used")
    assert len(talker.calls) == 1


async def test_of_many_who_show_a_token_at_once_one_is_let_in(twilio: Twilio, desk: Desk, talker: ListensOnly) -> None:
    order, turned_away, closings = order_of(await twilio.ring()), asyncio.Event(), list[str]()

    async def come() -> str:
        async with line(order) as caller:
            closing = asyncio.create_task(caller.closed())
            others = asyncio.create_task(turned_away.wait())
            await asyncio.wait([closing, others], return_when=asyncio.FIRST_COMPLETED)
            others.cancel()
            if not closing.done():
                await caller.hang_up()
                await closing
                return "in"
            closings.append(closing.result()[1])
            if len(closings) == 7:
                turned_away.set()
            return closings[-1]

    ways = await asyncio.gather(*(come() for _ in range(8)))
    assert sorted(ways) == ["in"] + ["used"] * 7
    assert len(talker.calls) == 1


async def test_a_late_token_opens_nothing(twilio: Twilio, clock: ManualClock) -> None:
    order = order_of(await twilio.ring())
    clock.at += TOKEN_LASTS
    assert await refused(twilio, order) == (1008, "late")


async def test_a_token_of_another_call_or_of_nobody_opens_nothing(twilio: Twilio, talker: ListensOnly) -> None:
    order, other = order_of(await twilio.ring()), new_call()
    await twilio.ring(other)
    assert await refused(twilio, order, call=other) == (1008, "foreign")
    assert await refused(twilio, order, call=new_call()) == (1008, "foreign")
    assert await refused(twilio, order, token="x" * 43) == (1008, "foreign")
    assert await refused(twilio, order, token="") == (1008, "foreign")
    assert talker.calls == []


async def test_a_second_line_of_a_call_is_refused_while_the_first_is_open(
    twilio: Twilio, desk: Desk, talker: ListensOnly
) -> None:
    first, second = order_of(await twilio.ring()), order_of(await twilio.ring())
    async with line(first) as caller:
        await caller.speak()
        await desk.until(lambda one: one.connected_at is not None)
        assert await refused(twilio, second) == (1008, "second")
        await caller.speak()
        await caller.hang_up()
    await desk.until(lambda one: one.ended_at is not None)
    assert len([one for one in talker.heard if isinstance(one, Audio)]) == 2


async def test_a_call_that_is_over_has_no_line_any_more(twilio: Twilio) -> None:
    order = order_of(await twilio.ring())
    await twilio.status("completed")
    assert await refused(twilio, order) == (1008, "over")


@pytest.mark.parametrize(
    "words",
    [
        ["{}"],
        ["hello"],
        ["[]"],
        ['{"event": "start"}'],
        ['{"event": "connected"}', '{"event": "media"}'],
        ['{"event": "connected"}', '{"event": "connected"}'],
        ['{"event": "start", "start": {"mediaFormat": {"encoding": "audio/l16", "sampleRate": 16000, "channels": 1}}}'],
        ["[" * 50_000],
        [b"\x00\x01"],
    ],
)
async def test_what_does_not_begin_as_twilio_does_is_closed(
    twilio: Twilio, desk: Desk, talker: ListensOnly, words: list[Any]
) -> None:
    async with line(order_of(await twilio.ring()), begins=False) as caller:
        for one in words:
            await caller.socket.send(one)
        assert await caller.closed() == (1008, "no start")
    assert talker.calls == []
    assert (await desk.call()).connected_at is None


async def test_what_is_unreadable_is_left_out_and_the_call_goes_on(
    twilio: Twilio, desk: Desk, talker: ListensOnly
) -> None:
    async with line(order_of(await twilio.ring())) as caller:
        await caller.send("media", media={"track": "inbound", "timestamp": "1", "payload": "%%%"})
        await caller.send("media", media={"track": "inbound", "timestamp": "x", "payload": "/w=="})
        await caller.send("media", media={"track": "inbound", "timestamp": "1", "payload": ""})
        await caller.send("media", media={"track": "outbound", "timestamp": "1", "payload": "/w=="})
        await caller.send("dtmf", dtmf={"digit": "רגע"})
        await caller.send("surprise", surprise=True)
        await caller.socket.send(b"\x00\x01")
        await caller.socket.send("{")
        caller.sequence = 50
        await caller.speak()
        caller.sequence = 30
        await caller.speak()
        await caller.hang_up()
    await desk.until(lambda one: one.ended_at is not None)
    assert [one.sequence for one in talker.heard if isinstance(one, Audio)] == [51]
    assert len(talker.heard) == 1


async def test_a_line_of_nothing_but_rubbish_is_ended_and_the_call_can_be_had_again(twilio: Twilio, desk: Desk) -> None:
    async with line(order_of(await twilio.ring())) as caller:
        for _ in range(MOST_UNREADABLE + 1):
            await caller.socket.send("rubbish")
        await caller.closed()
    (ended,) = await desk.lines()
    assert ended.ended_by == StreamEnd.garbled
    assert order_of(await twilio.after()).verbs == ["Connect"]


async def test_megabytes_at_once_end_the_line_and_nothing_else(twilio: Twilio, desk: Desk, talker: ListensOnly) -> None:
    other = new_call()
    async with line(order_of(await twilio.ring(other)), other) as undisturbed:
        await undisturbed.speak()
        async with line(order_of(await twilio.ring())) as caller:
            with pytest.raises(ConnectionClosed):
                await caller.socket.send("x" * 3_000_000)
                await caller.socket.recv()
        await undisturbed.speak()
        await undisturbed.hang_up()

    async def heard_both() -> bool:
        return sum(isinstance(one, Audio) for one in talker.heard) == 2

    await until(heard_both, "the other call was disturbed")


async def test_a_line_that_broke_is_opened_again_a_few_times(
    twilio: Twilio, desk: Desk, talker: ListensOnly, queue: Queue, clock: ManualClock
) -> None:
    order, verbs = order_of(await twilio.ring()), list[list[str]]()
    for _ in range(3):
        async with line(order) as caller:
            await caller.speak()
            await desk.until(lambda one: one.connected_at is not None)
        await until(desk.has_no_line, "the line is still open")
        order = order_of(await twilio.after())
        verbs.append(order.verbs)
    assert verbs == [["Connect"], ["Connect"], WORD]
    await twilio.status("completed")
    clock.advance(seconds=3)
    await queue.drain(until=clock.now())
    call = await desk.call()
    assert call.outcome == CallOutcome.dropped
    assert [one.lines for one in talker.calls] == [1, 2, 3]


async def test_a_talk_that_crashes_takes_no_other_call_with_it_and_is_tried_again(
    twilio: Twilio, desk: Desk, talker: ListensOnly
) -> None:
    async def act(call: TheCall, _: Line) -> Farewell:
        if call.lines == 1:
            raise RuntimeError("the pipeline is gone")
        return FINISHED

    talker.act = act
    async with line(order_of(await twilio.ring())) as caller:
        await caller.closed()
    again = order_of(await twilio.after())
    assert again.verbs == ["Connect"]
    async with line(again) as caller:
        await caller.closed()
    call = await desk.until(lambda one: one.ended_at is not None)
    assert call.outcome == CallOutcome.finished
    assert {one.ended_by for one in await desk.lines()} == {StreamEnd.fault, StreamEnd.done}


async def test_a_call_that_a_person_took_stands_without_a_line(
    twilio: Twilio, desk: Desk, talker: ListensOnly, queue: Queue, clock: ManualClock
) -> None:
    async def act(_: TheCall, __: Line) -> Farewell:
        return Farewell(CallOutcome.transferred)

    talker.act = act
    async with line(order_of(await twilio.ring())) as caller:
        await caller.closed()
    call = await desk.until(lambda one: one.outcome is not None)
    assert (call.outcome, call.ended_at) == (CallOutcome.transferred, None)
    clock.advance(seconds=30)
    await queue.drain(until=clock.now())
    assert (await desk.call()).ended_at is None
    await twilio.status("completed")
    call = await desk.call()
    assert (call.outcome, call.state) == (CallOutcome.transferred, CallState.completed)


async def test_whoever_talks_has_a_moment_to_say_what_a_call_came_to_that_is_over(
    twilio: Twilio, desk: Desk, talker: ListensOnly, queue: Queue
) -> None:
    saying = asyncio.Event()

    async def act(_: TheCall, __: Line) -> Farewell:
        await saying.wait()
        return FINISHED

    talker.act = act
    async with line(order_of(await twilio.ring())) as caller:
        await desk.until(lambda one: one.connected_at is not None)
        await twilio.status("completed")
        assert (await desk.call()).ended_at is None
        saying.set()
        await caller.closed()
    call = await desk.until(lambda one: one.ended_at is not None)
    assert call.outcome == CallOutcome.finished


async def test_a_line_that_nobody_here_can_talk_on_is_closed_and_the_caller_may_leave_word(
    twilio: Twilio, desk: Desk, runtime: Runtime, queue: Queue, clock: ManualClock
) -> None:
    order = order_of(await twilio.ring())
    app_of(runtime).state.talker = None
    assert await refused(twilio, order) == (1013, "nobody can talk")
    assert order_of(await twilio.after()).verbs == WORD
    await twilio.status("completed")
    clock.advance(seconds=3)
    await queue.drain(until=clock.now())
    assert (await desk.call()).outcome == CallOutcome.missed


async def test_a_line_on_which_nothing_comes_is_ended(
    twilio: Twilio, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio_line, "SILENCE_S", 0.1)
    async with line(order_of(await twilio.ring())) as caller:
        await caller.closed()
    (ended,) = await desk.lines()
    assert ended.ended_by == StreamEnd.silent


async def test_a_line_that_does_not_begin_is_closed(twilio: Twilio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twilio_line, "START_S", 0.1)
    async with line(order_of(await twilio.ring()), begins=False) as caller:
        assert await caller.closed() == (1008, "no start")


async def test_a_client_without_the_protocol_is_let_in_and_another_path_is_none(twilio: Twilio) -> None:
    url = twilio.public_url.replace("http", "ws")
    async with connect(f"{url}{VOICE}/media") as socket:
        assert socket.subprotocol is None
        await socket.send("{}")
        with pytest.raises(ConnectionClosed):
            await socket.recv()
    with pytest.raises(Exception, match=r"403|404"):
        await connect(f"{url}{VOICE}/elsewhere")
