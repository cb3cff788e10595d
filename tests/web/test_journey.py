"""The whole journey on two phones, watched live in a second window; and what a person's hand changes in it."""

from playwright.async_api import Page, expect
from sqlalchemy import func, select

from proli.conversations.models import Author, Message
from proli.scheduling.models import Booking, BookingStatus
from tests.web.conftest import Site, at

EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


async def open_phones(site: Site) -> Page:
    page = await site.signed_in()
    await page.goto(at("simulator?customer=%2B972505550001"))
    return page


async def say(page: Page, text: str) -> None:
    """The customer writes, and the words stand on the phone."""
    phone = page.get_by_role("region", name="הלקוח")
    await phone.get_by_label("הודעה: הלקוח").fill(text)
    await phone.get_by_role("button", name="שליחה").click()
    await expect(phone.get_by_text(text)).to_be_visible()


async def test_from_the_first_word_to_a_visit_with_a_second_window_watching(site: Site) -> None:
    page = await open_phones(site)
    watcher = await site.beside(page.context)
    await watcher.goto(at("leads"))
    await expect(watcher.get_by_text("עדיין אין לידים")).to_be_visible()

    await say(page, EVERYTHING)
    await expect(watcher.get_by_role("row").filter(has_text="רמת גן")).to_contain_text("ממתין לאיש מקצוע")
    professional = page.get_by_role("region", name="איש המקצוע")
    await professional.get_by_role("button", name="אישור").click()
    await expect(page.get_by_role("region", name="הלקוח").get_by_text("הביקור נקבע")).to_be_visible()
    for step in ("understood", "matched", "held", "offered", "approved", "confirmed"):
        await expect(page.locator(f"[data-step={step}]")).to_have_attribute("data-done", "true")
    await expect(watcher.get_by_role("row").filter(has_text="רמת גן")).to_contain_text("נקבע")
    async with site.runtime.db.begin(site.business_id) as session:
        confirmed = select(func.count()).select_from(Booking).where(Booking.status == BookingStatus.confirmed)
        assert (await session.scalars(confirmed)).one() == 1


async def test_whoever_takes_over_answers_and_the_agent_is_silent_until_handed_back(site: Site) -> None:
    page = await open_phones(site)
    await say(page, "שלום, יש לי נזילה מתחת לכיור")
    customer = page.get_by_role("region", name="הלקוח")
    await expect(customer.get_by_text("הגעת ל")).to_be_visible()

    staff = await site.beside(page.context)
    await staff.goto(at("inbox"))
    await staff.get_by_role("link").filter(has_text="דנה").click()
    await staff.get_by_role("button", name="לקיחת השיחה").click()
    await expect(staff.get_by_text("המענה האוטומטי שותק").first).to_be_visible()
    await staff.get_by_label("כתיבת הודעה").fill("כאן מורן מהמשרד, איך אפשר לעזור?")
    await staff.keyboard.press("Enter")
    await expect(customer.get_by_text("כאן מורן מהמשרד")).to_be_visible()
    await say(page, "ברמת גן, ביאליק 30")
    await expect(staff.get_by_role("log").get_by_text("ברמת גן, ביאליק 30")).to_be_visible()
    await page.wait_for_timeout(1500)
    async with site.runtime.db.begin(site.business_id) as session:
        said = (await session.scalars(select(Message.author).order_by(Message.id.desc()).limit(2))).all()
        assert said == [Author.contact, Author.human]
    await staff.get_by_role("button", name="החזרה למענה אוטומטי").click()
    await expect(staff.get_by_role("log").get_by_text("מענה אוטומטי")).to_have_count(2)


async def test_what_was_typed_survives_a_lost_connection(site: Site) -> None:
    page = await open_phones(site)
    await say(page, "שלום")
    staff = await site.signed_in()
    await staff.goto(at("inbox"))
    await staff.get_by_role("link").filter(has_text="דנה").click()
    box = staff.get_by_label("כתיבת הודעה")
    await box.fill("נחזור אליך בעוד רגע")
    await staff.context.set_offline(True)
    await expect(staff.get_by_text("אין חיבור כרגע")).to_be_visible()
    await staff.keyboard.press("Enter")
    waiting = staff.get_by_role("log").get_by_role("listitem").filter(has_text="ממתינה לחיבור")
    await expect(waiting).to_contain_text("נחזור אליך בעוד רגע")
    await expect(box).to_have_value("")
    await staff.get_by_role("link", name="שיחות").click()
    await staff.context.set_offline(False)
    await expect(staff.get_by_text("אין חיבור כרגע")).to_have_count(0)
    await expect(page.get_by_role("region", name="הלקוח").get_by_text("נחזור אליך בעוד רגע")).to_be_visible()
    async with site.runtime.db.begin(site.business_id) as session:
        said = select(func.count()).select_from(Message).where(Message.author == Author.human)
        assert (await session.scalars(said)).one() == 1
    await staff.get_by_role("link").filter(has_text="דנה").click()
    await expect(staff.get_by_role("log").get_by_text("נחזור אליך בעוד רגע")).to_have_count(1)
    await expect(box).to_have_value("")


async def test_words_of_a_page_that_was_closed_before_they_left_are_written_again(site: Site) -> None:
    page = await open_phones(site)
    await say(page, "שלום")
    staff = await site.signed_in()
    await staff.goto(at("inbox"))
    await staff.get_by_role("link").filter(has_text="דנה").click()
    await staff.get_by_label("כתיבת הודעה").fill("נחזור אליך בעוד רגע")
    await staff.context.set_offline(True)
    await staff.keyboard.press("Enter")
    await expect(staff.get_by_text("ממתינה לחיבור")).to_be_visible()
    address, context = staff.url, staff.context
    await staff.close()
    await context.set_offline(False)
    again = await site.beside(context)
    await again.goto(address)
    await expect(again.get_by_label("כתיבת הודעה")).to_have_value("נחזור אליך בעוד רגע")


async def test_a_page_that_was_not_loaded_says_that_there_is_no_connection_and_comes_with_it(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("inbox"))
    await expect(page.get_by_role("heading", name="שיחות")).to_be_visible()
    await page.context.set_offline(True)
    await page.get_by_role("link", name="דוחות").click()
    await expect(page.get_by_text("הדף הזה עוד לא נטען")).to_be_visible()
    await expect(page.get_by_text("גרסה חדשה")).to_have_count(0)
    await expect(page.get_by_role("link", name="שיחות")).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.get_by_role("heading", name="דוחות")).to_be_visible()
