"""A lateness that is told further adds to the hour that was told before, and nobody is said to hear who does not."""

from datetime import timedelta

import pytest

from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, bookings, two_visits, words
from tests.journeys.world import World


async def told(world: World, clock: ManualClock, said: str, *, after: int) -> str:
    """What the customer of 10:00 reads of a lateness told at 9:45; it is then so many minutes later."""
    await two_visits(world, clock)
    clock.advance(hours=1, minutes=45)
    await world.queue.drain(until=clock.now())
    await world.yossi.say(said)
    heard = words(await world.customer.unread())
    await world.phone(RUTH, "רות").unread()
    clock.advance(minutes=after)
    await world.queue.drain(until=clock.now())
    return heard


@pytest.mark.parametrize(
    ("first", "after", "said", "hour"),
    [
        ("אאחר חצי שעה", 35, "אאחר עוד חצי שעה", "11:00"),
        ("אאחר חצי שעה", 33, "אאחר לדנה עוד 20 דק", "10:50"),
        ("אאחר 20 דק", 27, "סורי, עוד רבע שעה", "10:35"),
        ("אאחר חצי שעה", 33, "עוד 20 דק", "10:50"),
        ("running 30 minutes late", 33, "another 20 minutes late", "10:50"),
        ("אאחר 20 דק", 50, "עוד 10 דק", "10:45"),
        ("אאחר חצי שעה", 25, "אגיע בעוד 10 דק", "10:20"),
        ("אאחר 20 דק", 50, "אאחר לדנה 20 דק", "10:55"),
    ],
)
async def test_it_adds_to_the_hour_told_last_and_is_never_before_it_or_past(
    world: World, clock: ManualClock, first: str, after: int, said: str, hour: str
) -> None:
    await told(world, clock, first, after=after)
    assert hour in words(await world.yossi.say(said))
    assert hour in words(await world.customer.unread())


async def test_what_changes_nothing_is_not_said_to_be_sent(world: World, clock: ManualClock) -> None:
    assert "10:30" in await told(world, clock, "אאחר חצי שעה", after=10)
    answer = words(await world.yossi.say("אאחר חצי שעה"))
    assert "לא נשלחה הודעה חדשה" in answer
    assert "10:30" in answer
    assert await world.customer.unread() == []


async def test_how_long_the_work_still_takes_is_no_lateness(world: World, clock: ManualClock) -> None:
    await told(world, clock, "אאחר חצי שעה", after=45)
    await world.yossi.say("הגעתי")
    await world.yossi.say("עוד 20 דק")
    assert await world.customer.unread() == []
    (first, _) = await bookings(world)
    assert first.expected_at == first.starts_at + timedelta(minutes=30)
