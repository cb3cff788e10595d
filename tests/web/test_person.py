"""A person's own data, beside the conversation and in the request: what they want, taken along, erased."""

from zipfile import ZipFile

from playwright.async_api import Page, expect
from sqlalchemy import select

from proli.contacts.addresses import find_contact
from proli.contacts.models import Contact
from tests.web.conftest import Site, at
from tests.web.test_accessible import faults_of, settled
from tests.web.test_inbox import PHONE_OF_DANA, open_thread, write


async def beside(page: Page, name: str) -> None:
    """The button is reached by keyboard and pressed with it; what opens is in nobody's way."""
    button = page.get_by_role("button", name=name)
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await settled(page)
    assert await faults_of(page) == []


async def test_what_somebody_said_by_phone_is_written_down_and_taken_back(site: Site) -> None:
    await write(site, "יש לי נזילה בכיור")
    page = await open_thread(site)
    await beside(page, "רישום בקשה לא לקבל הודעות")
    await page.keyboard.type("ביקשה בטלפון לא לקבל תזכורות")
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("ביקשו לא לקבל הודעות ביוזמתנו")).to_be_visible()
    await expect(page.get_by_text("ביקשה בטלפון לא לקבל תזכורות")).to_be_visible()
    async with site.runtime.db.begin(site.business_id) as session:
        contact = await find_contact(session, PHONE_OF_DANA)
        assert contact is not None
        assert contact.opted_out_at is not None
    await beside(page, "רישום הסכמה לקבל הודעות")
    await page.keyboard.type("ביקשה שנכתוב שוב")
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("ביקשו לא לקבל הודעות ביוזמתנו")).to_have_count(0)
    await page.goto(at("settings/audit"))
    await expect(page.get_by_role("listitem").filter(has_text="בקשה לא לקבל הודעות")).to_be_visible()


async def test_a_person_is_taken_along_and_erased_from_their_request(site: Site) -> None:
    await write(site, "יש לי נזילה בכיור ברמת גן")
    page = await open_thread(site)
    await page.locator("a[href*='/leads/']").first.click()
    async with page.expect_download() as started:
        await page.get_by_role("button", name="הורדת כל המידע").click()
    path = await (await started.value).path()
    with ZipFile(path) as book:
        assert "נזילה" in book.read("data/messages.json").decode()
    await page.get_by_role("button", name="מחיקה לצמיתות").focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog").last
    await settled(page)
    assert await faults_of(page) == []
    await expect(dialog.get_by_role("button", name="מחיקה לצמיתות")).to_be_disabled()
    await dialog.get_by_label("לאישור, נא להקליד").fill("דנה לוי")
    await dialog.get_by_role("button", name="מחיקה לצמיתות").click()
    await expect(page.get_by_text("המידע נמחק")).to_be_visible()
    async with site.runtime.db.begin(site.business_id) as session:
        assert (await session.scalars(select(Contact.name).where(Contact.name == "דנה לוי"))).all() == []
