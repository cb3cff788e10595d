"""Two things in one message: done here and late there; and prices that are asked rather than guessed."""

import pytest

from proli.scheduling.models import BookingStatus
from tests.conftest import ManualClock
from tests.desk.test_coming import at
from tests.desk.workdays import RUTH, bookings, called_for, two_visits, words
from tests.journeys.world import World

DONE, ON = BookingStatus.done, BookingStatus.confirmed


async def prices(world: World) -> list[int | None]:
    return [one.price_agorot for one in await bookings(world)]


@pytest.mark.parametrize(
    ("said", "hour", "price"),
    [
        ("סיימתי אצל דנה, אאחר 20 דקות לרות", "12:20", None),
        ("סיימתי אצל דנה החלפתי ברז 450 אאחר לרות חצי שעה", "12:30", 45000),
        ("אאחר לרות 20 דק, סיימתי אצל דנה", "12:20", None),
        ("סיימתי, 450, אאחר 20 דק", "12:20", 45000),
        ("גמרתי אצל דנה אגיע לרות ב12:30", "12:30", None),
        ("סימתי, אאחר ברבע שעה", "12:15", None),
        ("סיימתי אצל דנה, נתקעתי בפקק עוד 50 דקות אצל רות", "12:20", None),
        ("סיימתי אצל דנה חצי שעה איחור לרות", "12:30", None),
        ("סיימתי אצל דנה 450 רבע שעה איחור לרות", "12:15", 45000),
        ("סיימתי אצל דנה איחור של 20 דק לרות", "12:20", None),
        ("סיימתי אצל דנה אצל רות חצי שעה איחור", "12:30", None),
        ("done at Dana's half an hour late to Ruth", "12:30", None),
        ("done with the previous one, running 20 minutes late", "12:20", None),
    ],
)
async def test_what_is_done_and_what_is_late_both_have_their_effect(
    world: World, clock: ManualClock, said: str, hour: str, price: int | None
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    told = words(await world.yossi.say(said))
    assert "הסתיים" in told
    assert hour in told
    assert [one.status for one in await bookings(world)] == [DONE, ON]
    assert await prices(world) == [price, None]
    assert hour in words(await world.phone(RUTH, "רות").unread())
    assert "אאחר" not in (await bookings(world))[0].work_done
    assert await called_for(world) is None


@pytest.mark.parametrize("said", ["סיימתי אצל דנה הגעתי חצי שעה באיחור", "סיימתי אצל דנה היא הייתה חצי שעה באיחור"])
async def test_a_lateness_that_is_over_is_none_of_the_next_visit(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    await world.yossi.say(said)
    assert [one.status for one in await bookings(world)] == [DONE, ON]
    assert [one.expected_at for one in await bookings(world)] == [None, None]


async def test_how_late_is_asked_after_what_is_done(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    asked = (await world.yossi.say("סיימתי אצל דנה, אאחר לרות"))[-1]
    assert [one.status for one in await bookings(world)] == [DONE, ON]
    await world.yossi.tap(asked, 1)
    assert "12:30" in words(await world.phone(RUTH, "רות").unread())


async def test_where_it_must_be_asked_which_is_done_the_lateness_is_for_people(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 14, 0)
    asked = (await world.yossi.say("סיימתי, אאחר"))[-1]
    assert "למשרד" in asked.text
    assert len(asked.buttons) == 2


@pytest.mark.parametrize("said", ["סיימתי התקנתי דוד 150", "סיימתי, החלפתי צינור 250", "גמרתי התקנתי בוילר 120"])
@pytest.mark.parametrize("answer", ["כן", "1800", None, "לא"])
async def test_a_number_that_may_be_a_size_is_asked_about(
    world: World, clock: ManualClock, said: str, answer: str | None
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    (asked,) = await world.yossi.say(said)
    assert "הוא המחיר" in asked.text
    assert await prices(world) == [None, None]
    number = int(said.rsplit(maxsplit=1)[-1]) * 100
    told = words(await (world.yossi.tap(asked, 0) if answer is None else world.yossi.say(answer)))
    if answer == "לא":
        assert "המחיר" in told
        assert await prices(world) == [None, None]
        await world.yossi.say("1800")
    assert await prices(world) == [number if answer in ("כן", None) else 180000, None]
    assert await called_for(world) is None


@pytest.mark.parametrize("said", ["סיימתי, התקנתי דוד 150 ליטר", "סיימתי החלפתי 2 ברזים", "סיימתי דירה 120"])
async def test_a_number_that_is_plainly_none_is_not_asked_about(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    assert "הוא המחיר" not in words(await world.yossi.say(said))


@pytest.mark.parametrize("first", ["סיימתי את שתי העבודות", "סיימתי את שתי העבודות 300 כל אחת"])
async def test_of_which_of_several_a_price_is_put_right_is_asked(world: World, clock: ManualClock, first: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 14, 30)
    await world.yossi.say(first)
    before = await prices(world)
    (asked,) = await world.yossi.say("טעות, 450")
    assert len(asked.buttons) == 2
    assert await prices(world) == before
    await world.yossi.tap(asked, 1)
    assert await prices(world) == [before[0], 45000]
    assert await called_for(world) is None
