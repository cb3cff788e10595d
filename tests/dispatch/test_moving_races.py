"""A visit moves while others act: nobody is booked twice, and what stands is what both sides hear of."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.actor import BY_CUSTOMER, BY_STAFF, Actor
from proli.contacts.models import Contact
from proli.conversations.reasons import PersonReason
from proli.dispatch.actions import cancel_request
from proli.dispatch.answering import Answered, Outcome, answer_offer
from proli.dispatch.arranging import arrange_visit
from proli.dispatch.calendar import book_by_hand, reschedule
from proli.dispatch.errors import NobodyFits
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadStatus
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking, BookingStatus
from proli.scheduling.rules import Interval
from tests.conftest import ManualClock
from tests.dispatch.test_moving import bookings, promised, the_lead, words
from tests.journeys.scenes import played_once
from tests.journeys.world import MOSHE, World

HOUR = timedelta(hours=1)
BY_YOSSI = Actor.professional("יוסי כהן")


@played_once
async def asked_to_move(world: World, to: str) -> Offer:
    """The visit of tomorrow at four stands, and Yossi is asked for another hour."""
    await promised(world)
    await world.customer.say(f"אפשר להזיז את הביקור למחר ב-{to}?")
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Offer).where(Offer.status == OfferStatus.open))).one()


async def approve(world: World, offer: Offer) -> Answered:
    async with world.runtime.db.begin(world.business_id) as session:
        return await answer_offer(
            session, offer_id=offer.id, professional_id=offer.professional_id, actor=BY_YOSSI, accept=True,
            now=world.runtime.clock.now(),
        )  # fmt: skip


async def cancel(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead).order_by(Lead.id).limit(1))).one()
        await cancel_request(session, lead, actor=BY_CUSTOMER, now=world.runtime.clock.now())


async def another_lead(world: World) -> int:
    async with world.runtime.db.begin(world.business_id) as session:
        contact = Contact(phone_e164="+972500000099", name="אחר")
        session.add(contact)
        await session.flush()
        lead = Lead(
            contact_id=contact.id, description="", urgency="normal", trade="plumber", locality="רמת גן",
            address="ביאליק 1", status=LeadStatus.contacted,
        )  # fmt: skip
        session.add(lead)
        await session.flush()
        return lead.id


async def wants(world: World, lead_id: int, starts_at: datetime) -> Offer | Booking | None:
    """Somebody else asks for an hour; None when nobody is free then."""
    async with world.runtime.db.begin(world.business_id) as session:
        lead = await session.get_one(Lead, lead_id)
        try:
            return await arrange_visit(
                session, lead, starts_at=starts_at, actor=BY_CUSTOMER, now=world.runtime.clock.now()
            )
        except NobodyFits:
            return None


async def without_moshe(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == MOSHE).values(active=False))


async def both(*acts: Awaitable[object]) -> Sequence[object]:
    return await asyncio.gather(*acts)


def overlapping(found: Sequence[Booking]) -> bool:
    return any(
        one.professional_id == other.professional_id and one.during.overlaps(other.during)
        for at, one in enumerate(found)
        for other in found[at + 1 :]
    )


@pytest.mark.parametrize("to", ["10:00", "16:30"])
@pytest.mark.parametrize("approval_first", [True, False])
async def test_an_approval_and_a_cancellation_at_once_leave_no_visit(
    world: World, *, to: str, approval_first: bool
) -> None:
    offer = await asked_to_move(world, to)
    acts = [approve(world, offer), cancel(world)]
    await both(*(acts if approval_first else reversed(acts)))
    assert await bookings(world, *LIVE) == []
    assert (await the_lead(world)).status == LeadStatus.cancelled
    await world.queue.drain()
    assert "הועבר" not in words(await world.customer.unread())


async def test_two_workers_with_one_approval_move_the_visit_once(world: World) -> None:
    offer = await asked_to_move(world, "16:30")
    outcomes = {one.outcome for one in await asyncio.gather(approve(world, offer), approve(world, offer))}
    assert outcomes == {Outcome.accepted, Outcome.already_accepted}
    (stands,) = await bookings(world, *LIVE)
    assert stands.id == offer.booking_id
    await world.queue.drain()
    assert words(await world.customer.unread()).count("הביקור הועבר") == 1


async def test_the_old_hour_is_free_for_others_only_with_the_approval(world: World) -> None:
    offer = await asked_to_move(world, "10:00")
    await without_moshe(world)
    other = await another_lead(world)
    (old,) = await bookings(world, BookingStatus.confirmed)
    assert await wants(world, other, old.starts_at) is None
    await both(approve(world, offer), wants(world, other, old.starts_at))
    found = await bookings(world, *LIVE)
    assert offer.booking_id in [one.id for one in found]
    assert not overlapping(found)
    assert await wants(world, other, old.starts_at) is not None
    assert not overlapping(await bookings(world, *LIVE))


async def test_a_longer_pause_since_then_does_not_undo_an_approval(world: World) -> None:
    offer = await asked_to_move(world, "10:00")
    (held,) = await bookings(world, BookingStatus.held)
    other, end = await another_lead(world), held.during.upper
    assert end is not None
    now = world.runtime.clock.now()
    async with world.runtime.db.begin(world.business_id) as session:
        lead = await session.get_one(Lead, other)
        await book_by_hand(
            session,
            lead,
            professional_id=offer.professional_id,
            visit=Interval(end, end + HOUR),
            actor=BY_STAFF,
            now=now,
        )
        await session.execute(update(Professional).values(buffer_minutes=90))
    assert (await approve(world, offer)).outcome == Outcome.accepted
    found = await bookings(world, BookingStatus.confirmed)
    assert offer.booking_id in [one.id for one in found]
    assert not overlapping(found)


async def test_an_hour_that_was_given_away_meanwhile_leaves_the_visit_and_the_customer_hears(world: World) -> None:
    """Staff made the visit shorter and gave the minutes after it away, which the move would have needed."""
    offer = await asked_to_move(world, "16:30")
    await without_moshe(world)
    (old,) = await bookings(world, BookingStatus.confirmed)
    other, now = await another_lead(world), world.runtime.clock.now()
    minutes = timedelta(minutes=1)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).values(buffer_minutes=0))
    async with world.runtime.db.begin(world.business_id) as session:
        await reschedule(
            session, old.id, professional_id=old.professional_id, actor=BY_STAFF, now=now,
            visit=Interval(old.starts_at, old.starts_at + 20 * minutes),
        )  # fmt: skip
        lead = await session.get_one(Lead, other)
        await book_by_hand(
            session, lead, professional_id=old.professional_id, actor=BY_STAFF, now=now,
            visit=Interval(old.starts_at + 35 * minutes, old.starts_at + 50 * minutes),
        )  # fmt: skip
    assert (await approve(world, offer)).outcome == Outcome.withdrawn
    await world.queue.drain()
    told = words(await world.customer.unread())
    assert "הביקור נשאר" in told
    assert "16:00" in told
    assert old.id in [one.id for one in await bookings(world, BookingStatus.confirmed)]
    assert await bookings(world, BookingStatus.held) == []
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.get_one(Lead, old.lead_id)).attention == PersonReason.nobody_left


async def test_where_time_runs_out_the_old_visit_stands_and_that_is_said(world: World, clock: ManualClock) -> None:
    offer = await asked_to_move(world, "10:00")
    await without_moshe(world)
    clock.at = offer.expires_at + timedelta(minutes=1)
    await world.queue.drain(until=clock.now())
    told = words(await world.customer.unread())
    assert "הביקור נשאר" in told
    assert "16:00" in told
    (stands,) = await bookings(world, *LIVE)
    assert stands.status == BookingStatus.confirmed
    clock.at = stands.starts_at - HOUR
    await world.queue.drain(until=clock.now())
    reminded = words(await world.customer.unread())
    assert "16:00" in reminded
    assert "10:00" not in reminded


async def test_whose_hour_is_freed_hears_at_once_when_another_takes_the_visit(world: World) -> None:
    await asked_to_move(world, "10:00")
    await world.yossi.unread()
    await world.yossi.say("דחה")
    asked = [message for message in await world.moshe.unread() if message.buttons]
    assert "16:00" not in words(await world.yossi.unread()), "the visit still stands with him"
    await world.moshe.tap(asked[0], 0)
    assert "16:00" in words(await world.yossi.unread())
    assert "10:00" in words(await world.customer.unread())
    (stands,) = await bookings(world, *LIVE)
    assert stands.status == BookingStatus.confirmed


async def test_a_visit_whose_professional_is_away_is_not_said_to_stand(world: World) -> None:
    await asked_to_move(world, "10:00")
    await world.yossi.say("מחר אני לא עובד")
    await world.moshe.say("דחה")
    told = words(await world.customer.unread())
    assert "הביקור נשאר" not in told
    assert "בבדיקה מול הצוות" in told


async def test_of_a_visit_that_is_over_by_then_nothing_is_said(world: World, clock: ManualClock) -> None:
    await asked_to_move(world, "10:00")
    await without_moshe(world)
    (old,) = await bookings(world, BookingStatus.confirmed)
    clock.at = old.ends_at + 24 * HOUR
    await world.queue.drain(until=clock.now())
    told = words(await world.customer.unread())
    assert "אי אפשר להגיע" not in told
    assert "נשאר" not in told
