"""The console in a real browser, on a real server with its worker beside it."""

import asyncio
import re
import shutil
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from proli.accounts.members import add_member, ensure_user
from proli.accounts.permissions import Role
from proli.console import FOLDER
from proli.demo.sample import SLUG, make_sample
from proli.platform.clock import SystemClock
from proli.platform.runtime import Runtime
from proli.platform.settings import AgentSettings
from proli.worker import work
from tests.console import HASH, PASSWORD
from tests.doubles.serving import app_of, served
from tests.patience import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)
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

    async def add_person(
        self, email: str, role: Role, *, professional_id: int | None = None, operator: bool = False
    ) -> None:
        async with self.runtime.db.begin_operator() as session:
            user = await ensure_user(session, email=email, name=email.partition("@")[0], operator=operator)
            user.password_hash = HASH
            await add_member(
                session, user_id=user.id, business_id=self.business_id, role=role, professional_id=professional_id
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


async def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    if "/sign-in" not in page.url:
        await page.goto("/sign-in")
    await page.get_by_label("דואר אלקטרוני").fill(email)
    await page.get_by_label("סיסמה").fill(password)
    await page.get_by_role("button", name="כניסה").click()


@pytest.fixture
async def site(runtime: Runtime, tmp_path: Path) -> AsyncGenerator[Site]:
    """Nothing may fail in any page of it."""
    assert (FOLDER / "index.html").is_file(), "the console is not built: make web"
    runtime = replace(runtime, clock=SystemClock())
    runtime.settings.agent = AgentSettings(settle_s=0.2, settle_max_s=1)
    business_id = await make_sample(runtime)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(served(app_of(runtime)))
        jobs = asyncio.create_task(work(runtime))
        driver = await stack.enter_async_context(async_playwright())
        browser = await driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        stack.push_async_callback(browser.close)
        made = Site(runtime, business_id, server.url, browser, stack, [])
        await made.add_person("moran@example.com", Role.owner, operator=True)
        try:
            yield made
        finally:
            jobs.cancel()
            await asyncio.gather(jobs, return_exceptions=True)
        assert made.faults == []


def at(path: str) -> str:
    return f"/b/{SLUG}/{path}"
