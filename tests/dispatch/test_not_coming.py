"""An offer that staff end with nobody asked in its place: the customer hears, and the request waits for somebody."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import select

from proli.conversations.models import Message
from proli.leads.models import Lead, LeadStatus
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.console import Browser
from tests.dispatch.test_console import AT, EVERYTHING, booked, get, hour, professionals, settled
from tests.journeys.scenes import played_once
from tests.journeys.world import World


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def the_lead(world: World) -> Lead:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead))).one()


async def act(world: World, agent: Browser, path: str, body: Mapping[str, object] | None = None) -> None:
    answer = await agent.call("POST", f"{AT}{path}", body or {})
    assert answer.status_code < 300, answer.text
    await world.queue.drain()


@played_once
async def asked(world: World) -> Lead:
    """Yossi is asked for tomorrow at four, and the customer was promised news."""
    assert "נעדכן" in words(await world.customer.say(EVERYTHING))
    await world.yossi.unread()
    return await the_lead(world)


async def test_an_offer_taken_back_is_told_to_the_customer_and_waits_on_today(world: World, agent: Browser) -> None:
    lead = await asked(world)
    await act(world, agent, f"/leads/{lead.id}/withdraw")
    told = words(await world.customer.unread())
    assert "16:00" in told
    assert "לא אושר" in told
    assert "נחזור עם תשובה" in told
    assert "לא רלוונטית" in words(await world.yossi.unread())
    needs = await get(agent, "/today")
    assert [(one["id"], one["reason"]) for one in needs["attention"]] == [(lead.id, "offer_withdrawn")]  # type: ignore[union-attr,index]


async def test_whoever_is_asked_next_is_what_ends_the_waiting(world: World, agent: Browser) -> None:
    lead, them = await asked(world), await professionals(agent)
    await act(world, agent, f"/leads/{lead.id}/withdraw")
    await world.customer.unread()
    again: dict[str, object] = {"professional_id": them["משה לוי"], "starts_at": hour("16:00")}
    await act(world, agent, f"/leads/{lead.id}/assign", again)
    assert (await the_lead(world)).attention is None
    assert await world.customer.unread() == []


async def test_somebody_else_asked_in_one_step_is_no_news_for_the_customer(world: World, agent: Browser) -> None:
    lead, them = await asked(world), await professionals(agent)
    again: dict[str, object] = {"professional_id": them["משה לוי"], "starts_at": hour("16:00")}
    await act(world, agent, f"/leads/{lead.id}/assign", again)
    assert await world.customer.unread() == []
    assert (await the_lead(world)).attention is None


async def test_a_visit_promised_before_it_is_told_is_all_that_is_told(world: World, agent: Browser) -> None:
    lead, them = await asked(world), await professionals(agent)
    assert (await agent.call("POST", f"{AT}/leads/{lead.id}/withdraw", {})).status_code == 200
    await booked(agent, lead.id, them["יוסי כהן"], "12:00", "13:00")
    await settled(world)
    told = words(await world.customer.unread())
    assert "הביקור נקבע" in told
    assert "לא אושר" not in told
    assert (await the_lead(world)).attention is None


@pytest.mark.parametrize("board", [False, True])
async def test_a_request_that_staff_close_while_an_offer_is_out_is_told_to_be_closed(
    world: World, agent: Browser, board: bool
) -> None:
    lead = await asked(world)
    if board:
        await act(world, agent, f"/leads/{lead.id}/place", {"version": lead.version, "status": "cancelled"})
    else:
        await act(world, agent, f"/leads/{lead.id}/cancel")
    assert "הבקשה בוטלה" in words(await world.customer.unread())
    lead = await the_lead(world)
    assert (lead.status, lead.attention) == (LeadStatus.cancelled, None)


async def test_a_customer_who_gives_up_hears_it_once(world: World) -> None:
    await asked(world)
    told = await world.customer.say("אני רוצה לבטל")
    assert len(told) == 1
    assert "בוטלה" in told[0].text


@played_once
async def moving(world: World) -> None:
    """A visit tomorrow at four is promised, and ten o'clock is asked for instead."""
    await asked(world)
    await world.yossi.say("אשר")
    await world.customer.say("אפשר להזיז את הביקור למחר ב-10:00?")
    await world.customer.unread()


async def test_of_an_hour_that_should_have_been_the_new_one_the_customer_hears_what_stands(
    world: World, agent: Browser
) -> None:
    await moving(world)
    lead = await the_lead(world)
    await act(world, agent, f"/leads/{lead.id}/withdraw")
    told = words(await world.customer.unread())
    assert "10:00" in told
    assert "נשאר כפי שנקבע" in told
    assert "16:00" in told
    lead = await the_lead(world)
    assert (lead.status, lead.attention) == (LeadStatus.booked, "offer_withdrawn")


async def test_of_a_visit_called_off_the_customer_hears_that_and_nothing_of_its_new_hour(
    world: World, agent: Browser, clock: ManualClock
) -> None:
    await moving(world)
    async with world.runtime.db.begin(world.business_id) as session:
        promised = select(Booking.id).where(Booking.status == BookingStatus.confirmed)
        booking_id = (await session.scalars(promised)).one()
    await act(world, agent, f"/bookings/{booking_id}/cancel")
    await settled(world)
    told = words(await world.customer.unread())
    assert "בוטל" in told
    assert "לא אושר" not in told
    assert (await the_lead(world)).attention == "offer_withdrawn"
