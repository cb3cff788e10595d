"""Nobody is double-booked, however many try at once and by whatever way."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from proli.accounts.actions import create_business
from proli.accounts.actor import BY_CUSTOMER, BY_SYSTEM, Actor
from proli.contacts.models import Contact
from proli.leads.models import Lead
from proli.platform.db import BusinessSession, Database
from proli.professionals.actions import Profile, add_professional
from proli.scheduling.actions import cancel_booking, confirm_booking, hold_slot, release_hold
from proli.scheduling.errors import BookingNotLive, LeadHasBooking, SlotInPast, SlotTaken
from proli.scheduling.models import LIVE, Booking, BookingStatus, EndReason
from proli.scheduling.on_the_day import finish_visit, set_out
from proli.scheduling.queries import find_promised, get_booking, list_busy
from proli.scheduling.rules import Interval
from tests.conftest import SUNDAY_MORNING

NINE = SUNDAY_MORNING + timedelta(days=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BUFFER = 30


class Office:
    """A business with one professional, and leads as needed."""

    def __init__(self, db: Database, business_id: int, professional_id: int) -> None:
        self.db, self.business_id, self.professional_id = db, business_id, professional_id

    async def leads(self, count: int) -> list[int]:
        async with self.db.begin(self.business_id) as session:
            contacts = [Contact(phone_e164=f"+97250{number:07}", name="") for number in range(count)]
            session.add_all(contacts)
            await session.flush()
            leads = [Lead(contact_id=contact.id, description="", urgency="normal") for contact in contacts]
            session.add_all(leads)
            await session.flush()
            return [lead.id for lead in leads]

    async def hold(self, session: BusinessSession, lead_id: int, visit: Interval, *, who: int | None = None) -> Booking:
        return await hold_slot(
            session,
            lead_id=lead_id,
            professional_id=who or self.professional_id,
            visit=visit,
            buffer_minutes=BUFFER,
            actor=BY_CUSTOMER,
            now=SUNDAY_MORNING,
        )

    async def live(self) -> list[Booking]:
        async with self.db.begin(self.business_id) as session:
            return list(await session.scalars(select(Booking).where(Booking.status.in_(LIVE)).order_by(Booking.id)))


async def hire(session: BusinessSession, phone_e164: str) -> int:
    return (await add_professional(session, Profile(name="יוסי", phone_e164=phone_e164, trades=("plumber",)))).id


@pytest.fixture
async def office(db: Database, business_id: int) -> Office:
    async with db.begin(business_id) as session:
        return Office(db, business_id, await hire(session, "+972520000001"))


def at(start_minutes: int, length_minutes: int = 60) -> Interval:
    start = NINE + timedelta(minutes=start_minutes)
    return Interval(start, start + timedelta(minutes=length_minutes))


async def test_of_two_hundred_who_try_for_one_slot_at_once_exactly_one_holds_it(office: Office) -> None:
    leads = await office.leads(200)

    async def attempt(lead_id: int) -> bool:
        async with office.db.begin(office.business_id) as session:
            try:
                await office.hold(session, lead_id, at(0))
            except SlotTaken:
                return False
            return True

    won = await asyncio.gather(*map(attempt, leads))
    assert won.count(True) == 1
    (booking,) = await office.live()
    assert booking.lead_id == leads[won.index(True)]


async def test_of_a_hundred_who_try_for_slots_that_partly_overlap_no_two_winners_do(office: Office) -> None:
    leads = await office.leads(100)

    async def attempt(number: int, lead_id: int) -> None:
        async with office.db.begin(office.business_id) as session:
            with suppress(SlotTaken):
                await office.hold(session, lead_id, at(number * 7 % 480))

    await asyncio.gather(*(attempt(number, lead_id) for number, lead_id in enumerate(leads)))
    held = sorted((booking.during for booking in await office.live()), key=lambda during: str(during.lower))
    assert 2 <= len(held) <= 6
    for earlier, later in pairwise(held):
        assert earlier.upper and later.lower and earlier.upper <= later.lower


@pytest.mark.parametrize(
    ("start", "length"),
    [(0, 60), (30, 60), (-30, 60), (89, 60), (-89, 60), (15, 10), (-60, 240)],
    ids=["same", "begins within", "ends within", "in the buffer after", "own buffer reaches in", "inside", "around"],
)
async def test_what_overlaps_buffers_included_is_refused(office: Office, start: int, length: int) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        await office.hold(session, first, at(0))
    with pytest.raises(SlotTaken):
        async with office.db.begin(office.business_id) as session:
            await office.hold(session, second, at(start, length))


@pytest.mark.parametrize("start", [90, -90])
async def test_what_touches_only_the_end_of_a_buffer_is_free(office: Office, start: int) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        await office.hold(session, first, at(0))
        await office.hold(session, second, at(start))
    assert len(await office.live()) == 2


async def test_the_transaction_stays_usable_after_a_slot_was_taken(office: Office) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        await office.hold(session, first, at(0))
        with pytest.raises(SlotTaken):
            await office.hold(session, second, at(30))
        await office.hold(session, second, at(90))
    assert [booking.lead_id for booking in await office.live()] == [first, second]


async def test_a_lead_has_one_live_booking_even_with_two_professionals(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        other = await hire(session, "+972520000002")
        await office.hold(session, lead_id, at(0))
        with pytest.raises(LeadHasBooking):
            await office.hold(session, lead_id, at(300), who=other)
    assert len(await office.live()) == 1


async def test_one_lead_that_tries_for_many_slots_at_once_has_one(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        others = [await hire(session, f"+97253000000{number}") for number in range(8)]

    async def attempt(who: int) -> None:
        async with office.db.begin(office.business_id) as session:
            with suppress(LeadHasBooking):
                await office.hold(session, lead_id, at(0), who=who)

    await asyncio.gather(*map(attempt, others))
    assert len(await office.live()) == 1


async def test_two_professionals_may_have_the_same_hour(office: Office) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        await office.hold(session, first, at(0))
        await office.hold(session, second, at(0), who=await hire(session, "+972520000002"))
    assert len(await office.live()) == 2


async def test_a_released_slot_can_be_held_again(office: Office) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        booking = await office.hold(session, first, at(0))
    async with office.db.begin(office.business_id) as session:
        release_hold(await get_booking(session, booking.id, lock=True), actor=BY_SYSTEM, reason=EndReason.expired)
    async with office.db.begin(office.business_id) as session:
        await office.hold(session, second, at(0))
        await office.hold(session, first, at(90))
    assert {booking.lead_id for booking in await office.live()} == {first, second}


async def test_a_slot_may_be_released_and_held_again_in_one_transaction(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        booking = await office.hold(session, lead_id, at(0))
        release_hold(booking, actor=BY_CUSTOMER, reason=EndReason.moved)
        await session.flush()
        await office.hold(session, lead_id, at(30))
    assert [booking.starts_at for booking in await office.live()] == [at(30).start]


async def test_a_slot_that_was_rolled_back_is_free(office: Office) -> None:
    first, second = await office.leads(2)
    with pytest.raises(RuntimeError, match="crash"):
        async with office.db.begin(office.business_id) as session:
            await office.hold(session, first, at(0))
            raise RuntimeError("crash")
    async with office.db.begin(office.business_id) as session:
        await office.hold(session, second, at(0))


@pytest.mark.parametrize("start", [SUNDAY_MORNING, SUNDAY_MORNING - MINUTE])
async def test_a_slot_that_has_begun_is_refused(office: Office, start: datetime) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        with pytest.raises(SlotInPast):
            await office.hold(session, lead_id, Interval(start, SUNDAY_MORNING + HOUR))


INSERT = text("""
    INSERT INTO bookings (business_id, lead_id, professional_id, status, starts_at, ends_at, during, actor)
    VALUES (:business_id, :lead_id, :professional_id, :status, :start, :end, tstzrange(:start, :end), 'staff')
""")


@pytest.mark.parametrize("status", LIVE)
@pytest.mark.parametrize("standing", LIVE)
async def test_sql_by_hand_cannot_get_around_the_exclusion(
    office: Office, standing: BookingStatus, status: BookingStatus
) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        (await office.hold(session, first, at(0))).status = standing
    values = {
        "business_id": office.business_id,
        "lead_id": second,
        "professional_id": office.professional_id,
        "status": status.value,
        "start": at(60).start,
        "end": at(60).end,
    }
    with pytest.raises(IntegrityError, match="no_overlapping_bookings"):
        async with office.db.begin_operator() as session:
            await session.execute(INSERT, values)
    assert len(await office.live()) == 1


async def test_a_cancelled_booking_cannot_be_revived_onto_a_slot_that_is_taken(office: Office) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        booking = await office.hold(session, first, at(0))
        release_hold(booking, actor=BY_SYSTEM, reason=EndReason.expired)
        await session.flush()
        await office.hold(session, second, at(0))
    with pytest.raises(IntegrityError, match="no_overlapping_bookings"):
        async with office.db.begin_operator() as session:
            await session.execute(text("UPDATE bookings SET status = 'confirmed' WHERE id = :id"), {"id": booking.id})


async def test_the_database_refuses_buffers_that_do_not_hold_the_visit(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    with pytest.raises(IntegrityError, match="buffers"):
        async with office.db.begin_operator() as session:
            await session.execute(
                text("""
                    INSERT INTO bookings
                        (business_id, lead_id, professional_id, status, starts_at, ends_at, during, actor)
                    VALUES (:business, :lead, :professional, 'held', :start, :end, tstzrange(:start, :start), 'staff')
                """),
                {
                    "business": office.business_id,
                    "lead": lead_id,
                    "professional": office.professional_id,
                    "start": at(0).start,
                    "end": at(0).end,
                },
            )


async def test_another_business_does_not_see_the_bookings(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        booking = await office.hold(session, lead_id, at(0))
    async with office.db.begin_operator() as session:
        other = (await create_business(session, slug="other", name="אחר")).id
    async with office.db.begin(other) as session:
        assert await find_promised(session, lead_id) is None
        busy = await list_busy(session, [office.professional_id], within=at(-600, 1200))
        assert busy == {office.professional_id: []}
        assert (await session.scalars(select(Booking).where(Booking.id == booking.id))).all() == []


async def jobs(office: Office) -> list[str]:
    async with office.db.begin_operator() as session:
        return list(await session.scalars(text("SELECT task_name FROM procrastinate_jobs ORDER BY id")))


async def test_a_visit_is_confirmed_and_announced_once(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        booking = await office.hold(session, lead_id, at(0))
        await confirm_booking(session, booking, actor=Actor.professional("יוסי"))
        await confirm_booking(session, booking, actor=Actor.professional("יוסי"))
    assert await jobs(office) == ["notifications.jobs.booking_confirmed"]


async def test_who_was_promised_nothing_is_not_told_of_a_cancellation(office: Office) -> None:
    first, second = await office.leads(2)
    async with office.db.begin(office.business_id) as session:
        await cancel_booking(session, await office.hold(session, first, at(0)), actor=BY_CUSTOMER)
    assert await jobs(office) == []
    async with office.db.begin(office.business_id) as session:
        promised = await office.hold(session, second, at(0))
        promised.status = BookingStatus.confirmed
        await session.flush()
        await cancel_booking(session, promised, actor=BY_CUSTOMER)
    assert await jobs(office) == ["notifications.jobs.booking_cancelled"]


async def test_a_booking_ends_once_promised_and_then_does_not_change_any_more(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        booking = await office.hold(session, lead_id, at(0))
        with pytest.raises(BookingNotLive):
            await finish_visit(session, booking, actor=Actor.professional("יוסי"))
        await confirm_booking(session, booking, actor=Actor.professional("יוסי"))
        await finish_visit(session, booking, actor=Actor.professional("יוסי"))
        with pytest.raises(BookingNotLive):
            await confirm_booking(session, booking, actor=Actor.professional("יוסי"))
        with pytest.raises(BookingNotLive):
            release_hold(booking, actor=BY_SYSTEM, reason=EndReason.expired)
        with pytest.raises(BookingNotLive):
            await cancel_booking(session, booking, actor=BY_CUSTOMER)
        with pytest.raises(BookingNotLive):
            await finish_visit(session, booking, actor=Actor.professional("יוסי"))
        assert booking.status == BookingStatus.done


async def test_setting_out_is_told_once(office: Office) -> None:
    (lead_id,) = await office.leads(1)
    async with office.db.begin(office.business_id) as session:
        booking = await office.hold(session, lead_id, at(0))
        assert await set_out(session, booking, now=SUNDAY_MORNING)
        assert not await set_out(session, booking, now=SUNDAY_MORNING + MINUTE)
    assert booking.on_the_way_at == SUNDAY_MORNING
