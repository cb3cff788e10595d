"""Answers count from when they were said: late read, crossing each other, or beside news of a visit."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from proli.accounts.actor import Actor
from proli.dispatch.answering import expire_offer
from proli.dispatch.models import Offer, OfferStatus
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus, EndReason
from tests.chaos.waiting import until
from tests.conftest import ManualClock
from tests.desk.test_desk import (
    EVERYTHING,
    offered,
    offers,
    only_yossi,
    statuses,
    tell,
    words,
)
from tests.journeys.world import MOSHE, YOSSI, World


async def test_done_with_one_and_yes_to_the_next_are_both_heard(world: World, clock: ManualClock) -> None:
    await only_yossi(world)
    await offered(world, hour=10)
    await world.yossi.say("אשר")
    clock.advance(hours=25, minutes=10)
    await world.queue.drain(until=clock.now())
    await world.yossi.unread()
    await world.phone("+972500000002", "רות").say(EVERYTHING.format(hour=12))
    await world.yossi.unread()
    told = words(await world.yossi.say("סיימתי, מאשר"))
    assert "הסתיים" in told
    assert await statuses(world) == [OfferStatus.accepted, OfferStatus.accepted]


async def test_an_approval_said_in_time_counts_however_late_it_is_worked_off(world: World, clock: ManualClock) -> None:
    offer = await offered(world)
    (row,) = await offers(world)
    await tell(world, world.yossi, "אשר", sent_at=row.expires_at - timedelta(seconds=5))
    clock.at = row.expires_at + timedelta(minutes=3)
    async with world.runtime.db.begin(world.business_id) as session:
        assert not await expire_offer(session, offer_id=row.id, now=clock.now())
    await world.queue.drain()
    assert await statuses(world) == [OfferStatus.accepted]
    assert offer.text


async def test_what_lies_unread_does_not_hold_an_offer_up_for_ever(world: World, clock: ManualClock) -> None:
    await offered(world)
    (row,) = await offers(world)
    await tell(world, world.yossi, "אולי", sent_at=row.expires_at - timedelta(seconds=5))
    clock.at = row.expires_at + timedelta(hours=1)
    async with world.runtime.db.begin(world.business_id) as session:
        assert await expire_offer(session, offer_id=row.id, now=clock.now())


async def test_an_approval_said_too_late_stays_too_late(world: World, clock: ManualClock) -> None:
    await offered(world)
    (row,) = await offers(world)
    clock.at = row.expires_at + timedelta(minutes=1)
    assert "זמן התשובה" in words(await world.yossi.say("אשר"))


async def test_a_yes_from_before_the_offer_was_made_does_not_take_it(world: World, clock: ManualClock) -> None:
    written_at = clock.now()
    clock.advance(minutes=30)
    await offered(world)
    await tell(world, world.yossi, "כן", sent_at=written_at)
    await world.queue.drain()
    assert await statuses(world) == [OfferStatus.open]


@pytest.mark.parametrize("worked_first", ["אשר", "דחה", "both"])
async def test_of_answers_that_cross_the_one_said_first_counts(
    world: World, clock: ManualClock, worked_first: str
) -> None:
    """The approval was written two seconds before the refusal, in whatever order they arrive."""
    await offered(world)
    at = clock.now() + timedelta(minutes=1)
    clock.at = at + timedelta(seconds=10)
    said = {"אשר": at, "דחה": at + timedelta(seconds=2)}
    first = "דחה" if worked_first == "both" else worked_first
    await tell(world, world.yossi, first, sent_at=said.pop(first))
    if worked_first != "both":
        await world.queue.drain()
    for other, sent_at in said.items():
        await tell(world, world.yossi, other, sent_at=sent_at)
    await world.queue.drain()
    async with world.runtime.db.begin(world.business_id) as session:
        booking = await session.scalar(select(Booking).where(Booking.status == BookingStatus.confirmed))
        yossi = await session.scalar(select(Professional.id).where(Professional.phone_e164 == YOSSI))
        assert booking is not None
        assert booking.professional_id == yossi
        open_offers = await session.scalars(select(Offer).where(Offer.status == OfferStatus.open))
        assert open_offers.all() == []


async def test_an_approval_said_first_gives_way_to_whoever_has_approved_meanwhile(
    world: World, clock: ManualClock
) -> None:
    await offered(world)
    at = clock.now()
    clock.advance(seconds=30)
    await tell(world, world.yossi, "דחה", sent_at=at + timedelta(seconds=20))
    await world.queue.drain()
    (following,) = await world.moshe.unread()
    await world.moshe.tap(following, 0)
    await tell(world, world.yossi, "אשר", sent_at=at + timedelta(seconds=10))
    await world.queue.drain()
    assert await statuses(world) == [OfferStatus.declined, OfferStatus.accepted]
    async with world.runtime.db.begin(world.business_id) as session:
        moshe = await session.scalar(select(Professional.id).where(Professional.phone_e164 == MOSHE))
        booking = await session.scalar(select(Booking).where(Booking.status == BookingStatus.confirmed))
        assert booking is not None
        assert booking.professional_id == moshe


@pytest.mark.parametrize("said", ["בדרך", "סיימתי"])
async def test_a_visit_called_off_at_the_same_moment_is_not_set_out_for_or_done(
    world: World, clock: ManualClock, said: str
) -> None:
    await offered(world, hour=10)
    await world.yossi.say("אשר")
    clock.advance(hours=25, minutes=30)
    await world.queue.drain(until=clock.now())
    async with world.runtime.db.begin(world.business_id) as office:
        await office.execute(select(Booking).with_for_update())
        await office.execute(
            update(Booking).values(
                status=BookingStatus.cancelled, actor=Actor.staff("דוד"), reason=EndReason.called_off
            )
        )
        await world.yossi.tell(said)
        at_work = asyncio.create_task(world.queue.drain())
        await until(lambda: somebody_waits(world), "nobody waits for the booking")
    await at_work
    assert "לא נמצא ביקור" in words(await world.yossi.unread())
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(Booking.status)) == BookingStatus.cancelled


async def somebody_waits(world: World) -> bool:
    """Whether a row that one transaction has locked is waited for by another."""
    async with world.runtime.db.begin_operator() as session:
        return bool(await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
