"""A visit whose professional is away: nobody is told that it stands, and staff are called until they decide."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.models import Message
from proli.leads.models import Lead
from proli.mind.proof.claims import find_claims
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.playbooks.texts import say
from proli.professionals.models import Professional
from proli.scheduling.models import Booking
from proli.sweeps.running import run_due
from tests.conftest import ManualClock
from tests.journeys.world import CUSTOMER, MOSHE, YOSSI, Phone, World, populate

STAFF = "+972500000090"
MONDAY_AT_TEN = datetime(2070, 11, 24, 8, 0, tzinfo=UTC)
ASKED = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב בלפור 11 קומה 2, מחר בשעה 10:00"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    """Yossi alone, with a visit on Monday at 10:00 that everybody knows of. It is Sunday, 9:00."""
    await populate(runtime, business_id)
    world = World(runtime, queue, business_id)
    async with runtime.db.begin(business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == MOSHE).values(active=False))
        await session.execute(update(Business).values(staff_e164=STAFF))
    await world.customer.say(ASKED)
    await world.yossi.say("אשר")
    await read_all(world)
    return world


def staff(world: World) -> Phone:
    return world.phone(STAFF, "המשרד")


async def read_all(world: World) -> None:
    for phone in (world.customer, world.yossi, staff(world)):
        await phone.unread()


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def until(world: World, clock: ManualClock, moment: datetime) -> None:
    """Everything that is due until then has come about, the sweeps included, hour by hour."""
    while clock.now() < moment:
        clock.at = min(clock.now() + timedelta(minutes=30), moment)
        await world.queue.drain(until=clock.now())
        await run_due(world.runtime)
        await world.queue.drain(until=clock.now())


async def change(world: World, **values: object) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == YOSSI).values(**values))


async def test_the_customer_is_not_reminded_of_it_but_knows_once_before_its_hour_and_then_that_it_stands(
    world: World, clock: ManualClock
) -> None:
    """Three hours before is in quiet hours: they hear on the evening before, and staff with them."""
    (said,) = await world.yossi.say("חולה מחר")
    await read_all(world)
    await until(world, clock, MONDAY_AT_TEN - timedelta(hours=1, minutes=30))
    (warned,) = await world.customer.unread()
    assert (warned.code, "מועד אחר" in warned.text) == ("visit_uncertain", True)
    assert MONDAY_AT_TEN - timedelta(hours=14) < warned.sent_at < MONDAY_AT_TEN - timedelta(hours=13)
    urgent = [one for one in await staff(world).unread() if one.code == "staff_in_question_urgent"]
    assert urgent[0].sent_at == warned.sent_at
    await world.yossi.tap(said, 0)
    (stands,) = await world.customer.unread()
    assert stands.code == "visit_stands"
    await world.yossi.say("חולה היום")
    await until(world, clock, MONDAY_AT_TEN - timedelta(minutes=30))
    assert [one.code for one in await world.customer.unread()] == ["visit_uncertain"]
    answer = words(await world.customer.say("אז אפשר מחר ב10?"))
    assert "10:00" in answer
    assert "נשאר כפי שנקבע" not in answer


async def test_who_works_after_all_has_the_customer_reminded_as_ever(world: World, clock: ManualClock) -> None:
    (said,) = await world.yossi.say("חולה מחר")
    await world.yossi.tap(said, 0)
    await until(world, clock, MONDAY_AT_TEN)
    assert "תזכורת" in words(await world.customer.unread())


@pytest.mark.parametrize("language", ["he", "en"])
async def test_a_customer_who_asks_hears_that_it_is_being_checked_and_not_that_it_is_booked(
    world: World, clock: ManualClock, language: str
) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Contact).where(Contact.phone_e164 == CUSTOMER).values(language=language))
    asks, checked, booked = {
        "he": ("מה קורה, הוא בדרך?", "בבדיקה מול הצוות", "נקבע"),
        "en": ("so is he coming?", "being checked with the team", "is booked"),
    }[language]
    clock.at = MONDAY_AT_TEN - timedelta(hours=2)
    before = words(await world.customer.say(asks))
    assert "10:00" in before
    assert checked not in before
    await world.yossi.say("חולה היום")
    answer = words(await world.customer.say(asks))
    assert checked in answer
    assert "10:00" in answer
    assert booked not in answer
    assert "בדרך" not in answer
    assert find_claims(say("visit_in_question", language, when="10:00")) == []


async def test_after_the_hour_who_was_away_is_not_asked_how_it_went_and_people_are_called(
    world: World, clock: ManualClock
) -> None:
    await world.yossi.say("חולה מחר")
    await read_all(world)
    await until(world, clock, MONDAY_AT_TEN + timedelta(hours=2))
    assert await world.yossi.unread() == []
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.attention))).one() == "no_outcome"


async def test_who_falls_ill_after_the_visit_is_asked_how_it_went(world: World, clock: ManualClock) -> None:
    await until(world, clock, MONDAY_AT_TEN + timedelta(hours=1, minutes=10))
    await world.yossi.say("חולה היום")
    await until(world, clock, MONDAY_AT_TEN + timedelta(hours=2))
    assert "איך הסתיים" in words(await world.yossi.unread())


async def test_the_morning_tells_no_visit_of_hours_that_were_taken_off(world: World, clock: ManualClock) -> None:
    await world.yossi.say("תפוס מחר עד 16")
    await read_all(world)
    await until(world, clock, MONDAY_AT_TEN)
    assert await world.yossi.unread() == []


async def test_who_sets_out_comes_and_who_falls_ill_on_the_way_does_not(world: World, clock: ManualClock) -> None:
    clock.at = MONDAY_AT_TEN - timedelta(minutes=40)
    await world.queue.drain(until=clock.now())
    await world.yossi.say("חולה היום")
    await read_all(world)
    await world.yossi.say("בדרך")
    assert "בדרך אליך" in words(await world.customer.unread())
    await world.yossi.say("חולה היום")
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Booking.on_the_way_at))).one() is None
    assert "בבדיקה מול הצוות" in words(await world.customer.say("מה קורה, הוא בדרך?"))


async def test_staff_are_called_again_once_in_each_stage_with_all_that_is_needed(
    world: World, clock: ManualClock
) -> None:
    """They hear at once, on Sunday at 9:00, and then a day, three hours and an hour before, and with the customer."""
    await world.yossi.say("חולה מחר")
    assert len(await staff(world).unread()) == 1
    heard = list[tuple[datetime, str]]()
    while clock.now() < MONDAY_AT_TEN + timedelta(minutes=20):
        await until(world, clock, clock.now() + timedelta(minutes=30))
        heard += [(clock.now(), one.text) for one in await staff(world).unread()]
    before = [MONDAY_AT_TEN - at for at, text in heard if "מחכה להחלטה" in text]
    assert len(before) == 4
    assert all(
        low < ahead <= high
        for ahead, low, high in zip(before, (14, 13, 1, 0), (24, 14, 3, 1), strict=True)
        for ahead, low, high in [(ahead / timedelta(hours=1), low, high)]
    )
    for part in ("10:00", "דנה", "050-000-0001", "בלפור 11", "יוסי כהן", "לבטל"):
        assert part in heard[-1][1]


async def test_staff_who_were_called_within_the_stage_are_not_called_twice(world: World, clock: ManualClock) -> None:
    clock.at = MONDAY_AT_TEN - timedelta(hours=5)
    await world.yossi.say("חולה היום")
    await staff(world).unread()
    await until(world, clock, MONDAY_AT_TEN - timedelta(hours=3, minutes=10))
    assert await staff(world).unread() == []


async def test_a_day_that_the_office_closed_calls_them_as_well(world: World, clock: ManualClock) -> None:
    await change(world, exceptions={"2070-11-24": []})
    await until(world, clock, MONDAY_AT_TEN - timedelta(hours=22))
    assert "מחכה להחלטה" in words(await staff(world).unread())
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.attention))).one() == "professional_off"


async def test_a_visit_that_stands_calls_nobody(world: World, clock: ManualClock) -> None:
    await until(world, clock, MONDAY_AT_TEN)
    assert await staff(world).unread() == []
    assert "תזכורת" in words(await world.customer.unread())
