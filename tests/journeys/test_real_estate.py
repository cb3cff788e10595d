"""Leah on the phone's chat: who looks for a home, who sells, who lets, and who wants to see the one of the advert."""

import pytest
from sqlalchemy import select

from proli.accounts.actions import create_business
from proli.leads.models import Lead
from proli.platform.db import Database
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.professionals.actions import Profile, add_professional
from proli.scheduling.models import LIVE, Booking
from tests.journeys.world import YOSSI, World


@pytest.fixture
async def agency(runtime: Runtime, queue: Queue, db: Database) -> World:
    async with db.begin_operator() as session:
        business = await create_business(session, slug="agency", name="נדל״ן מורן", playbook="real_estate")
        await session.flush()
        business_id = business.id
    async with runtime.db.begin(business_id) as session:
        profile = Profile(name="רות לוי", phone_e164=YOSSI, trades=("realtor",), base_locality="רמת גן", radius_km=40)
        await add_professional(session, profile)
    return World(runtime, queue, business_id)


async def say(world: World, text: str) -> str:
    return "\n".join(message.text for message in await world.customer.say(text))


async def the_lead(world: World) -> Lead:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead))).one()


async def visits(world: World) -> int:
    async with world.runtime.db.begin(world.business_id) as session:
        return len((await session.scalars(select(Booking).where(Booking.status.in_(LIVE)))).all())


async def test_a_buyer_is_asked_what_is_missing_and_meets_an_agent(agency: World) -> None:
    assert "לאה" in await say(agency, "היי, מחפשים דירה לקנות ברמת גן")
    assert "תקציב" in await say(agency, "4 חדרים עם ממ״ד")
    assert "מתי" in await say(agency, "עד 3.2 מיליון")
    booked = await say(agency, "מחר ב-17:00")
    assert "הפגישה נקבעה" in booked
    assert "רות לוי" in booked
    lead = await the_lead(agency)
    assert lead.needs["role"] == "buyer"
    assert (lead.needs["rooms_min"], lead.needs["budget_max"]) == (4, 3_200_000)
    assert lead.needs["features"] == ["safe_room"]
    assert await visits(agency) == 1


async def test_an_hour_told_after_its_day_is_of_that_day(agency: World) -> None:
    await say(agency, "ראיתי את המודעה על הדירה ברמת גן, אפשר לראות אותה ביום שלישי?")
    booked = await say(agency, "ב-11 בבוקר")
    assert "25.11" in booked
    assert "11:00" in booked


async def test_a_seller_gets_a_valuation_and_is_not_asked_for_a_budget(agency: World) -> None:
    asked = await say(agency, "שלום, אנחנו רוצים למכור דירת 4 חדרים בגבעתיים ולדעת כמה היא שווה")
    assert "כתובת" in asked
    assert "תקציב" not in asked
    assert "מתי" in await say(agency, "כצנלסון 77")
    assert "הפגישה נקבעה" in await say(agency, "מחר ב-16:00")
    assert (await the_lead(agency)).needs["role"] == "seller"


async def test_what_a_landlord_asks_is_no_budget(agency: World) -> None:
    await say(agency, "יש לי דירה להשכרה ברמת גן, 3 חדרים, 6,200 לחודש, פנויה מיידית")
    needs = (await the_lead(agency)).needs
    assert (needs["role"], needs["asking_price"]) == ("landlord", 6200)
    assert "budget_max" not in needs


async def test_an_answer_after_the_meeting_was_booked_opens_no_second_request(agency: World) -> None:
    await say(agency, "ראיתי ביד2 את הדירה שלכם ברמת גן, אפשר לבוא לראות מחר ב-15:00?")
    assert await visits(agency) == 1
    await say(agency, "זו דירה להשכרה, כן?")
    await the_lead(agency)
    assert await visits(agency) == 1


async def test_a_meeting_is_moved_and_cancelled(agency: World) -> None:
    await say(agency, "אשמח לראות את הדירה מהמודעה ברמת גן מחר ב-15:00")
    assert "17:00" in await say(agency, "אפשר להזיז לשעה 17:00?")
    assert await visits(agency) == 1
    assert "בוטלה" in await say(agency, "לא צריך, תבטלו את הפגישה")
    assert await visits(agency) == 0
