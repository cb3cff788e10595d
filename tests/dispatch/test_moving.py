"""A visit moves: the old hour stands until the new one does, and what staff undo in time nobody hears of."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import func, select, update

from proli.conversations.models import ChannelAccount, Conversation, Message
from proli.conversations.reasons import PersonReason
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadStatus
from proli.professionals.actions import Profile, add_professional
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking, BookingStatus
from tests.conftest import ManualClock
from tests.console import Browser
from tests.dispatch.test_console import AT, EVERYTHING, booked, hour, professionals, written_down
from tests.journeys.scenes import played_once
from tests.journeys.world import World

MARKS = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
LEAD_PHONE = "+972527654301"


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def bookings(world: World, *statuses: BookingStatus) -> Sequence[Booking]:
    async with world.runtime.db.begin(world.business_id) as session:
        found = select(Booking).where(Booking.status.in_(statuses)).order_by(Booking.id)
        return (await session.scalars(found)).all()


async def the_lead(world: World) -> Lead:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead))).one()


@played_once
async def promised(world: World) -> Booking:
    """The customer has a visit tomorrow at four, with Yossi; everybody has read all about it."""
    await world.customer.say(EVERYTHING)
    await world.yossi.tap((await world.yossi.unread())[0], 0)
    await world.customer.unread()
    (booking,) = await bookings(world, BookingStatus.confirmed)
    return booking


async def begins(world: World, agent: Browser, clock: ManualClock, visit: Booking) -> None:
    """The visit has just begun, both sides have read all before it, and staff are still signed in."""
    clock.at = visit.starts_at
    await agent.call("POST", "/api/auth/refresh")
    await world.queue.drain(until=clock.now())
    await world.customer.unread()
    await world.yossi.unread()


async def settle(world: World, clock: ManualClock, *, seconds: float = 7) -> None:
    clock.advance(seconds=seconds)
    await world.queue.drain(until=clock.now())


async def test_the_old_hour_stands_until_the_new_one_is_approved(world: World) -> None:
    old = await promised(world)
    told = words(await world.customer.say("אפשר להזיז את הביקור למחר ב-10:00?"))
    assert "עד שתאושר" in told
    assert "16:00" in told
    asked = [message for message in await world.yossi.unread() if message.buttons]
    (offer,) = asked
    assert offer.text.translate(MARKS).splitlines()[2:4] == ["מועד חדש: מחר בשעה 10:00", "במקום: מחר בשעה 16:00"]
    assert [booking.id for booking in await bookings(world, BookingStatus.confirmed)] == [old.id]
    assert (await the_lead(world)).status == LeadStatus.booked
    assert "ממתינה לאישור" in words(await world.customer.say("מה המצב?"))
    heard = words(await world.yossi.tap(asked[0], 0))
    assert "הועבר" in heard
    assert "ירד מהיומן" not in heard
    told = words(await world.customer.unread())
    assert "הביקור הועבר" in told
    assert "10:00" in told
    (new,) = await bookings(world, *LIVE)
    assert (new.status, new.replaces_id) == (BookingStatus.confirmed, old.id)


async def test_when_nobody_approves_the_old_visit_stands_and_that_is_said(world: World) -> None:
    old = await promised(world)
    await world.customer.say("אפשר להזיז את הביקור למחר ב-10:00?")
    await world.yossi.say("דחה")
    await world.moshe.say("דחה")
    told = words(await world.customer.unread())
    assert "הביקור נשאר" in told
    assert "16:00" in told
    assert [booking.id for booking in await bookings(world, *LIVE)] == [old.id]
    lead = await the_lead(world)
    assert (lead.status, lead.professional_id) == (LeadStatus.booked, old.professional_id)
    await world.yossi.unread()
    assert "הביקור נקבע" in words(await world.customer.say("אתם שם?"))
    assert [message for message in await world.yossi.unread() if message.buttons] == []


async def test_a_visit_moves_by_half_an_hour_though_it_overlaps_itself(world: World) -> None:
    old = await promised(world)
    await world.customer.say("אפשר להזיז את הביקור למחר ב-16:30?")
    (asked,) = [message for message in await world.yossi.unread() if message.buttons]
    (held,) = await bookings(world, BookingStatus.held)
    assert held.professional_id == old.professional_id
    await world.yossi.tap(asked, 0)
    (new,) = await bookings(world, *LIVE)
    assert new.during.lower == new.starts_at


async def test_whoever_wants_the_old_hour_after_all_keeps_it(world: World) -> None:
    old = await promised(world)
    await world.customer.say("אפשר להזיז את הביקור למחר ב-10:00?")
    await world.yossi.unread()
    assert "הביקור נקבע" in words(await world.customer.say("בעצם, תשאירו ב-16:00"))
    assert [booking.id for booking in await bookings(world, *LIVE)] == [old.id]
    assert "לא רלוונטית" in words(await world.yossi.unread())


async def test_a_wish_that_everybody_declined_is_not_asked_for_again_unasked(world: World) -> None:
    await world.customer.say(EVERYTHING)
    await world.yossi.say("דחה")
    await world.moshe.say("דחה")
    await world.customer.unread()
    await world.yossi.unread()
    assert (await the_lead(world)).wish is None
    await world.customer.say("אתם שם?")
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(func.count()).where(Offer.status == OfferStatus.open)) == 0


@pytest.mark.parametrize("path", ["cancel", "no-show"])
async def test_the_hour_of_a_visit_that_staff_ended_is_not_asked_for_again_unasked(
    world: World, agent: Browser, path: str
) -> None:
    old = await promised(world)
    await agent.call("POST", f"{AT}/bookings/{old.id}/{path}", {})
    await world.yossi.unread()
    await world.customer.say("שלום?")
    assert [message for message in await world.yossi.unread() if message.buttons] == []


async def drag(agent: Browser, booking_id: object, professional_id: int, start: str, end: str) -> None:
    sent = {"professional_id": professional_id, "starts_at": hour(start), "ends_at": hour(end)}
    moved = await agent.call("PATCH", f"{AT}/bookings/{booking_id}", sent)
    assert moved.status_code == 200, moved.text
    assert moved.json()["id"] == booking_id


async def test_a_visit_moved_twice_is_told_once_as_moved(world: World, agent: Browser, clock: ManualClock) -> None:
    old, them = await promised(world), await professionals(agent)
    await world.yossi.unread()
    await drag(agent, old.id, them["יוסי כהן"], "10:00", "11:00")
    clock.advance(seconds=4)
    await drag(agent, old.id, them["יוסי כהן"], "12:00", "13:00")
    await settle(world, clock, seconds=3)
    assert await world.customer.unread() == [], "the second move can still be taken back"
    await settle(world, clock)
    (told,) = await world.customer.unread()
    assert "הביקור הועבר" in told.text
    assert "12:00" in told.text
    (heard,) = await world.yossi.unread()
    assert "הועבר" in heard.text
    assert "תודה" not in heard.text


async def test_a_move_that_is_undone_in_time_is_silent(world: World, agent: Browser, clock: ManualClock) -> None:
    old, them = await promised(world), await professionals(agent)
    await world.yossi.unread()
    for start, end in (("10:00", "11:00"), ("12:00", "13:00"), ("16:00", "17:00")):
        await drag(agent, old.id, them["יוסי כהן"], start, end)
    await settle(world, clock)
    assert await world.customer.unread() == []
    assert await world.yossi.unread() == []


async def test_a_visit_given_to_somebody_else_is_told_to_both_professionals(
    world: World, agent: Browser, clock: ManualClock
) -> None:
    old, them = await promised(world), await professionals(agent)
    await world.yossi.unread()
    await drag(agent, old.id, them["משה לוי"], "16:00", "17:00")
    await settle(world, clock)
    assert "ירד מהיומן" in words(await world.yossi.unread())
    assert "16:00" in words(await world.moshe.unread())
    assert "משה לוי" in words(await world.customer.unread())
    assert "אין כרגע" not in words(await world.yossi.say("אשר"))


async def call_staff_for(world: World, reason: PersonReason) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Lead).values(attention=reason))


@pytest.mark.parametrize("reason", ["professional_left", "visit_crowded"])
async def test_a_visit_dragged_to_somebody_else_needs_no_person_for_whose_it_was(
    world: World, agent: Browser, reason: PersonReason
) -> None:
    old, them = await promised(world), await professionals(agent)
    await call_staff_for(world, reason)
    await drag(agent, old.id, them["משה לוי"], "16:00", "17:00")
    assert (await the_lead(world)).attention is None


async def test_a_visit_dragged_to_another_hour_of_who_has_left_still_waits_for_a_person(
    world: World, agent: Browser
) -> None:
    old = await promised(world)
    await call_staff_for(world, PersonReason.professional_left)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).values(active=False))
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.id != old.professional_id).values(active=True))
    await drag(agent, old.id, old.professional_id, "10:00", "11:00")
    assert (await the_lead(world)).attention == "professional_left"


async def test_a_visit_that_is_on_again_waits_for_nobody_because_of_the_offer_that_ended_with_it(
    world: World, agent: Browser
) -> None:
    old = await promised(world)
    await world.customer.say("אפשר להזיז את הביקור למחר ב-10:00?")
    await agent.call("POST", f"{AT}/bookings/{old.id}/cancel", {})
    assert (await the_lead(world)).attention == "offer_withdrawn"
    await agent.call("POST", f"{AT}/bookings/{old.id}/restore", {})
    assert (await the_lead(world)).attention is None


@pytest.mark.parametrize("path", ["done", "no-show", "cancel"])
async def test_what_staff_take_back_in_time_nobody_hears_of(
    world: World, agent: Browser, clock: ManualClock, path: str
) -> None:
    old = await promised(world)
    await begins(world, agent, clock, old)
    assert (await agent.call("POST", f"{AT}/bookings/{old.id}/{path}", {})).status_code == 204
    await settle(world, clock, seconds=3)
    assert await world.customer.unread() == []
    restored = await agent.call("POST", f"{AT}/bookings/{old.id}/restore", {})
    assert (restored.status_code, restored.json()["status"]) == (200, "confirmed")
    assert (await the_lead(world)).status == LeadStatus.booked
    await settle(world, clock)
    assert await world.customer.unread() == []
    assert await world.yossi.unread() == []


async def test_what_has_been_told_cannot_be_taken_back(world: World, agent: Browser, clock: ManualClock) -> None:
    old = await promised(world)
    await begins(world, agent, clock, old)
    await agent.call("POST", f"{AT}/bookings/{old.id}/done", {})
    await settle(world, clock)
    assert "הסתיים" in words(await world.customer.unread())
    refused = await agent.call("POST", f"{AT}/bookings/{old.id}/restore", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_late_to_undo")


async def test_a_visit_booked_and_called_off_at_once_is_told_to_nobody(
    world: World, agent: Browser, clock: ManualClock
) -> None:
    lead, them = await written_down(agent), await professionals(agent)
    visit = await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    await agent.call("POST", f"{AT}/bookings/{visit['id']}/cancel", {})
    await settle(world, clock)
    assert await world.yossi.unread() == []
    assert await world.phone(LEAD_PHONE, "נועה").unread() == []


async def test_a_customer_who_has_never_written_hears_of_a_visit_booked_by_hand(
    world: World, agent: Browser, clock: ManualClock
) -> None:
    await world.phone("+972500000009", "מישהו").say("שלום")
    lead, them = await written_down(agent), await professionals(agent)
    await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    await settle(world, clock)
    assert "הביקור נקבע" in words(await world.phone(LEAD_PHONE, "נועה").unread())
    async with world.runtime.db.begin(world.business_id) as session:
        line = await session.scalar(select(Lead.conversation_id).where(Lead.id == lead["id"]))
        chat = await session.scalar(select(Conversation.chat_id).where(Conversation.id == line))
        assert chat == LEAD_PHONE


async def test_where_the_customer_cannot_be_written_to_staff_see_it(
    world: World, agent: Browser, clock: ManualClock
) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(func.count()).select_from(ChannelAccount)) == 0
    lead, them = await written_down(agent), await professionals(agent)
    await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    await settle(world, clock)
    shown = (await agent.call("GET", f"{AT}/leads/{lead['id']}")).json()
    assert shown["attention"] == "customer_not_told"


async def test_a_moved_visit_is_one_moved_in_reports(world: World, agent: Browser, clock: ManualClock) -> None:
    lead, them = await written_down(agent), await professionals(agent)
    visit = await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    await drag(agent, visit["id"], them["יוסי כהן"], "12:00", "13:00")
    report = (await agent.call("GET", f"{AT}/reports?from=2070-11-24&to=2070-11-24")).json()
    (day,) = report["bookings"]
    assert day == {"day": "2070-11-24", "booked": 1, "done": 0, "cancelled": 0, "moved": 1, "revenue_agorot": 0}


async def test_a_visit_done_while_a_move_is_asked_for_ends_the_asking(world: World, clock: ManualClock) -> None:
    await promised(world)
    await world.customer.say("אפשר להזיז את הביקור למחרתיים ב-10:00?")
    assert datetime.fromisoformat("2070-11-24T14:30:00+00:00") > clock.now()
    clock.at = datetime.fromisoformat("2070-11-24T14:30:00+00:00")
    await world.yossi.unread()
    await world.yossi.say("סיימתי")
    assert await bookings(world, *LIVE) == []
    assert (await the_lead(world)).status == LeadStatus.done


async def add_others(world: World) -> dict[str, int]:
    """A handyman next door, and a plumber who does not come so far."""
    async with world.runtime.db.begin(world.business_id) as session:
        handyman = Profile(
            name="אורי נחום", phone_e164="+972520000008", trades=("handyman",), base_locality="רמת גן", radius_km=15
        )
        far = Profile(
            name="דן אילת", phone_e164="+972520000009", trades=("plumber",), base_locality="אילת", radius_km=15
        )
        return {one.name: (await add_professional(session, one)).id for one in (handyman, far)}


@pytest.mark.parametrize("name", ["אורי נחום", "דן אילת"])
async def test_a_visit_goes_to_nobody_who_does_not_do_the_trade_or_come_to_the_place(
    world: World, agent: Browser, clock: ManualClock, name: str
) -> None:
    old, others = await promised(world), await add_others(world)
    sent = {"professional_id": others[name], "starts_at": hour("14:00"), "ends_at": hour("15:00")}
    assigned = await agent.call(
        "POST", f"{AT}/leads/{old.lead_id}/assign", {"professional_id": others[name], "starts_at": hour("14:00")}
    )
    for refused in (assigned, await agent.call("PATCH", f"{AT}/bookings/{old.id}", sent)):
        assert (refused.status_code, refused.json()["code"]) == (409, "does_not_fit")
        assert refused.json()["params"]["reason"] == "not_suited"
    await settle(world, clock)
    assert await world.customer.unread() == []
    lead = await written_down(agent, 7)
    made = await agent.call("POST", f"{AT}/bookings", {"lead_id": lead["id"], **sent})
    assert (made.status_code, made.json()["params"]["reason"]) == (409, "not_suited")


async def test_a_visit_may_be_made_longer_whoever_has_it(world: World, agent: Browser) -> None:
    """Only another professional is asked whether they are suited."""
    old = await promised(world)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).values(trades=["handyman"]))
    sent = {"professional_id": old.professional_id, "starts_at": hour("16:00"), "ends_at": hour("18:00")}
    assert (await agent.call("PATCH", f"{AT}/bookings/{old.id}", sent)).status_code == 200
