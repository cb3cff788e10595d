"""A call that is played on a page: the browser is the telephone, and Leah cannot tell."""

import asyncio
import json
import re
from array import array
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from playwright.async_api import Page, expect

from proli.accounts.permissions import Role
from proli.voice import lines
from proli.voice.live.ears import OpenEars, TypedEars
from proli.voice.live.leah import Leah
from proli.voice.live.pace import Pace
from proli.voice.live.voices import Language, Voices
from proli.voice.talking import Audio, Words
from proli.voice.twilio import line as twilio_line
from proli.voice.ulaw import from_ulaw
from tests.chaos.waiting import until
from tests.patience import PATIENCE_S
from tests.voice.live.conftest import Loud, Tone, tone
from tests.web.conftest import DESKTOP, PHONE, Site, at
from tests.web.test_accessible import Look, faults_of, settled

SECOND = tone(1)
SLOW = Pace(idle_s=PATIENCE_S, barge_s=PATIENCE_S, unheard_s=PATIENCE_S, wait_s=PATIENCE_S, mind_s=PATIENCE_S)


class Unmoved(Loud):
    """Words alone count: the microphone of the browser hums again and again."""

    async def feed(self, data: bytes) -> bool | None:
        return None


class Humming(Tone):
    """A voice that never ends what it begins to say, until it is told to speak as others do."""

    endless = True

    async def speak(self, text: str, language: Language) -> AsyncGenerator[bytes]:
        endless = self.endless
        while endless:
            yield SECOND
            await asyncio.sleep(0.9)
        async for sound in super().speak(text, language):
            yield sound


def leah(voice: Tone, ears: Sequence[OpenEars] = (TypedEars,)) -> Leah:
    voices = Voices((voice,), patience_s=PATIENCE_S)
    return Leah(ears=ears, voices=voices, activity=Unmoved, pace=SLOW)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is taken for silent, and no token for late, on a machine that is busy with other things."""
    monkeypatch.setattr(twilio_line, "START_S", PATIENCE_S)
    monkeypatch.setattr(twilio_line, "SILENCE_S", PATIENCE_S)
    monkeypatch.setattr(lines, "TOKEN_LASTS", timedelta(seconds=PATIENCE_S))


class HearsSound(TypedEars):
    """Ears that write down the same words of whatever is loud, once."""

    lag_ms = 0
    wrote = False

    def feed(self, frame: Audio | Words) -> None:
        if isinstance(frame, Words) or self.wrote:
            return
        if max(abs(sample) for sample in array("h", from_ulaw(frame.data))) > 2000:
            self.wrote = True
            super().feed(Words("יש לי נזילה במטבח", True))


class Wire:
    """What goes over the line of a page, by its events."""

    def __init__(self, page: Page) -> None:
        self.sent: list[dict[str, Any]] = []
        self.came: list[dict[str, Any]] = []
        page.on("websocket", self._watch)

    def _watch(self, socket: Any) -> None:
        for event, messages in (("framesent", self.sent), ("framereceived", self.came)):
            socket.on(event, partial(self._keep, messages))

    def _keep(self, messages: list[dict[str, Any]], frame: str) -> None:
        messages.append(json.loads(frame))

    def kinds(self) -> list[str]:
        return [one["event"] for one in self.sent]

    async def all_heard(self) -> bool:
        """Each mark that came has gone back."""
        came, sent = (
            {one["mark"]["name"] for one in messages if one["event"] == "mark"} for messages in (self.came, self.sent)
        )
        return came == sent != set()


async def test_a_call_is_typed_from_a_page_interrupts_what_is_said_and_is_hung_up(site: Site) -> None:
    voice = Humming()
    site.app.state.reader = leah(voice)
    page = await site.signed_in()
    await page.emulate_media(reduced_motion="reduce")
    wire = Wire(page)
    await page.goto(at("calls"))
    await page.get_by_role("link", name="שיחת ניסיון").click()
    await page.get_by_role("button", name="התחלת שיחה").click()
    await expect(page.locator("[data-plays=true]")).to_be_visible()
    log = page.get_by_role("log")
    await expect(log).to_contain_text("במה אפשר לעזור?")
    await page.get_by_role("textbox").fill("יש לי נזילה במטבח")
    voice.endless = False
    await page.keyboard.press("Enter")
    await expect(log).to_contain_text("יש לי נזילה במטבח")
    said = log.get_by_role("listitem")
    await expect(said.first).to_contain_text("נקטע")
    await expect(said.nth(2)).to_contain_text("תגובה תוך")
    await expect(page.get_by_text("אפשר להקליד בלבד")).to_be_visible()
    for look in (Look("dark", PHONE), Look("light", DESKTOP)):
        await look.put_on(page)
        await settled(page)
        assert await faults_of(page) == []
        width, room = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= room
    assert wire.kinds()[:3] == ["connected", "start", "media"]
    assert "clear" in [one["event"] for one in wire.came]
    await until(wire.all_heard, "the marks of what was heard have not come back")
    await page.get_by_role("button", name="ניתוק").click()
    await expect(page.get_by_text("נקטעה", exact=True)).to_be_visible()
    await expect(page.get_by_text("ניסיון", exact=True)).to_be_visible()
    assert wire.kinds()[-1] == "stop"
    await page.get_by_role("link", name="לדף השיחה").click()
    await expect(page).to_have_url(re.compile(r"/calls/\d+$"))
    words = page.get_by_role("dialog").get_by_role("list", name="מה נאמר")
    await expect(words.get_by_text("יש לי נזילה במטבח", exact=True)).to_be_visible()


async def test_what_is_said_into_the_microphone_is_heard_where_there_are_ears(site: Site) -> None:
    site.app.state.talker = leah(Tone(), (HearsSound,))
    await site.add_person("agent@example.com", Role.agent)
    agent = await site.signed_in("agent@example.com")
    await agent.goto(at("calls"))
    await expect(agent.get_by_role("heading", name="שיחות טלפון")).to_be_visible()
    await expect(agent.get_by_role("link", name="שיחת ניסיון")).to_have_count(0)
    page = await site.signed_in()
    await page.context.grant_permissions(["microphone"])
    await page.goto(at("simulator?customer=%2B972505550009"))
    await page.get_by_role("link", name="שיחה בטלפון").click()
    await page.get_by_role("button", name="התחלת שיחה").click()
    await expect(page.get_by_text("050-555-0009")).to_be_visible()
    await page.get_by_role("button", name="הפעלת המיקרופון").click()
    await expect(page.get_by_role("log")).to_contain_text("יש לי נזילה במטבח")
    await page.get_by_role("button", name="השתקת המיקרופון").click()
    await page.get_by_role("button", name="ניתוק").click()
    await expect(page.get_by_role("button", name="שיחה נוספת")).to_be_visible()
