"""An hour is read by what was offered; why a wished time cannot be is said; what will not do is not offered back."""

from datetime import datetime

import pytest
from sqlalchemy import select

from proli.conversations.models import Conversation
from proli.leads.models import Lead
from tests.journeys.test_cancelling import says
from tests.journeys.world import CUSTOMER, ZONE, World

JOB = "יש לי נזילה בכיור, רמת גן, ביאליק 30 קומה 2"


async def offered(world: World) -> list[datetime]:
    async with world.runtime.db.begin(world.business_id) as session:
        found = (await session.scalars(select(Conversation).where(Conversation.chat_id == CUSTOMER))).one()
        return [datetime.fromisoformat(one).astimezone(ZONE) for one in found.offered]


async def wished(world: World) -> str:
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead))).one()
        assert lead.wish is not None
        return datetime.fromisoformat(lead.wish["start"]).astimezone(ZONE).strftime("%d.%m %H:%M")


@pytest.mark.parametrize(
    ("day", "hour", "meant"),
    [
        ("מחר בבוקר", "5", "24.11 17:00"),
        ("מחר בבוקר", "ב-5", "24.11 17:00"),
        ("מחר בבוקר", "בחמש", "24.11 17:00"),
        ("מחר בבוקר", "ב-4 וחצי", "24.11 16:30"),
        ("מחר אחרי 15", "5", "24.11 17:00"),
        ("מחר בבוקר", "8", "24.11 08:00"),
        ("מחר בבוקר", "ב-10", "24.11 10:00"),
        ("יום שישי", "ב-8", "28.11 08:00"),
    ],
)
async def test_an_hour_alone_is_read_by_what_was_offered(world: World, day: str, hour: str, meant: str) -> None:
    await says(world, JOB)
    await says(world, day)
    assert "נשלחה לאיש מקצוע" in await says(world, hour)
    assert await wished(world) == meant


@pytest.mark.parametrize("said", ["שבת", "בשבת בבוקר", "שבת ב-10", "יום שישי ב-17"])
async def test_who_wishes_for_shabbat_hears_of_shabbat_and_is_offered_what_follows_it(world: World, said: str) -> None:
    await says(world, JOB)
    answer = await says(world, said)
    assert "בשבת" in answer
    assert "אין כרגע מישהו פנוי" not in answer
    assert (await offered(world))[0].strftime("%d.%m") == "30.11"


@pytest.mark.parametrize("said", ["במוצש", 'מוצ"ש', "מוצאי שבת", "שבת בערב", "אחרי שבת"])
async def test_where_nobody_works_after_shabbat_that_is_said(world: World, said: str) -> None:
    await says(world, JOB)
    answer = await says(world, said)
    assert "במוצאי שבת אין אצלנו ביקורים" in answer
    assert (await offered(world))[0].strftime("%d.%m") == "30.11"


async def test_a_wish_beyond_what_is_booked_hears_how_far_that_is(world: World) -> None:
    await says(world, JOB)
    answer = await says(world, "בעוד חודשיים")
    assert "14" in answer
    assert "ימים קדימה" in answer
    assert await offered(world)


async def test_an_hour_that_is_taken_is_answered_with_others_of_that_day(world: World) -> None:
    for phone in ("+972500000007", "+972500000008"):
        await world.phone(phone, "רון").say(f"{JOB}, מחר בשעה 16:00")
    await says(world, JOB)
    assert "אין כרגע מישהו פנוי" in await says(world, "מחר בשעה 16:00")
    assert {one.strftime("%d.%m") for one in await offered(world)} == {"24.11"}


@pytest.mark.parametrize(
    ("said", "days", "hours"),
    [
        ("רק לא מחר", {"24.11"}, set[int]()),
        ("כל יום חוץ משלישי", {"25.11"}, set[int]()),
        ("מתי שנוח, לא מחר ולא מחרתיים", {"24.11", "25.11"}, set[int]()),
        ("מחר אבל לא ב-12", set[str](), {12 * 60}),
        ("לא לפני 10", set[str](), set(range(600))),
    ],
)
async def test_what_will_not_do_is_not_offered(world: World, said: str, days: set[str], hours: set[int]) -> None:
    await says(world, JOB)
    await says(world, said)
    first = await offered(world)
    await says(world, "יש משהו אחר? מתי עוד אפשר")
    for one in [*first, *await offered(world)]:
        assert one.strftime("%d.%m") not in days
        assert one.hour * 60 + one.minute not in hours
    assert first


async def test_said_of_an_hour_that_was_offered_it_is_not_offered_again(world: World) -> None:
    await says(world, JOB)
    await says(world, "מחר")
    assert 12 in {one.hour for one in await offered(world)}
    await says(world, "לא ב-12")
    assert (12, 0) not in {(one.hour, one.minute) for one in await offered(world)}
    assert await offered(world)


async def test_who_wishes_for_that_day_after_all_is_offered_it(world: World) -> None:
    await says(world, JOB)
    await says(world, "רק לא מחר")
    await says(world, "בעצם מחר כן אפשר, מחר")
    assert {one.strftime("%d.%m") for one in await offered(world)} == {"24.11"}
