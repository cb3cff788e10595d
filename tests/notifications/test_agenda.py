"""The professional's morning and the end of their week: told once, by the rows of that moment."""

from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.conversations.models import Message
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings
from proli.professionals.models import Professional
from proli.scheduling.actions import occupied
from proli.scheduling.models import Booking, BookingStatus, Rating
from proli.scheduling.rules import Interval
from proli.sweeps.running import run_due
from tests.conftest import ManualClock
from tests.doubles.serving import app_of, served
from tests.journeys.world import MOSHE, YOSSI, World, populate

MONDAY_AT_EIGHT = datetime(2070, 11, 24, 6, 0, tzinfo=UTC)
THURSDAY_AT_SIX = datetime(2070, 11, 27, 16, 0, tzinfo=UTC)
ASKED = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב בלפור {house} קומה 2, {day} בשעה {hour}:00"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> AsyncGenerator[World]:
    """Yossi alone, with a visit on Monday at 10:00."""
    await populate(runtime, business_id)
    runtime.settings.http = HttpSettings(public_url="https://proli.example")
    world = World(runtime, queue, business_id)
    async with runtime.db.begin(business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == MOSHE).values(active=False))
    await world.customer.say(ASKED.format(house=11, day="מחר", hour=10))
    await world.yossi.say("אשר")
    yield world


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def swept(world: World, clock: ManualClock, at: datetime) -> list[Message]:
    """What Yossi reads of a run of the sweeps at that moment, besides what was due before."""
    clock.at = at
    await world.queue.drain(until=at)
    await world.yossi.unread()
    await run_due(world.runtime)
    await world.queue.drain(until=at)
    return await world.yossi.unread()


async def change(world: World, **values: object) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == YOSSI).values(**values))


async def test_the_day_is_told_in_the_morning_with_all_that_is_needed(world: World, clock: ManualClock) -> None:
    (message,) = await swept(world, clock, MONDAY_AT_EIGHT)
    for part in ("10:00", "בלפור 11", "רמת גן", "דנה", "050-000-0001", "אינסטלציה", ".ics"):
        assert part in message.text


async def test_it_is_told_once_however_often_it_is_looked_for(world: World, clock: ManualClock) -> None:
    assert await swept(world, clock, MONDAY_AT_EIGHT)
    assert await swept(world, clock, MONDAY_AT_EIGHT.replace(minute=30)) == []


async def test_hours_late_it_is_not_told_as_if_in_the_morning(world: World, clock: ManualClock) -> None:
    told = words(await swept(world, clock, MONDAY_AT_EIGHT.replace(hour=11)))
    assert ".ics" not in told


async def test_a_visit_called_off_meanwhile_is_not_in_it_and_without_any_nothing_is_told(
    world: World, clock: ManualClock
) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Booking).values(status=BookingStatus.cancelled))
    assert await swept(world, clock, MONDAY_AT_EIGHT) == []


async def test_on_a_day_off_nothing_is_told(world: World, clock: ManualClock) -> None:
    await change(world, exceptions={"2070-11-24": []})
    assert await swept(world, clock, MONDAY_AT_EIGHT) == []


@pytest.mark.parametrize("works", [False, True])
async def test_on_shabbat_it_is_told_to_whoever_works_then_and_to_nobody_else(
    world: World, clock: ManualClock, works: bool
) -> None:
    saturday = datetime(2070, 11, 29, 6, 0, tzinfo=UTC)
    await change(world, rest={"shabbat": works})
    async with world.runtime.db.begin(world.business_id) as session:
        (booking,) = await session.scalars(select(Booking))
        booking.starts_at, booking.ends_at = saturday.replace(hour=9), saturday.replace(hour=10)
        booking.during = occupied(Interval(booking.starts_at, booking.ends_at), 0)
    assert len(await swept(world, clock, saturday)) == works


async def test_a_business_may_have_it_at_another_hour_or_not_at_all(world: World, clock: ManualClock) -> None:
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(sweeps={"agenda": {"minutes": 6 * 60 + 30}}))
    await change(world, quiet_end_minute=6 * 60)
    (early,) = await swept(world, clock, MONDAY_AT_EIGHT.replace(hour=4, minute=30))
    assert "10:00" in early.text
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(sweeps={"agenda": {"on": False}}))
    assert await swept(world, clock, MONDAY_AT_EIGHT) == []


async def test_the_link_gives_the_days_visits_as_a_calendar_file_and_no_other_link_does(
    world: World, clock: ManualClock, runtime: Runtime
) -> None:
    (message,) = await swept(world, clock, MONDAY_AT_EIGHT)
    path = message.text.rpartition("https://proli.example")[2].strip()
    async with served(app_of(runtime)) as server:
        file = await runtime.http.get(f"{server.url}{path}")
        assert file.status_code == 200
        assert file.headers["content-type"].startswith("text/calendar")
        assert file.text.count("BEGIN:VEVENT") == 1
        assert "DTSTART:20701124T080000Z" in file.text
        forged = await runtime.http.get(f"{server.url}{path.replace('.ics', 'x.ics')}")
        assert forged.status_code >= 400
        clock.advance(days=3)
        assert (await runtime.http.get(f"{server.url}{path}")).status_code >= 400


async def test_the_week_is_told_on_thursday_with_what_was_taken_and_the_rating(
    world: World, clock: ManualClock
) -> None:
    clock.at = MONDAY_AT_EIGHT.replace(hour=10)
    await world.queue.drain(until=clock.at)
    await world.yossi.say("סיימתי, 450 שח")
    async with world.runtime.db.begin(world.business_id) as session:
        (booking,) = await session.scalars(select(Booking))
        session.add(
            Rating(
                booking_id=booking.id,
                professional_id=booking.professional_id,
                lead_id=booking.lead_id,
                score=4,
                at=clock.at,
            )
        )
    wednesday = THURSDAY_AT_SIX.replace(day=26)
    assert await swept(world, clock, wednesday) == []
    (told,) = await swept(world, clock, THURSDAY_AT_SIX)
    for part in ("ביקורים: 1", "₪450", "4.0"):
        assert part in told.text
    assert await swept(world, clock, THURSDAY_AT_SIX.replace(minute=20)) == []


@pytest.mark.parametrize(("kept", "told_on"), [({27}, 28), ({27, 28}, 29), ({27, 28, 29}, 30)])
async def test_where_thursday_is_kept_the_week_is_told_on_the_next_day_once_and_as_that_week(
    world: World, clock: ManualClock, kept: set[int], told_on: int
) -> None:
    """The professional works on Shabbat, and takes their rest on other days: by quiet hours from morning to night."""
    clock.at = MONDAY_AT_EIGHT.replace(hour=10)
    await world.queue.drain(until=clock.at)
    await world.yossi.say("סיימתי, 450 שח")
    await change(world, rest={"shabbat": True})
    told = dict[int, str]()
    for day in (27, 28, 29, 30):
        quiet = (0, 23 * 60 + 59) if day in kept else (22 * 60, 7 * 60)
        await change(world, quiet_start_minute=quiet[0], quiet_end_minute=quiet[1])
        messages = await swept(world, clock, THURSDAY_AT_SIX.replace(day=day))
        if messages:
            told[day] = words(messages)
    assert list(told) == [told_on]
    assert "27.11" in told[told_on]
    assert "ביקורים: 1" in told[told_on]


async def test_a_visit_after_the_week_was_over_is_of_the_next_week(world: World, clock: ManualClock) -> None:
    await change(world, rest={"shabbat": True})
    friday, next_thursday = THURSDAY_AT_SIX.replace(day=28), THURSDAY_AT_SIX.replace(month=12, day=4)
    async with world.runtime.db.begin(world.business_id) as session:
        (booking,) = await session.scalars(select(Booking))
        booking.starts_at, booking.ends_at = friday.replace(hour=8), friday.replace(hour=9)
        booking.during = occupied(Interval(booking.starts_at, booking.ends_at), 0)
        booking.status = BookingStatus.done
    assert await swept(world, clock, friday) == []
    assert "4.12" in words(await swept(world, clock, next_thursday))


async def test_who_made_no_visit_gets_no_week(world: World, clock: ManualClock) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Booking).values(status=BookingStatus.cancelled))
    assert await swept(world, clock, THURSDAY_AT_SIX) == []
