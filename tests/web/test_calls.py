"""The log of calls: who called and what it came to, looked for, opened, and heard of while they last."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playwright.async_api import Locator, Page, expect
from sqlalchemy import select

from proli.accounts.actor import BY_AGENT
from proli.accounts.permissions import Role
from proli.channels.simulator.channel import ensure_account
from proli.leads.actions import open_lead, save_details
from proli.voice.actions import CallNews, end_call, ensure_call
from proli.voice.models import Call, CallStream, RecordingPart, VoiceNumber
from proli.voice.numbers import add_voice_number
from proli.voice.recording.opus import OpusWriter
from proli.voice.rules import CallDirection, CallOutcome, CallState
from proli.voice.transcript import RecordingNews, add_turn, note_recording, sum_up
from proli.voice.ulaw import SILENT
from tests.doubles.twilio import ACCOUNT, CALLER, NUMBER, TOKEN, new_call
from tests.web.conftest import DESKTOP, PHONE, Site, at
from tests.web.test_accessible import Look, faults_of, settled

NUMBER_SHOWN = "03-700-0000"


@dataclass
class Switchboard:
    """Calls of the sample business, at moments before now."""

    site: Site
    number_id: int = 0

    async def connect(self) -> None:
        async with self.site.runtime.db.begin(self.site.business_id) as session:
            self.number_id = await add_voice_number(
                session, self.site.runtime.vault,
                phone_e164=NUMBER, account_sid=ACCOUNT, secrets={"auth_token": TOKEN},
            )  # fmt: skip

    async def call(
        self,
        phone: str | None = CALLER,
        *,
        ago: timedelta = timedelta(hours=1),
        talked_s: int | None = 95,
        outcome: CallOutcome | None = CallOutcome.finished,
        direction: CallDirection = CallDirection.inbound,
        summary: str = "",
    ) -> int:
        """A call of so long ago; without an outcome it has not ended."""
        began = self.site.runtime.clock.now() - ago
        async with self.site.runtime.db.begin(self.site.business_id) as session:
            news = CallNews(new_call(), ACCOUNT, CallState.ringing, direction, NUMBER, phone)
            call = await ensure_call(session, news, number_id=self.number_id, now=began)
            if talked_s is not None:
                call.connected_at, call.state = began + timedelta(seconds=3), CallState.in_progress
            if outcome is not None:
                await end_call(session, call, outcome=outcome, now=began + timedelta(seconds=3 + (talked_s or 20)))
            else:
                call.seen_at = self.site.runtime.clock.now()
            await sum_up(session, call.id, summary=summary)
            return call.id

    async def say(self, call_id: int, number: int, speaker: Any, text: str, **about: Any) -> None:
        async with self.site.runtime.db.begin(self.site.business_id) as session:
            call = await session.get_one(Call, call_id)
            began = (call.connected_at or call.started_at) + timedelta(seconds=7 * number)
            await add_turn(session, call_id, number=number, speaker=speaker, text=text, began_at=began, **about)

    async def record(self, call_id: int, *, seconds: int) -> None:
        """The call was recorded, from when it was connected."""
        writer = OpusWriter()
        sound = writer.write(SILENT * 8000 * seconds, SILENT * 8000 * seconds) + writer.end()
        async with self.site.runtime.db.begin(self.site.business_id) as session:
            call = await session.get_one(Call, call_id)
            assert call.connected_at is not None
            stream = CallStream(call_id=call_id, token_digest=b"1", expires_at=call.started_at)
            session.add(stream)
            await session.flush()
            session.add(
                RecordingPart(
                    call_id=call_id, stream_id=stream.id, number=0, began_at=call.connected_at,
                    length_ms=seconds * 1000, data=sound,
                )
            )  # fmt: skip


async def switchboard(site: Site) -> Switchboard:
    made = Switchboard(site)
    await made.connect()
    return made


def row(page: Page, words: str) -> Locator:
    return page.get_by_role("row").filter(has_text=words)


async def test_without_a_number_there_is_no_page_of_calls_and_the_first_step_is_shown(site: Site) -> None:
    page = await site.signed_in()
    await expect(page.get_by_role("link", name="יומן")).to_be_visible()
    await expect(page.get_by_role("link", name="שיחות טלפון")).to_have_count(0)
    await page.goto(at("calls"))
    await expect(page.get_by_text("עוד לא חובר מספר טלפון")).to_be_visible()
    await expect(page.get_by_role("link", name="חיבור מספר")).to_be_visible()
    await (await switchboard(site)).call(phone=None, outcome=CallOutcome.missed, talked_s=None)
    await page.get_by_role("navigation").get_by_role("link", name="שיחות טלפון").click()
    await expect(row(page, "מספר חסוי")).to_contain_text("לא נענתה")


async def test_calls_are_looked_for_by_what_stands_in_the_address(site: Site) -> None:
    board = await switchboard(site)
    await board.call(summary="נזילה במטבח")
    await board.call("+972500000002", outcome=CallOutcome.missed, talked_s=None)
    await board.call("+972500000003", outcome=CallOutcome.dropped, direction=CallDirection.outbound)
    await board.call("+972500000004", ago=timedelta(days=40))
    page = await site.signed_in()
    await page.goto(at("calls"))
    rows = page.get_by_role("row")
    await expect(rows).to_have_count(1 + 4)
    await expect(row(page, "נזילה במטבח")).to_contain_text("1:35")

    async def choose(name: str) -> None:
        await page.get_by_role("button", name="סינון", exact=True).click()
        await page.get_by_role("menuitem", name=name).click()

    await choose("לא נענתה")
    await expect(rows).to_have_count(1 + 1)
    await expect(page).to_have_url(re.compile("outcome=missed"))
    await choose("שיחה יוצאת")
    await expect(page.get_by_text("לא נמצאו שיחות כאלה")).to_be_visible()
    await page.get_by_role("button", name="הסרת הסינון").last.click()
    await expect(rows).to_have_count(1 + 1)
    await expect(page).to_have_url(re.compile("direction=outbound"))
    await page.goto(at("calls"))
    await choose("30 הימים האחרונים")
    await expect(rows).to_have_count(1 + 3)
    await page.reload()
    await expect(rows).to_have_count(1 + 3)


async def test_a_call_opens_beside_the_list_with_what_was_said_and_what_came_of_it(site: Site) -> None:
    board = await switchboard(site)
    call_id = await board.call(summary="נזילה במטבח, ביקור מחר")
    await board.say(call_id, 1, "agent", "שלום, איך אפשר לעזור?", cut_off=True)
    await board.say(call_id, 2, "caller", "יש לי נזילה במטבח")
    await board.say(call_id, 3, "agent", "באיזו עיר?", latency_ms=840)
    async with site.runtime.db.begin(site.business_id) as session:
        call = await session.get_one(Call, call_id)
        assert call.contact_id is not None
        now = site.runtime.clock.now()
        lead = await open_lead(session, contact_id=call.contact_id, conversation_id=None, actor=BY_AGENT, now=now)
        save_details(session, lead, {"description": "הברז מטפטף"}, actor=BY_AGENT, now=now)
        await sum_up(session, call_id, summary=call.summary, lead_id=lead.id)
        await note_recording(session, call, RecordingNews("RE" + "0" * 32, "completed", "https://api.twilio.com/x", 95))
    page = await site.signed_in()
    await page.goto(at("calls?outcome=finished"))
    await row(page, "נזילה במטבח").click()
    panel = page.get_by_role("dialog")
    said = panel.get_by_role("listitem")
    await expect(said).to_have_count(3)
    await expect(said.nth(0)).to_contain_text("נקטע")
    await expect(said.nth(1)).to_contain_text("0:14")
    await expect(said.nth(2)).to_contain_text("תגובה תוך 0.8 שנ׳")
    await expect(panel.get_by_text("שמורה אצל הספק")).to_be_visible()
    await expect(panel.get_by_text(NUMBER_SHOWN)).to_be_visible()
    await expect(panel.get_by_role("link").filter(has_text="הברז מטפטף")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(panel).to_have_count(0)
    await expect(page).to_have_url(re.compile(r"/calls\?outcome=finished$"))

    await row(page, "נזילה במטבח").click()
    await panel.get_by_role("link").filter(has_text="הברז מטפטף").click()
    await expect(page).to_have_url(re.compile(rf"/leads/{lead.id}$"))
    await page.get_by_role("dialog").get_by_role("link").filter(has_text="ביקור מחר").click()
    await expect(page).to_have_url(re.compile(rf"/calls/{call_id}\?contact={call.contact_id}$"))
    await expect(said).to_have_count(3)


async def test_a_recording_plays_in_step_with_what_was_said(site: Site) -> None:
    board = await switchboard(site)
    call_id = await board.call(talked_s=30)
    for number, words in enumerate(("שלום, כאן לאה", "יש לי נזילה", "באיזו כתובת?", "הרצל 5")):
        await board.say(call_id, number, "caller" if number % 2 else "agent", words)
    await board.record(call_id, seconds=30)
    page = await site.signed_in()
    await page.goto(at(f"calls/{call_id}"))
    panel = page.get_by_role("dialog")
    await panel.get_by_role("button", name="השמעה", exact=False).first.click()
    player = panel.locator("audio")
    await expect(player).to_be_visible()
    await panel.get_by_role("button", name="השמעה מ-0:14").click()
    now = panel.locator("[aria-current]")
    await expect(now).to_contain_text("באיזו כתובת?")
    assert await player.evaluate("player => player.currentTime") >= 14
    assert await faults_of(page) == []
    await site.add_person("viewer@example.com", Role.viewer)
    other = await site.signed_in("viewer@example.com")
    await other.goto(at(f"calls/{call_id}"))
    await expect(other.get_by_role("dialog").get_by_text("יש לי נזילה")).to_be_visible()
    await expect(other.get_by_role("button", name="השמעה", exact=False)).to_have_count(0)


async def test_a_call_that_lasts_is_taken_to_ones_own_phone_or_it_is_said_why_not(site: Site) -> None:
    board = await switchboard(site)
    call_id = await board.call(ago=timedelta(seconds=20), outcome=None)
    page = await site.signed_in()
    await page.goto(at(f"calls/{call_id}"))
    await page.get_by_role("button", name="לקבל את השיחה").click()
    asks = page.get_by_role("dialog", name="לקבל את השיחה")
    await asks.get_by_label("הטלפון שלך").fill("12")
    await asks.get_by_role("button", name="לצלצל אליי").click()
    await expect(asks.get_by_label("הטלפון שלך")).to_have_attribute("aria-invalid", "true")
    await asks.get_by_label("הטלפון שלך").fill("052-111-0003")
    await asks.get_by_role("button", name="לצלצל אליי").click()
    await expect(asks.get_by_text("PROLI_HTTP_PUBLIC_URL")).to_be_visible()
    assert await faults_of(page) == []
    http = site.runtime.settings.http
    own = await page.evaluate("location.origin")
    site.runtime.settings.http = http.model_copy(update={"public_url": own})
    await asks.get_by_role("button", name="לצלצל אליי").click()
    await expect(page.get_by_text("מצלצלים אליך")).to_be_visible()
    await expect(asks).to_have_count(0)


async def test_a_call_that_lasts_grows_before_ones_eyes_and_goes_on_in_writing(site: Site) -> None:
    async with site.runtime.db.begin(site.business_id) as session:
        await ensure_account(session, site.runtime)
    board = await switchboard(site)
    page = await site.signed_in()
    await page.goto(at("calls"))
    await expect(page.get_by_text("עדיין לא היו שיחות")).to_be_visible()
    call_id = await board.call(ago=timedelta(seconds=20), outcome=None)
    live = page.get_by_role("region", name="עכשיו בשיחה (1)").get_by_role("link")
    await expect(live).to_contain_text("המילים יופיעו כאן בזמן השיחה.")
    for number, words in enumerate(("שלום, איך אפשר לעזור?", "יש לי נזילה במטבח", "באיזו עיר?")):
        await board.say(call_id, number, "caller" if number == 1 else "agent", words)
        await expect(live).to_contain_text(words)
    await expect(live).not_to_contain_text("איך אפשר לעזור?")
    await expect(page.get_by_role("row")).to_have_count(0)
    await live.click()
    panel = page.get_by_role("dialog")
    await expect(panel.get_by_role("log")).to_contain_text("יש לי נזילה במטבח")
    await board.say(call_id, 3, "caller", "ברמת גן")
    await expect(panel.get_by_role("log")).to_contain_text("ברמת גן")
    async with site.runtime.db.begin(site.business_id) as session:
        call = (await session.scalars(select(Call).where(Call.id == call_id).with_for_update())).one()
        await end_call(session, call, outcome=CallOutcome.dropped, now=site.runtime.clock.now())
    await expect(panel.get_by_text("נקטעה", exact=True)).to_be_visible()
    await expect(page.get_by_role("region", name="עכשיו בשיחה", include_hidden=True)).to_have_count(0)
    await expect(page.locator("tbody tr")).to_contain_text("נקטעה")
    await expect(panel.get_by_text("המשך בוואטסאפ")).to_be_visible()
    await panel.get_by_role("link", name="להתכתבות").click()
    await expect(page).to_have_url(re.compile(r"/inbox/\d+$"))
    await expect(page.get_by_text("נאמר בטלפון")).to_be_visible()
    await expect(page.locator(f'a[href*="/calls/{call_id}"]').filter(has_text="נקטעה")).to_be_visible()


async def test_axe_finds_nothing_in_a_call_that_lasts_nor_where_numbers_are_connected(site: Site) -> None:
    board = await switchboard(site)
    call_id = await board.call(ago=timedelta(seconds=20), outcome=None)
    await board.say(call_id, 1, "agent", "שלום, איך אפשר לעזור?", cut_off=True, latency_ms=300)
    page = await site.signed_in()
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(at(f"calls/{call_id}"))
    await page.get_by_role("log").wait_for()
    await settled(page)
    faults = await faults_of(page)
    await page.goto(at("calls"))
    await page.get_by_role("region", name="עכשיו בשיחה (1)").wait_for()
    for look in (Look("dark", PHONE), Look("light", DESKTOP)):
        await look.put_on(page)
        await settled(page)
        faults += await faults_of(page)
    await page.goto(at("settings/phones"))
    for name in ("חיבור מספר", "ניתוק"):
        await page.get_by_role("button", name=name).click()
        await page.get_by_role("dialog").wait_for()
        await settled(page)
        faults += await faults_of(page)
        await page.keyboard.press("Escape")
    assert faults == [], "\n".join(faults)


async def test_on_a_phone_calls_are_cards_that_open_as_sheets(site: Site) -> None:
    board = await switchboard(site)
    await board.call(summary="נזילה במטבח")
    page = await site.signed_in(phone=True)
    await page.goto(at("calls"))
    await page.get_by_role("listitem").filter(has_text="נזילה במטבח").get_by_role("link").click()
    await expect(page.get_by_role("dialog").get_by_text("לא נשמרו מילים מהשיחה.")).to_be_visible()


async def test_older_calls_come_as_the_end_of_the_list_comes_near(site: Site) -> None:
    board = await switchboard(site)
    for place in range(54):
        await board.call(f"+9725000001{place:02}", ago=timedelta(minutes=place + 1), talked_s=4)
    page = await site.signed_in()
    await page.goto(at("calls"))
    rows = page.get_by_role("row")
    await expect(rows.nth(1)).to_be_visible()
    await rows.last.scroll_into_view_if_needed()
    await expect(rows).to_have_count(1 + 54)


async def test_who_looks_on_sees_calls_and_is_not_sent_to_connect_a_number(site: Site) -> None:
    await site.add_person("viewer@example.com", Role.viewer)
    page = await site.signed_in("viewer@example.com")
    await page.goto(at("calls"))
    await expect(page.get_by_text("עוד לא חובר מספר טלפון")).to_be_visible()
    await expect(page.get_by_role("link", name="חיבור מספר")).to_have_count(0)
    await (await switchboard(site)).call(summary="נזילה במטבח")
    await expect(row(page, "נזילה במטבח")).to_be_visible()
    async with site.runtime.db.begin(site.business_id) as session:
        assert len((await session.scalars(select(VoiceNumber))).all()) == 1
