"""A visit that has begun is changed by people alone: the chat goes by the rule that the customer's page goes by."""

import pytest

from proli.conversations.reasons import PersonReason
from proli.leads.models import LeadStatus
from tests.conftest import ManualClock
from tests.journeys.test_handed_over import office, words
from tests.journeys.test_said_of_a_visit import PASSED, arranged, lead_of, newest_start
from tests.journeys.world import Phone, World

__all__ = ["office"]


@pytest.fixture
async def begun(world: World, clock: ManualClock, office: Phone) -> World:
    """The professional was to come an hour ago, and nobody has said how it went."""
    await arranged(world, booked=True)
    clock.advance(hours=31)
    await world.queue.drain()
    for phone in (world.customer, world.yossi, office):
        await phone.unread()
    return world


@pytest.mark.parametrize("said", ["אני רוצה לבטל את הביקור", "תעביר את זה למחר ב-12:00"])
async def test_what_is_asked_of_it_goes_to_people_and_nothing_changes(begun: World, office: Phone, said: str) -> None:
    assert PASSED in words(await begun.customer.say(said))
    assert said in words(await office.unread()).replace("\u2068", "").replace("\u2069", "")
    lead = await lead_of(begun)
    assert (lead.status, lead.attention) == (LeadStatus.booked, PersonReason.customer_wrote)
    assert await newest_start(begun) == "24 16:00"
    assert await begun.yossi.unread() == []


async def test_given_up_while_a_person_is_waited_for_it_stays_and_staff_are_told(begun: World, office: Phone) -> None:
    await begun.customer.say("אפשר לדבר עם נציג?")
    await office.unread()
    await begun.customer.say("תבטלו את הביקור")
    assert "ייתכן שמבקשים לבטל" in words(await office.unread())
    assert (await lead_of(begun)).status == LeadStatus.booked
