"""Calls answered by processes of their own, beside the server, over one database."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import WebSocketException

from proli.cli.calling.phone import dialled
from proli.platform.clock import SystemClock
from proli.platform.runtime import Runtime
from proli.voice.rules import CallOutcome
from tests.chaos.processes import Proli, answers
from tests.chaos.test_stopped import ended, program, running, told_to_stop
from tests.chaos.waiting import until
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import ACCOUNT, CALL, Order, Twilio, order_of
from tests.patience import PATIENCE_S
from tests.ports import free_port
from tests.voice.conftest import AFRESH, Desk

PUBLIC = "https://front.example.com"


@pytest.fixture
def runtime(runtime: Runtime) -> Runtime:
    """By the machine's clock, as the processes."""
    return Runtime(
        settings=runtime.settings, db=runtime.db, clock=SystemClock(), vault=runtime.vault, http=runtime.http
    )


@asynccontextmanager
async def at(runtime: Runtime, folder: Path, *arguments: str, **more: str) -> AsyncGenerator[tuple[Proli, Twilio]]:
    """A process that answers calls, and Twilio, which reaches it as if it were the only one."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    told = {"PROLI_VOICE_EARS": "typed", "PROLI_VOICE_IDLE_S": "60", "PROLI_HTTP_PUBLIC_URL": PUBLIC, **more}
    async with (
        running(program(runtime, folder, *arguments, "--port", str(port), **told)) as process,
        httpx2.AsyncClient(trust_env=False, base_url=url, timeout=PATIENCE_S, limits=AFRESH) as http,
    ):
        await answers(f"{url}/healthz")
        yield process, Twilio(http, PUBLIC)


def line_at(order: Order, twilio: Twilio) -> str:
    """The address of the line, as it leads to this process."""
    assert order.url.startswith("wss://front.example.com/")
    return str(twilio.http.base_url.copy_with(scheme="ws")).rstrip("/") + order.url.removeprefix(
        "wss://front.example.com"
    )


async def test_a_call_goes_through_both_kinds_of_process_and_one_that_is_stopped_lets_it_end(
    runtime: Runtime, desk: Desk, number_id: int, green_api: GreenApiDouble, tmp_path: Path
) -> None:
    """The webhook is answered by the server, the line taken by a process for calls, which is told to stop meanwhile."""
    async with AsyncExitStack() as stack:
        _, server = await stack.enter_async_context(at(runtime, tmp_path, "serve", "--no-worker"))
        process, calls = await stack.enter_async_context(at(runtime, tmp_path, "voice"))
        for path, status in (("/api/me", 404), ("/", 404), ("/healthz", 200), ("/readyz", 503)):
            assert (await calls.http.get(path)).status_code == status, path
        order = order_of(await server.ring())
        phone = await stack.enter_async_context(
            dialled(line_at(order, calls), token=order.token, call=CALL, account=ACCOUNT)
        )
        await desk.until(lambda call: call.connected_at is not None)
        told_to_stop(process)
        other = order_of(await server.ring("CA" + "b" * 32, From="+972500000009"))
        await refused(line_at(other, calls))
        assert (await desk.calls())[0].ended_at is None
        assert not phone.over.is_set()
        await phone.hang_up(ACCOUNT)
        assert await ended(process) == 0
        assert (await server.status("completed")).status_code == 200
        await desk_ended(desk)


async def test_a_call_that_outlives_the_patience_of_its_process_goes_on_at_another(
    runtime: Runtime, desk: Desk, number_id: int, green_api: GreenApiDouble, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        former, first = await stack.enter_async_context(at(runtime, tmp_path, "voice", PROLI_VOICE_GRACE_S="0.2"))
        _, second = await stack.enter_async_context(at(runtime, tmp_path, "voice"))
        order = order_of(await first.ring())
        async with dialled(line_at(order, first), token=order.token, call=CALL, account=ACCOUNT) as phone:
            await desk.until(lambda call: call.connected_at is not None)
            told_to_stop(former)
            await phone.over.wait()
        assert await ended(former) == 0
        order = order_of(await second.after())
        assert order.verbs == ["Connect"]
        async with dialled(line_at(order, second), token=order.token, call=CALL, account=ACCOUNT) as phone:
            await until(lambda: opened(desk, 2), "the line was not opened again")
            assert (await desk.call()).ended_at is None
            await phone.hang_up(ACCOUNT)
        await desk.until(lambda call: call.outcome in (CallOutcome.dropped, CallOutcome.finished))


async def opened(desk: Desk, lines: int) -> bool:
    return len([one for one in await desk.lines() if one.used_at]) == lines


async def refused(url: str) -> None:
    """Nobody takes a line there."""
    for _ in range(100):
        try:
            async with dialled(url, token="x", call=CALL, account=ACCOUNT):
                pass
        except (OSError, WebSocketException):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("new lines are still taken")


async def desk_ended(desk: Desk) -> None:
    (first, *_) = await desk.calls()
    assert first.ended_at is not None
    assert first.outcome in (CallOutcome.dropped, CallOutcome.finished)
