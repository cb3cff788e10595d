"""The inbox: who waits for a person, where a thread opens, and the links in it."""

import re
from datetime import timedelta

from playwright.async_api import Page, expect

from proli.channels.simulator.channel import ensure_account, say
from proli.conversations.inbox import receive
from proli.conversations.incoming import Received
from tests.web.conftest import Site, at

PHONE_OF_DANA = "+972505550001"


async def write(site: Site, text: str, *, phone: str = PHONE_OF_DANA, name: str = "דנה לוי") -> None:
    await say(site.runtime, business_id=site.business_id, phone_e164=phone, name=name, text=text)


async def open_thread(site: Site, name: str = "דנה לוי") -> Page:
    page = await site.signed_in()
    await page.goto(at("inbox"))
    await page.get_by_role("link").filter(has_text=name).click()
    await expect(page.get_by_role("log")).to_be_visible()
    return page


async def test_whoever_asks_for_a_person_is_in_sight_until_one_has_answered(site: Site) -> None:
    await write(site, "אני רוצה לדבר עם בן אדם")
    page = await site.signed_in()
    await page.goto(at("today"))
    needs = page.locator("#needs")
    await expect(needs.get_by_role("link").filter(has_text="דנה לוי")).to_contain_text("ביקשו נציג אנושי")
    await needs.get_by_role("link").filter(has_text="דנה לוי").click()
    await expect(page.get_by_text("מחכה לתשובה של אדם")).to_be_visible()
    await page.get_by_label("כתיבת הודעה").fill("שלום, כאן מורן")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("מחכה לתשובה של אדם")).to_have_count(0)
    await expect(page.get_by_text("אין כרגע שיחות במצב הזה")).to_be_visible()
    await page.goto(at("today"))
    await expect(page.get_by_role("heading", name="היום").first).to_be_visible()
    await expect(needs.get_by_text("דנה לוי")).to_have_count(0)


async def test_a_danger_stands_before_everything_that_needs_somebody(site: Site) -> None:
    await write(site, "יש ריח גז חזק בבית, ברמת גן", phone="+972505550002", name="אבי כהן")
    await write(site, "אני רוצה לדבר עם בן אדם")
    page = await site.signed_in()
    await page.goto(at("today"))
    needs = page.locator("#needs")
    await expect(needs.get_by_text("דנה לוי")).to_be_visible()
    await expect(needs.get_by_role("heading", level=3).first).to_have_text("סכנה")
    await expect(needs.get_by_role("listitem").first).to_contain_text("אבי כהן")
    await page.goto(at("inbox?state=unanswered"))
    await expect(page.get_by_role("main").get_by_role("listitem").first).to_contain_text("אבי כהן")


async def test_a_thread_opens_at_its_very_end(site: Site) -> None:
    now = site.runtime.clock.now()
    async with site.runtime.db.begin(site.business_id) as session:
        account = await ensure_account(session, site.runtime)
        for number in range(40):
            words = f"הודעה מספר {number}\nבשתי שורות"
            said = Received(
                f"M{number}", PHONE_OF_DANA, now - timedelta(minutes=90 - number), PHONE_OF_DANA, name="דנה לוי",
                text=words, wants_answer=False,
            )  # fmt: skip
            await receive(session, account_id=account, incoming=said, settle_s=0, now=now)
    page = await open_thread(site)
    log = page.get_by_role("log")
    await expect(log.get_by_text("הודעה מספר 39")).to_be_visible()
    await expect(page.get_by_text("שליחה מכאן מעבירה")).to_be_visible()
    await page.wait_for_function(
        "() => { const log = document.querySelector('[role=log]');"
        " return Math.abs(log.scrollHeight - log.scrollTop - log.clientHeight) <= 1; }"
    )


async def test_addresses_in_messages_can_be_followed_and_nothing_else(site: Site) -> None:
    await write(site, "התמונות כאן: https://pictures.example/a?b=1. ולא javascript:alert(1)")
    page = await open_thread(site)
    links = page.get_by_role("log").get_by_role("link")
    await expect(links).to_have_count(1)
    await expect(links).to_have_attribute("href", "https://pictures.example/a?b=1")
    await expect(links).to_have_attribute("rel", "noopener noreferrer nofollow")
    await expect(links).to_have_attribute("target", "_blank")


async def test_calling_a_lead_does_not_open_it(site: Site) -> None:
    await write(site, "שלום, יש לי נזילה מתחת לכיור ברמת גן")
    page = await site.signed_in()
    await page.goto(at("leads"))
    phone = page.get_by_role("link", name="050-555-0001")
    await expect(phone).to_be_visible()
    await phone.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
    await phone.click()
    await page.wait_for_timeout(300)
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_number_of_new_leads_leads_to_just_these(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("today"))
    await write(site, "שלום, יש לי נזילה מתחת לכיור ברמת גן")
    await page.get_by_role("navigation", name="היום במבט אחד").get_by_role("link", name="לידים חדשים").click()
    await expect(page).to_have_url(re.compile("from="))


async def test_a_quick_reply_that_somebody_else_has_changed_is_written_over_only_knowingly(site: Site) -> None:
    await write(site, "שלום")
    pages = [await open_thread(site), await open_thread(site)]
    for page in pages:
        await page.get_by_role("button", name="תשובות מוכנות").click()
        await page.get_by_role("menuitem", name="עריכת התשובות המוכנות").click()
    page, other = pages
    await page.get_by_role("button", name="התחלה מהנוסחים האלה").click()
    await expect(page.get_by_role("button", name="עריכת").first).to_be_visible()
    await other.reload()
    await other.get_by_role("button", name="תשובות מוכנות").click()
    await other.get_by_role("menuitem", name="עריכת התשובות המוכנות").click()
    for editor, words in ((page, "הנוסח שלי"), (other, "הנוסח האחר")):
        await editor.get_by_role("button", name="עריכת").first.click()
        await editor.get_by_role("dialog").get_by_label("נוסח", exact=True).fill(words)
    await other.get_by_role("dialog").get_by_role("button", name="שמירה").click()
    await expect(other.get_by_text("נשמר", exact=True)).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="שמירה").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    await expect(page.get_by_role("dialog").get_by_label("נוסח", exact=True)).to_have_value("הנוסח שלי")
    await page.get_by_role("dialog").get_by_role("button", name="שמירה").click()
    await expect(page.get_by_text("נשמר", exact=True)).to_be_visible()
    await expect(page.get_by_role("dialog").get_by_text("הנוסח שלי")).to_be_visible()
