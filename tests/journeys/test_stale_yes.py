"""A yes is said to what was said last: not to an older question whether to cancel, once a visit was spoken of since."""

import pytest

from proli.leads.models import LeadStatus
from tests.conftest import ManualClock
from tests.journeys.test_handed_over import words
from tests.journeys.test_said_of_a_visit import arranged, lead_of
from tests.journeys.world import World

ASKS = "לבטל את הביקור"


@pytest.fixture
async def asked(world: World) -> World:
    """A visit is booked, and the customer was asked whether to cancel it."""
    await arranged(world, booked=True)
    assert ASKS in words(await world.customer.say("בעלי כבר קבע, תבטלו את שלי"))
    return world


@pytest.mark.parametrize("said", ["כן מאשרת מחכה לו", "כן", "כן תודה", "yes"])
async def test_after_a_reminder_it_is_the_visit_that_is_confirmed(asked: World, clock: ManualClock, said: str) -> None:
    clock.advance(hours=29, minutes=5)
    await asked.queue.drain(until=clock.now())
    assert "תזכורת" in words(await asked.customer.unread())
    assert "בוטל" not in words(await asked.customer.say(said))
    assert (await lead_of(asked)).status == LeadStatus.booked


async def test_after_a_delay_or_who_is_on_the_way_as_well(asked: World, clock: ManualClock) -> None:
    clock.advance(hours=29, minutes=50)
    await asked.queue.drain(until=clock.now())
    await asked.yossi.say("אני בדרך")
    assert "בדרך אליך" in words(await asked.customer.unread())
    assert "בוטל" not in words(await asked.customer.say("כן תודה"))
    assert (await lead_of(asked)).status == LeadStatus.booked


async def test_with_nothing_between_it_cancels_as_it_always_did(asked: World) -> None:
    assert "בוטל" in words(await asked.customer.say("כן"))
    assert (await lead_of(asked)).status == LeadStatus.cancelled
