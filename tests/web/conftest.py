"""The console in a real browser, on a real server with its worker beside it."""

import asyncio
import re
import shutil
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import psycopg
import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from proli.accounts.members import add_member, ensure_user
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business_by_slug
from proli.console import FOLDER
from proli.demo.sample import SLUG, make_sample
from proli.platform.agent_settings import AgentSettings
from proli.platform.clock import SystemClock
from proli.platform.db import Database
from proli.platform.runtime import Runtime
from proli.worker import work
from tests.conftest import copy_of, opened, renamed, running, settings_for
from tests.console import HASH, PASSWORD
from tests.doubles.serving import app_of, served
from tests.patience import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream")
"""Its microphone hums."""
DESKTOP: Final[ViewportSize] = {"width": 1360, "height": 820}
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("there is no browser: apt-get install chromium")
    return found


@dataclass
class Site:
    """A console with a sample business, and browsers to look at it with."""

    runtime: Runtime
    business_id: int
    url: str
    browser: Browser
    stack: AsyncExitStack
    faults: list[str]
    app: FastAPI

    async def add_person(
        self, email: str, role: Role, *, professional_id: int | None = None, operator: bool = False
    ) -> None:
        await add_person(
            self.runtime.db, self.business_id, email, role, professional_id=professional_id, operator=operator
        )

    async def visitor(self, *, phone: bool = False) -> Page:
        """Somebody who is not signed in, with a browser of their own; what goes wrong in its pages is kept."""
        context = await self.browser.new_context(
            viewport=PHONE if phone else DESKTOP, has_touch=phone, locale="he-IL", base_url=self.url
        )
        self.stack.push_async_callback(context.close)
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        self.watch(page)
        return page

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    async def signed_in(self, email: str = "moran@example.com", *, phone: bool = False) -> Page:
        page = await self.visitor(phone=phone)
        await sign_in(page, email)
        await page.wait_for_url(re.compile(r"/b/"))
        return page

    async def beside(self, context: BrowserContext) -> Page:
        """A second window of the same person."""
        page = await context.new_page()
        self.watch(page)
        return page


async def add_person(
    db: Database,
    business_id: int,
    email: str,
    role: Role,
    *,
    professional_id: int | None = None,
    operator: bool = False,
) -> None:
    async with db.begin_operator() as session:
        user = await ensure_user(session, email=email, name=email.partition("@")[0], operator=operator)
        user.password_hash = HASH
        await add_member(session, user_id=user.id, business_id=business_id, role=role, professional_id=professional_id)


async def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    if "/sign-in" not in page.url:
        await page.goto("/sign-in")
    await page.get_by_label("דואר אלקטרוני").fill(email)
    await page.get_by_label("סיסמה").fill(password)
    await page.get_by_role("button", name="כניסה").click()


@cache
def sampled(server: str) -> str:
    """The name of a database with the sample business and its owner, made once."""
    url = renamed(server, "sampled")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE sampled TEMPLATE template")

    async def fill() -> None:
        async with opened(url) as db, running(settings_for(url, Path()), db, SystemClock()) as runtime:
            business_id = await make_sample(runtime)
            await add_person(db, business_id, "moran@example.com", Role.owner, operator=True)

    asyncio.run(fill())
    return "sampled"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """One for all tests of a process; each visitor has a context of their own in it."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def database_url(server: str) -> Iterator[str]:
    with copy_of(server, sampled(server)) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def site(browser: Browser, database_url: str, tmp_path: Path) -> AsyncGenerator[Site]:
    """Nothing may fail in any page of it, and nothing of it goes on after it."""
    assert (FOLDER / "index.html").is_file(), "the console is not built: make web"
    settings, before = settings_for(database_url, tmp_path), asyncio.all_tasks()
    settings.agent = AgentSettings(settle_s=0.2, settle_max_s=1)
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(opened(database_url))
        runtime = await stack.enter_async_context(running(settings, db, SystemClock()))
        app = app_of(runtime)
        server = await stack.enter_async_context(served(app))
        jobs = asyncio.create_task(work(runtime))
        async with db.begin_operator() as session:
            business_id = (await get_business_by_slug(session, SLUG)).id
        made = Site(runtime, business_id, server.url, browser, stack, [], app)
        try:
            yield made
        finally:
            jobs.cancel()
            await asyncio.gather(jobs, return_exceptions=True)
        assert made.faults == []
    await end(asyncio.all_tasks() - before)


async def end(tasks: set[asyncio.Task[Any]]) -> None:
    """As at the end of a loop that is the test's own."""
    tasks.discard(cast("asyncio.Task[Any]", asyncio.current_task()))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who looks at a site does so in the loop in which the browser was started."""
    for item in items:
        if item.path.parent == Path(__file__).parent and "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def at(path: str) -> str:
    return f"/b/{SLUG}/{path}"
