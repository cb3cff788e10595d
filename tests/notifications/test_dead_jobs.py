"""A job that is given up calls a person to what it was about, and says so once."""

import pytest
from sqlalchemy import select

from proli.accounts.models import Business
from proli.conversations.models import Conversation
from proli.leads.models import Lead
from proli.platform import jobs
from proli.platform.jobs import JobDied, emit
from proli.scheduling.events import BookingConfirmed
from proli.scheduling.models import Booking
from tests.journeys.world import Phone, World, world

__all__ = ["world"]

STAFF = "+972540000001"
ASKS = "יש לי נזילה בכיור, ברמת גן, רחוב ביאליק 17 קומה 2, מחר בשעה 16:00"


@pytest.fixture
async def staff(world: World) -> Phone:
    async with world.runtime.db.begin(world.business_id) as session:
        (await session.get_one(Business, world.business_id)).staff_e164 = STAFF
    return world.phone(STAFF, "המשרד")


async def die(world: World, **about: int) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await emit(session, JobDied(business_id=world.business_id, task="somewhere.something", about=about))
    await world.queue.drain()


async def test_whoever_was_to_be_told_of_a_visit_and_is_not_is_a_persons(
    world: World, staff: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real job, until its last try."""

    async def fails(*_: object, **__: object) -> None:
        raise ValueError("broken")

    await world.customer.say(ASKS)
    async with world.runtime.db.begin(world.business_id) as session:
        booking = (await session.scalars(select(Booking))).one()
        lead_id, booking_id = booking.lead_id, booking.id
    for name, handler in list(jobs.HANDLERS.items()):
        if handler.event is BookingConfirmed:
            once = jobs.Handler(name, BookingConfirmed, fails, handler.queue, handler.key, attempts=1)
            monkeypatch.setitem(jobs.HANDLERS, name, once)
    fresh = type(world.queue)(world.runtime)
    async with world.runtime.db.begin(world.business_id) as session:
        await emit(session, BookingConfirmed(business_id=world.business_id, booking_id=booking_id))
    await fresh.drain()
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.get_one(Lead, lead_id)).attention == "job_failed"
    alerts = [one.text for one in await staff.unread() if "פעולה אוטומטית" in one.text]
    assert alerts
    assert all("דנה" in one and "050-000-0001" in one for one in alerts)


async def test_a_job_about_a_conversation_without_a_request_calls_a_person_to_it_once(
    world: World, staff: Phone
) -> None:
    await world.customer.say("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead))).first()
        talk = (await session.scalars(select(Conversation).where(Conversation.chat_id == "+972500000001"))).one()
    assert lead is None or lead.conversation_id == talk.id
    for _ in range(2):
        await die(world, conversation_id=talk.id)
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.get_one(Conversation, talk.id)).called_for == "job_failed"
    (alert,) = await staff.unread()
    assert "דנה" in alert.text


async def test_a_job_about_nothing_that_is_there_is_told_of_once_a_day(world: World, staff: Phone) -> None:
    await world.customer.say("שלום")
    await die(world, booking_id=999_999)
    await die(world)
    (alert,) = await staff.unread()
    assert "מנהל המערכת" in alert.text
