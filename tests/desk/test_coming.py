"""A professional tells when they come, in whatever words: late, on time, or otherwise than they have just told."""

from datetime import timedelta

import pytest

from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, bookings, called_for, two_visits, words
from tests.journeys.world import World


async def at(world: World, clock: ManualClock, hour: int, minute: int) -> None:
    clock.at = clock.now() + timedelta(hours=hour - 8, minutes=minute)
    await world.queue.drain(until=clock.now())
    await world.customer.unread()
    await world.phone(RUTH, "רות").unread()


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("אני בדרך, חצי שעה איחור", "10:30"),
        ("אגיע רק ב11:40", "11:40"),
        ("אגיע רק ב11:50", "11:50"),
        ("נתקעתי, עוד 40 דק", "10:20"),
        ("בדרך עוד 35 דקות", "10:15"),
        ("בדרך,עוד 40דק", "10:20"),
        ("יהיה איחור של רבע שעה", "10:15"),
        ("פקק מטורף עוד 50 דקות אני שם", "10:30"),
        ("זה ייקח לי עוד 40 דקות להגיע", "10:20"),
        ("אהיה שם באחת עשרה", "11:00"),
        ("אהיה אצלה רק ב10 וחצי", "10:30"),
        ("מגיע ב 10:40 אחי", "10:40"),
        ("אגיע לדנה ב11", "11:00"),
        ("be there in 40 min", "10:20"),
    ],
)
async def test_who_comes_later_is_late_and_the_customer_hears_when(
    world: World, clock: ManualClock, said: str, hour: str
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 40)
    told = words(await world.yossi.say(said))
    assert hour in told
    assert "דנה" in told
    assert hour in words(await world.customer.unread())
    assert await world.phone(RUTH, "רות").unread() == []


@pytest.mark.parametrize("said", ["אהיה שם באחת במקום בשתים עשרה", "אגיע לרות באחת", "אגיע ב-13:00 במקום 12"])
async def test_the_visit_that_is_named_is_the_late_one(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 40)
    await world.yossi.say(said)
    assert "13:00" in words(await world.phone(RUTH, "רות").unread())
    assert await world.customer.unread() == []


@pytest.mark.parametrize(
    "said",
    [
        "בדרך, עוד 20 דקות",
        "בדרך עוד 25 דקות",
        "אגיע עוד רבע שעה",
        "עוד 20 דקות אצל דנה",
        "יצאתי, עוד 15 דק שם",
        "אגיע ב-10",
        "בדרך לדנה",
        "on my way, there in 15 minutes",
    ],
)
async def test_who_comes_on_time_is_on_the_way_and_not_late(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 40)
    await world.yossi.say(said)
    heard = words(await world.customer.unread())
    assert "בדרך אליך" in heard
    assert "צפויה" not in heard
    assert (await bookings(world))[0].expected_at is None


@pytest.mark.parametrize(
    "said",
    [
        "החלק מגיע ב-11",
        "הלקוח מגיע עוד 20 דקות",
        "השליח בדרך עוד 20 דק",
        "מגיע לי 450 על דנה",
        "עוד 20 דקות אני מסיים",
        "אגיע מחר ב11",
        "הלקוחה אמרה שתגיע ב11",
        "אני צריך עוד 20 דקות פה",
        "בדרך הביתה",
        "אם אגיע ב11 זה בסדר",
        "לא אגיע ב11",
    ],
)
async def test_what_tells_of_something_else_tells_no_customer_anything(
    world: World, clock: ManualClock, said: str
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 40)
    await world.yossi.say(said)
    assert await world.customer.unread() == []
    assert [one.expected_at for one in await bookings(world)] == [None, None]


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("לא 20, 50 דקות", "10:50"),
        ("סליחה 40", "10:40"),
        ("טעות, רק 10", "10:10"),
        ("בעצם חצי שעה", "10:30"),
        ("תיקון: 45 דק", "10:45"),
        ("לא עשרים, ארבעים", "10:40"),
        ("אופס 50 לא 20", "10:50"),
        ("סורי יותר כמו שעה", "11:00"),
        ("סליחה, 10:50", "10:50"),
        ("sorry 40 minutes", "10:40"),
    ],
)
async def test_a_lateness_is_put_right(world: World, clock: ManualClock, said: str, hour: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 40)
    await world.yossi.say("אאחר 20 דקות")
    await world.customer.unread()
    assert hour in words(await world.yossi.say(said))
    (told,) = await world.customer.unread()
    assert hour in told.text
    assert "ולא ב-" in told.text
    assert await called_for(world) is None


async def test_put_right_and_right_again_the_customer_hears_each_time(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 40)
    for said, hour in (("בדרך עוד 40 דקות", "10:20"), ("לא 40, 60", "10:40"), ("סליחה 40", "10:20")):
        await world.yossi.say(said)
        (told,) = await world.customer.unread()
        assert hour in told.text


@pytest.mark.parametrize("said", ["סליחה לא הבנתי", "סליחה 450 שח", "40", "לא", "תודה 40 שח לדנה"])
async def test_other_words_after_it_put_no_lateness_right(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 40)
    await world.yossi.say("אאחר 20 דקות")
    await world.customer.unread()
    await world.yossi.say(said)
    assert await world.customer.unread() == []


async def test_who_is_away_and_says_late_is_for_people(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("חולה היום")
    assert "הועברה למשרד" in words(await world.yossi.say("אאחר 20 דקות"))
    assert await world.customer.unread() == []
