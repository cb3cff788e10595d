"""From the car: an address or a phone is told at once, and what a customer is to hear goes its way, or to people."""

from proli.knowledge.text import without_marks
from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, attentions, bookings, called_for, two_visits, words
from tests.journeys.world import World


async def test_address_and_phone_of_the_visit_that_is_meant_are_told(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    of_ruth = without_marks(words(await world.yossi.say("מה הכתובת של רות")))
    assert "ויצמן 3" in of_ruth
    assert "050-000-0002" in of_ruth
    assert "בלפור 11" in words(await world.yossi.say("טלפון?"))
    assert await called_for(world) is None


async def test_what_a_customer_is_to_hear_goes_its_way_or_to_people(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    assert "עוד לא נשלח דבר" in words(await world.yossi.say("תגידי לדנה שתכין 450 במזומן"))
    assert await called_for(world) == "professional_wrote"
    assert await world.customer.unread() == []
    await world.yossi.say("תגיד לדנה שאני בדרך")
    assert "בדרך אליך" in words(await world.customer.unread())
    assert [one.on_the_way_at is not None for one in await bookings(world)] == [True, False]
    await world.yossi.say("תגידי לרות שלא אגיע")
    assert await attentions(world) == [None, "professional_unable"]
    clock.advance(minutes=110)
    await world.yossi.say("tell Dana I'm outside")
    assert "מחכה לך ליד הדלת" in words(await world.customer.unread())
    assert "מחכה לך" not in words(await world.phone(RUTH, "רות").unread())
