"""Who could not come and writes that they do after all: as by the button, whoever heard otherwise knows."""

import pytest

from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, STAFF, attentions, bookings, two_visits, with_staff, words
from tests.journeys.scenes import played_once
from tests.journeys.world import World

CHECKED = "בבדיקה מול הצוות"


async def unable(world: World) -> list[bool]:
    return [one.unable_at is not None for one in await bookings(world)]


@played_once
async def given_up(world: World, clock: ManualClock) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לדנה")
    assert CHECKED in words(await world.customer.say("הוא מגיע?"))
    await world.phone(STAFF, "מורן").unread()


@pytest.mark.parametrize(
    ("said", "customer"),
    [
        ("בסוף אני כן מגיע לדנה", "כפי שנקבע"),
        ("הסתדר אני כן מגיע", "כפי שנקבע"),
        ("עזבו הכל בסדר אני אגיע ב10", "כפי שנקבע"),
        ("ok I can make it after all", "כפי שנקבע"),
        ("אל תבטלו, אני מגיע", "כפי שנקבע"),
        ("טוב הסתדר אני בדרך", "בדרך אליך"),
        ("בסוף אני כן מגיע לדנה אבל ב-10:30", "10:30"),
    ],
)
async def test_in_words_it_stands_and_customer_and_staff_hear(
    world: World, clock: ManualClock, said: str, customer: str
) -> None:
    await given_up(world, clock)
    await world.yossi.say(said)
    assert await unable(world) == [False, False]
    assert await attentions(world) == [None, None]
    assert customer in words(await world.customer.unread())
    assert "בלפור" in words(await world.phone(STAFF, "מורן").unread())
    assert await world.phone(RUTH, "רות").unread() == []


@pytest.mark.parametrize(
    "said", ["לא מגיע", "בסוף אני כן מגיע לרות", "אולי אני כן אגיע", "הלקוחה מגיעה בסוף", "אני לא יכול להגיע לדנה בסוף"]
)
async def test_what_does_not_say_so_leaves_it_in_question(world: World, clock: ManualClock, said: str) -> None:
    await given_up(world, clock)
    await world.yossi.say(said)
    assert (await unable(world))[0]


async def test_of_several_it_is_asked_which(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("אני לא מגיע היום")
    (asked,) = await world.yossi.say("בסוף אני כן מגיע")
    assert await unable(world) == [True, True]
    await world.yossi.tap(asked, 1)
    assert await unable(world) == [True, False]


@pytest.mark.parametrize("said", ["הגעתי", "סיימתי 400"])
async def test_who_is_there_or_done_has_come(world: World, clock: ManualClock, said: str) -> None:
    await given_up(world, clock)
    clock.advance(hours=2, minutes=10)
    await world.queue.drain(until=clock.now())
    await world.yossi.say(said)
    assert await unable(world) == [False, False]
    assert await attentions(world) == [None, None]
