"""Work in another process: what comes of it comes back, and what takes too long is killed."""

import asyncio
import os
import signal
import time
from contextlib import suppress

import psutil
import pytest

from proli.platform.apart import Apart, TookTooLong

LONG_S = 60.0


def processes() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


async def test_what_is_done_apart_is_done_by_another_process_which_is_kept() -> None:
    async with Apart() as apart:
        first = await apart.run(os.getpid, within_s=LONG_S)
        assert first != os.getpid()
        assert await apart.run(os.getpid, within_s=LONG_S) == first


async def test_an_error_is_raised_where_the_work_was_asked_for_and_the_process_goes_on() -> None:
    async with Apart() as apart:
        first = await apart.run(os.getpid, within_s=LONG_S)
        with pytest.raises(ValueError, match="no number"):
            await apart.run(int, "no number", within_s=LONG_S)
        assert await apart.run(os.getpid, within_s=LONG_S) == first


async def test_work_that_takes_too_long_is_killed_and_the_next_is_done_by_a_new_process() -> None:
    async with Apart() as apart:
        first = await apart.run(os.getpid, within_s=LONG_S)
        with pytest.raises(TookTooLong):
            await apart.run(time.sleep, LONG_S, within_s=0.05)
        assert not psutil.pid_exists(first)
        assert await apart.run(os.getpid, within_s=LONG_S) != first


async def test_work_whose_process_dies_took_too_long() -> None:
    async with Apart() as apart:
        with pytest.raises(TookTooLong):
            await apart.run(os._exit, 1, within_s=LONG_S)


async def test_a_process_that_died_while_it_waited_is_replaced() -> None:
    async with Apart() as apart:
        first = await apart.run(os.getpid, within_s=LONG_S)
        os.kill(first, signal.SIGKILL)
        while psutil.pid_exists(first):  # noqa: ASYNC110 - nobody tells when another process is gone
            await asyncio.sleep(0.01)
        assert await apart.run(os.getpid, within_s=LONG_S) != first


async def test_more_work_than_there_are_processes_waits_its_turn() -> None:
    async with Apart(most=2) as apart:
        done = await asyncio.gather(*(apart.run(os.getpid, within_s=LONG_S) for _ in range(6)))
        assert len(set(done)) <= 2


async def test_nothing_is_left_of_what_was_given_up_or_closed() -> None:
    before = processes()
    async with Apart() as apart:
        await apart.run(os.getpid, within_s=LONG_S)
        given_up = asyncio.create_task(apart.run(time.sleep, LONG_S, within_s=LONG_S))
        await asyncio.sleep(0.1)
        given_up.cancel()
        with suppress(asyncio.CancelledError):
            await given_up
    assert processes() <= before
