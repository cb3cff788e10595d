"""Who waited at a door in vain and left tells that the customer was absent; who still waits, that nobody opens."""

import pytest

from proli.scheduling.models import BookingStatus
from tests.conftest import ManualClock
from tests.desk.test_in_a_hurry import DANA, at, said, statuses
from tests.desk.workdays import attentions, booked, two_visits
from tests.journeys.world import World


@pytest.mark.parametrize(
    "text", ["חיכיתי 20 דקות והלכתי", "דפקתי וצלצלתי ואין תשובה אז הלכתי", "waited 20 min and left"]
)
async def test_who_has_waited_and_left_was_there_without_the_customer(
    world: World, clock: ManualClock, text: str
) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 10, 25)
    assert "הצוות ימשיך" in await said(world, text)
    assert await statuses(world) == [BookingStatus.no_show]
    assert "customer_absent" in str(await attentions(world))


async def test_of_two_visits_that_have_begun_people_hear(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9)
    assert "הצוות ימשיך" not in await said(world, "חיכיתי 20 דקות והלכתי")
    assert BookingStatus.no_show not in await statuses(world)


@pytest.mark.parametrize("text", ["אין פה אף אחד", "לא פותחים לי", "אף אחד לא פותח"])
async def test_who_still_waits_is_heard_by_the_customer(world: World, clock: ManualClock, text: str) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 10, 5)
    await world.yossi.say(text)
    assert any("דלת" in one.text or "מחכ" in one.text for one in await world.customer.unread())
