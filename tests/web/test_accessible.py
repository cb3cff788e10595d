"""Nothing stands in anybody's way: axe looks at every screen, in both languages, light and dark, wide and narrow."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, ViewportSize
from playwright.async_api import TimeoutError as Late

from proli.demo import fill_with_life
from proli.scheduling.models import Rating
from tests.web.conftest import DESKTOP, PHONE, Site, at
from tests.web.screens import OUTSIDE, SCREENS

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLE = timedelta(milliseconds=50)


GO = """async (path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
}"""
STILL = """async () => {
    const frame = () => new Promise((painted) => requestAnimationFrame(painted));
    const moving = () =>
        document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
    do {
        await Promise.allSettled(moving().map((one) => one.finished));
        await frame();
        await frame();
    } while (moving().length);
}"""


async def go(page: Page, path: str) -> None:
    """Within a business as a click goes, without loading all of the console again."""
    if "/b/" in page.url and "/b/" in path:
        await page.evaluate(GO, path)
        await page.locator("main[aria-busy=false]").wait_for()
    else:
        await page.goto(path)


async def settled(page: Page) -> None:
    """What loads has loaded, and nothing moves: a colour on its way to another is no colour of ours."""
    await page.locator(".skeleton").first.wait_for(state="hidden")
    await asyncio.sleep(SETTLE.total_seconds())
    await page.evaluate(STILL)


async def faults_of(page: Page) -> list[str]:
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = await page.evaluate(
        "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false })", RULES
    )
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node['html'][:160]} {reason_of(node)}"
        for one in found["violations"]
        for node in one["nodes"][:4]
    ]


def reason_of(node: dict[str, Any]) -> str:
    reasons: list[dict[str, str]] = node.get("any") or []
    return reasons[0]["message"] if reasons else ""


@dataclass(frozen=True)
class Look:
    theme: str
    size: ViewportSize

    async def put_on(self, page: Page) -> None:
        await page.set_viewport_size(self.size)
        await page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", self.theme == "dark")


@pytest.mark.parametrize(
    ("language", "looks"),
    [("he", (Look("light", DESKTOP), Look("dark", PHONE))), ("en", (Look("dark", DESKTOP), Look("light", PHONE)))],
    ids=["he", "en"],
)
async def test_axe_finds_nothing_on_any_screen(site: Site, language: str, looks: tuple[Look, ...]) -> None:
    await fill_with_life(site.runtime, site.business_id, now=site.runtime.clock.now(), days=30, leads=60, rate=Rating)
    page = await site.signed_in()
    await page.emulate_media(reduced_motion="reduce")
    if language == "en":
        await speak_english(page)
    faults: list[str] = []
    for name, path in {**{name: at(path) for name, path in SCREENS.items()}, **OUTSIDE}.items():
        await page.set_viewport_size(looks[0].size)
        await go(page, path)
        try:
            await page.locator("h1, [role=dialog]").first.wait_for()
        except Late:
            faults.append(f"{name}: nothing is shown")
            continue
        assert await page.evaluate("document.documentElement.lang") == language
        for look in looks:
            await look.put_on(page)
            await settled(page)
            faults += [f"{name} ({language}, {look}): {fault}" for fault in await faults_of(page)]
            width, room = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            if width > room:
                faults.append(f"{name} ({language}, {look}): the page is {width} wide in a window of {room}")
    assert faults == [], "\n".join(faults)


async def speak_english(page: Page) -> None:
    await page.evaluate(
        """async () => {
            const me = await (await fetch("/api/me")).json();
            await fetch("/api/me", { method: "PATCH", body: JSON.stringify({ language: "en" }),
                headers: { "content-type": "application/json", "x-proli-token": me.token } });
        }"""
    )
    await page.reload()
    await page.locator("html[lang=en]").wait_for()
