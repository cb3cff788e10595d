"""An offer is called urgent where somebody said so, is in danger, or wants it now; not because leaks mostly are."""

from datetime import datetime

import pytest
from sqlalchemy import select

from proli.scheduling.models import LIVE, Booking
from tests.conftest import ManualClock
from tests.journeys.test_two_requests import says
from tests.journeys.world import World

HOME = "רמת גן, רחוב ביאליק 12"


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        (f"יש לי נזילה בכיור, {HOME}, מחר בשעה 10:00", False),
        (f"נזילה בתקרה, {HOME}, ביום רביעי ב-9 בבוקר", False),
        (f"סתימה בכיור {HOME} מחר ב12", False),
        (f"הברז מטפטף, {HOME}, מחר ב-16:00", False),
        (f"האסלה סתומה, {HOME}, מחר ב-8 בבוקר", False),
        (f"leak under the sink, {HOME}, tomorrow at 10:00", False),
        (f"נזילה, לא דחוף, {HOME}, מחר בשעה 10:00", False),
        (f"נזילה דחוף!! {HOME}, מחר בשעה 10:00", True),
        (f"יש לי נזילה בכיור, {HOME}, זה דחוף לי, מחר בשעה 10:00", True),
        (f"נזילה בכיור, {HOME}, היום בשעה 15:00", True),
        (f"יש לי נזילה בכיור, {HOME}, כמה שיותר מהר", True),
        (f"הצפה בבית, המים לא נסגרים, {HOME}, עכשיו", True),
    ],
)
async def test_an_offer_is_urgent_by_what_was_said_and_when_it_is_wanted(
    world: World, *, said: str, urgent: bool
) -> None:
    answer = await says(world, said)
    offers = [one.text for one in await world.yossi.unread() if one.buttons]
    assert len(offers) == 1, answer
    assert offers[0].startswith(("דחוף!", "Urgent!")) == urgent


@pytest.mark.parametrize("approved", [False, True])
async def test_who_hurries_again_keeps_an_hour_that_is_sooner_than_any_that_is_free(
    world: World, clock: ManualClock, *, approved: bool
) -> None:
    first = await says(world, f"הצפה בבית, המים לא נסגרים, {HOME}, עכשיו")
    offer = next(one for one in await world.yossi.unread() if one.buttons)
    if approved:
        await world.yossi.tap(offer, 0)
        await world.customer.unread()
    held = await starts(world)
    assert len(held) == 1, first
    clock.advance(minutes=4)
    answer = await says(world, "עכשיו, הכי מהר שאפשר")
    assert await starts(world) == held, answer


async def starts(world: World) -> list[datetime]:
    """When the visits begin that are held or promised."""
    async with world.runtime.db.begin(world.business_id) as session:
        return list(await session.scalars(select(Booking.starts_at).where(Booking.status.in_(LIVE))))
