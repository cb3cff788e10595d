"""Offers as they stand in the database, and the customer whose request makes the first."""

from collections.abc import Sequence

from sqlalchemy import select, update

from proli.conversations.models import Message
from proli.dispatch.models import Offer
from proli.leads.models import Lead
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking
from tests.conftest import ManualClock
from tests.journeys.scenes import played_once
from tests.journeys.world import World

EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def offers(world: World) -> list[Offer]:
    async with world.runtime.db.begin(world.business_id) as session:
        return list(await session.scalars(select(Offer).order_by(Offer.id)))


async def live_bookings(world: World) -> list[Booking]:
    async with world.runtime.db.begin(world.business_id) as session:
        return list(await session.scalars(select(Booking).where(Booking.status.in_(LIVE)).order_by(Booking.id)))


async def the_lead(world: World) -> Lead:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead))).one()


async def change_everyone(world: World, **values: object) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).values(**values))


async def until(world: World, clock: ManualClock, **later: float) -> None:
    clock.advance(**later)
    await world.queue.drain(until=clock.now())


@played_once
async def offered(world: World) -> Message:
    """The customer has asked with all details; the offer on Yossi's phone."""
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    return offer
