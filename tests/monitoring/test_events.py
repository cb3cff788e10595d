"""Live updates: whoever watches a business hears what changes in it, and nobody else does."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import httpx2
import psycopg
import pytest
from sqlalchemy import text

from proli.accounts.permissions import Role
from proli.cli.serve import Serving
from proli.platform.runtime import Runtime
from tests.console import Browser, Console
from tests.patience import PATIENCE_S

PHONE = "052-765-4321"


@dataclass
class Ear:
    """What a page has been told."""

    heard: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])

    async def hear(self, topic: str, *, patience_s: float = PATIENCE_S) -> int:
        async with asyncio.timeout(patience_s):
            while True:
                for one in self.heard:
                    if one[0] == topic:
                        self.heard.remove(one)
                        return one[1]
                await asyncio.sleep(0.01)


@asynccontextmanager
async def listening(browser: Browser, business: str = "moran") -> AsyncGenerator[Ear]:
    ear = Ear()

    async def listen() -> None:
        async with browser.http.stream("GET", f"/api/businesses/{business}/events", timeout=None) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    ear.heard += [(one["topic"], one["id"]) for one in json.loads(line[6:])]

    task = asyncio.create_task(listen())
    await ear.hear("everything")
    try:
        yield ear
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def agent(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.agent)
    return await console.signed_in("dana@example.com")


async def write_down(browser: Browser, phone: str = PHONE) -> int:
    made = await browser.call("POST", "/api/businesses/moran/leads", {"phone": phone})
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def test_every_page_of_a_business_hears_of_a_change_and_pages_of_others_do_not(
    console: Console, agent: Browser
) -> None:
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    stranger = await console.signed_in("stranger@example.com")
    async with listening(agent) as one, listening(agent) as two, listening(stranger, "other") as theirs:
        lead_id = await write_down(agent)
        assert [await one.hear("leads"), await two.hear("leads")] == [lead_id, lead_id]
        await asyncio.sleep(0.3)
        assert theirs.heard == []


async def test_nothing_is_notified_while_nobody_watches(agent: Browser, runtime: Runtime) -> None:
    async with await psycopg.AsyncConnection.connect(runtime.db.conninfo, autocommit=True) as connection:
        await connection.execute("LISTEN proli_changes")
        await write_down(agent)
        assert [notice async for notice in connection.notifies(timeout=0.3)] == []
        async with listening(agent) as ear:
            lead_id = await write_down(agent, "052-765-4322")
            await ear.hear("leads")
        notices = [notice.payload async for notice in connection.notifies(timeout=0.3)]
        assert any(payload.endswith(f"leads {lead_id}") for payload in notices)


async def test_a_listener_that_was_cut_off_says_that_everything_may_have_changed(
    agent: Browser, runtime: Runtime
) -> None:
    async with listening(agent) as ear:
        async with runtime.db.owner() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN proli_changes'"
            await connection.execute(text(cut))
        await ear.hear("everything")
        assert await write_down(agent) == await ear.hear("leads")


async def test_a_server_that_is_told_to_stop_ends_the_streams_of_its_pages_without_a_fault(
    agent: Browser, runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    serving = Serving(runtime, host="127.0.0.1", port=port, with_worker=False)
    running = asyncio.create_task(serving.run())
    page = replace(
        agent,
        http=httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", cookies=agent.http.cookies, timeout=PATIENCE_S),
    )
    async with page.http:
        while True:
            try:
                await page.http.get("/icon.svg")
                break
            except httpx2.ConnectError:
                await asyncio.sleep(0.05)
        async with listening(page):
            serving.stop()
            await running
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []
