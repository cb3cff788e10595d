"""The calendar: a visit is dragged, an overlap is refused, a longer visit is only longer."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range

from proli.accounts.actor import Actor
from proli.contacts.addresses import ensure_contact
from proli.dispatch.calendar import book_by_hand
from proli.leads.actions import open_lead, save_details
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking
from proli.scheduling.rules import Interval
from tests.chaos.waiting import until
from tests.web.conftest import Site, at

ZONE = ZoneInfo("Asia/Jerusalem")


def tomorrow(hour: int, minute: int = 0) -> datetime:
    return (datetime.now(ZONE) + timedelta(days=1)).replace(hour=hour, minute=minute, second=0, microsecond=0)


async def book(site: Site, name: str, number: int, start: datetime, *, lasts: timedelta = timedelta(hours=1)) -> int:
    """A visit of the first professional; returns who that is."""
    now = site.runtime.clock.now()
    async with site.runtime.db.begin(site.business_id) as session:
        yossi = (await session.scalars(select(Professional).order_by(Professional.id).limit(1))).one()
        contact = await ensure_contact(session, phone_e164=f"+97252765430{number}", name=name)
        lead = await open_lead(
            session, contact_id=contact.id, conversation_id=None, actor=Actor.staff("moran"), now=now
        )
        details = {"trade": "plumber", "locality": "רמת גן", "customer_name": name}
        save_details(session, lead, details, actor=Actor.staff("moran"), now=now)
        visit = Interval(start, start + lasts)
        await book_by_hand(session, lead, professional_id=yossi.id, visit=visit, actor=Actor.staff("moran"), now=now)
        return yossi.id


@pytest.fixture
async def alone(site: Site) -> int:
    """A business in which one professional is active; returns who."""
    async with site.runtime.db.begin(site.business_id) as session:
        everybody = (await session.scalars(select(Professional).order_by(Professional.id))).all()
        for other in everybody[1:]:
            other.active = False
        everybody[0].hours = {str(day): [[0, 1440]] for day in range(7)}
        return everybody[0].id


async def starts(site: Site) -> dict[str, tuple[str, str]]:
    async with site.runtime.db.begin(site.business_id) as session:
        live = await session.scalars(select(Booking).where(Booking.status.in_(LIVE)).order_by(Booking.lead_id))
        return {
            str(place): (f"{one.starts_at.astimezone(ZONE):%H:%M}", f"{one.ends_at.astimezone(ZONE):%H:%M}")
            for place, one in enumerate(live)
        }


async def pull(page: Page, what: Locator, *, down: float, by_the_edge: bool = False) -> None:
    box = await what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + (box["height"] - 1 if by_the_edge else box["height"] / 2)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y + down / 2, steps=6)
    await page.mouse.move(x, y + down, steps=6)
    await page.mouse.up()


async def test_a_visit_is_dragged_and_an_overlap_refused_with_the_reason(site: Site) -> None:
    await book(site, "נועה ברק", 1, tomorrow(10))
    yossi = await book(site, "דנה לוי", 2, tomorrow(14))
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={tomorrow(0).date()}&professional={yossi}"))
    noa, dana = (page.get_by_role("button", name=name) for name in ("נועה ברק", "דנה לוי"))
    await expect(dana).to_be_visible()

    await pull(page, noa, down=104)
    await expect(page.get_by_text("הביקור הועבר")).to_be_visible()
    assert (await starts(site))["0"] == ("12:00", "13:00")

    await pull(page, noa, down=104)
    await expect(page.get_by_text("יש כבר ביקור בשעה הזו")).to_be_visible()
    assert (await starts(site))["0"] == ("12:00", "13:00")

    await pull(page, page.locator("[data-resize]").last, down=52, by_the_edge=True)
    await expect(page.get_by_role("button", name=re.compile("14:00.?–16:00.*דנה לוי"))).to_be_visible()

    async def longer() -> bool:
        return (await starts(site))["1"] == ("14:00", "16:00")

    await until(longer, "the visit is not longer")


async def test_without_a_mouse_a_visit_is_moved_by_its_form(site: Site) -> None:
    yossi = await book(site, "נועה ברק", 1, tomorrow(10))
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={tomorrow(0).date()}&professional={yossi}"))
    await page.get_by_role("button", name="נועה ברק").press("Enter")
    form = page.get_by_role("dialog")
    await form.get_by_label("משעה").fill("23:00")
    await form.get_by_label("עד שעה").fill("23:30")
    await form.get_by_role("button", name="העברה").click()
    await expect(form.get_by_role("alert")).to_contain_text("מחוץ לשעות העבודה")
    await form.get_by_label("משעה").fill("11:15")
    await form.get_by_label("עד שעה").fill("12:15")
    await form.get_by_role("button", name="העברה").click()
    await expect(page.get_by_role("button", name=re.compile("11:15.?–12:15.*נועה ברק"))).to_be_visible()


async def swipe(page: Page, what: Locator, *, down: float) -> None:
    """A finger moves over the screen, as the browser's own protocol tells it."""
    box = await what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = await page.context.new_cdp_session(page)

    async def tell(kind: str, *points: float) -> None:
        places = [{"x": x, "y": place} for place in points]
        event = {"type": kind, "touchPoints": places}
        await touch.send("Input.dispatchTouchEvent", event)  # pyright: ignore[reportUnknownMemberType]

    await tell("touchStart", y)
    for step in range(1, 13):
        await tell("touchMove", y + down * step / 12)
    await tell("touchEnd")


async def test_a_finger_on_a_visit_scrolls_the_calendar_and_moves_nothing(site: Site) -> None:
    await book(site, "נועה ברק", 1, tomorrow(14))
    page = await site.signed_in(phone=True)
    await page.goto(at(f"calendar?date={tomorrow(0).date()}"))
    noa = page.get_by_role("button", name="נועה ברק")
    await expect(noa).to_be_visible()
    before = await noa.bounding_box()
    await swipe(page, noa, down=-160)
    await page.wait_for_function(
        "before => document.querySelector('[data-booking]').getBoundingClientRect().top < before - 60",
        arg=before and before["y"],
    )
    await expect(page.get_by_text("הביקור הועבר")).to_have_count(0)
    assert (await starts(site))["0"] == ("14:00", "15:00")
    await noa.tap()
    await expect(page.get_by_role("dialog")).to_contain_text("העברה")


async def test_the_day_of_the_only_professional_shows_their_visits(site: Site, alone: int) -> None:
    await book(site, "נועה ברק", 1, tomorrow(10))
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={tomorrow(0).date()}"))
    await expect(page.get_by_role("button", name="נועה ברק")).to_be_visible()


async def test_a_visit_over_midnight_stands_on_both_days_and_keeps_its_length_when_moved(
    site: Site, alone: int
) -> None:
    await book(site, "נועה ברק", 1, tomorrow(23), lasts=timedelta(hours=2))
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={(tomorrow(0) + timedelta(days=1)).date()}"))
    noa = page.get_by_role("button", name=re.compile("23:00.?–01:00.*נועה ברק"))
    await expect(noa).to_be_visible()
    await page.goto(at(f"calendar?mode=day&date={tomorrow(0).date()}"))
    await noa.scroll_into_view_if_needed()
    await pull(page, noa, down=-52)
    await expect(page.get_by_text("הביקור הועבר")).to_be_visible()
    assert (await starts(site))["0"] == ("22:00", "00:00")


async def test_how_a_visit_ended_is_asked_and_not_taken_before_it_has_begun(site: Site) -> None:
    await book(site, "נועה ברק", 1, tomorrow(10))
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={tomorrow(0).date()}"))
    await page.get_by_role("button", name="נועה ברק").press("Enter")
    panel = page.get_by_role("dialog")
    await panel.get_by_role("button", name="הביקור בוצע").click()
    await expect(panel.get_by_text("הביקור עוד לא הסתיים")).to_be_visible()
    await expect(panel.get_by_text("הלקוח יקבל תודה")).to_be_visible()
    assert (await starts(site))["0"] == ("10:00", "11:00")
    await panel.get_by_role("button", name="חזרה").click()
    await panel.get_by_role("button", name="הביקור בוצע").click()
    await panel.get_by_role("alertdialog").get_by_role("button", name="הביקור בוצע").click()
    await expect(page.get_by_text("הביקור עוד לא התחיל")).to_be_visible()
    assert (await starts(site))["0"] == ("10:00", "11:00")


async def begun(site: Site) -> datetime:
    """The only visit began an hour ago; returns when."""
    start = datetime.now(ZONE).replace(second=0, microsecond=0) - timedelta(hours=1)
    async with site.runtime.db.begin(site.business_id) as session:
        visit = (await session.scalars(select(Booking))).one()
        visit.starts_at, visit.ends_at = start, start + timedelta(hours=2)
        visit.during = Range(visit.starts_at, visit.ends_at)
    return start


async def stands_again(site: Site) -> None:
    async def stands() -> bool:
        return len(await starts(site)) == 1

    await until(stands, "the visit does not stand again")


async def test_a_visit_that_has_begun_is_done_and_that_can_be_taken_back(site: Site) -> None:
    await book(site, "נועה ברק", 1, tomorrow(10))
    start = await begun(site)
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={start.date()}"))
    await page.get_by_role("button", name="נועה ברק").first.press("Enter")
    panel = page.get_by_role("dialog")
    await panel.get_by_role("button", name="הביקור בוצע").click()
    await panel.get_by_role("alertdialog").get_by_role("button", name="הביקור בוצע").click()
    await expect(page.get_by_text("סומן כבוצע")).to_be_visible()
    assert await starts(site) == {}
    await page.get_by_role("button", name="החזרה").click()
    await stands_again(site)


async def test_how_a_visit_ended_can_be_taken_back_before_anybody_hears(site: Site) -> None:
    yossi = await book(site, "נועה ברק", 1, tomorrow(10))
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={tomorrow(0).date()}&professional={yossi}"))
    await page.get_by_role("button", name="נועה ברק").click()
    await page.get_by_role("button", name="ביטול הביקור").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="ביטול הביקור").click()
    await page.get_by_role("button", name="החזרה").click()
    await expect(page.get_by_role("button", name="נועה ברק")).to_be_visible()
    await stands_again(site)


async def test_what_is_dragged_shows_its_hours_in_their_order(site: Site) -> None:
    """The earlier hour stands on the left, as clocks are read in Hebrew too."""
    await book(site, "נועה ברק", 1, tomorrow(10))
    page = await site.signed_in()
    await page.goto(at(f"calendar?mode=day&date={tomorrow(0).date()}"))
    box = await page.get_by_role("button", name="נועה ברק").bounding_box()
    assert box
    await page.mouse.move(box["x"] + 20, box["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 20, box["y"] + 72, steps=4)
    ghost = page.get_by_text("11:00–12:00")
    await expect(ghost).to_be_visible()
    assert await ghost.evaluate("one => getComputedStyle(one).direction") == "ltr"
    await page.keyboard.press("Escape")
    await page.mouse.up()
