"""Words of the day while an offer waits, of visits that wait for an outcome, and words that are those of a button."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from proli.dispatch.models import Offer, OfferStatus
from proli.knowledge.text import without_marks
from proli.scheduling.models import BookingStatus
from tests.conftest import ManualClock
from tests.desk.workdays import ASKED, RUTH, attentions, booked, bookings, called_for, exceptions, two_visits, words
from tests.journeys.scenes import played_once
from tests.journeys.world import CUSTOMER, World

BOTH_DONE = [(BookingStatus.done, 30000), (BookingStatus.done, 30000)]


async def next_day(world: World, clock: ManualClock) -> None:
    """Both visits are over and nobody has said how they went; it is the morning after."""
    await two_visits(world, clock)
    clock.advance(hours=24)
    await world.queue.drain(until=clock.now())
    await world.yossi.unread()


async def how_they_went(world: World) -> list[tuple[BookingStatus, int | None]]:
    return [(one.status, one.price_agorot) for one in await bookings(world)]


@pytest.mark.parametrize(
    "said",
    [
        "סיימתי אתמול את שתי העבודות, 300 שח כל אחת",
        "סיימתי את שתי העבודות, 300 שח כל אחת",
        "סיימתי הכול, 300 ש״ח לכל אחד",
        "done with both jobs, 300 nis each",
    ],
)
async def test_of_all_visits_that_wait_since_yesterday_all_are_done_each_with_its_price(
    world: World, clock: ManualClock, said: str
) -> None:
    await next_day(world, clock)
    told = words(await world.yossi.say(said))
    assert "2" in told
    assert "300" in told
    assert await how_they_went(world) == BOTH_DONE
    assert [one.work_done for one in await bookings(world)] == ["", ""]


async def test_a_price_that_is_not_said_to_be_that_of_each_is_for_people(world: World, clock: ManualClock) -> None:
    await next_day(world, clock)
    assert "הועברה למשרד" in words(await world.yossi.say("סיימתי את שתי העבודות, 600 שח"))
    assert await how_they_went(world) == [(BookingStatus.done, None), (BookingStatus.done, None)]
    assert await called_for(world) is not None


async def test_of_several_that_wait_since_yesterday_it_is_asked_which(world: World, clock: ManualClock) -> None:
    await next_day(world, clock)
    (asked,) = await world.yossi.say("סיימתי, 300 שח")
    assert len(asked.buttons) == 2
    assert all("." in button["text"] for button in asked.buttons)
    await world.yossi.tap(asked, 1)
    assert await how_they_went(world) == [(BookingStatus.confirmed, None), (BookingStatus.done, 30000)]


async def test_all_of_more_than_there_are_is_asked_about(world: World, clock: ManualClock) -> None:
    await next_day(world, clock)
    (asked,) = await world.yossi.say("סיימתי את שלוש העבודות")
    assert len(asked.buttons) == 2


@pytest.mark.parametrize("said", ["סיימתי", "סיימתי, 300 שח"])
async def test_done_where_no_visit_waits_goes_to_the_office_and_that_is_said(world: World, said: str) -> None:
    assert "הועברה למשרד" in words(await world.yossi.say(said))
    assert await called_for(world) is not None


async def test_done_said_again_calls_nobody(world: World, clock: ManualClock) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    clock.advance(hours=3)
    await world.queue.drain(until=clock.now())
    await world.yossi.say("סיימתי")
    assert "כבר עודכן" in words(await world.yossi.say("סיימתי"))
    assert await called_for(world) is None


@played_once
async def offered_beside_a_visit(world: World, clock: ManualClock) -> None:
    """Yossi visits Dana today at 10; it is 8, and Ruth's wish for tomorrow at 10 waits for his answer."""
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    await world.phone(RUTH, "רות").say(ASKED.format(street="רחוב ויצמן 3", day="מחר", hour=10))
    await world.yossi.unread()


async def last_offer(world: World) -> OfferStatus:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Offer.status).order_by(Offer.id.desc()).limit(1))).one()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("תפוס עד 9 מחר", "9:00"),
        ("מאחר חצי שעה", "10:30"),
        ("אני בדרך", "בדרך"),
        ("היום", "בלפור 11"),
        ("הגעתי", "סיימתי"),
        ("I'm here", "סיימתי"),
    ],
)
async def test_words_of_the_day_are_acted_on_while_an_offer_waits_and_remind_of_it(
    world: World, clock: ManualClock, said: str, told: str
) -> None:
    await offered_beside_a_visit(world, clock)
    heard = without_marks(words(await world.yossi.say(said)))
    assert told in heard
    assert "ויצמן 3" in heard.splitlines()[-1]
    assert "ממתינה לתשובה" in heard.splitlines()[-1]
    assert await last_offer(world) == OfferStatus.open
    assert await called_for(world) is None
    assert await attentions(world) == [None, None]


async def test_busy_until_an_hour_of_tomorrow_is_of_tomorrow(world: World, clock: ManualClock) -> None:
    await offered_beside_a_visit(world, clock)
    await world.yossi.say("תפוס עד 4 מחר")
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    assert list(await exceptions(world)) == [tomorrow]


async def test_who_is_busy_in_the_hours_of_an_offer_declines_it(world: World, clock: ManualClock) -> None:
    await offered_beside_a_visit(world, clock)
    heard = without_marks(words(await world.yossi.say("תפוס עד 4 מחר")))
    assert "16:00" in heard
    assert "תועבר הלאה" in heard
    assert await called_for(world) is None


async def test_busy_alone_still_answers_the_offer(world: World, clock: ManualClock) -> None:
    await offered_beside_a_visit(world, clock)
    await world.yossi.say("תפוס")
    assert await last_offer(world) == OfferStatus.declined


async def test_having_arrived_where_nothing_is_booked_is_answered_by_that_without_the_menu(world: World) -> None:
    told = words(await world.yossi.say("הגעתי!"))
    assert "לא רשום ביומן ביקור" in told
    assert "חופש" not in told


@pytest.mark.parametrize("said", ["ביטול, אעבוד", " ביטול אעבוד. "])
async def test_the_words_of_a_button_are_that_tap_also_after_other_news(
    world: World, clock: ManualClock, said: str
) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    await world.yossi.say("יום חופש מחר")
    assert await exceptions(world) != {}
    await world.yossi.say("היום")
    await world.yossi.say(said)
    assert await exceptions(world) == {}


async def test_the_words_of_a_button_of_days_ago_are_no_tap(world: World, clock: ManualClock) -> None:
    await world.yossi.say("יום חופש מחר")
    await world.yossi.say("היום")
    clock.advance(hours=30)
    await world.yossi.say("ביטול, אעבוד")
    assert await exceptions(world) != {}


async def test_a_yes_with_coming_on_time_takes_the_offer_that_waits(world: World, clock: ManualClock) -> None:
    await offered_beside_a_visit(world, clock)
    await world.yossi.say("אאחר לדנה 20 דק")
    await world.yossi.say("מאשר, אגיע בזמן")
    assert await last_offer(world) == OfferStatus.accepted
