"""The professional's day in words and taps: late, ill, off, busy, done with what was done and taken, lists, help."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from proli.contacts.models import Contact
from proli.knowledge.text import without_marks
from proli.leads.models import LeadEntry
from proli.scheduling.models import BookingStatus
from tests.conftest import ManualClock
from tests.desk.workdays import (
    ASKED,
    RUTH,
    STAFF,
    attentions,
    booked,
    bookings,
    called_for,
    two_visits,
    with_staff,
    words,
)
from tests.journeys.world import CUSTOMER, World


@pytest.mark.parametrize("said", ["מתעכב חצי שעה", "running 30 late", "אאחר 30 דקות, פקקים", "מאחר, אגיע ב-10:30"])
async def test_the_customer_of_the_next_visit_hears_the_new_hour(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    told = words(await world.yossi.say(said))
    assert "10:30" in told
    assert "דנה" in told
    heard = words(await world.customer.unread())
    assert "10:30" in heard
    assert "10:00" in heard
    assert await world.phone(RUTH, "רות").unread() == []
    first, second = await bookings(world)
    assert first.expected_at == first.starts_at + timedelta(minutes=30)
    assert second.expected_at is None
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(LeadEntry.actor).where(LeadEntry.kind == "late")) is not None


@pytest.mark.parametrize("asks", ["מתי הוא מגיע?", "when is he coming?"])
async def test_a_customer_who_asks_hears_when_somebody_who_is_late_comes(
    world: World, clock: ManualClock, asks: str
) -> None:
    await two_visits(world, clock)
    await world.yossi.say("מאחר חצי שעה")
    await world.customer.unread()
    answer = words(await world.customer.say(asks))
    assert "10:30" in answer
    assert "10:00" in answer


async def test_a_customer_who_writes_english_hears_of_a_delay_in_english(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Contact).where(Contact.phone_e164 == CUSTOMER).values(language="en"))
    await world.yossi.say("אאחר 20 דקות")
    assert "10:20" in (heard := words(await world.customer.unread()))
    assert "sorry for the delay" in heard


async def test_said_twice_the_delay_is_told_once_and_another_one_again(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("אאחר 20 דקות")
    await world.yossi.say("אאחר 20 דקות")
    assert len(await world.customer.unread()) == 1
    await world.yossi.say("אאחר 40 דקות")
    assert "10:40" in words(await world.customer.unread())


@pytest.mark.parametrize("said", ["אאחר 20 דקות לביקור של 12:00", "אאחר 20 דקות לויצמן", "אאחר 20 דקות לרות"])
async def test_a_named_visit_is_the_late_one(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await world.yossi.say(said)
    assert "12:20" in words(await world.phone(RUTH, "רות").unread())
    assert await world.customer.unread() == []


async def test_how_late_is_asked_with_buttons(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say("מתעכב")
    assert [button["text"] for button in asked.buttons] == ["15 דקות", "30 דקות", "60 דקות"]
    assert await world.customer.unread() == []
    await world.yossi.tap(asked, 1)
    assert "10:30" in words(await world.customer.unread())


async def test_which_visit_is_late_is_asked_when_it_may_be_two(world: World, clock: ManualClock) -> None:
    """At 10:10 nobody knows whether Yossi is at the visit of 10:00, or late for it."""
    await two_visits(world, clock)
    clock.advance(hours=2, minutes=10)
    await world.queue.drain(until=clock.now())
    await world.customer.unread()
    ruth = world.phone(RUTH, "רות")
    await ruth.unread()
    (asked,) = await world.yossi.say("אאחר 30 דקות")
    assert len(asked.buttons) == 2
    assert "דנה" in asked.buttons[0]["text"]
    await world.yossi.tap(asked, 1)
    assert "12:30" in words(await ruth.unread())
    assert await world.customer.unread() == []


async def test_a_next_visit_that_is_crowded_is_told_to_the_professional_and_staff_alone(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    told = words(await world.yossi.say("אאחר שעה"))
    assert "12:00" in told
    assert "רות" in told
    assert await world.phone(RUTH, "רות").unread() == []
    assert await attentions(world) == [None, "visit_crowded"]
    assert "רות" in words(await world.phone(STAFF, "מורן").unread())


async def test_a_reminder_does_not_tell_the_old_hour_after_a_delay(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("אאחר 20 דקות לביקור של 12:00")
    ruth = world.phone(RUTH, "רות")
    await ruth.unread()
    clock.advance(hours=2, minutes=5)
    await world.queue.drain(until=clock.now())
    assert await ruth.unread() == []


async def test_more_than_hours_late_is_another_time_and_tells_the_customer_nothing(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    assert "מועד אחר" in words(await world.yossi.say("אאחר 5 שעות"))
    assert await world.customer.unread() == []


@pytest.mark.parametrize(
    ("said", "work", "price"),
    [
        ("סיימתי, החלפתי ברז, 450 שח", "החלפתי ברז", 45000),
        ("done, replaced the tap, 450 nis", "replaced the tap", 45000),
        ("סיימתי החלפתי 2 ברזים ב-600₪", "החלפתי 2 ברזים", 60000),
        ("סיימתי, בלי תשלום", "בלי תשלום", 0),
        ("סיימתי", "", None),
    ],
)
async def test_what_was_done_and_taken_is_kept_with_the_visit(
    world: World, clock: ManualClock, said: str, work: str, price: int | None
) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    clock.advance(hours=3)
    await world.queue.drain(until=clock.now())
    assert "הסתיים" in words(await world.yossi.say(said))
    (visit,) = await bookings(world)
    assert (visit.status, visit.work_done, visit.price_agorot) == (BookingStatus.done, work, price)


async def test_the_price_may_be_told_in_the_next_message(world: World, clock: ManualClock) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    clock.advance(hours=3)
    await world.queue.drain(until=clock.now())
    assert "מה המחיר" in words(await world.yossi.say("סיימתי"))
    assert "₪450" in words(await world.yossi.say("החלפתי ברז 450"))
    (visit,) = await bookings(world)
    assert (visit.work_done, visit.price_agorot) == ("החלפתי ברז", 45000)
    assert await called_for(world) is None


async def test_which_visit_is_done_is_asked_and_what_was_said_is_kept(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    clock.advance(hours=5)
    await world.queue.drain(until=clock.now())
    (asked,) = await world.yossi.say("סיימתי, 300 שח")
    assert len(asked.buttons) == 2
    await world.yossi.tap(asked, 1)
    first, second = await bookings(world)
    assert (first.status, first.price_agorot) == (BookingStatus.confirmed, None)
    assert (second.status, second.price_agorot) == (BookingStatus.done, 30000)


async def test_tomorrows_visits_are_listed(world: World, clock: ManualClock) -> None:
    assert "אין ביקורים למחר" in without_marks(words(await world.yossi.say("מחר")))
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.say("אשר")
    told = words(await world.yossi.say("מה יש לי מחר"))
    assert "10:00" in told
    assert "בלפור 11" in told


async def test_help_tells_all_that_can_be_written(world: World) -> None:
    told = words(await world.yossi.say("עזרה"))
    for word in ("היום", "בדרך", "אאחר", "סיימתי", "תפוס", "חופש"):
        assert word in told
