"""A visit whose professional has said when they come stands at that hour, for whatever is said and done afterwards."""

from datetime import timedelta

from proli.notifications.outcomes import find_without_outcome
from proli.notifications.queries import get_visit
from proli.scheduling.actions import may_customer_change
from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, bookings, two_visits, words
from tests.journeys.scenes import played_once
from tests.journeys.world import World


@played_once
async def late(world: World, clock: ManualClock) -> None:
    """It is 9:40; Yossi comes to the visit of 10:00 at 11:30 only, and to that of 12:00 in time."""
    await two_visits(world, clock)
    clock.advance(hours=1, minutes=40)
    await world.queue.drain(until=clock.now())
    await world.yossi.say("אגיע לדנה ב-11:30")
    await world.customer.unread()
    await world.phone(RUTH, "רות").unread()


async def test_later_still_is_told_to_the_customer_who_waits_already(world: World, clock: ManualClock) -> None:
    await late(world, clock)
    clock.advance(minutes=85)
    await world.yossi.say("אגיע רק עוד 40 דקות")
    assert "11:45" in words(await world.customer.unread())
    assert await world.phone(RUTH, "רות").unread() == []


async def test_until_the_hour_that_was_told_the_customer_may_change_the_visit_and_nobody_asks_how_it_went(
    world: World, clock: ManualClock
) -> None:
    await late(world, clock)
    clock.advance(minutes=85)
    (first, _) = await bookings(world)
    assert may_customer_change(first, now=clock.now())
    assert not may_customer_change(first, now=clock.now() + timedelta(minutes=26))
    over = first.ends_at + timedelta(minutes=30)
    late_by = timedelta(minutes=90)
    async with world.runtime.db.begin_operator() as session:
        asked = await find_without_outcome(session, [world.business_id], over + timedelta(minutes=1))
        later = await find_without_outcome(session, [world.business_id], over + late_by)
    assert (world.business_id, first.id) not in asked
    assert (world.business_id, first.id) in later


async def test_who_sets_out_anew_goes_to_the_next_visit_and_not_to_the_one_they_have_come_to(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    clock.advance(hours=1, minutes=45)
    await world.queue.drain(until=clock.now())
    await world.yossi.say("בדרך")
    assert "בדרך" in words(await world.customer.unread())
    clock.advance(hours=1, minutes=5)
    await world.queue.drain(until=clock.now())
    await world.yossi.say("בדרך")
    assert await world.customer.unread() == []
    assert "בדרך" in words(await world.phone(RUTH, "רות").unread())


async def test_work_that_takes_longer_reaches_the_next_visit_at_the_hour_that_was_told_for_it(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    clock.advance(hours=3, minutes=50)
    await world.queue.drain(until=clock.now())
    await world.yossi.say("אאחר לרות ב-20 דקות")
    clock.advance(minutes=15)
    assert "12:00" in words(await world.yossi.say("אסיים בעוד שעה"))
    (_, second) = await bookings(world)
    async with world.runtime.db.begin(world.business_id) as session:
        visit = await get_visit(session, second.id)
        assert visit.booking.comes_at == second.starts_at + timedelta(minutes=20)


async def test_who_cannot_come_because_a_child_is_ill_declines_the_offer_and_keeps_the_visit_of_today(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    third = world.phone("+972500000078", "גיל")
    await third.say("יש לי סתימה בכיור, הרצל 8 רמת גן, מחר ב-11:00")
    assert any("הרצל" in one.text for one in await world.yossi.unread())
    await world.yossi.say("לא יכול, הבן שלי חולה")
    assert [one.unable_at for one in (await bookings(world))[:2]] == [None, None]
