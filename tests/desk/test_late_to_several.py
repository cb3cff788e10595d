"""Several delays in one message: each customer hears their own hour, and nobody that of another."""

import pytest

from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, booked, two_visits, words
from tests.journeys.world import CUSTOMER, World


@pytest.mark.parametrize(
    ("said", "dana", "ruth"),
    [
        ("תקוע בפקקים מגיע לדנה ב10:30 ולרות ב13", "10:30", "13:00"),
        ("אגיע לדנה ב 10:30 ולרות ב 12:45", "10:30", "12:45"),
        ("אגיע לדנה ב10:30, לרות ב12:45", "10:30", "12:45"),
        ("אאחר אצל דנה 20 דקות ואצל רות 40", "10:20", "12:40"),
        ("מאחר לדנה 20 דקות ולרות 40 דקות", "10:20", "12:40"),
        ("מאחר לרות 40 דקות ולדנה 20 דקות", "10:20", "12:40"),
        ("אאחר רבע שעה לדנה ו20 דקות לרות", "10:15", "12:20"),
        ("לדנה אאחר 20 ולרות 40", "10:20", "12:40"),
        ("אאחר לבלפור 11 20 דקות ולויצמן 3 40 דקות", "10:20", "12:40"),
        ("running late 20 minutes to דנה and 40 minutes to רות", "10:20", "12:40"),
    ],
)
async def test_each_customer_hears_their_own_delay(
    world: World, clock: ManualClock, said: str, dana: str, ruth: str
) -> None:
    await two_visits(world, clock)
    told = words(await world.yossi.say(said))
    assert dana in told
    assert ruth in told
    heard, other = words(await world.customer.unread()), words(await world.phone(RUTH, "רות").unread())
    assert dana in heard
    assert ruth not in heard
    assert ruth in other
    assert dana not in other


async def test_who_is_on_time_at_one_of_two_is_late_at_the_other_alone(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("אגיע לדנה ב10:30 ולרות בזמן")
    assert "10:30" in words(await world.customer.unread())
    assert await world.phone(RUTH, "רות").unread() == []


@pytest.mark.parametrize(
    "said",
    [
        "תקוע 20 דקות, לדנה אגיע ב10:30, רות ב13",
        "אגיע לדנה ב10:30 ולמשה ב13",
        "אאחר 20 דקות לדנה ולביקור הבא 40",
        "אאחר לדנה 20 דקות 40 לרות",
        "אגיע לדנה ב10:30 או 10:45 ולרות ב13",
        "אגיע לדנה ב10:30 ולרות ב19",
    ],
)
async def test_where_it_is_not_sure_whose_a_delay_is_nobody_is_told_and_it_is_asked(
    world: World, clock: ManualClock, said: str
) -> None:
    await two_visits(world, clock)
    assert "בהודעה נפרדת" in words(await world.yossi.say(said))
    assert await world.customer.unread() == []
    assert await world.phone(RUTH, "רות").unread() == []


async def test_one_visit_today_does_not_get_the_hour_of_another_name(world: World, clock: ManualClock) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    assert "בהודעה נפרדת" in words(await world.yossi.say("אגיע לדנה ב10:30 ולרות ב13"))
    assert await world.customer.unread() == []


@pytest.mark.parametrize("said", ["אגיע לדנה ב10:30, אני עוד אצל רות", "אאחר 20 דקות לדנה, אני עוד אצל רות"])
async def test_of_one_delay_and_two_names_it_is_asked_whose_it_is(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say(said)
    assert len(asked.buttons) == 2
    assert await world.customer.unread() == []
    await world.yossi.tap(asked, 0)
    assert ("10:30" if "10:30" in said else "10:20") in words(await world.customer.unread())


async def test_two_names_in_an_answer_to_how_late_hear_their_own(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("מתעכב")
    await world.yossi.say("דנה 20 דקות ורות 40 דקות")
    assert "10:20" in words(await world.customer.unread())
    assert "12:40" in words(await world.phone(RUTH, "רות").unread())


async def test_an_answer_to_how_late_that_names_another_visit_is_of_that_one(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("מתעכב")
    await world.yossi.say("לרות 40 דקות")
    assert await world.customer.unread() == []
    assert "12:40" in words(await world.phone(RUTH, "רות").unread())
