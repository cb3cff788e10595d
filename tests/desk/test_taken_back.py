"""A "done" said by mistake is taken back: the visit is open again, and nobody is left with what was told of it."""

import pytest
from sqlalchemy import select

from proli.conversations.models import Conversation
from proli.leads.models import Lead, LeadEntry
from tests.conftest import ManualClock
from tests.desk.test_in_a_hurry import DANA, DONE, at, price_of, said, statuses
from tests.desk.workdays import booked, called_for, two_visits
from tests.journeys.scenes import played_once
from tests.journeys.world import CUSTOMER, World

OPEN_AGAIN = "פתוח שוב"


@played_once
async def finished(world: World, clock: ManualClock) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי 450 החלפתי סיפון")
    assert await statuses(world) == [DONE]


@pytest.mark.parametrize("text", ["טעות, לא סיימתי", "עוד לא סיימתי", "סורי בטעות", "oops", "not done yet sorry"])
async def test_the_visit_is_open_again_and_its_customer_hears(world: World, clock: ManualClock, text: str) -> None:
    await finished(world, clock)
    thanked = await world.customer.unread()
    assert any(message.buttons for message in thanked)
    assert OPEN_AGAIN in await said(world, text)
    assert "confirmed" in str(await statuses(world))
    assert await price_of(world) is None
    (told,) = await world.customer.unread()
    assert "לא הסתיים" in told.text
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead))).one()
        line = (await session.scalars(select(Conversation).where(Conversation.chat_id == CUSTOMER))).one()
        kinds = (await session.scalars(select(LeadEntry.kind).where(LeadEntry.kind == "reopened"))).all()
    assert (lead.status, lead.closed_at, line.rating_of, len(kinds)) == ("booked", None, None, 1)
    assert await called_for(world) is None


async def test_it_can_be_done_again_and_the_customer_is_asked_then(world: World, clock: ManualClock) -> None:
    await finished(world, clock)
    await said(world, "טעות, לא סיימתי")
    await world.customer.unread()
    clock.advance(minutes=40)
    await said(world, "סיימתי 500")
    assert await statuses(world) == [DONE]
    assert await price_of(world) == 50000
    assert any(message.buttons for message in await world.customer.unread())
    assert OPEN_AGAIN in await said(world, "לא סיימתי")


async def test_a_visit_that_its_customer_has_rated_is_for_people(world: World, clock: ManualClock) -> None:
    await finished(world, clock)
    await world.customer.say("5")
    assert OPEN_AGAIN not in await said(world, "טעות, לא סיימתי")
    assert await statuses(world) == [DONE]
    assert await called_for(world) is not None


async def test_next_day_it_is_for_people(world: World, clock: ManualClock) -> None:
    await finished(world, clock)
    clock.advance(hours=20)
    assert OPEN_AGAIN not in await said(world, "טעות, לא סיימתי אצל דנה")
    assert await statuses(world) == [DONE]


async def test_of_two_that_were_done_at_once_the_one_that_is_named_is_open_again(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 16)
    await world.yossi.say("סיימתי הכל")
    assert await statuses(world) == [DONE, DONE]
    await said(world, "טעות, לא סיימתי אצל רות")
    assert sorted(map(str, await statuses(world))) != sorted(map(str, [DONE, DONE]))
    assert (await statuses(world))[0] == DONE


async def test_not_done_yet_at_an_open_visit_takes_nothing_back(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי אצל דנה")
    await world.yossi.say("היום")
    await at(world, clock, 15)
    assert OPEN_AGAIN not in await said(world, "עוד לא סיימתי")
    assert (await statuses(world))[0] == DONE
