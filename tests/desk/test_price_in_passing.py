"""The price of a visit as a bare number beside "done", and put right by the professional afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from proli.leads.models import LeadEntry
from tests.conftest import ManualClock
from tests.desk.test_in_a_hurry import DANA, DONE, at, price_of, said, statuses
from tests.desk.test_words_of_the_day import offered_beside_a_visit
from tests.desk.workdays import booked, called_for, two_visits
from tests.journeys.world import World


@pytest.mark.parametrize(
    ("text", "shekels"),
    [
        ("סיימתי 450", 450),
        ("סימתי ב450", 450),
        ("גמרתי שם 1,200", 1200),
        ("סיימתי 450 החלפתי סיפון", 450),
        ("סיימתי החלפתי ברז 380 תודה", 380),
        ("סיימתי החלפתי סיפון 450", 450),
        ("סיימתי, הוחלף ברז, 80", 80),
        ("סיימתי אצל דנה 450 מזומן", 450),
        ("סיימתי לקחתי 250", 250),
        ("סיימתי ארבע מאות חמישים", 450),
        ("done 450 cash", 450),
        ("סיימתי ב-4", None),
        ("סיימתי 11", None),
        ("סיימתי 12:30", None),
        ("סיימתי 1055", None),
        ("סיימתי בבלפור 11", None),
        ("סיימתי דירה 120", None),
        ("סיימתי 60 מטר צינור", None),
        ("סיימתי 100 אחוז", None),
        ("סיימתי 100%", None),
        ("סיימתי 054-1234567", None),
    ],
)
async def test_a_bare_number_beside_done_is_the_price_where_it_can_be_one(
    world: World, clock: ManualClock, text: str, shekels: int | None
) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    told = await said(world, text)
    assert await statuses(world) == [DONE]
    assert await price_of(world) == (None if shekels is None else shekels * 100)
    assert ("נרשם המחיר" in told) == (shekels is not None)


@pytest.mark.parametrize(
    "text",
    [
        "טעות, 540",
        "לא 450, 540",
        "המחיר היה 540",
        "540 ולא 450",
        "סליחה 540",
        "התכוונתי 540 שח",
        "אופס טעיתי זה 540",
        "לקחתי 540 לא 450",
        "sorry 540 not 450",
        "the price was 540",
    ],
)
async def test_a_price_put_right_is_that_of_the_last_visit_and_stands_in_its_timeline(
    world: World, clock: ManualClock, text: str
) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי 450")
    told = await said(world, text)
    assert "540" in told
    assert "450" in told
    assert await price_of(world) == 54000
    async with world.runtime.db.begin(world.business_id) as session:
        entry = (await session.scalars(select(LeadEntry).where(LeadEntry.kind == "price_corrected"))).one()
    assert entry.details == {"price_agorot": {"was": 45000, "is": 54000}}
    assert "יוסי" in str(entry.actor)
    assert await called_for(world) is None


async def test_a_price_told_after_all_is_noted_also_after_other_news(world: World, clock: ManualClock) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי")
    await world.yossi.say("היום")
    assert "540" in await said(world, "המחיר היה 540")
    assert await price_of(world) == 54000


async def test_a_price_said_with_an_offer_waiting_is_of_the_visit(world: World, clock: ManualClock) -> None:
    await offered_beside_a_visit(world, clock)
    clock.at += timedelta(hours=2, minutes=5)
    await world.yossi.say("סיימתי")
    await world.yossi.say("450")
    assert await price_of(world) == 45000


async def test_a_price_of_long_ago_is_put_right_by_the_office(world: World, clock: ManualClock) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי 450")
    clock.advance(hours=13)
    await world.queue.drain(until=clock.now())
    assert "למשרד" in await said(world, "המחיר היה 540")
    assert await price_of(world) == 45000


@pytest.mark.parametrize(
    "text",
    ["טעות, דירה 54", "טעות בכתובת, 540", "לא, 12:30", "אאחר 60 דקות", "הלקוח רוצה 540 מטר צינור", "המחיר היה 540?"],
)
async def test_what_puts_something_else_right_leaves_the_price(world: World, clock: ManualClock, text: str) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי 450")
    await world.yossi.say(text)
    assert await price_of(world) == 45000


async def test_minutes_put_right_are_no_price(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי 450")
    await world.yossi.say("אאחר 30 דקות לרות")
    await world.yossi.say("טעות, 60")
    assert await price_of(world) == 45000
