"""What starts from us respects the night, Shabbat and holidays; what answers somebody does not wait."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.conversations.models import Message
from proli.dispatch.models import Offer
from proli.knowledge.calendar import ZONE
from proli.leads.models import Lead
from proli.notifications.timing import day_before
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking
from tests.conftest import ManualClock
from tests.journeys.world import MOSHE, World, populate

SUNDAY = date(2070, 11, 23)
"""On the Friday after it candles are lit in Ramat Gan at 16:18, and Shabbat is out at 17:15."""
FRIDAY, SHABBAT, NEXT_SUNDAY = (SUNDAY + timedelta(days=days) for days in (5, 6, 7))
REQUEST = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, "
ALWAYS = {str(day): [[0, 1440]] for day in range(7)}
STAFF = "+972540000001"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    """Both plumbers work round the clock and are never quiet, so that only rest says when."""
    await populate(runtime, business_id)
    world = World(runtime, queue, business_id)
    await change(world, Professional, hours=ALWAYS, quiet_start_minute=0, quiet_end_minute=0)
    return world


async def change(
    world: World, what: type[Professional | Business], *, phone: str | None = None, **values: object
) -> None:
    async with world.runtime.db.begin_operator() as session:
        statement = update(what).values(**values)
        await session.execute(statement.where(Professional.phone_e164 == phone) if phone else statement)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def local(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%a %H:%M}"


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def until(world: World, clock: ManualClock, moment: datetime) -> None:
    assert moment >= clock.at
    clock.at = moment
    await world.queue.drain(until=moment)


async def offers(world: World) -> list[Offer]:
    async with world.runtime.db.begin(world.business_id) as session:
        return list(await session.scalars(select(Offer).order_by(Offer.id)))


async def visits(world: World) -> list[str]:
    async with world.runtime.db.begin(world.business_id) as session:
        return [local(one.starts_at) for one in await session.scalars(select(Booking).where(Booking.status.in_(LIVE)))]


async def booked(world: World, clock: ManualClock, when: str, *, asked_at: datetime) -> None:
    """The customer asked, Yossi approved, both have read everything."""
    clock.at = asked_at
    await world.customer.say(REQUEST + when)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    assert "הביקור נקבע" in words(await world.customer.unread())


# Offers


@pytest.mark.parametrize(("hour", "offered"), [("14:00", ["Fri 14:00"]), ("15:30", [])])
async def test_on_friday_only_a_visit_that_ends_before_candles_is_offered(
    world: World, clock: ManualClock, hour: str, offered: list[str]
) -> None:
    clock.at = at(FRIDAY - timedelta(days=1), 9)
    await world.customer.say(REQUEST + f"מחר בשעה {hour}")
    assert await visits(world) == offered


@pytest.mark.parametrize(("rest", "offered"), [({}, []), ({"shabbat": True}, ["Sat 12:00"])])
async def test_a_visit_on_shabbat_is_offered_only_where_people_work_then(
    world: World, clock: ManualClock, rest: dict[str, object], offered: list[str]
) -> None:
    await change(world, Business, rest=rest)
    clock.at = at(FRIDAY, 9)
    await world.customer.say(REQUEST + "מחר בשעה 12:00")
    assert await visits(world) == offered


async def test_a_professional_may_work_on_shabbat_when_the_business_does_not(world: World, clock: ManualClock) -> None:
    await change(world, Professional, phone=MOSHE, rest={"shabbat": True})
    clock.at = at(SHABBAT, 10)
    await world.customer.say(REQUEST + "היום בשעה 14:00")
    assert await world.yossi.unread() == []
    assert len(await world.moshe.unread()) == 1
    assert await visits(world) == ["Sat 14:00"]


async def test_an_offer_made_on_shabbat_is_sent_when_it_is_out(world: World, clock: ManualClock) -> None:
    clock.at = at(SHABBAT, 12)
    await world.customer.say(REQUEST + "מחר בשעה 16:00")
    (offer,) = await offers(world)
    assert local(offer.sends_at) == "Sat 17:15"
    assert offer.expires_at - offer.sends_at == timedelta(minutes=15)
    await until(world, clock, at(SHABBAT, 17))
    assert await world.yossi.unread() == []
    await until(world, clock, at(SHABBAT, 17, 16))
    assert len(await world.yossi.unread()) == 1


async def test_an_emergency_on_shabbat_reaches_whoever_opted_in_and_nobody_else(
    world: World, clock: ManualClock
) -> None:
    await change(world, Professional, phone=MOSHE, rest={"emergencies": True})
    clock.at = at(SHABBAT, 12)
    await world.customer.say("הצפה! צינור התפוצץ והמים מציפים את הבית, רמת גן, ביאליק 30, היום בשעה 14:00")
    assert await world.yossi.unread() == []
    assert "דחוף" in words(await world.moshe.unread())


async def test_an_emergency_for_after_shabbat_waits_for_its_end_with_those_who_did_not_opt_in(
    world: World, clock: ManualClock
) -> None:
    clock.at = at(SHABBAT, 12)
    await world.customer.say("הצפה! צינור התפוצץ והמים מציפים את הבית, רמת גן, ביאליק 30, היום בשעה 19:00")
    assert await world.yossi.unread() == []
    (offer,) = await offers(world)
    assert local(offer.sends_at) == "Sat 17:15"


# Reminders


async def test_reminders_that_fall_on_shabbat_or_in_the_night_go_out_before(world: World, clock: ManualClock) -> None:
    await booked(world, clock, "ביום ראשון בשעה 7:30 בבוקר", asked_at=at(FRIDAY - timedelta(days=1), 9))
    assert await visits(world) == ["Sun 07:30"]
    await until(world, clock, at(FRIDAY, 15, 55))
    assert await world.customer.unread() == []
    await until(world, clock, at(FRIDAY, 16, 3))
    (reminder,) = await world.customer.unread()
    assert "תזכורת" in reminder.text
    await until(world, clock, at(SHABBAT, 20, 40))
    assert await world.customer.unread() == []
    await until(world, clock, at(SHABBAT, 20, 46))
    (reminder,) = await world.customer.unread()
    assert "מחר" in reminder.text
    assert "היום" not in reminder.text, "the evening before it is not today"
    await until(world, clock, at(NEXT_SUNDAY, 7, 29))
    assert await world.customer.unread() == []


async def test_a_reminder_whose_time_before_rest_has_passed_is_skipped(world: World, clock: ManualClock) -> None:
    await booked(world, clock, "ביום ראשון בשעה 10:00", asked_at=at(FRIDAY, 15, 50))
    await until(world, clock, at(SHABBAT, 10, 5))
    assert await world.customer.unread() == []
    await until(world, clock, at(NEXT_SUNDAY, 8, 1))
    assert "היום" in words(await world.customer.unread())


@pytest.mark.parametrize(("minutes", "reminded"), [(20, True), (70, False)])
async def test_a_reminder_held_up_by_an_outage_is_not_sent_as_if_on_time(
    world: World, clock: ManualClock, minutes: int, reminded: bool
) -> None:
    await booked(world, clock, "מחר בשעה 16:00", asked_at=at(SUNDAY, 15, 30))
    await until(world, clock, at(SUNDAY + timedelta(days=1), 14) + timedelta(minutes=minutes))
    assert bool(await world.customer.unread()) == reminded


async def test_a_reminder_held_up_into_shabbat_is_skipped(world: World, clock: ManualClock) -> None:
    await booked(world, clock, "ביום ראשון בשעה 10:00", asked_at=at(FRIDAY - timedelta(days=1), 9))
    await until(world, clock, at(FRIDAY, 16, 30))
    assert await world.customer.unread() == []


async def test_where_shabbat_is_a_day_of_work_reminders_are_sent_on_it(world: World, clock: ManualClock) -> None:
    await change(world, Business, rest={"shabbat": True})
    await booked(world, clock, "ביום ראשון בשעה 10:00", asked_at=at(FRIDAY - timedelta(days=1), 9))
    await until(world, clock, at(FRIDAY, 16, 30))
    assert await world.customer.unread() == []
    await until(world, clock, at(SHABBAT, 10))
    assert "תזכורת" in words(await world.customer.unread())


async def test_that_the_professional_works_on_shabbat_does_not_wake_the_customer_of_a_weekday(
    world: World, clock: ManualClock
) -> None:
    await change(world, Professional, rest={"shabbat": True})
    await booked(world, clock, "ביום ראשון בשעה 10:00", asked_at=at(FRIDAY - timedelta(days=1), 9))
    await until(world, clock, at(FRIDAY, 16, 4))
    assert "תזכורת" in words(await world.customer.unread())
    await until(world, clock, at(SHABBAT, 10, 5))
    assert await world.customer.unread() == []


async def test_whoever_asked_for_a_visit_on_shabbat_is_reminded_on_it(world: World, clock: ManualClock) -> None:
    await change(world, Professional, rest={"shabbat": True})
    await booked(world, clock, "מחר בשעה 14:00", asked_at=at(FRIDAY, 15))
    assert await visits(world) == ["Sat 14:00"]
    await until(world, clock, at(SHABBAT, 12, 5))
    assert "היום" in words(await world.customer.unread())


# News


async def test_news_of_the_night_waits_for_the_morning_and_the_professional_is_answered_at_once(
    world: World, clock: ManualClock
) -> None:
    clock.at = at(SUNDAY, 23)
    await change(world, Business, offer_minutes=480)
    await world.customer.say(REQUEST + "מחר בשעה 16:00")
    (offer,) = await world.yossi.unread()
    await until(world, clock, at(SUNDAY + timedelta(days=1), 1))
    assert "העבודה נקבעה" in words(await world.yossi.tap(offer, 0))
    assert await world.customer.unread() == []
    await until(world, clock, at(SUNDAY + timedelta(days=1), 8))
    assert words(await world.customer.unread()).count("הביקור נקבע") == 1


async def test_somebody_who_has_just_written_is_answered_in_the_night_too(world: World, clock: ManualClock) -> None:
    await booked(world, clock, "מחר בשעה 16:00", asked_at=at(SUNDAY, 23))


async def test_news_that_would_come_too_late_does_not_wait(world: World, clock: ManualClock) -> None:
    clock.at = at(SUNDAY, 20)
    await change(world, Business, offer_minutes=480)
    await world.customer.say(REQUEST + "מחר בשעה 8:30 בבוקר")
    (offer,) = await world.yossi.unread()
    await until(world, clock, at(SUNDAY, 23))
    await world.yossi.tap(offer, 0)
    assert "הביקור נקבע" in words(await world.customer.unread())


async def test_what_waited_is_not_told_when_it_is_no_longer_so(world: World, clock: ManualClock) -> None:
    clock.at = at(SUNDAY, 20)
    await change(world, Business, offer_minutes=480)
    await world.customer.say(REQUEST + "מחר בשעה 16:00")
    (offer,) = await world.yossi.unread()
    await until(world, clock, at(SUNDAY, 23))
    await world.yossi.tap(offer, 0)
    await world.customer.unread()
    assert "הביקור נקבע" not in words(await world.customer.say("אני רוצה לבטל את הביקור"))
    await until(world, clock, at(SUNDAY + timedelta(days=1), 9))
    assert "הביקור נקבע" not in words(await world.customer.unread())


async def test_that_nobody_can_come_is_told_in_the_morning_and_staff_know_at_once(
    world: World, clock: ManualClock
) -> None:
    await change(world, Business, staff_e164=STAFF, offer_minutes=480)
    staff = world.phone(STAFF, "המשרד")
    clock.at = at(SUNDAY, 20)
    await world.customer.say(REQUEST + "מחר בשעה 16:00")
    (offer,) = await world.yossi.unread()
    await until(world, clock, at(SUNDAY, 23))
    await world.yossi.tap(offer, 1)
    (last,) = await world.moshe.unread()
    await world.customer.unread()
    await world.moshe.tap(last, 1)
    assert await world.customer.unread() == []
    assert len(await staff.unread()) == 1
    await until(world, clock, at(SUNDAY + timedelta(days=1), 8))
    assert words(await world.customer.unread()).count("לא נקבע") == 1
    assert await staff.unread() == []


async def test_a_visit_cancelled_on_shabbat_is_off_the_professionals_phone_after_it(
    world: World, clock: ManualClock
) -> None:
    await booked(world, clock, "ביום ראשון בשעה 10:00", asked_at=at(FRIDAY - timedelta(days=1), 9))
    await world.yossi.unread()
    clock.at = at(SHABBAT, 12)
    assert "בוטל" in words(await world.customer.say("אני רוצה לבטל את הביקור"))
    assert await visits(world) == []
    assert await world.yossi.unread() == []
    await until(world, clock, at(SHABBAT, 17, 16))
    assert "בוטל" in words(await world.yossi.unread())


async def test_the_lead_of_an_emergency_hears_at_once(world: World, clock: ManualClock) -> None:
    clock.at = at(SUNDAY, 20)
    await change(world, Business, urgent_offer_minutes=480)
    await world.customer.say("הצפה! צינור התפוצץ והמים מציפים את הבית, רמת גן, ביאליק 30, מחר בשעה 16:00")
    (offer,) = await world.yossi.unread()
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.urgency))).one() == "emergency"
    await until(world, clock, at(SUNDAY, 23))
    await world.customer.unread()
    await world.yossi.tap(offer, 0)
    assert "הביקור נקבע" in words(await world.customer.unread())


async def test_whoever_asked_for_no_more_messages_is_not_reminded_and_still_answered(
    world: World, clock: ManualClock
) -> None:
    await booked(world, clock, "ביום שלישי בשעה 16:00", asked_at=at(SUNDAY, 9))
    assert words(await world.customer.say("אל תשלחו לי יותר הודעות")) != ""
    await until(world, clock, at(SUNDAY + timedelta(days=2), 15, 59))
    assert await world.customer.unread() == []
    assert "16:00" in words(await world.customer.say("מתי הביקור שלי?"))


async def test_how_the_visit_was_is_asked_when_shabbat_is_out(world: World, clock: ManualClock) -> None:
    await booked(world, clock, "ביום שישי בשעה 12:00", asked_at=at(SUNDAY, 9))
    await until(world, clock, at(FRIDAY, 16, 40))
    await world.customer.unread()
    await world.yossi.say("סיימתי")
    assert await world.customer.unread() == []
    await until(world, clock, at(SHABBAT, 17))
    assert await world.customer.unread() == []
    await until(world, clock, at(SHABBAT, 17, 30))
    assert "איך היה?" in words(await world.customer.unread())


@pytest.mark.parametrize(
    ("visit", "before"),
    [
        ("2027-03-26 10:00", "2027-03-25 10:00"),
        ("2027-03-27 02:30", "2027-03-26 03:00"),
        ("2027-10-31 10:00", "2027-10-30 10:00"),
    ],
)
def test_the_day_before_is_the_same_hour_on_the_wall_though_the_clocks_change_between(visit: str, before: str) -> None:
    """In the spring of 2027 the hour between two and three of 26 March is left out."""
    starts_at = datetime.fromisoformat(visit).replace(tzinfo=ZONE)
    assert f"{day_before(starts_at, ZONE).astimezone(ZONE):%Y-%m-%d %H:%M}" == before
