"""A professional in the console: the same effects as on WhatsApp, on what is their own alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Membership
from proli.accounts.permissions import Role
from proli.conversations.models import Message
from proli.leads.models import Lead
from proli.professionals.models import Professional
from tests.conftest import ManualClock
from tests.console import Browser, Console
from tests.journeys.world import MOSHE, YOSSI, World

DAY = "/api/businesses/moran/my-day"
EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


async def professional(console: Console, email: str, phone_e164: str | None) -> Browser:
    """Signed in as whoever has this phone; as nobody in particular without one."""
    user_id = await console.add_person(email, role=Role.professional)
    async with console.runtime.db.begin_operator() as session:
        found = await session.scalar(select(Professional.id).where(Professional.phone_e164 == phone_e164))
        await session.execute(update(Membership).where(Membership.user_id == user_id).values(professional_id=found))
    return await console.signed_in(email)


@pytest.fixture
async def yossi(console: Console, world: World) -> Browser:
    return await professional(console, "yossi@example.com", YOSSI)


@pytest.fixture
async def moshe(console: Console, world: World) -> Browser:
    return await professional(console, "moshe@example.com", MOSHE)


async def read(browser: Browser, query: str = "") -> Any:
    answer = await browser.call("GET", DAY + query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def answer(browser: Browser, offer_id: int, *, accept: bool) -> Any:
    return await browser.call("POST", f"{DAY}/offers/{offer_id}/answer", {"accept": accept})


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def booked(world: World, yossi: Browser) -> int:
    """The visit that Yossi took in the console, tomorrow at four."""
    await world.customer.say(EVERYTHING)
    (offer,) = (await read(yossi))["offers"]
    assert (await answer(yossi, offer["id"], accept=True)).json() == {"outcome": "accepted"}
    await world.queue.drain()
    (visit,) = (await read(yossi))["visits"]
    return visit["id"]


async def test_an_offer_is_seen_and_taken_and_both_sides_are_told(world: World, yossi: Browser, moshe: Browser) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = (await read(yossi))["offers"]
    assert (offer["trade"], "ביאליק 30" in offer["place"]) == ("plumber", True)
    assert (offer["starts_at"], offer["expires_at"]) == ("2070-11-24T14:00:00Z", "2070-11-23T07:15:00Z")
    assert (await read(moshe))["offers"] == []
    assert (await answer(yossi, offer["id"], accept=True)).json() == {"outcome": "accepted"}
    await world.queue.drain()
    assert "הביקור נקבע" in words(await world.customer.unread())
    told = await read(yossi)
    assert told["offers"] == []
    (visit,) = told["visits"]
    assert (visit["customer"], visit["phone"], visit["status"]) == ("דנה", "+972500000001", "confirmed")
    assert (await answer(yossi, offer["id"], accept=False)).json() == {"outcome": "already_accepted"}
    assert (await read(yossi, "?date=2070-11-25"))["visits"] == []


async def test_a_declined_offer_goes_on_and_a_late_answer_changes_nothing(
    world: World, yossi: Browser, moshe: Browser, clock: ManualClock
) -> None:
    await world.customer.say(EVERYTHING)
    (mine,) = (await read(yossi))["offers"]
    assert (await answer(yossi, mine["id"], accept=False)).json() == {"outcome": "declined"}
    (theirs,) = (await read(moshe))["offers"]
    clock.advance(minutes=20)
    for one in (yossi, moshe):
        assert (await one.call("POST", "/api/auth/refresh")).status_code == 200
    assert (await answer(moshe, theirs["id"], accept=True)).json() == {"outcome": "too_late"}
    refused = await answer(yossi, theirs["id"], accept=True)
    assert (refused.status_code, refused.json()["code"]) == (404, "offer_not_found")


async def test_the_customer_hears_that_somebody_is_on_the_way_and_is_thanked(
    world: World, yossi: Browser, clock: ManualClock
) -> None:
    path = f"{DAY}/bookings/{await booked(world, yossi)}"
    for step in ("on-the-way", "done"):
        early = await yossi.call("POST", f"{path}/{step}")
        assert (early.status_code, early.json()["code"]) == (409, "too_early")
    clock.advance(hours=30)
    await yossi.call("POST", "/api/auth/refresh")
    assert (await yossi.call("POST", f"{path}/done")).json()["code"] == "too_early"
    await world.customer.unread()
    for _ in range(2):
        assert (await yossi.call("POST", f"{path}/on-the-way")).status_code == 204
    await world.queue.drain()
    assert words(await world.customer.unread()).count("בדרך אליך") == 1
    for _ in range(2):
        assert (await yossi.call("POST", f"{path}/done")).status_code == 204
    await world.queue.drain()
    assert words(await world.customer.unread()).count("הביקור הסתיים") == 1
    (visit,) = (await read(yossi))["visits"]
    assert (visit["status"], visit["on_the_way_at"]) == ("done", "2070-11-24T13:00:00Z")
    assert (await yossi.call("POST", f"{path}/on-the-way")).json()["code"] == "booking_not_live"


async def test_the_visit_of_another_is_as_one_that_does_not_exist(world: World, yossi: Browser, moshe: Browser) -> None:
    booking_id = await booked(world, yossi)
    assert (await read(moshe))["visits"] == []
    for step in ("on-the-way", "done"):
        refused = await moshe.call("POST", f"{DAY}/bookings/{booking_id}/{step}")
        assert (refused.status_code, refused.json()["code"]) == (404, "booking_not_found")


async def test_a_day_off_keeps_what_is_booked_and_offers_no_more(world: World, yossi: Browser) -> None:
    await booked(world, yossi)
    taken = await yossi.call("POST", f"{DAY}/days-off", {"date": "2070-11-24"})
    assert (taken.status_code, taken.json()) == (201, {"days_off": ["2070-11-24"], "visits": 1})
    assert (await read(yossi))["days_off"] == ["2070-11-24"]
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.attention))).all() == ["professional_off"]
    other = world.phone("+972500000007", "רון")
    await other.say(EVERYTHING)
    assert (await read(yossi))["offers"] == []
    assert (await yossi.call("DELETE", f"{DAY}/days-off/2070-11-24")).status_code == 204
    again = await yossi.call("DELETE", f"{DAY}/days-off/2070-11-24")
    assert (again.status_code, again.json()["code"]) == (404, "no_day_off")
    for day in ("2070-11-22", "2075-01-01"):
        refused = await yossi.call("POST", f"{DAY}/days-off", {"date": day})
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_professional_field")


async def test_an_offer_of_a_visit_on_a_day_off_goes_on_to_the_next(
    world: World, yossi: Browser, moshe: Browser
) -> None:
    await world.customer.say(EVERYTHING)
    assert len((await read(yossi))["offers"]) == 1
    assert (await yossi.call("POST", f"{DAY}/days-off", {"date": "2070-11-24"})).status_code == 201
    await world.queue.drain()
    assert (await read(yossi))["offers"] == []
    assert len((await read(moshe))["offers"]) == 1


async def test_a_member_who_is_no_professional_is_told_so(console: Console, world: World) -> None:
    nobody = await professional(console, "nobody@example.com", None)
    for method, path, body in (
        ("GET", DAY, None),
        ("POST", f"{DAY}/offers/1/answer", {"accept": True}),
        ("POST", f"{DAY}/bookings/1/done", None),
    ):
        refused = await nobody.call(method, path, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_a_professional")


async def test_a_visit_in_question_is_shown_as_one_with_its_notes(world: World, yossi: Browser) -> None:
    await booked(world, yossi)
    await world.customer.say("הקוד בכניסה 1234#")
    (visit,) = (await read(yossi))["visits"]
    assert (visit["in_question"], visit["notes"]) == (False, ["הקוד בכניסה 1234#"])
    await world.yossi.say("חולה מחר, לא עובד")
    (visit,) = (await read(yossi))["visits"]
    assert (visit["in_question"], visit["status"]) == (True, "confirmed")


async def test_a_done_is_taken_back_on_the_page_as_in_words(world: World, yossi: Browser, clock: ManualClock) -> None:
    path = f"{DAY}/bookings/{await booked(world, yossi)}"
    assert (await yossi.call("POST", f"{path}/reopen")).json()["code"] == "booking_not_live"
    clock.advance(hours=32)
    await yossi.call("POST", "/api/auth/refresh")
    assert (await yossi.call("POST", f"{path}/done")).status_code == 204
    await world.queue.drain()
    await world.customer.unread()
    assert [one["may_reopen"] for one in (await read(yossi))["visits"]] == [True]
    assert (await yossi.call("POST", f"{path}/reopen")).status_code == 204
    await world.queue.drain()
    assert "לא הסתיים" in words(await world.customer.unread())
    (visit,) = (await read(yossi))["visits"]
    assert (visit["status"], visit["may_reopen"]) == ("confirmed", False)
    assert (await yossi.call("POST", f"{path}/done")).status_code == 204
    await world.queue.drain()
    await world.customer.say("5")
    assert [one["may_reopen"] for one in (await read(yossi))["visits"]] == [False]
    assert (await yossi.call("POST", f"{path}/reopen")).json()["code"] == "too_late_to_undo"
