"""What customers think of visits: one rating each, and sums that agree with them."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from proli.accounts.actions import create_business
from proli.accounts.actor import BY_CUSTOMER, Actor
from proli.contacts.models import Contact
from proli.leads.models import Lead
from proli.platform.db import Database
from proli.professionals.actions import Profile, add_professional
from proli.professionals.queries import get_professional
from proli.scheduling.actions import confirm_booking, hold_slot
from proli.scheduling.errors import BadScore, BookingNotDone
from proli.scheduling.models import Rating
from proli.scheduling.on_the_day import finish_visit
from proli.scheduling.queries import get_booking
from proli.scheduling.ratings import rate_visit
from proli.scheduling.rules import Interval
from tests.conftest import SUNDAY_MORNING

HOUR = timedelta(hours=1)


@pytest.fixture
async def professional_id(db: Database, business_id: int) -> int:
    async with db.begin(business_id) as session:
        profile = Profile(name="יוסי", phone_e164="+972520000001", trades=("plumber",), rating_sum=9, rating_count=2)
        return (await add_professional(session, profile)).id


async def visit(db: Database, business_id: int, professional_id: int, number: int, *, done: bool = True) -> int:
    async with db.begin(business_id) as session:
        contact = Contact(phone_e164=f"+97250{number:07}", name="")
        session.add(contact)
        await session.flush()
        lead = Lead(contact_id=contact.id, description="", urgency="normal")
        session.add(lead)
        await session.flush()
        start = SUNDAY_MORNING + timedelta(days=1 + number)
        booking = await hold_slot(
            session, lead_id=lead.id, professional_id=professional_id, visit=Interval(start, start + HOUR),
            buffer_minutes=30, actor=BY_CUSTOMER, now=SUNDAY_MORNING,
        )  # fmt: skip
        await confirm_booking(session, booking, actor=Actor.professional("יוסי"))
        if done:
            await finish_visit(session, booking, actor=Actor.professional("יוסי"))
        return booking.id


async def rate(db: Database, business_id: int, booking_id: int, score: int, words: str = "") -> None:
    async with db.begin(business_id) as session:
        booking = await get_booking(session, booking_id)
        await rate_visit(session, booking, score=score, words=words, now=SUNDAY_MORNING)


async def sums(db: Database, business_id: int, professional_id: int) -> tuple[int, int, int]:
    """The professional's sum and count, and how many ratings there are."""
    async with db.begin(business_id) as session:
        one = await get_professional(session, professional_id)
        return one.rating_sum, one.rating_count, await session.scalar(select(func.count()).select_from(Rating)) or 0


async def test_a_second_rating_replaces_the_first_in_the_sums(
    db: Database, business_id: int, professional_id: int
) -> None:
    booking_id = await visit(db, business_id, professional_id, 0)
    await rate(db, business_id, booking_id, 2, " איחר ")
    assert await sums(db, business_id, professional_id) == (11, 3, 1)
    await rate(db, business_id, booking_id, 5, "תוקן")
    assert await sums(db, business_id, professional_id) == (14, 3, 1)


async def test_of_many_ratings_at_once_none_is_lost_from_the_sums(
    db: Database, business_id: int, professional_id: int
) -> None:
    bookings = [await visit(db, business_id, professional_id, number) for number in range(6)]
    await asyncio.gather(*(rate(db, business_id, booking_id, 4) for booking_id in bookings * 2))
    assert await sums(db, business_id, professional_id) == (9 + 24, 8, 6)


async def test_only_a_visit_that_took_place_is_rated_with_one_to_five(
    db: Database, business_id: int, professional_id: int
) -> None:
    ahead, done = [await visit(db, business_id, professional_id, number, done=number > 0) for number in range(2)]
    with pytest.raises(BookingNotDone):
        await rate(db, business_id, ahead, 5)
    for score in (0, 6):
        with pytest.raises(BadScore):
            await rate(db, business_id, done, score)
    assert await sums(db, business_id, professional_id) == (9, 2, 0)


async def test_another_business_sees_no_ratings(db: Database, business_id: int, professional_id: int) -> None:
    await rate(db, business_id, await visit(db, business_id, professional_id, 0), 5)
    async with db.begin_operator() as session:
        other = await create_business(session, slug="other", name="אחר")
        await session.flush()
        other_id = other.id
    async with db.begin(other_id) as session:
        assert (await session.scalars(select(Rating))).all() == []
