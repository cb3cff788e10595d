"""Leads come in from a file: what is wrong in it is told row by row, and the rest is brought in once."""

from playwright.async_api import FilePayload, expect

from tests.web.conftest import Site, at

SHEET = """שם,טלפון,עיר,תחום
נועה ברק,052-765-4321,רמת גן,אינסטלציה
בלי טלפון,12,רמת גן,אינסטלציה
עיר שאין,052-765-4322,אטלנטיס,אינסטלציה
דנה לוי,052-765-4323,תל אביב,חשמל
"""


async def test_the_good_rows_come_in_and_the_others_are_told(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads?import=1"))
    panel = page.get_by_role("dialog")
    file: FilePayload = {"name": "leads.csv", "mimeType": "text/csv", "buffer": SHEET.encode("utf-8-sig")}
    await panel.locator("input[type=file]").set_input_files(file)
    await expect(panel.get_by_text("אטלנטיס").first).to_be_visible()
    await panel.get_by_role("button", name="ייבוא").last.click()
    await expect(panel.get_by_text("דנה לוי")).to_have_count(0)
    await page.goto(at("leads"))
    await expect(page.get_by_role("row").filter(has_text="נועה ברק")).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text="דנה לוי")).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text="עיר שאין")).to_have_count(0)


async def test_the_row_that_names_the_columns_is_found_and_can_be_chosen(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads?import=1"))
    panel = page.get_by_role("dialog")
    titled = "רשימת פניות - נובמבר\n\nשם,טלפון,עיר\nנועה ברק,052-7654321 / 03-6234567,רמת גן\n"
    file: FilePayload = {"name": "leads.csv", "mimeType": "text/csv", "buffer": titled.encode("utf-8-sig")}
    await panel.locator("input[type=file]").set_input_files(file)
    header = panel.get_by_label("השורה שבה שמות העמודות")
    await expect(header).to_have_value("3")
    await expect(panel.get_by_role("table").get_by_text("03-6234567")).to_be_visible()
    await header.select_option("1")
    await expect(panel.get_by_role("alert")).to_contain_text("באיזו עמודה נמצא הטלפון")
    await header.select_option("3")
    await panel.get_by_role("button", name="ייבוא").last.click()
    await expect(panel.get_by_text("יובא ליד אחד")).to_be_visible()
