"""Leads: written down, moved on the board, edited by two at once."""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import Locator, Page, expect
from sqlalchemy import update

from proli.accounts.actor import BY_AGENT
from proli.accounts.models import Business
from proli.contacts.addresses import ensure_contact
from proli.leads.actions import open_lead, save_details
from proli.leads.models import Lead
from tests.web.conftest import Site, at


async def write_down(page: Page, phone: str = "052-765-4321", name: str = "נועה ברק") -> None:
    await page.goto(at("leads"))
    await page.get_by_role("button", name="ליד חדש").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("טלפון").fill(phone)
    await form.get_by_label("שם").fill(name)
    await form.get_by_label("תחום").select_option("plumber")
    await form.get_by_label("יישוב").fill("רמת גן")
    await form.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_role("tab", name="שיבוץ")).to_be_visible()
    await page.keyboard.press("Escape")


async def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads?new=1"))
    form = page.get_by_role("dialog")
    await form.get_by_label("שם").fill("נועה ברק")
    await form.get_by_role("button", name="שמירה").click()
    await expect(form.get_by_text("שדה חובה")).to_be_visible()
    await form.get_by_label("טלפון").fill("12")
    await form.get_by_role("button", name="שמירה").click()
    await expect(form.get_by_text("זה לא מספר טלפון תקין")).to_be_visible()
    await form.get_by_label("טלפון").fill("052-765-4321")
    await form.get_by_label("יישוב").fill("עיר שאין")
    await form.get_by_role("button", name="שמירה").click()
    await expect(form.get_by_text("נא לבחור מתוך הרשימה")).to_be_visible()
    await expect(form.get_by_label("שם")).to_have_value("נועה ברק")


async def test_a_card_is_dragged_refused_where_it_cannot_be_and_undone(site: Site) -> None:
    page = await site.signed_in()
    await write_down(page)
    await page.goto(at("leads?view=board"))
    card = page.get_by_role("button").filter(has_text="נועה ברק")
    columns = {name: page.get_by_role("region", name=name, exact=True) for name in ("חדש", "בבירור", "נקבע")}
    await expect(columns["בבירור"].get_by_text("נועה ברק")).to_be_visible()
    await drag(page, card, columns["נקבע"])
    await expect(page.get_by_text("לשם אי אפשר להעביר")).to_be_visible()
    await expect(columns["בבירור"].get_by_text("נועה ברק")).to_be_visible()
    await expect(page.locator("[data-lead]")).to_have_count(1)
    await drag(page, card, columns["חדש"])
    await expect(columns["חדש"].get_by_text("נועה ברק")).to_be_visible()
    await page.get_by_role("button", name="החזרה").click()
    await expect(columns["בבירור"].get_by_text("נועה ברק")).to_be_visible()


async def drag(page: Page, card: Locator, column: Locator) -> None:
    """From the middle of the card to the head of the column, as a hand does it."""
    start, end = await card.bounding_box(), await column.bounding_box()
    assert start
    assert end
    await page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(start["x"] + start["width"] / 2 + 12, start["y"] + start["height"] / 2 + 12, steps=4)
    await page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 80, steps=12)
    await page.mouse.up()


async def test_two_who_edit_different_fields_at_once_both_save(site: Site) -> None:
    page = await site.signed_in()
    await write_down(page)
    await page.get_by_role("row").filter(has_text="נועה ברק").click()
    await page.get_by_role("dialog").get_by_label("תיאור").fill("הברז מטפטף")
    other = await site.signed_in()
    await other.goto(page.url)
    await other.get_by_role("dialog").get_by_label("כתובת").fill("ביאליק 30")
    await other.get_by_role("button", name="שמירה").click()
    await expect(other.get_by_text("נשמר", exact=True)).to_be_visible()

    await expect(page.get_by_role("dialog").get_by_label("כתובת")).to_have_value("ביאליק 30")
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("נשמר", exact=True)).to_be_visible()
    await other.reload()
    await expect(other.get_by_role("dialog").get_by_label("תיאור")).to_have_value("הברז מטפטף")
    await expect(other.get_by_role("dialog").get_by_label("כתובת")).to_have_value("ביאליק 30")


async def test_where_a_lead_stands_and_who_has_it_are_changed_in_the_table(site: Site) -> None:
    page = await site.signed_in()
    await write_down(page, name="נועה ברק־לוינשטיין מרמת גן")
    async with site.runtime.db.begin(site.business_id) as session:
        await session.execute(update(Lead).values(attention="human_asked"))
    await page.goto(at("leads"))
    row = page.get_by_role("row").filter(has_text="נועה ברק")
    name = row.get_by_text("נועה ברק־לוינשטיין מרמת גן", exact=True)
    box = await name.bounding_box()
    assert box is not None and box["width"] > 60, "the sign that a person is needed leaves room for the name"
    await expect(row.get_by_role("img", name="ביקשו נציג אנושי")).to_be_visible()

    await row.get_by_role("button", name="עריכת מצב").click()
    await expect(page.get_by_role("menuitem", name="נקבע")).to_have_count(0)
    await page.get_by_role("menuitem", name="חדש").click()
    await expect(row.get_by_role("button", name="עריכת מצב")).to_contain_text("חדש")
    await page.get_by_role("button", name="החזרה").click()
    await expect(row.get_by_role("button", name="עריכת מצב")).to_contain_text("בבירור")

    await row.get_by_role("button", name="עריכת איש מקצוע").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=re.compile(r"\d\d:\d\d")).first.click()
    await dialog.get_by_role("button", name="שיבוץ").first.click()
    await expect(dialog).to_have_count(0)
    await expect(row).to_contain_text("ממתין לאיש מקצוע")


async def test_a_lead_written_by_hand_goes_to_whom_and_where_it_is_said(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads?new=1"))
    form = page.get_by_role("dialog")
    await form.get_by_label("טלפון").fill("052-765-4321")
    await form.get_by_label("תחום").select_option("plumber")
    await form.get_by_label("יישוב").fill("רמת גן")
    await form.get_by_label("איש מקצוע").select_option(index=1)
    await form.get_by_role("button", name="שמירה").click()
    await expect(form.get_by_text("צריך לבחור גם מועד")).to_be_visible()
    await form.get_by_label("מועד מבוקש").fill(f"{next_tuesday()}T10:00")
    await form.get_by_role("button", name="שמירה").click()
    await expect(form.get_by_text("ממתין לאיש מקצוע")).to_be_visible()

    await page.goto(at("leads?new=1"))
    await form.get_by_label("טלפון").fill("052-765-4322")
    await form.get_by_label("שם").fill("דנה לוי")
    await form.get_by_label("מצב").select_option("בוצע")
    await form.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_role("tab", name="שיבוץ")).to_be_visible()
    await page.goto(at("leads"))
    await expect(page.get_by_role("row").filter(has_text="דנה לוי")).to_contain_text("בוצע")


def next_tuesday() -> str:
    today = datetime.now(UTC).date()
    return (today + timedelta(days=(1 - today.weekday()) % 7 or 7)).isoformat()


async def test_what_was_typed_outlives_its_panel_and_shows_what_was_saved_meanwhile(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads?new=1"))
    form = page.get_by_role("dialog")
    await form.get_by_label("שם").fill("נועה ברק")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await page.get_by_role("button", name="ליד חדש").click()
    await expect(form.get_by_label("שם")).to_have_value("נועה ברק")
    await form.get_by_label("טלפון").fill("052-765-4321")
    await form.get_by_role("button", name="שמירה").click()

    await expect(form.get_by_role("tab", name="היסטוריה")).to_be_visible()
    await form.get_by_label("כתובת").fill("ביאליק 30")
    await form.get_by_role("tab", name="היסטוריה").click()
    await form.get_by_label("הערה").fill("לחזור אליה בערב")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    async with site.runtime.db.begin(site.business_id) as session:
        await session.execute(update(Lead).values(address="הרצל 5"))
    await page.get_by_role("row").filter(has_text="נועה ברק").click()
    await expect(form.get_by_label("כתובת")).to_have_value("ביאליק 30")
    await expect(form.get_by_text("הערך שנשמר בינתיים: הרצל 5")).to_be_visible()
    await form.get_by_role("tab", name="היסטוריה").click()
    await expect(form.get_by_label("הערה")).to_have_value("לחזור אליה בערב")
    await form.get_by_role("tab", name="פרטים").click()
    await form.get_by_role("button", name="שמירה").click()
    await expect(form.get_by_text("והשינוי שלך עוד לא נשמר")).to_be_visible()
    await form.get_by_role("button", name="שמירה בכל זאת").click()
    await expect(form.get_by_text("הערך שנשמר בינתיים")).to_have_count(0)
    await expect(form.get_by_label("כתובת")).to_have_value("ביאליק 30")


async def test_a_request_of_an_agency_is_read_and_edited_in_words(site: Site) -> None:
    async with site.runtime.db.begin(site.business_id) as session:
        (await session.get_one(Business, site.business_id)).playbook = "real_estate"
        now = site.runtime.clock.now()
        contact = await ensure_contact(session, phone_e164="+972527654321", name="נועה ברק")
        lead = await open_lead(session, contact_id=contact.id, conversation_id=None, actor=BY_AGENT, now=now)
        needs = {"role": "buyer", "side": "seeks", "currency": "ILS", "features": ["parking"], "budget_max": 2_500_000}
        save_details(session, lead, {"needs": needs}, actor=BY_AGENT, now=now)
        lead_id = lead.id
    page = await site.signed_in()
    await page.goto(at(f"leads/{lead_id}"))
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("צד בעסקה").locator("option:checked")).to_have_text("קנייה")
    await expect(form.get_by_label("תקציב, עד")).to_have_value("2500000")
    for code in ("buyer", "seeks", "ILS", "parking"):
        await expect(form.get_by_text(code, exact=True)).to_have_count(0)
    await form.get_by_label("צד בעסקה").select_option("שכירות")
    await form.get_by_role("button", name="ממ״ד").first.click()
    await form.get_by_text("עוד פרטים").click()
    await form.get_by_label("חדרים, לפחות").fill("3.5")
    await form.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("נשמר", exact=True)).to_be_visible()
    async with site.runtime.db.begin(site.business_id) as session:
        kept = (await session.get_one(Lead, lead_id)).needs
    assert (kept["role"], kept["features"], kept["rooms_min"]) == ("tenant", ["parking", "safe_room"], 3.5)
    assert (kept["side"], kept["currency"]) == ("seeks", "ILS")
