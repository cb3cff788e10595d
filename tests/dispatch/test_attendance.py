"""Somebody who takes no more requests, or has a day off: offers pass on, visits stay theirs and are shown to staff."""

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.accounts.permissions import Role
from proli.conversations.models import Message
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadStatus
from tests.conftest import ManualClock
from tests.console import Browser, Console
from tests.dispatch.test_console import AT, EVERYTHING
from tests.journeys.world import World

STAFF = "+972540000001"
DAY_OFF: dict[str, list[list[int]]] = {"2070-11-24": []}


@pytest.fixture
async def manager(console: Console, world: World) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def change(world: World, manager: Browser, name: str, **values: object) -> None:
    (one,) = [one for one in (await manager.call("GET", f"{AT}/professionals")).json() if one["name"] == name]
    sent = {"version": one["version"], **values}
    answer = await manager.call("PATCH", f"{AT}/professionals/{one['id']}", sent)
    assert answer.status_code == 200, answer.text
    await world.queue.drain()


async def attention(world: World) -> str | None:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead.attention))).one()


def words(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)


@pytest.mark.parametrize("values", [{"active": False}, {"exceptions": DAY_OFF}], ids=["who leaves", "who is off then"])
async def test_an_open_offer_of_somebody_who_leaves_or_is_given_the_day_off_goes_to_the_next_at_once(
    world: World, manager: Browser, values: dict[str, object]
) -> None:
    await world.customer.say(EVERYTHING)
    await world.yossi.unread()
    await change(world, manager, "יוסי כהן", **values)
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
    await change(world, manager, "יוסי כהן", active=False)
    assert await attention(world) == "professional_left"
    clock.advance(hours=30)
    await world.customer.unread()
    await world.queue.drain()
    assert "ההגעה בדרך" in words(await world.yossi.say("בדרך"))
    clock.advance(hours=2)
    assert "הסתיים" in words(await world.yossi.say("סיימתי"))
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.status))).one() == LeadStatus.done
    assert "באיזו עבודה" in words(await world.yossi.say("שלום"))


async def test_staff_are_called_at_once_to_the_visits_of_a_day_off_that_a_manager_enters_and_not_once_it_is_taken_back(
    world: World, manager: Browser
) -> None:
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    await world.customer.say(EVERYTHING)
    await world.yossi.tap((await world.yossi.unread())[0], 0)
    await change(world, manager, "יוסי כהן", exceptions=DAY_OFF)
    assert await attention(world) == "professional_off"
    (told,) = await world.phone(STAFF, "המשרד").unread()
    assert "עומדים ומחכים להחלטה" in told.text
    await change(world, manager, "יוסי כהן", exceptions={**DAY_OFF, "2070-12-01": []})
    assert await world.phone(STAFF, "המשרד").unread() == []
    await change(world, manager, "יוסי כהן", exceptions={})
    assert await attention(world) is None
    (told,) = await world.phone(STAFF, "המשרד").unread()
    assert "יוסי כהן" in told.text


async def test_a_visit_with_somebody_who_is_back_needs_no_person_for_their_having_left(
    world: World, manager: Browser
) -> None:
    await world.customer.say(EVERYTHING)
    await world.yossi.tap((await world.yossi.unread())[0], 0)
    await change(world, manager, "יוסי כהן", active=False)
    await change(world, manager, "יוסי כהן", active=True, exceptions=DAY_OFF)
    assert await attention(world) == "professional_off"
    await change(world, manager, "יוסי כהן", exceptions={})
    assert await attention(world) is None
    await change(world, manager, "יוסי כהן", active=False)
    assert await attention(world) == "professional_left"
    await change(world, manager, "יוסי כהן", active=True)
    assert await attention(world) is None
