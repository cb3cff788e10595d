"""A day whose professional cannot come, planned anew in the console: staff ask, the customer and the other agree."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import Page, expect
from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.dispatch.absence import take_days_off
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from tests.web.conftest import DESKTOP, PHONE, Site, at
from tests.web.test_accessible import faults_of, settled
from tests.web.test_journey import EVERYTHING, open_phones, say

ZONE = ZoneInfo("Asia/Jerusalem")
ACTION = "לתכנן מחדש את היום"


async def promised(site: Site) -> tuple[int, str]:
    """Who comes to the only promised visit: their id and name."""
    async with site.runtime.db.begin(site.business_id) as session:
        found = (
            select(Professional)
            .join(Booking, Booking.professional_id == Professional.id)
            .where(Booking.status == BookingStatus.confirmed)
        )
        one = (await session.scalars(found)).one()
        return one.id, one.name


async def off_tomorrow(site: Site, professional_id: int, name: str) -> str:
    """The professional takes tomorrow off; returns the day."""
    now = site.runtime.clock.now()
    day = (now.astimezone(ZONE) + timedelta(days=1)).date()
    async with site.runtime.db.begin(site.business_id) as session:
        await take_days_off(session, professional_id, [day], actor=Actor.professional(name), now=now)
    return day.isoformat()


async def faults_of_panel(page: Page) -> list[str]:
    faults: list[str] = []
    for size in (PHONE, DESKTOP):
        await page.set_viewport_size(size)
        await settled(page)
        faults += await faults_of(page)
        width, room = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if width > room:
            faults.append(f"the panel is {width} wide in a window of {room}")
    return faults


async def test_staff_ask_the_customer_agrees_the_other_approves_and_the_calendar_shows_it(site: Site) -> None:
    phones = await open_phones(site)
    await say(phones, EVERYTHING)
    customer, professional = (phones.get_by_role("region", name=name) for name in ("הלקוח", "איש המקצוע"))
    await professional.get_by_role("button", name="אישור").click()
    await expect(customer.get_by_text("הביקור נקבע")).to_be_visible()
    was, name = await promised(site)
    day = await off_tomorrow(site, was, name)

    staff = await site.beside(phones.context)
    await staff.goto(at(f"calendar?mode=day&professional={was}&date={day}"))
    await staff.get_by_role("button", name=ACTION, exact=True).press("Enter")
    panel = staff.get_by_role("dialog")
    await expect(panel).to_contain_text("אף ביקור לא זז עד שהלקוח מסכים")
    visit = panel.get_by_role("listitem").filter(has_text="ביאליק 30")
    await expect(visit.get_by_role("radio").first).to_be_checked()
    await expect(visit).to_contain_text("באותה שעה")
    assert await faults_of_panel(staff) == []
    await visit.get_by_role("button", name="לשאול את הלקוח").press("Enter")
    await expect(visit).to_contain_text("ממתין לתשובה")
    assert (await promised(site))[0] == was

    await customer.get_by_role("button", name="מתאים").click()
    await expect(visit).to_contain_text("הלקוח הסכים")
    assert (await promised(site))[0] == was
    await professional.get_by_role("button", name="אישור").last.click()
    await expect(visit).to_contain_text("עכשיו נקבע")
    other, _ = await promised(site)
    assert other != was

    await panel.get_by_role("button", name="סגירה").click()
    await expect(panel).to_have_count(0)
    await staff.get_by_label("איש מקצוע").select_option(str(other))
    await expect(staff.locator("[data-booking]")).to_have_count(1)
    await expect(staff.locator("[data-booking]")).to_contain_text("16:00")


async def test_a_day_without_visits_says_so_and_the_link_opens_it(site: Site) -> None:
    async with site.runtime.db.begin(site.business_id) as session:
        one = (await session.scalars(select(Professional.id).order_by(Professional.id).limit(1))).one()
    day = (datetime.now(ZONE) + timedelta(days=1)).date()
    page = await site.signed_in(phone=True)
    await page.goto(at(f"calendar?mode=day&professional={one}&date={day}&replan={one}"))
    await expect(page.get_by_role("dialog")).to_contain_text("אין ביקורים ביום הזה")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert "replan" not in page.url
