"""Settings as a manager changes them."""

from playwright.async_api import expect

from proli.accounts.models import Business
from tests.web.conftest import Site, at


async def test_trades_that_others_also_do_are_named(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("settings/dispatch"))
    await page.get_by_role("combobox", name="הוספת תחום").select_option(label="דוד שמש")
    takers = page.get_by_role("group", name="דוד שמש")
    await takers.get_by_role("button", name="אינסטלציה").click()
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("נשמר")).to_be_visible()
    async with site.runtime.db.begin(site.business_id) as session:
        assert (await session.get_one(Business, site.business_id)).related_trades == {"solar_boiler": ["plumber"]}
