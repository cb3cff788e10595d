"""Whoever comes again need not say it all again, and gets the same professional."""

import pytest
from sqlalchemy import select

from proli.leads.models import Lead
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.conftest import ManualClock
from tests.journeys.world import World, populate


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    return World(runtime, queue, business_id)


async def test_like_last_time_is_the_same_place_and_the_same_professional(world: World, clock: ManualClock) -> None:
    await world.customer.say("צריך להתקין ברז במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00")
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 1)
    (offer,) = await world.moshe.unread()
    await world.moshe.tap(offer, 0)
    clock.advance(days=1, hours=8)
    await world.queue.drain(until=clock.now())
    await world.moshe.say("סיימתי")
    await world.moshe.unread()
    clock.advance(days=6)
    await world.queue.drain(until=clock.now())
    await world.customer.unread()
    await world.customer.say("היי, צריך שוב אינסטלטור, כמו בפעם הקודמת, מחר בשעה 16:00")
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead).order_by(Lead.id.desc()))).first()
    assert lead is not None
    assert (lead.trade, lead.locality, lead.address) == ("plumber", "רמת גן", "ביאליק 30, קומה 2")
    (offer,) = await world.moshe.unread()
    assert "ביאליק 30" in offer.text
    assert await world.yossi.unread() == [], "he is ranked first, and is not who came last time"
