"""Offers: each answer has its effect once, whoever gives it, however late, however often, and whatever it crosses."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from proli.accounts.actor import BY_CUSTOMER, BY_STAFF, Actor
from proli.accounts.models import Business
from proli.conversations.queries import get_conversation
from proli.dispatch.answering import answer_offer
from proli.dispatch.arranging import arrange_visit
from proli.dispatch.errors import NobodyFits, OfferNotFound
from proli.dispatch.models import Offer, OfferStatus, Ranking
from proli.leads.actions import open_lead, save_details
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead, list_entries
from proli.professionals.actions import Profile, add_professional
from proli.scheduling.models import Booking, BookingStatus
from proli.sweeps.running import run_due
from tests.conftest import ManualClock
from tests.dispatch.offers import EVERYTHING, change_everyone, live_bookings, offered, offers, the_lead, until, words
from tests.journeys.world import World

STAFF = "+972540000001"


async def state(world: World) -> object:
    """Everything that an answer without effect must leave as it is."""
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead))).one()
        entries = [entry.id for entry in await list_entries(session, lead.id)]
        found = [(o.id, o.status, o.answered_at) for o in await session.scalars(select(Offer).order_by(Offer.id))]
        booked = [(b.id, b.status, b.actor) for b in await session.scalars(select(Booking).order_by(Booking.id))]
        return lead.status, lead.professional_id, lead.attention, entries, found, booked


async def test_an_approval_books_and_both_sides_are_told(world: World) -> None:
    offer = await offered(world)
    assert "העבודה נקבעה" in words(await world.yossi.tap(offer, 0))
    assert "הביקור נקבע" in words(await world.customer.unread())
    assert [one.status for one in await offers(world)] == [OfferStatus.accepted]
    assert [one.status for one in await live_bookings(world)] == [BookingStatus.confirmed]
    assert (await the_lead(world)).status == LeadStatus.booked


async def test_a_declined_offer_goes_to_the_next_who_holds_the_same_hour(world: World) -> None:
    offer = await offered(world)
    assert "תועבר הלאה" in words(await world.yossi.tap(offer, 1))
    (following,) = await world.moshe.unread()
    first, second = await offers(world)
    assert (first.status, second.status) == (OfferStatus.declined, OfferStatus.open)
    (booking,) = await live_bookings(world)
    assert booking.id == second.booking_id
    await world.moshe.tap(following, 0)
    assert "משה לוי" in words(await world.customer.unread())


async def test_an_offer_that_expires_goes_to_the_next(world: World, clock: ManualClock) -> None:
    await offered(world)
    await until(world, clock, minutes=14)
    assert await world.moshe.unread() == []
    await until(world, clock, minutes=2)
    assert len(await world.moshe.unread()) == 1
    assert [one.status for one in await offers(world)] == [OfferStatus.expired, OfferStatus.open]


async def test_an_offer_whose_job_was_lost_is_swept_up(world: World, clock: ManualClock) -> None:
    await offered(world)
    clock.advance(minutes=20)
    await run_due(world.runtime)
    assert [one.status for one in await offers(world)] == [OfferStatus.expired, OfferStatus.open]


async def test_an_offer_whose_expiry_raises_starves_no_other(world: World, clock: ManualClock) -> None:
    """The database refuses what the expiry of the first offer would write."""
    await offered(world)
    other = world.phone("+972500000002", "נועה")
    await other.say(EVERYTHING.replace("16:00", "12:00"))
    first, second = await offers(world)
    async with world.runtime.db.owner() as connection:
        check = f"CHECK (kind <> 'expired' OR lead_id <> {first.lead_id})"
        await connection.execute(text(f"ALTER TABLE lead_entries ADD {check}"))
    clock.advance(minutes=20)
    await run_due(world.runtime)
    now_first, now_second, *_ = await offers(world)
    assert (now_first.status, now_second.status) == (OfferStatus.open, OfferStatus.expired)
    assert second.id == now_second.id


async def test_when_nobody_is_left_the_customer_hears_other_times_and_staff_are_alerted(world: World) -> None:
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    staff = world.phone(STAFF, "המשרד")
    offer = await offered(world)
    await world.yossi.tap(offer, 1)
    (last,) = await world.moshe.unread()
    await world.customer.unread()
    await world.moshe.tap(last, 1)
    told = words(await world.customer.unread())
    assert "לא נקבע" in told
    assert "16:00" in told
    lead = await the_lead(world)
    assert (lead.status, lead.attention, lead.professional_id) == (LeadStatus.contacted, "nobody_left", None)
    assert await live_bookings(world) == []
    assert "050-000-0001" in words(await staff.unread())


async def test_an_offer_waits_for_the_end_of_quiet_hours(world: World, clock: ManualClock) -> None:
    clock.at = clock.at.replace(hour=21)
    await world.customer.say(EVERYTHING)
    assert await world.yossi.unread() == []
    (offer,) = await offers(world)
    assert offer.sends_at == clock.at.replace(hour=5) + timedelta(days=1)
    assert offer.expires_at - offer.sends_at == timedelta(minutes=15)
    await until(world, clock, hours=7, minutes=59)
    assert await world.yossi.unread() == []
    await until(world, clock, minutes=2)
    assert len(await world.yossi.unread()) == 1


async def test_an_emergency_does_not_wait_for_the_end_of_quiet_hours(world: World, clock: ManualClock) -> None:
    clock.at = clock.at.replace(hour=21)
    await change_everyone(world, hours={str(day): [[0, 1440]] for day in range(7)})
    await world.customer.say("הצפה! צינור התפוצץ והמים מציפים את הבית, רמת גן, ביאליק 30, מחר בשעה 9:00")
    assert (await the_lead(world)).urgency == "emergency"
    assert "דחוף" in words(await world.yossi.unread())


async def test_the_ranking_is_kept_with_everybodys_reasons(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        for name, phone, most in (("עמוס", "+972520000003", 0), ("רחוק", "+972520000004", 3)):
            await add_professional(
                session,
                Profile(
                    name=name,
                    phone_e164=phone,
                    trades=("plumber",),
                    base_locality="רמת גן" if most == 0 else "אילת",
                    radius_km=15,
                    max_open_jobs=most,
                ),
            )
    offer = await offered(world)
    await world.yossi.tap(offer, 1)
    async with world.runtime.db.begin(world.business_id) as session:
        first, second = (await session.scalars(select(Ranking).order_by(Ranking.id))).all()
    assert [(entry["name"], entry["excluded"]) for entry in first.entries] == [
        ("יוסי כהן", None),
        ("משה לוי", None),
        ("עמוס", "load_limit"),
    ]
    assert first.entries[0]["score"] > first.entries[1]["score"]
    assert set(first.entries[0]["parts"]) == {"rating", "distance", "load", "fairness", "earliest"}
    assert {entry["name"]: entry["excluded"] for entry in second.entries}["יוסי כהן"] == "declined"


async def new_lead(world: World, number: int) -> int:
    """A lead with all details, of a customer of its own."""
    conversation_id = await world.phone(f"+97250111{number:04}", f"לקוח {number}").tell("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        now = world.runtime.clock.now()
        contact_id = (await get_conversation(session, conversation_id)).contact_id
        lead = await open_lead(session, contact_id=contact_id, conversation_id=conversation_id, actor=BY_STAFF, now=now)
        details = {"trade": "plumber", "issue": "clog", "locality": "רמת גן", "address": f"ביאליק {number}"}
        save_details(session, lead, details, actor=BY_STAFF, now=now)
        return lead.id


async def ask(world: World, lead_id: int, starts_at: datetime) -> str:
    async with world.runtime.db.begin(world.business_id) as session:
        lead = await get_lead(session, lead_id)
        try:
            await arrange_visit(session, lead, starts_at=starts_at, actor=BY_CUSTOMER, now=world.runtime.clock.now())
        except NobodyFits:
            return "nobody"
        return "asked"


async def test_the_load_limit_holds_among_requests_made_at_the_same_instant(world: World, clock: ManualClock) -> None:
    await change_everyone(world, max_open_jobs=2)
    leads = [await new_lead(world, number) for number in range(12)]
    hours = [clock.at + timedelta(days=1 + number % 3, hours=number % 4 * 2) for number in range(12)]
    outcomes = await asyncio.gather(*(ask(world, one, hour) for one, hour in zip(leads, hours, strict=True)))
    assert outcomes.count("asked") == 4
    found = await offers(world)
    assert sorted(Counter(offer.professional_id for offer in found).values()) == [2, 2]


async def test_thirty_leads_that_ask_for_one_hour_at_once_get_the_two_who_are_free(
    world: World, clock: ManualClock
) -> None:
    leads = [await new_lead(world, number) for number in range(30)]
    outcomes = await asyncio.gather(*(ask(world, one, clock.at + timedelta(days=1)) for one in leads))
    assert outcomes.count("asked") == 2
    assert len({booking.professional_id for booking in await live_bookings(world)}) == 2


async def test_a_full_professional_keeps_the_customer_whose_visit_moves(world: World, clock: ManualClock) -> None:
    await change_everyone(world, max_open_jobs=1)
    offer = await offered(world)
    await world.yossi.tap(offer, 0)
    lead = await the_lead(world)
    assert await ask(world, lead.id, clock.at + timedelta(days=2)) == "asked"
    first, second = await offers(world)
    assert first.professional_id == second.professional_id


async def test_asked_again_for_the_same_hour_the_standing_offer_is_returned(world: World) -> None:
    await offered(world)
    (offer,) = await offers(world)
    lead = await the_lead(world)
    (booking,) = await live_bookings(world)
    outcomes = await asyncio.gather(*(ask(world, lead.id, booking.starts_at) for _ in range(10)))
    assert outcomes == ["asked"] * 10
    assert [one.id for one in await offers(world)] == [offer.id]


async def test_an_offer_of_another_business_is_not_found(world: World) -> None:
    await offered(world)
    (offer,) = await offers(world)
    async with world.runtime.db.begin(world.business_id + 1) as session:
        with pytest.raises(OfferNotFound):
            await answer_offer(
                session,
                offer_id=offer.id,
                professional_id=offer.professional_id,
                actor=Actor.professional("יוסי"),
                accept=True,
                now=world.runtime.clock.now(),
            )
