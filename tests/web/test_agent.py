"""What a business tells its agent: written, looked over, published, and taken back."""

from playwright.async_api import Page, expect

from tests.web.conftest import Site, at

FIRST = "פונים תמיד בגוף שני רבים."
SECOND = "פונים תמיד בגוף שני רבים.\nמציעים קודם שעות בוקר."


async def publish(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="טיוטה").fill(text)
    await page.get_by_role("button", name="פרסום").click()
    await expect(page.get_by_text("פורסם").first).to_be_visible()


async def test_a_prompt_is_published_and_rolled_back(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("agent"))
    await publish(page, FIRST)
    published = page.locator("section").filter(has=page.get_by_role("heading", name="הנוסח שפורסם"))
    await expect(published).to_contain_text(FIRST)
    await page.get_by_role("textbox", name="טיוטה").fill(SECOND)
    await expect(page.get_by_text("מציעים קודם שעות בוקר.").last).to_be_visible()
    await publish(page, SECOND)
    await expect(published).to_contain_text("מציעים קודם שעות בוקר")
    await page.get_by_role("button", name="חזרה לנוסח הזה").first.click()
    await expect(published).not_to_contain_text("מציעים קודם שעות בוקר")
    await expect(published).to_contain_text(FIRST)


async def test_what_is_being_written_is_still_there_after_a_reload(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("agent"))
    await page.get_by_role("textbox", name="טיוטה").fill(FIRST)
    await page.reload()
    await expect(page.get_by_role("textbox", name="טיוטה")).to_have_value(FIRST)
