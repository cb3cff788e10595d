"""Who takes back a wish keeps the visit as it stands; whose hour does not suit is not waited for in silence."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from proli.conversations.models import Message
from proli.conversations.reasons import PersonReason
from proli.leads.models import Lead
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.journeys.scenes import played_once
from tests.journeys.test_two_requests import approves, held, says
from tests.journeys.world import ZONE, World

ASKED = "שלום נזילה מתחת לכיור רחוב הרואה 15 רמת גן מחר ב13:00"


@played_once
async def booked(world: World) -> None:
    await says(world, ASKED)
    await approves(world.yossi, world)
    assert await visits(world) == ["24 13:00"]


async def visits(world: World) -> list[str]:
    async with world.runtime.db.begin(world.business_id) as session:
        found = await session.scalars(
            select(Booking.starts_at).where(Booking.status == BookingStatus.confirmed).order_by(Booking.id)
        )
        return [f"{at.astimezone(ZONE):%d %-H:%M}" for at in found]


async def leads(world: World) -> list[Lead]:
    async with world.runtime.db.begin(world.business_id) as session:
        return [*await session.scalars(select(Lead).order_by(Lead.id))]


async def test_a_move_that_is_taken_back_waits_for_nobody_and_nobody_else_is_asked(world: World) -> None:
    await booked(world)
    await says(world, "אפשר להזיז ל15:00")
    assert await held(world) == {"plumber": "24 15:00"}
    assert "13:00" in await says(world, "אוקיי תשכחו מזה עדיף 13:00 כמו שהיה")
    assert await held(world) == {}
    assert await visits(world) == ["24 13:00"]
    assert len(await leads(world)) == 1
    assert await world.moshe.unread() == []
    assert "לא רלוונטית" in (await world.yossi.unread())[-1].text


@pytest.mark.parametrize(
    "said",
    [
        ("בעצם אולי נקדים שעה", "לא משנה תשאירו כמו שהיה"),
        ("חשבתי אולי לדחות אבל לא, תשאירו ככה", "הכל כרגיל נתראה מחר"),
        ("maybe we should postpone", "no, leave it as it was"),
    ],
)
async def test_who_leaves_it_as_it_was_is_asked_for_no_time_and_begins_nothing(world: World, said: list[str]) -> None:
    await booked(world)
    told = [await says(world, words) for words in said][-1]
    assert "13:00" in told
    assert "?" not in told
    assert await visits(world) == ["24 13:00"]
    assert len(await leads(world)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "אני לא יכולה מחר, אפשר רביעי?",
        "I can't make it tomorrow, can we do Wednesday?",
    ],
)
async def test_whose_hour_does_not_suit_hears_that_it_stands_meanwhile_and_people_hear_of_it(
    world: World, said: str
) -> None:
    await booked(world)
    told = await says(world, said)
    assert "13:00" in told
    assert "נשאר כפי שנקבע" in told or "stands as planned" in told
    (lead,) = await leads(world)
    assert lead.attention == PersonReason.customer_wrote
    assert await visits(world) == ["24 13:00"]


@pytest.mark.parametrize(
    "said", ["רגע זה 13 או 14?", "זה עולה 250 או 300?", "הוא אמר 300 או 400", "הקומה היא 3 ולא 2", "הוא ביקש 200"]
)
async def test_numbers_that_are_no_address_change_none(world: World, said: str) -> None:
    await booked(world)
    await says(world, said)
    (lead,) = await leads(world)
    assert lead.address == "הרואה 15"


async def test_a_floor_put_right_keeps_the_house(world: World) -> None:
    await booked(world)
    await says(world, "קומה 3 ולא 2 טעיתי")
    (lead,) = await leads(world)
    assert lead.address == "הרואה 15, קומה 3"


@played_once
async def over(world: World, clock: ManualClock) -> None:
    await booked(world)
    clock.advance(hours=30)
    await world.queue.drain()
    await world.yossi.say("סיימתי 450")
    await world.customer.unread()


@pytest.mark.parametrize(
    "said",
    [
        "תגיד הוא לקח ממני 540 ואמרתם 250 מה זה", "כמה אני חייבת לו?", "אני רוצה קבלה",
    ],
)  # fmt: skip
async def test_what_is_said_after_a_visit_and_no_machine_can_answer_is_a_persons(
    world: World, clock: ManualClock, said: str
) -> None:
    await over(world, clock)
    told = await says(world, said)
    assert "הועברה לצוות" in told
    assert "באיזו עבודה" not in told
    assert [one.attention for one in await leads(world)] == [PersonReason.customer_wrote]


@pytest.mark.parametrize("said", ["תודה רבה!", "היי"])
async def test_thanks_and_greetings_after_a_visit_open_no_request(world: World, clock: ManualClock, said: str) -> None:
    await over(world, clock)
    await says(world, said)
    assert len(await leads(world)) == 1


async def test_another_job_after_a_visit_is_a_request(world: World, clock: ManualClock) -> None:
    await over(world, clock)
    await says(world, "צריך גם לתקן ברז מטפטף במקלחת")
    assert [lead.trade for lead in await leads(world)] == ["plumber", "plumber"]


async def age(world: World, said: str, clock: ManualClock, *, days: int) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(
            update(Message).where(Message.text == said).values(sent_at=clock.now() - timedelta(days=days))
        )


async def test_words_three_days_old_cancel_nothing_before_they_are_asked_about(
    world: World, clock: ManualClock
) -> None:
    await booked(world)
    await world.customer.tell("תבטלו בבקשה")
    await age(world, "תבטלו בבקשה", clock, days=3)
    await world.queue.drain()
    assert "לבטל את הביקור" in (await world.customer.unread())[-1].text
    assert await visits(world) == ["24 13:00"]


@pytest.mark.parametrize("said", ["אאחר 40 דקות", "חולה מחר", "סיימתי 450"])
async def test_a_professionals_words_of_yesterday_are_not_acted_on_and_people_read_them(
    world: World, clock: ManualClock, said: str
) -> None:
    await booked(world)
    await world.yossi.unread()
    await world.yossi.tell(said)
    await age(world, said, clock, days=2)
    await world.queue.drain()
    assert "באיחור של יום" in (await world.yossi.unread())[-1].text
    assert await world.customer.unread() == []
    assert await visits(world) == ["24 13:00"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("יש לי נזילה בכיור ביאליק 30 רמת גן מחר בבוקר לא עזוב מחרתיים אחרי ארבע", "25.11"),
        ("נזילה בכיור ביאליק 30 רמת גן ביום שני בצהריים עזוב בוא נגיד חמישי ב9 בבוקר", "27.11"),
        ("יש לי נזילה בכיור, רמת גן, רחוב ביאליק 12, ביום שני בצהריים עזוב תעשה רביעי", "26.11"),
        ("נזילה בכיור ביאליק 30 רמת גן ביום שני או יודע מה רביעי", "26.11"),
    ],
)
async def test_of_two_days_the_one_that_is_settled_on_is_offered(world: World, said: str, day: str) -> None:
    assert day in await says(world, said)
