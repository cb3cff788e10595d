"""A professional waits at a door that nobody opens: the customer hears at once, the office when nothing comes."""

import pytest

from tests.conftest import ManualClock
from tests.desk.test_coming import at
from tests.desk.workdays import RUTH, STAFF, attentions, two_visits, with_staff, words
from tests.journeys.world import World


async def minutes_later(world: World, clock: ManualClock, minutes: int) -> None:
    clock.advance(minutes=minutes)
    await world.queue.drain(until=clock.now())


@pytest.mark.parametrize(
    "said",
    [
        "הלקוחה לא פותחת דלת",
        "אני למטה ואף אחד לא עונה",
        "אף אחד לא פותח",
        "הגעתי ואין מענה",
        "עומד ליד הדלת 10 דק לא עונים",
        "דופק בדלת ואין אף אחד",
        "הלקוח לא פותח מה לעשות?",
        "הגעתי לדנה היא לא עונה לי",
        "לא פותחים ת'דלת",
        "im downstairs, no answer",
    ],
)
async def test_the_customer_hears_at_once_and_staff_when_nothing_comes(
    world: World, clock: ManualClock, said: str
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await at(world, clock, 10, 2)
    told = words(await world.yossi.say(said))
    assert "דנה" in told
    assert "050-000-0001" in told
    (heard,) = await world.customer.unread()
    assert "מחכה לך ליד הדלת" in heard.text
    assert "052-000-0001" in heard.text
    assert await world.phone(RUTH, "רות").unread() == []
    assert await world.phone(STAFF, "מורן").unread() == []
    await minutes_later(world, clock, 6)
    assert "ליד הדלת" in words(await world.phone(STAFF, "מורן").unread())
    assert await attentions(world) == ["nobody_opens", None]


@pytest.mark.parametrize(("who", "what"), [("customer", "סליחה, יורדת"), ("yossi", "פתחה"), ("yossi", "נכנסתי")])
async def test_staff_hear_nothing_when_somebody_has_answered(
    world: World, clock: ManualClock, who: str, what: str
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await at(world, clock, 10, 2)
    await world.yossi.say("הלקוחה לא פותחת דלת")
    await (world.customer if who == "customer" else world.yossi).say(what)
    await minutes_later(world, clock, 6)
    assert await world.phone(STAFF, "מורן").unread() == []


async def test_told_again_within_minutes_the_customer_hears_once_and_staff_at_once(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await at(world, clock, 10, 2)
    await world.yossi.say("לא פותחים")
    assert "כבר נשלחה" in words(await world.yossi.say("הלקוחה לא פותחת דלת"))
    assert len(await world.customer.unread()) == 1
    assert await world.phone(STAFF, "מורן").unread() != []


async def test_at_which_door_is_asked_where_it_may_be_two(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 20)
    (asked,) = await world.yossi.say("לא פותחים לי")
    assert len(asked.buttons) == 2
    assert await world.customer.unread() == []
    await world.yossi.tap(asked, 1)
    assert "ליד הדלת" in words(await world.phone(RUTH, "רות").unread())


async def test_far_from_any_visit_it_is_for_people(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    assert "הועברה למשרד" in words(await world.yossi.say("הלקוחה לא פותחת דלת"))
    assert await world.customer.unread() == []


@pytest.mark.parametrize(
    "said",
    [
        "הלקוחה לא עונה לטלפון",
        "לא פותח את הברז",
        "אם אף אחד לא פותח אני הולך",
        "אני למטה",
        "הגעתי",
        "אין תשובה מהספק",
        "הוא לא פותח לי את הקובץ",
        "למה לא עונים",
    ],
)
async def test_what_tells_of_something_else_reaches_no_customer(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 10, 2)
    await world.yossi.say(said)
    await minutes_later(world, clock, 6)
    assert await world.customer.unread() == []
    assert (await attentions(world))[0] is None
