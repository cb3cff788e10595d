"""What staff do with what stands in the calendar: only to visits that are on, and in one order of locks."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import select, text

from proli.accounts.actor import BY_SYSTEM, Actor
from proli.dispatch.calendar import call_off, mark_done, mark_no_show
from proli.dispatch.errors import OfferStillOut
from proli.leads.models import Lead
from proli.leads.queries import get_lead, list_entries
from proli.scheduling.actions import MOST_WORDS
from proli.scheduling.errors import BookingNotLive
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.on_the_day import finish_visit
from tests.chaos.waiting import until
from tests.conftest import ManualClock
from tests.console import Browser
from tests.dispatch.test_console import AT, EVERYTHING, booked, hour, professionals, written_down
from tests.journeys.world import World


async def the_booking(world: World) -> Booking:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Booking).order_by(Booking.id.desc()).limit(1))).one()


@pytest.mark.parametrize("path", ["done", "no-show", "cancel"])
async def test_the_hold_of_an_offer_is_no_visit_that_could_end(world: World, agent: Browser, path: str) -> None:
    await world.customer.say(EVERYTHING)
    held = await the_booking(world)
    answer = await agent.call("POST", f"{AT}/bookings/{held.id}/{path}", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "offer_still_out")
    assert (await the_booking(world)).status == BookingStatus.held
    assert await world.customer.unread() == []


async def test_no_verb_ends_the_hold_of_an_offer(world: World, clock: ManualClock) -> None:
    await world.customer.say(EVERYTHING)
    held_id, now = (await the_booking(world)).id, clock.now()
    async with world.runtime.db.begin(world.business_id) as session:
        with pytest.raises(OfferStillOut):
            await mark_done(session, held_id, actor=Actor.staff("דוד"), now=now)
        with pytest.raises(OfferStillOut):
            await mark_no_show(session, held_id, actor=Actor.staff("דוד"), now=now)
        with pytest.raises(OfferStillOut):
            await call_off(session, held_id, actor=Actor.staff("דוד"), now=now)
        with pytest.raises(BookingNotLive):
            await finish_visit(session, await session.get_one(Booking, held_id), actor=Actor.staff("דוד"))


async def begins(agent: Browser, clock: ManualClock, starts_at: object) -> None:
    """The visit has just begun, and staff are still signed in."""
    clock.at = datetime.fromisoformat(str(starts_at))
    await agent.call("POST", "/api/auth/refresh")


@pytest.mark.parametrize("path", ["done", "no-show"])
async def test_a_visit_is_neither_done_nor_missed_before_it_has_begun(
    world: World, agent: Browser, clock: ManualClock, path: str
) -> None:
    lead, them = await written_down(agent), await professionals(agent)
    visit = await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    refused = await agent.call("POST", f"{AT}/bookings/{visit['id']}/{path}", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_early")
    assert refused.json()["params"]["reason"] == "not_begun"
    assert (await the_booking(world)).status == BookingStatus.confirmed
    await begins(agent, clock, visit["starts_at"])
    assert (await agent.call("POST", f"{AT}/bookings/{visit['id']}/{path}", {})).status_code == 204


async def test_a_card_on_the_board_is_not_done_before_its_visit_has_begun(agent: Browser, world: World) -> None:
    lead, them = await written_down(agent), await professionals(agent)
    await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    version = (await agent.call("GET", f"{AT}/leads/{lead['id']}")).json()["version"]
    placed = await agent.call("POST", f"{AT}/leads/{lead['id']}/place", {"version": version, "status": "done"})
    assert (placed.status_code, placed.json()["code"]) == (409, "too_early")
    many = {"action": "place", "status": "done", "ids": [{"id": lead["id"], "version": version}]}
    (outcome,) = (await agent.call("POST", f"{AT}/leads/bulk", many)).json()["outcomes"]
    assert (outcome["ok"], outcome["code"]) == (False, "too_early")


async def test_a_visit_that_the_professional_has_set_out_for_may_be_done(
    world: World, agent: Browser, clock: ManualClock
) -> None:
    lead, them = await written_down(agent), await professionals(agent)
    visit = await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    await begins(agent, clock, visit["starts_at"])
    clock.advance(hours=-1)
    assert (await agent.call("POST", f"{AT}/bookings/{visit['id']}/done", {})).status_code == 409
    await world.yossi.say("בדרך")
    assert (await agent.call("POST", f"{AT}/bookings/{visit['id']}/done", {})).status_code == 204


@pytest.mark.parametrize("path", ["done", "no-show", "cancel", ""])
async def test_a_route_of_the_calendar_waits_for_the_lead_before_it_locks_the_booking(
    world: World, agent: Browser, clock: ManualClock, path: str
) -> None:
    lead, them = await written_down(agent), await professionals(agent)
    visit = await booked(agent, lead["id"], them["יוסי כהן"], "10:00", "11:00")
    moved = {"professional_id": them["יוסי כהן"], "starts_at": hour("12:00"), "ends_at": hour("13:00")}
    method, body = ("POST", {}) if path else ("PATCH", moved)
    await begins(agent, clock, visit["starts_at"])
    async with world.runtime.db.begin(world.business_id) as session:
        await get_lead(session, int(str(lead["id"])), lock=True)
        asked = asyncio.create_task(agent.call(method, f"{AT}/bookings/{visit['id']}/{path}".rstrip("/"), body))
        await until(lambda: somebody_waits(world), "nobody waits for the lead")
        await session.execute(select(Booking).where(Booking.id == visit["id"]).with_for_update(nowait=True))
    assert (await asked).status_code in (200, 204)


async def somebody_waits(world: World) -> bool:
    async with world.runtime.db.begin_operator() as session:
        return bool(await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


async def test_that_an_offer_expired_is_the_systems_act_in_the_timeline(world: World, clock: ManualClock) -> None:
    await world.customer.say(EVERYTHING)
    clock.advance(minutes=16)
    await world.queue.drain(until=clock.now())
    async with world.runtime.db.begin(world.business_id) as session:
        lead_id = await session.scalar(select(Lead.id))
        assert lead_id is not None
        expired = [entry for entry in await list_entries(session, lead_id) if entry.kind == "expired"]
        assert [entry.actor for entry in expired] == [BY_SYSTEM]


async def test_of_what_was_said_to_a_cancellation_a_few_sentences_are_kept_wherever_it_was_said(
    world: World, clock: ManualClock
) -> None:
    await world.customer.say(EVERYTHING)
    await world.yossi.say("אשר")
    visit = await the_booking(world)
    async with world.runtime.db.begin(world.business_id) as session:
        await call_off(session, visit.id, actor=Actor.staff("דוד"), words="א" * 5_000, now=clock.now())
    assert len((await the_booking(world)).reason_words) == MOST_WORDS
