"""How late somebody is, in minutes and by the clock: the customer hears the hour that was meant, or nothing."""

import pytest

from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, two_visits, words
from tests.journeys.world import World


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("אאחר ב20", "10:20"),
        ("אאחר ב-10", "10:10"),
        ("אאחר ב15, סליחה", "10:15"),
        ("אאחר לדנה ב-40", "10:40"),
        ("אאחר ב-10:30", "10:30"),
        ("אאחר, אגיע ב-11", "11:00"),
        ("אגיע ב-10:30 במקום 10", "10:30"),
        ("I'll be there at 10:30 instead of 10:00", "10:30"),
        ("יש פקק אגיע עוד 40 דקות", "10:20"),
        ("stuck in traffic, i'll be there in 40 minutes", "10:20"),
    ],
)
async def test_by_how_long_and_at_which_hour_are_told_apart(
    world: World, clock: ManualClock, said: str, hour: str
) -> None:
    await two_visits(world, clock)
    clock.advance(hours=1, minutes=40)
    await world.queue.drain(until=clock.now())
    await world.customer.unread()
    await world.yossi.say(said)
    assert hour in words(await world.customer.unread())
    assert await world.phone(RUTH, "רות").unread() == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("אאחר ב-17", "בכמה"),
        ("אגיע ב-16:30 במקום 16", "הועברה למשרד"),
        ("אגיע ב-9:30 במקום 10", "הועברה למשרד"),
        ("אגיע מחר ב-11 במקום 10", "הועברה למשרד"),
        ("יש פקק אגיע עוד 40 דקות", "הועברה למשרד"),
    ],
)
async def test_a_delay_that_fits_no_visit_tells_no_customer_anything(
    world: World, clock: ManualClock, said: str, told: str
) -> None:
    """It is 8:00; in 40 minutes is before the visit of 10:00."""
    await two_visits(world, clock)
    assert told in words(await world.yossi.say(said))
    assert await world.customer.unread() == []
