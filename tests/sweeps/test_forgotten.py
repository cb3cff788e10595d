"""What was left lying is seen to: offers, holds, answers and sends whose own jobs are gone."""

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, select, text, update

from proli.accounts.models import Business
from proli.conversations.models import Conversation, Message
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.scheduling.models import Booking, BookingStatus
from proli.sweeps.running import run_due
from tests.conftest import ManualClock
from tests.journeys.world import World, populate

EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"
STAFF = "+972540000001"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    async with runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    return World(runtime, queue, business_id)


async def jobs_are_lost(world: World) -> None:
    """As after a restore of an older copy of the queue."""
    async with world.runtime.db.begin_operator() as session:
        await session.execute(text("DELETE FROM procrastinate_jobs"))


async def sweep(world: World) -> None:
    await run_due(world.runtime)
    await world.queue.drain()


async def rows[T](world: World, table: type[T]) -> Sequence[T]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(table).order_by(text("id")))).all()


async def test_whoever_wrote_and_was_forgotten_is_answered_once(world: World, clock: ManualClock) -> None:
    await world.customer.tell(EVERYTHING)
    await jobs_are_lost(world)
    clock.advance(minutes=4)
    await sweep(world)
    assert await world.customer.unread() == []
    clock.advance(minutes=10)
    await sweep(world)
    (reply,) = await world.customer.unread()
    assert "16:00" in reply.text
    clock.advance(minutes=10)
    await sweep(world)
    assert await world.customer.unread() == []


async def test_an_answer_that_has_a_job_is_left_to_it(world: World, clock: ManualClock) -> None:
    await world.customer.tell(EVERYTHING)
    clock.advance(minutes=10)
    async with world.runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'"))
    await run_due(world.runtime)
    async with world.runtime.db.begin_operator() as session:
        assert await session.scalar(text("SELECT min(scheduled_at) > now() FROM procrastinate_jobs"))


async def test_what_could_not_be_answered_for_an_hour_is_a_persons_and_the_customer_knows(
    world: World, clock: ManualClock
) -> None:
    staff = world.phone(STAFF, "המשרד")
    await world.customer.tell(EVERYTHING)
    await jobs_are_lost(world)
    clock.advance(minutes=61)
    await sweep(world)
    told = await world.customer.unread()
    assert len(told) == 1
    assert len(await staff.unread()) == 1
    (conversation,) = [one for one in await rows(world, Conversation) if one.called_for]
    assert conversation.called_for == "agent_failed"
    clock.advance(minutes=61)
    await sweep(world)
    assert await world.customer.unread() == []
    assert await staff.unread() == []


async def test_what_a_person_has_taken_over_is_left_to_them(world: World, clock: ManualClock) -> None:
    conversation_id = await world.customer.tell(EVERYTHING)
    await jobs_are_lost(world)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Conversation).where(Conversation.id == conversation_id).values(owner="human"))
    clock.advance(minutes=61)
    await sweep(world)
    assert await world.customer.unread() == []


async def test_a_message_whose_job_was_lost_is_sent_once(world: World, clock: ManualClock) -> None:
    await world.customer.say(EVERYTHING)
    async with world.runtime.db.begin(world.business_id) as session:
        lost = (await session.scalars(select(Message.id).where(Message.direction == "out"))).all()
        await session.execute(
            update(Message).where(Message.id == lost[0]).values(delivery="queued", attempts=0, external_id=None)
        )
    await jobs_are_lost(world)
    clock.advance(minutes=11)
    await sweep(world)
    (found,) = [one for one in await rows(world, Message) if one.id == lost[0]]
    assert (found.delivery, found.attempts) == ("sent", 1)
    clock.advance(minutes=11)
    await sweep(world)
    (found,) = [one for one in await rows(world, Message) if one.id == lost[0]]
    assert found.attempts == 1


async def test_an_hour_held_for_an_offer_that_is_over_is_free_and_the_next_is_asked(
    world: World, clock: ManualClock
) -> None:
    await world.customer.say(EVERYTHING)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Offer).values(status=OfferStatus.declined, answered_at=clock.now()))
    await sweep(world)
    first, second = await rows(world, Booking)
    assert (first.status, second.status) == (BookingStatus.cancelled, BookingStatus.held)
    assert [one.status for one in await rows(world, Offer)] == [OfferStatus.declined, OfferStatus.open]
    clock.advance(minutes=5)
    await sweep(world)
    assert len(await rows(world, Booking)) == 2


async def test_an_hour_held_for_nothing_is_free_and_a_person_sees_the_request(world: World) -> None:
    await world.customer.say(EVERYTHING)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(delete(Offer))
    await sweep(world)
    (booking,), (lead,) = await rows(world, Booking), await rows(world, Lead)
    assert booking.status == BookingStatus.cancelled
    assert (lead.status, lead.attention) == ("contacted", "offer_withdrawn")
