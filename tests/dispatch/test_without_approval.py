"""Where nobody has to approve: one slot is booked once, a visit moves whole or not at all."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import select

from proli.accounts.actions import create_business
from proli.accounts.actor import BY_AGENT, BY_CUSTOMER
from proli.contacts.addresses import ensure_contact
from proli.dispatch.arranging import arrange_visit
from proli.dispatch.errors import NobodyFits
from proli.leads.actions import open_lead, save_details
from proli.leads.models import Lead, LeadStatus
from proli.platform.db import Database
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.professionals.actions import Profile, add_professional
from proli.scheduling.models import LIVE, Booking, BookingStatus
from tests.journeys.world import CUSTOMER, MOSHE, YOSSI, World
from tests.mind.talk import at

NINE, TWO = at(24, 9), at(24, 14)


@pytest.fixture
async def agency(runtime: Runtime, queue: Queue, db: Database) -> World:
    """An agency with one agent."""
    async with db.begin_operator() as session:
        business = await create_business(session, slug="agency", name="נדל״ן מורן", playbook="real_estate")
        await session.flush()
        business_id = business.id
    world = World(runtime, queue, business_id)
    await hire(world, "רות לוי", YOSSI, stars=48)
    return world


async def hire(world: World, name: str, phone: str, *, stars: int) -> int:
    async with world.runtime.db.begin(world.business_id) as session:
        made = await add_professional(
            session,
            Profile(
                name=name,
                phone_e164=phone,
                trades=("realtor",),
                base_locality="רמת גן",
                radius_km=15,
                rating_sum=stars,
                rating_count=10,
            ),
        )
        return made.id


async def new_lead(world: World, phone: str = CUSTOMER) -> int:
    """A lead that lacks only its hour."""
    now = world.runtime.clock.now()
    async with world.runtime.db.begin(world.business_id) as session:
        contact = await ensure_contact(session, phone_e164=phone)
        lead = await open_lead(session, contact_id=contact.id, conversation_id=None, actor=BY_AGENT, now=now)
        save_details(session, lead, {"trade": "realtor", "locality": "רמת גן"}, actor=BY_AGENT, now=now)
        return lead.id


async def book(world: World, lead_id: int, starts_at: datetime) -> int:
    """The professional who was booked."""
    async with world.runtime.db.begin(world.business_id) as session:
        lead = await session.get_one(Lead, lead_id)
        made = await arrange_visit(session, lead, starts_at=starts_at, actor=BY_CUSTOMER, now=world.runtime.clock.now())
        assert isinstance(made, Booking)
        return made.professional_id


async def live(world: World) -> list[Booking]:
    async with world.runtime.db.begin(world.business_id) as session:
        return list(await session.scalars(select(Booking).where(Booking.status.in_(LIVE)).order_by(Booking.id)))


async def test_a_visit_is_booked_without_asking_anybody(agency: World) -> None:
    lead_id = await new_lead(agency)
    await book(agency, lead_id, NINE)
    (booking,) = await live(agency)
    assert (booking.status, booking.starts_at) == (BookingStatus.confirmed, NINE)
    async with agency.runtime.db.begin(agency.business_id) as session:
        assert (await session.get_one(Lead, lead_id)).status == LeadStatus.booked


async def test_of_two_who_want_the_only_slot_at_once_one_gets_it(agency: World) -> None:
    leads = [await new_lead(agency, f"+97250000010{number}") for number in range(2)]
    done = await asyncio.gather(*(book(agency, lead_id, NINE) for lead_id in leads), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NobodyFits", "int"]
    assert len(await live(agency)) == 1


async def test_asked_twice_for_the_same_hour_there_is_one_visit(agency: World) -> None:
    lead_id = await new_lead(agency)
    assert await book(agency, lead_id, NINE) == await book(agency, lead_id, NINE)
    assert len(await live(agency)) == 1


async def test_a_visit_moves_with_its_agent_though_a_better_one_is_free(agency: World) -> None:
    lead_id = await new_lead(agency)
    first = await book(agency, lead_id, NINE)
    await hire(agency, "משה לוי", MOSHE, stars=50)
    assert await book(agency, lead_id, TWO) == first
    (booking,) = await live(agency)
    assert booking.starts_at == TWO


async def test_when_nobody_is_free_at_the_new_hour_the_old_visit_stays(agency: World) -> None:
    mine, other = await new_lead(agency), await new_lead(agency, MOSHE)
    await book(agency, mine, NINE)
    await book(agency, other, TWO)
    with pytest.raises(NobodyFits):
        await book(agency, mine, TWO)
    assert [booking.starts_at for booking in await live(agency) if booking.lead_id == mine] == [NINE]


async def test_whoever_was_set_on_the_lead_is_tried_first(agency: World) -> None:
    other = await hire(agency, "משה לוי", MOSHE, stars=10)
    lead_id = await new_lead(agency)
    async with agency.runtime.db.begin(agency.business_id) as session:
        (await session.get_one(Lead, lead_id)).professional_id = other
    assert await book(agency, lead_id, NINE) == other
