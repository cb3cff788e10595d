"""A request that nobody in the business takes is turned away at once, once, and is with people."""

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.conversations.models import Message
from proli.leads.models import Lead
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.professionals.actions import Profile, add_professional
from tests.journeys.world import World, populate

STAFF = "+972540000001"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    async with runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    return World(runtime, queue, business_id)


@pytest.fixture
async def empty(runtime: Runtime, queue: Queue, business_id: int) -> World:
    """A business in which nobody works yet."""
    return World(runtime, queue, business_id)


def words(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def the_lead(world: World) -> Lead:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead))).one()


async def test_a_trade_that_nobody_does_is_said_before_anything_else_is_asked(world: World) -> None:
    told = words(await world.customer.say("שלום, יש לי קצר בחשמל, הלוח קופץ"))
    assert "אין אצלנו כרגע מי שמטפל" in told
    assert "?" not in told
    assert (await the_lead(world)).attention == "not_our_trade"
    assert "שאין מי שמטפל" in words(await world.phone(STAFF, "המשרד").unread())


async def test_it_is_said_once_and_thanks_are_thanks(world: World) -> None:
    await world.customer.say("יש לי קצר בחשמל, הלוח קופץ")
    assert "בשמחה" in words(await world.customer.say("תודה"))
    told = words(await world.customer.say("אני ברמת גן, ביאליק 30"))
    assert "אצל הצוות" in told
    assert "אין אצלנו" not in told
    await world.phone(STAFF, "המשרד").unread()
    assert "אצל הצוות" in words(await world.customer.say("מחר ב-10 נוח לי"))
    assert await world.phone(STAFF, "המשרד").unread() == []


async def test_another_trade_named_next_is_taken(world: World) -> None:
    await world.customer.say("יש לי קצר בחשמל, הלוח קופץ")
    told = words(await world.customer.say("לא, התכוונתי לנזילה מתחת לכיור, צריך אינסטלטור"))
    assert "באיזו עיר" in told


async def test_where_nobody_works_at_all_it_is_said_once_too(empty: World) -> None:
    assert "אין אצלנו כרגע מי שמטפל" in words(await empty.customer.say("נזילה מתחת לכיור ברמת גן"))
    assert "בשמחה" in words(await empty.customer.say("תודה"))
    assert "אצל הצוות" in words(await empty.customer.say("ביאליק 30"))


async def test_that_nobody_comes_so_far_is_said_once(world: World) -> None:
    told = words(await world.customer.say("נזילה מתחת לכיור באילת, התמרים 5, מחר ב-10"))
    assert "לא נמצא כרגע" in told
    assert "בשמחה" in words(await world.customer.say("תודה"))
    assert "אצל הצוות" in words(await world.customer.say("יש חדש?"))


async def test_related_trades_take_each_others_requests(world: World) -> None:
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(related_trades={"solar_boiler": ["plumber", "electrician"]}))
    told = words(await world.customer.say("דוד שמש דולף ברמת גן, ביאליק 30, מחר ב-16:00"))
    assert "נשלחה לאיש מקצוע" in told
    assert "דוד" in words(await world.yossi.unread())


async def test_without_them_a_trade_is_taken_by_its_own_people_alone(world: World) -> None:
    assert "אין אצלנו" in words(await world.customer.say("דוד שמש דולף ברמת גן, ביאליק 30, מחר ב-16:00"))
    async with world.runtime.db.begin(world.business_id) as session:
        await add_professional(
            session, Profile(name="אבי", phone_e164="+972520000009", trades=("electrician",), radius_km=15)
        )
    assert await world.yossi.unread() == []
