"""An hour that is offered can be had: whoever would come can still be asked, and answer, before it begins."""

from datetime import timedelta

import pytest

from proli.accounts.actor import BY_AGENT
from proli.dispatch.actions import find_times
from proli.dispatch.arranging import arrange_visit
from proli.dispatch.models import Offer
from proli.scheduling.rules import Interval
from tests.conftest import ManualClock
from tests.dispatch.offers import change_everyone, offered, the_lead
from tests.journeys.world import World

LONG_NIGHT = {"quiet_start_minute": 22 * 60, "quiet_end_minute": 9 * 60 + 30}


@pytest.mark.parametrize("hours", [0, 13.9, 16, 22.75, 24])
async def test_every_hour_that_is_offered_can_be_asked_for(world: World, clock: ManualClock, hours: float) -> None:
    """From 9:00: at once, before and in the night's quiet, and when the day begins before quiet ends."""
    await offered(world)
    await change_everyone(world, **LONG_NIGHT)
    clock.advance(hours=hours)
    now, lead = clock.now(), await the_lead(world)
    async with world.runtime.db.begin(world.business_id) as session:
        times = await find_times(session, lead, within=Interval(now, now + timedelta(days=2)), now=now, count=12)
    assert times
    for slot in times:
        async with world.runtime.db.begin(world.business_id) as session:
            lead = await session.merge(lead)
            offer = await arrange_visit(session, lead, starts_at=slot.start, actor=BY_AGENT, now=now)
            assert isinstance(offer, Offer)
            assert offer.expires_at <= slot.start


async def test_an_hour_that_begins_before_anybody_can_be_asked_is_not_offered(world: World, clock: ManualClock) -> None:
    await offered(world)
    await change_everyone(world, **LONG_NIGHT)
    clock.advance(hours=22)
    now, lead = clock.now(), await the_lead(world)
    ends_of_quiet = now + timedelta(hours=2, minutes=30)
    async with world.runtime.db.begin(world.business_id) as session:
        times = await find_times(session, lead, within=Interval(now, now + timedelta(hours=6)), now=now, count=12)
    assert times
    assert all(slot.start > ends_of_quiet for slot in times)
