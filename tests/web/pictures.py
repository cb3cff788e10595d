"""Pictures of every screen, in docs/screens: `make screens`."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from uuid import uuid4

from playwright.async_api import Browser, Page, async_playwright

from proli.accounts.members import add_member, ensure_user
from proli.accounts.permissions import Role
from proli.demo import fill_with_life
from proli.demo.sample import SLUG, make_agency, make_sample
from proli.platform.agent_settings import AgentSettings
from proli.platform.clock import TravellingClock
from proli.platform.migrations import migrate
from proli.platform.runtime import Runtime, open_runtime
from proli.platform.settings import CoreSettings, Settings
from proli.scheduling.models import Rating
from proli.web import make_app
from proli.wiring import load_handlers
from proli.worker import work
from tests.console import HASH
from tests.doubles.serving import served
from tests.patience import PATIENCE_MS
from tests.web.conftest import DESKTOP, PHONE, at, chromium, sign_in
from tests.web.screens import OUTSIDE, SCREENS
from tests.web.test_accessible import speak_english

FOLDER = Path("docs/screens")
EMAIL = "moran@example.com"
ALSO = ("today", "inbox", "leads", "board", "calendar", "simulator", "reports", "settings-texts")
"""Screens that are shown in English, in the dark and on a phone as well."""
JOURNEYS = cycle(
    (
        "שלום, המזגן בסלון מטפטף. אפשר מחר בשעה 16:00? ביאליק 30 רמת גן",
        "שלום, צריך להתקין ברז חדש במטבח, מחר בשעה 9:30, ביאליק 30 רמת גן",
        "שלום, צריך להתקין ברז חדש באמבטיה, מחר בשעה 14:00, ביאליק 30 רמת גן",
    )
)


@asynccontextmanager
async def lively() -> AsyncGenerator[tuple[Runtime, str]]:
    """A console on two lively businesses, with the address at which it is served."""
    with tempfile.TemporaryDirectory(prefix="proli-screens-", ignore_cleanup_errors=True) as folder:
        settings = Settings.load()
        settings.core = CoreSettings(home=Path(folder))
        settings.agent = AgentSettings(settle_s=0.2, settle_max_s=1)
        async with open_runtime(settings, clock=TravellingClock()) as runtime:
            await migrate(runtime.db)
            await fill(runtime)
            async with served(make_app(runtime)) as server:
                jobs = asyncio.create_task(work(runtime))
                yield runtime, server.url
                jobs.cancel()
                await asyncio.gather(jobs, return_exceptions=True)


async def fill(runtime: Runtime) -> None:
    now = runtime.clock.now()
    async with runtime.db.begin_operator() as session:
        user = await ensure_user(session, email=EMAIL, name="מורן", operator=True)
        user.password_hash = HASH
        user_id = user.id
    for business_id, leads in ((await make_sample(runtime), 400), (await make_agency(runtime), 120)):
        await fill_with_life(runtime, business_id, now=now, leads=leads, rate=Rating)
        async with runtime.db.begin_operator() as session:
            await add_member(session, user_id=user_id, business_id=business_id, role=Role.owner)


async def picture(page: Page, name: str, path: str) -> None:
    await page.goto(path)
    await page.locator("h1, [role=dialog]").first.wait_for()
    await page.locator(".skeleton").first.wait_for(state="hidden")
    if name.startswith("simulator"):
        await play(page)
    if name.startswith("inbox"):
        await page.locator("main li a").nth(3).click()
        await page.get_by_role("log").wait_for()
    await page.wait_for_timeout(600)
    await page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=82)


async def play(page: Page) -> None:
    """From the customer's words to the visit that is confirmed."""
    customer = page.locator("[data-phone]").first
    if await customer.get_by_role("textbox").is_visible():
        await customer.get_by_role("textbox").fill(next(JOURNEYS))
        await page.keyboard.press("Enter")
        if await page.locator("[data-phone]").nth(1).is_visible():
            await page.locator("[data-phone]").nth(1).locator("button.min-h-10").nth(-2).click()
            await page.locator("[data-step=confirmed][data-done=true]").wait_for()
    await page.wait_for_timeout(1500)


async def visit(browser: Browser, url: str, *, dark: bool = False, phone: bool = False) -> Page:
    context = await browser.new_context(viewport=PHONE if phone else DESKTOP, locale="he-IL", base_url=url)
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    await page.add_init_script(f"localStorage.setItem('proli.theme', '{'dark' if dark else 'light'}')")
    await sign_in(page, EMAIL)
    await page.wait_for_url("**/b/**")
    return page


async def main() -> None:
    load_handlers()
    FOLDER.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - nothing else runs yet
    async with lively() as (_, url), async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport=DESKTOP, base_url=url)
        await picture(page, "sign-in", "/sign-in")
        page = await visit(browser, url)
        for name, path in SCREENS.items():
            await picture(page, name, fresh(at(path)))
        for name, path in OUTSIDE.items():
            await picture(page, name, path)
        await picture(page, "agency-leads", at("leads").replace(SLUG, "shalev-nadlan"))
        for suffix, dark, phone in (("dark", True, False), ("phone", False, True)):
            page = await visit(browser, url, dark=dark, phone=phone)
            for name in ALSO:
                await picture(page, f"{name}-{suffix}", fresh(at(SCREENS[name])))
        await speak_english(page)
        page = await visit(browser, url)
        for name in ALSO:
            await picture(page, f"{name}-en", fresh(at(SCREENS[name])))
        await browser.close()
    sys.stdout.write(f"The pictures are in {FOLDER}.\n")


def fresh(path: str) -> str:
    """Every play in the simulator begins with somebody new."""
    return path.replace("%2B972505550001", f"%2B97250555{uuid4().int % 10_000:04}")


if __name__ == "__main__":
    asyncio.run(main())
