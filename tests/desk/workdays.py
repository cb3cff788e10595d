"""Visits of a day of Yossi's, and what staff and professionals read of it."""

from collections.abc import Sequence

from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.conversations.models import Conversation, Message
from proli.leads.models import Lead
from proli.professionals.models import Professional
from proli.scheduling.models import Booking
from tests.conftest import ManualClock
from tests.journeys.scenes import played_once, remembered
from tests.journeys.world import CUSTOMER, MOSHE, YOSSI, World

STAFF = "+972500000090"


RUTH = "+972500000002"


ASKED = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, {street} קומה 2, {day} בשעה {hour}:00"


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


@played_once
async def booked(world: World, *visits: tuple[str, str, str, int], clock: ManualClock) -> None:
    """Yossi, the only one left, has promised visits: phone, name, street, hour of tomorrow. It is tomorrow, 8:00."""
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == MOSHE).values(active=False))
    for phone, name, street, hour in visits:
        await world.phone(phone, name).say(ASKED.format(street=street, day="מחר", hour=hour))
        await world.yossi.say("אשר")
    clock.advance(hours=23)
    await world.queue.drain(until=clock.now())
    for phone in (*(visit[0] for visit in visits), YOSSI):
        await world.phone(phone, "").unread()


async def two_visits(world: World, clock: ManualClock) -> None:
    visits = ((CUSTOMER, "דנה", "רחוב בלפור 11", 10), (RUTH, "רות", "רחוב ויצמן 3", 12))
    await booked(world, *visits, clock=clock)


async def bookings(world: World) -> Sequence[Booking]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Booking).order_by(Booking.starts_at))).all()


async def exceptions(world: World) -> dict[str, list[list[int]]]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Professional).where(Professional.phone_e164 == YOSSI))).one().exceptions


async def attentions(world: World) -> list[str | None]:
    async with world.runtime.db.begin(world.business_id) as session:
        leads = (await session.scalars(select(Lead).order_by(Lead.id))).all()
        return [lead.attention for lead in leads]


async def called_for(world: World) -> str | None:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Conversation.called_for).where(Conversation.chat_id == YOSSI))).one()


@remembered
async def with_staff(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
