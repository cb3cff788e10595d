"""What is stored is edited by several at once: lists and rows as well as single fields."""

from playwright.async_api import Page, expect
from sqlalchemy import select

from proli.accounts.models import Business
from proli.professionals.models import Professional
from tests.web.conftest import Site, at


async def open_somebody(page: Page, professional_id: int) -> None:
    await page.goto(at(f"professionals/{professional_id}"))
    await expect(page.get_by_role("dialog").get_by_label("שם")).to_be_visible()


async def a_professional(site: Site) -> Professional:
    async with site.runtime.db.begin(site.business_id) as session:
        found = await session.scalars(select(Professional).where(Professional.trades.contains(["plumber"])).limit(1))
        return found.one()


async def test_trades_that_one_chooses_stay_when_another_saves_a_name_meanwhile(site: Site) -> None:
    who = (await a_professional(site)).id
    page, other = await site.signed_in(), await site.signed_in()
    await open_somebody(page, who)
    await page.get_by_role("dialog").get_by_role("button", name="צביעה").click()
    await open_somebody(other, who)
    await other.get_by_role("dialog").get_by_label("שם").fill("יוסי החדש")
    await other.get_by_role("button", name="שמירה").click()
    await expect(other.get_by_text("נשמר", exact=True)).to_be_visible()

    await expect(page.get_by_role("dialog").get_by_label("שם")).to_have_value("יוסי החדש")
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("נשמר", exact=True)).to_be_visible()
    kept = await a_professional(site)
    assert kept.name == "יוסי החדש"
    assert {"plumber", "painter"} <= set(kept.trades)


async def test_trades_that_two_choose_at_once_are_told_and_not_mixed(site: Site) -> None:
    who = (await a_professional(site)).id
    page, other = await site.signed_in(), await site.signed_in()
    for editor, trade in ((page, "צביעה"), (other, "חשמל")):
        await open_somebody(editor, who)
        await editor.get_by_role("dialog").get_by_role("button", name=trade, exact=True).click()
    await other.get_by_role("button", name="שמירה").click()
    await expect(other.get_by_text("נשמר", exact=True)).to_be_visible()
    await page.get_by_role("button", name="שמירה").click()
    await page.get_by_role("button", name="שמירה בכל זאת").click()
    await expect(page.get_by_text("נשמר", exact=True)).to_be_visible()
    trades = set((await a_professional(site)).trades)
    assert "painter" in trades
    assert "electrician" not in trades


async def test_facts_of_two_are_kept_both_and_what_was_typed_outlives_the_page(site: Site) -> None:
    page, other = await site.signed_in(), await site.signed_in()
    for editor, name in ((page, "חניה"), (other, "אחריות מורחבת")):
        await editor.goto(at("settings/business"))
        await editor.get_by_role("button", name="הוספת שורה").click()
        await editor.get_by_label("נושא", exact=True).last.fill(name)
        await editor.get_by_label("התשובה", exact=True).last.fill(f"על {name}")
    await page.goto(at("today"))
    await other.get_by_role("button", name="שמירה").click()
    await expect(other.get_by_text("נשמר", exact=True)).to_be_visible()

    await page.goto(at("settings/business"))
    await expect(page.get_by_label("נושא", exact=True).last).to_have_value("חניה")
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("נשמר", exact=True)).to_be_visible()
    async with site.runtime.db.begin(site.business_id) as session:
        facts = (await session.get_one(Business, site.business_id)).facts
    assert (facts["חניה"], facts["אחריות מורחבת"]) == ("על חניה", "על אחריות מורחבת")
    await page.get_by_role("button", name="הסרת חניה").click()
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_role("button", name="הסרת חניה")).to_have_count(0)


async def test_a_stage_that_was_renamed_is_no_draft_any_more(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("settings/stages"))
    await page.get_by_label("שם השלב").first.fill("נכנס עכשיו")
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("נשמר", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="שמירה")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_label("שם השלב").first).to_have_value("נכנס עכשיו")
