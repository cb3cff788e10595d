"""The page of a visit: what a customer with the link can do, and nobody else."""

import re
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from proli.accounts.actions import create_business
from proli.accounts.actor import BY_LINK
from proli.accounts.tokens import Signer, VisitPass
from proli.conversations.models import Message
from proli.leads.models import Lead, LeadEntry, LeadStatus
from proli.platform.db import Database
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings
from proli.professionals.actions import Profile, add_professional
from proli.professionals.models import Professional
from proli.scheduling.models import Booking
from tests.conftest import ManualClock
from tests.doubles.serving import app_of, served
from tests.journeys.world import YOSSI, World, populate
from tests.patience import PATIENCE_S

EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"
LINK = re.compile(r"https://proli\.example\.com/visit/([\w.\-]+)$")


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    """A business whose installation the world can reach."""
    runtime.settings.http = HttpSettings(public_url="https://proli.example.com/")
    await populate(runtime, business_id)
    return World(runtime, queue, business_id)


@pytest.fixture
async def browser(runtime: Runtime) -> AsyncGenerator[httpx2.AsyncClient]:
    async with (
        served(app_of(runtime)) as server,
        httpx2.AsyncClient(base_url=server.url, timeout=PATIENCE_S) as browser,
    ):
        yield browser


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def booked(world: World) -> str:
    """The token in the customer's confirmation of a visit tomorrow at four."""
    await world.customer.say(EVERYTHING)
    await world.yossi.tap((await world.yossi.unread())[0], 0)
    return token_in(words(await world.customer.unread()))


def token_in(told: str) -> str:
    found = LINK.search(told)
    assert found, told
    return found[1]


async def read(browser: httpx2.AsyncClient, token: str, path: str = "") -> Any:
    answer = await browser.get(f"/api/public/visits/{token}{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


async def do(browser: httpx2.AsyncClient, token: str, what: str, **body: object) -> Any:
    answer = await browser.post(f"/api/public/visits/{token}/{what}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refused(browser: httpx2.AsyncClient, token: str, what: str, **body: object) -> tuple[int, str]:
    answer = await browser.post(f"/api/public/visits/{token}/{what}", json=body)
    return answer.status_code, answer.json()["code"]


async def test_the_page_tells_when_somebody_who_is_late_comes(
    world: World, browser: httpx2.AsyncClient, clock: ManualClock
) -> None:
    token = await booked(world)
    assert (await read(browser, token))["expected_at"] is None
    clock.advance(hours=30)  # 15:00 on the day
    await world.yossi.say("מאחר חצי שעה")
    shown = await read(browser, token)
    assert (shown["starts_at"], shown["expected_at"]) == ("2070-11-24T14:00:00Z", "2070-11-24T14:30:00Z")


async def test_the_page_tells_that_a_visit_whose_professional_is_away_is_being_checked(
    world: World, browser: httpx2.AsyncClient
) -> None:
    token = await booked(world)
    (said,) = await world.yossi.say("חולה מחר")
    shown = await read(browser, token)
    assert (shown["status"], shown["professional"], shown["can_change"]) == ("in_question", None, True)
    await world.yossi.tap(said, 0)
    assert (await read(browser, token))["status"] == "confirmed"


async def test_the_confirmation_ends_with_a_link_to_the_visit(world: World, browser: httpx2.AsyncClient) -> None:
    token = await booked(world)
    assert len(token) < 200
    shown = await read(browser, token)
    assert shown == {
        "business": "מורן שירותי בית", "professional": "יוסי כהן", "starts_at": "2070-11-24T14:00:00Z",
        "ends_at": "2070-11-24T15:00:00Z", "expected_at": None, "moves_to": None, "zone": "Asia/Jerusalem",
        "language": "he", "status": "confirmed",
        "address": shown["address"], "can_change": True, "confirmed": False, "can_rate": False, "score": None,
        "token": token,
    }  # fmt: skip
    assert "ביאליק 30" in shown["address"]


async def test_without_a_public_address_messages_are_as_they_were(runtime: Runtime, world: World) -> None:
    runtime.settings.http = HttpSettings()
    await world.customer.say(EVERYTHING)
    await world.yossi.tap((await world.yossi.unread())[0], 0)
    told = words(await world.customer.unread())
    assert "הביקור נקבע" in told
    assert "http" not in told
    assert told.endswith("אפשר פשוט לכתוב כאן.")


async def test_the_customer_confirms_once_and_staff_see_it(world: World, browser: httpx2.AsyncClient) -> None:
    token = await booked(world)
    for _ in range(2):
        assert (await do(browser, token, "confirm"))["confirmed"] is True
    async with world.runtime.db.begin(world.business_id) as session:
        entries = (await session.scalars(select(LeadEntry).where(LeadEntry.kind == "visit_confirmed"))).all()
        assert [entry.actor for entry in entries] == [BY_LINK]


async def test_the_professional_hears_once_that_the_customer_confirms(
    world: World, browser: httpx2.AsyncClient
) -> None:
    token = await booked(world)
    await world.yossi.unread()
    for _ in range(2):
        await do(browser, token, "confirm")
        await world.queue.drain()
    (told,) = await world.yossi.unread()
    assert "התקבל אישור לביקור" in told.text
    assert "16:00" in told.text


async def test_a_visit_that_is_called_off_is_off_and_the_professional_hears(
    world: World, browser: httpx2.AsyncClient
) -> None:
    token = await booked(world)
    await world.yossi.unread()
    gone = await do(browser, token, "cancel", reason="כבר תוקן")
    assert (gone["status"], gone["can_change"], gone["professional"]) == ("cancelled", False, None)
    await world.queue.drain()
    assert "בוטל" in words(await world.yossi.unread())
    assert await world.customer.unread() == []
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.status))).one() == LeadStatus.cancelled
        assert (await session.scalars(select(Booking.reason_words))).one() == "כבר תוקן"
    for what in ("cancel", "confirm"):
        assert await refused(browser, token, what) == (409, "visit_not_changeable")
    assert await refused(browser, token, "rate", score=5) == (409, "booking_not_done")


async def test_a_visit_moves_by_approval_and_the_same_link_shows_it(world: World, browser: httpx2.AsyncClient) -> None:
    token = await booked(world)
    await world.yossi.unread()
    times = (await read(browser, token, "/times"))["times"]
    assert 1 < len(times) <= 6
    assert "2070-11-24T14:00:00Z" not in [one["starts_at"] for one in times]
    wanted = times[-1]["starts_at"]
    moved = await do(browser, token, "move", starts_at=wanted)
    stays = ("confirmed", "2070-11-24T14:00:00Z", "יוסי כהן", wanted)
    assert (moved["status"], moved["starts_at"], moved["professional"], moved["moves_to"]) == stays
    await world.queue.drain()
    *_, offer = [message for message in await world.yossi.unread() if message.buttons]
    await world.yossi.tap(offer, 0)
    assert token_in(words(await world.customer.unread())) != token
    for known in (token, moved["token"]):
        shown = await read(browser, known)
        assert (shown["status"], shown["starts_at"], shown["professional"]) == ("confirmed", wanted, "יוסי כהן")


async def test_an_hour_at_which_nobody_comes_leaves_the_visit_as_it_was(
    world: World, browser: httpx2.AsyncClient
) -> None:
    token = await booked(world)
    for night in ("2070-11-25T01:00:00Z", "2070-11-20T08:00:00Z", "2071-11-25T08:00:00Z"):
        assert await refused(browser, token, "move", starts_at=night) == (409, "nobody_fits")
    assert await refused(browser, token, "move", starts_at="2070-11-25T10:00:00") == (422, "invalid_request")
    assert (await read(browser, token))["status"] == "confirmed"


async def test_a_visit_that_moves_on_and_on_is_left_to_people(world: World, browser: httpx2.AsyncClient) -> None:
    """Forty moves in seven seconds were eighty messages."""
    token = await booked(world)
    await world.yossi.unread()
    times = [one["starts_at"] for one in (await read(browser, token, "/times"))["times"]]
    moved = 0
    for number in range(40):
        answer = await browser.post(f"/api/public/visits/{token}/move", json={"starts_at": times[number % len(times)]})
        moved += answer.status_code == 200
    assert moved == world.runtime.settings.budget.contact_moves
    assert await refused(browser, token, "move", starts_at=times[0]) == (429, "too_many_moves")
    assert (await read(browser, token))["status"] == "confirmed", "the promised visit stands"
    await world.queue.drain()
    assert len(await world.yossi.unread()) < 20


async def test_a_visit_that_has_begun_stays_and_one_that_is_done_is_rated(
    world: World, browser: httpx2.AsyncClient, clock: ManualClock
) -> None:
    token = await booked(world)
    clock.advance(hours=31)
    assert (await read(browser, token))["can_change"] is False
    assert await refused(browser, token, "cancel") == (409, "visit_not_changeable")
    assert await refused(browser, token, "move", starts_at="2070-11-25T10:00:00Z") == (409, "visit_not_changeable")
    await world.customer.unread()
    await world.yossi.say("סיימתי")
    told = words(await world.customer.unread())
    assert "איך היה" in told
    rated = await do(browser, token_in(told), "rate", score=2, words="איחר")
    assert (rated["score"], rated["status"], rated["can_rate"]) == (2, "done", True)
    assert (await do(browser, token, "rate", score=5))["score"] == 5
    for score in (0, 6):
        assert (await refused(browser, token, "rate", score=score))[0] == 422
    async with world.runtime.db.begin(world.business_id) as session:
        sums = select(Professional.rating_sum, Professional.rating_count).where(Professional.phone_e164 == YOSSI)
        assert (await session.execute(sums)).one() == (53, 11)


async def test_a_link_that_is_not_ours_or_too_old_opens_nothing(
    runtime: Runtime, world: World, browser: httpx2.AsyncClient, clock: ManualClock
) -> None:
    token = await booked(world)
    signer = Signer(runtime.vault)
    other = signer.link("reset", user_id=1, fingerprint="", behalf=None, now=clock.now())
    for bad in ("x", token[:-2], other):
        answer = await browser.get(f"/api/public/visits/{bad}")
        assert (answer.status_code, answer.json()["code"]) == (410, "link_expired")
    assert (await browser.get(f"/api/public/visits/{'x' * 601}")).status_code == 422
    used = await browser.post("/api/auth/links/sign_in", json={"token": token})
    assert used.status_code == 410, "a visit's link signs nobody in"
    clock.advance(hours=31 + 24, minutes=59)
    await read(browser, token)
    clock.advance(minutes=2)
    assert (await browser.get(f"/api/public/visits/{token}")).status_code == 410


async def test_a_link_shows_nothing_of_another_business(
    runtime: Runtime, world: World, db: Database, browser: httpx2.AsyncClient, clock: ManualClock
) -> None:
    await booked(world)
    async with db.begin_operator() as session:
        other = await create_business(session, slug="other", name="אחר")
        await session.flush()
        booking_id = (await session.scalars(select(Booking.id))).one()
        crossed = VisitPass(business_id=other.id, booking_id=booking_id)
    token = Signer(runtime.vault).visit(crossed, over_at=clock.now() + timedelta(days=1))
    answer = await browser.get(f"/api/public/visits/{token}")
    assert (answer.status_code, answer.json()["code"]) == (404, "booking_not_found")


async def test_where_nobody_approves_a_moved_visit_is_booked_at_once(
    runtime: Runtime, queue: Queue, db: Database, browser: httpx2.AsyncClient, clock: ManualClock
) -> None:
    async with db.begin_operator() as session:
        agency = await create_business(session, slug="agency", name="נדל״ן מורן", playbook="real_estate")
        await session.flush()
    async with runtime.db.begin(agency.id) as session:
        profile = Profile(name="רות לוי", phone_e164=YOSSI, trades=("realtor",), base_locality="רמת גן", radius_km=40)
        await add_professional(session, profile)
    world = World(runtime, queue, agency.id)
    for said in ("היי, מחפשים דירה לקנות ברמת גן", "4 חדרים עם ממ״ד", "עד 3.2 מיליון", "מחר ב-17:00"):
        await world.customer.say(said)
    async with runtime.db.begin(agency.id) as session:
        booking = (await session.scalars(select(Booking))).one()
    shown = VisitPass(business_id=agency.id, booking_id=booking.id)
    token = Signer(runtime.vault).visit(shown, over_at=booking.ends_at)
    wanted = (await read(browser, token, "/times"))["times"][-1]["starts_at"]
    moved = await do(browser, token, "move", starts_at=wanted)
    assert (moved["status"], moved["starts_at"], moved["professional"]) == ("confirmed", wanted, "רות לוי")
    clock.at = booking.ends_at + timedelta(days=1)
    assert (await browser.get(f"/api/public/visits/{token}")).status_code == 410
    assert (await read(browser, moved["token"]))["starts_at"] == wanted


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
async def test_an_hour_at_the_ends_of_time_is_no_hour(world: World, browser: httpx2.AsyncClient, at: str) -> None:
    token = await booked(world)
    answer = await browser.post(f"/api/public/visits/{token}/move", json={"starts_at": at})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "starts_at")
    nul = await browser.post(f"/api/public/visits/{token}/cancel", json={"reason": "א\0"})
    assert (nul.status_code, nul.json()["errors"][0]["field"]) == (422, "reason")
