"""Somebody who takes no more requests: offers pass on, visits stay theirs and are shown to staff."""

import pytest
from sqlalchemy import select

from proli.accounts.permissions import Role
from proli.conversations.models import Message
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadStatus
from tests.conftest import ManualClock
from tests.console import Browser, Console
from tests.dispatch.test_console import AT, EVERYTHING
from tests.journeys.world import World


@pytest.fixture
async def manager(console: Console, world: World) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def leave(world: World, manager: Browser, name: str) -> None:
    (one,) = [one for one in (await manager.call("GET", f"{AT}/professionals")).json() if one["name"] == name]
    sent = {"version": one["version"], "active": False}
    answer = await manager.call("PATCH", f"{AT}/professionals/{one['id']}", sent)
    assert answer.status_code == 200, answer.text
    await world.queue.drain()


def words(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def test_an_open_offer_of_somebody_who_leaves_goes_to_the_next_at_once(world: World, manager: Browser) -> None:
    await world.customer.say(EVERYTHING)
    await world.yossi.unread()
    await leave(world, manager, "יוסי כהן")
    assert "לא רלוונטית" in words(await world.yossi.unread())
    assert "עבודה חדשה" in words(await world.moshe.unread())
    async with world.runtime.db.begin(world.business_id) as session:
        statuses = await session.scalars(select(Offer.status).order_by(Offer.id))
        assert statuses.all() == [OfferStatus.withdrawn, OfferStatus.open]


async def test_the_desk_serves_whoever_still_has_a_visit_and_staff_see_it(
    world: World, manager: Browser, clock: ManualClock
) -> None:
    await world.customer.say(EVERYTHING)
    await world.yossi.tap((await world.yossi.unread())[0], 0)
    await leave(world, manager, "יוסי כהן")
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.attention))).one() == "professional_left"
    clock.advance(hours=30)
    await world.customer.unread()
    await world.queue.drain()
    assert "ההגעה בדרך" in words(await world.yossi.say("בדרך"))
    clock.advance(hours=2)
    assert "הסתיים" in words(await world.yossi.say("סיימתי"))
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.status))).one() == LeadStatus.done
    assert "באיזו עבודה" in words(await world.yossi.say("שלום"))
