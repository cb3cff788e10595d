"""Answers to offers: late, repeated and crossed ones are harmless, and of two at one instant one counts."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.dispatch.answering import answer_offer, expire_offer
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadStatus
from proli.scheduling.models import BookingStatus
from tests.chaos.waiting import until as until_true
from tests.conftest import ManualClock
from tests.dispatch.offers import EVERYTHING, live_bookings, offered, offers, the_lead, until, words
from tests.dispatch.test_actions import state
from tests.journeys.world import World


async def test_approve_tapped_twice_books_once(world: World) -> None:
    offer = await offered(world)
    await world.yossi.tap(offer, 0)
    await world.customer.unread()
    before = await state(world)
    assert "כבר אושרה" in words(await world.yossi.tap(offer, 0))
    assert await state(world) == before
    assert await world.customer.unread() == []


async def test_approve_after_expiry_changes_nothing(world: World, clock: ManualClock) -> None:
    offer = await offered(world)
    await until(world, clock, minutes=20)
    before = await state(world)
    assert "זמן התשובה" in words(await world.yossi.tap(offer, 0))
    assert await state(world) == before


async def test_approve_after_the_time_but_before_anybody_noticed_changes_nothing(
    world: World, clock: ManualClock
) -> None:
    offer = await offered(world)
    clock.advance(minutes=20)
    before = await state(world)
    assert "זמן התשובה" in words(await world.yossi.tap(offer, 0))
    assert await state(world) == before


async def test_decline_after_approve_gives_nothing_up_and_calls_people(world: World) -> None:
    offer = await offered(world)
    await world.yossi.tap(offer, 0)
    assert "הועברה למשרד" in words(await world.yossi.tap(offer, 1))
    (made,) = await offers(world)
    assert made.status == OfferStatus.accepted
    lead = await the_lead(world)
    assert (lead.status, lead.attention) == (LeadStatus.booked, "professional_unable")


async def test_approve_after_decline_changes_nothing(world: World) -> None:
    offer = await offered(world)
    await world.yossi.tap(offer, 1)
    before = await state(world)
    assert "כבר נדחתה" in words(await world.yossi.tap(offer, 0))
    assert await state(world) == before


async def test_an_answer_to_a_withdrawn_offer_changes_nothing(world: World) -> None:
    offer = await offered(world)
    await world.customer.say("אני רוצה לבטל")
    assert "לא רלוונטית" in words(await world.yossi.unread())
    before = await state(world)
    assert "לא רלוונטית" in words(await world.yossi.tap(offer, 0))
    assert await state(world) == before
    assert await live_bookings(world) == []


@pytest.mark.parametrize("index", [0, 1])
async def test_an_answer_by_somebody_who_was_not_asked_changes_nothing(world: World, index: int) -> None:
    offer = await offered(world)
    before = await state(world)
    assert "אין כרגע הצעה" in words(await world.moshe.tap(offer, index))
    assert await state(world) == before


async def test_a_customer_cannot_tap_an_offer(world: World) -> None:
    offer = await offered(world)
    before = await state(world)
    await world.customer.tap(offer, 0)
    assert await state(world) == before


async def answer(world: World, offer: Offer, *, accept: bool) -> str:
    async with world.runtime.db.begin(world.business_id) as session:
        done = await answer_offer(
            session,
            offer_id=offer.id,
            professional_id=offer.professional_id,
            actor=Actor.professional("יוסי"),
            accept=accept,
            now=world.runtime.clock.now(),
        )
        return done.outcome.value


async def test_of_two_crossed_answers_at_the_same_instant_one_counts(world: World) -> None:
    await offered(world)
    (offer,) = await offers(world)
    outcomes = set(await asyncio.gather(answer(world, offer, accept=True), answer(world, offer, accept=False)))
    assert outcomes in ({"accepted", "already_accepted"}, {"declined", "already_declined"})
    assert len(await live_bookings(world)) == 1


async def test_twenty_approvals_at_the_same_instant_book_once(world: World) -> None:
    await offered(world)
    (offer,) = await offers(world)
    outcomes = await asyncio.gather(*(answer(world, offer, accept=True) for _ in range(20)))
    assert sorted(outcomes) == ["accepted"] + ["already_accepted"] * 19
    await world.queue.drain()
    assert words(await world.customer.unread()).count("הביקור נקבע") == 1


async def test_an_approval_at_the_instant_of_expiry_counts_or_does_not_but_never_both(
    world: World, clock: ManualClock
) -> None:
    await offered(world)
    (offer,) = await offers(world)

    async def expire() -> bool:
        async with world.runtime.db.begin(world.business_id) as session:
            return await expire_offer(session, offer_id=offer.id, now=offer.expires_at)

    clock.at = offer.expires_at - timedelta(seconds=1)
    outcome, expired = await asyncio.gather(answer(world, offer, accept=True), expire())
    assert (outcome, expired) in {("accepted", False), ("too_late", True)}
    (booking,) = await live_bookings(world)
    assert (booking.status == BookingStatus.confirmed) == (outcome == "accepted")


async def test_the_first_answer_of_a_professional_replaced_by_a_second_offer_does_not_book_both(world: World) -> None:
    offer = await offered(world)
    await world.yossi.tap(offer, 1)
    first, second = await offers(world)
    outcomes = await asyncio.gather(answer(world, first, accept=True), answer(world, second, accept=True))
    assert outcomes == ["already_declined", "accepted"]
    assert [booking.id for booking in await live_bookings(world)] == [second.booking_id]


async def test_two_professionals_approve_two_leads_at_the_same_time(world: World) -> None:
    await offered(world)
    other = world.phone("+972500000002", "רות")
    await other.say(EVERYTHING.replace("ביאליק 30", "הרצל 8"))
    first, second = await offers(world)
    assert first.professional_id != second.professional_id
    assert await asyncio.gather(answer(world, first, accept=True), answer(world, second, accept=True)) == [
        "accepted",
        "accepted",
    ]
    await world.queue.drain()
    assert "הביקור נקבע" in words(await world.customer.unread())
    assert "הביקור נקבע" in words(await other.unread())
    assert len(await live_bookings(world)) == 2


async def test_two_who_decline_each_others_next_offer_at_once_leave_both_leads_in_order(world: World) -> None:
    """Each wants the slot that the other is letting go; whoever must begin again does, and nobody is held twice."""
    await offered(world)
    other = world.phone("+972500000002", "רות")
    await other.say(EVERYTHING.replace("ביאליק 30", "הרצל 8"))
    first, second = await offers(world)
    await world.yossi.tell("דחה", button_id=f"offer:{first.id}:decline")
    await world.moshe.tell("דחה", button_id=f"offer:{second.id}:decline")

    async def answered() -> bool:
        await world.queue.drain()
        return {OfferStatus.declined} == {one.status for one in (await offers(world))[:2]}

    await until_true(answered, "somebody was never answered")
    live = await live_bookings(world)
    assert len({booking.lead_id for booking in live}) == len(live)
    assert len({booking.professional_id for booking in live}) == len(live)
    async with world.runtime.db.begin(world.business_id) as session:
        leads = (await session.scalars(select(Lead))).all()
    assert all(lead.status == LeadStatus.offered or lead.attention == "nobody_left" for lead in leads)
