"""A reason alone puts the visit of today in question, or days off; "not now" puts no visit of another day there."""

from datetime import timedelta

from proli.knowledge.text import without_marks
from proli.scheduling.models import BookingStatus
from tests.conftest import ManualClock
from tests.desk.workdays import (
    ASKED,
    STAFF,
    attentions,
    booked,
    bookings,
    called_for,
    exceptions,
    two_visits,
    with_staff,
    words,
)
from tests.journeys.world import CUSTOMER, World

UNABLE = "professional_unable"


async def test_a_reason_alone_puts_the_one_visit_of_today_in_question(world: World, clock: ManualClock) -> None:
    await with_staff(world)
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    assert "ומשם יחזרו" in words(await world.yossi.say("קראו לי למילואים"))
    (alert,) = await world.phone(STAFF, "מורן").unread()
    assert "קראו לי למילואים" in without_marks(alert.text)
    assert await attentions(world) == [UNABLE]


async def test_of_several_visits_it_is_asked_which_and_the_office_knows_at_once(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say("הילד חולה")
    assert len(asked.buttons) == 2
    assert await called_for(world) == "professional_wrote"
    assert await attentions(world) == [None, None]
    await world.yossi.say("שניהם")
    assert await attentions(world) == [UNABLE, UNABLE]


async def test_a_span_told_with_a_reason_is_days_off(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    assert "נרשם, ללא עבודה" in words(await world.yossi.say("שבוע במילואים"))
    assert len(await exceptions(world)) == 7
    assert await attentions(world) == ["professional_off"] * 2


async def test_not_now_is_of_the_hours_ahead_and_of_no_visit_of_tomorrow(world: World) -> None:
    await world.phone(CUSTOMER, "דנה").say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.say("אשר")
    assert "עד מתי" in words(await world.yossi.say("לא יכול עכשיו"))
    assert "בין 9:00 ל-12:00" in without_marks(words(await world.yossi.say("עד 12")))
    assert "בין 9:00 ל-11:00" in without_marks(words(await world.yossi.say("לא בשעתיים הקרובות")))
    assert await attentions(world) == [None]


async def test_who_is_done_with_one_visit_and_gives_up_another_is_heard_in_both(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    clock.advance(minutes=150)
    assert "הביקור סומן כהסתיים" in words(await world.yossi.say("סיימתי אצל דנה, לרות לא אגיע"))
    assert [one.status for one in await bookings(world)] == [BookingStatus.done, BookingStatus.confirmed]
    assert await attentions(world) == [None, UNABLE]
    await world.yossi.say("450")
    assert [one.price_agorot for one in await bookings(world)] == [45000, None]


async def test_a_visit_of_today_given_up_beside_a_day_off_tomorrow_leaves_today_worked(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    await world.yossi.say("מחר אני בחופש, ולרות לא אגיע היום")
    assert list(await exceptions(world)) == [(clock.now() + timedelta(days=1)).date().isoformat()]
    assert await attentions(world) == [None, UNABLE]
