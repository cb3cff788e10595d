"""A day off that is taken back in words is worked again, and never noted as one."""

import pytest

from tests.conftest import ManualClock
from tests.desk.test_workday import attentions, called_for, exceptions, two_visits, words
from tests.journeys.world import World


@pytest.mark.parametrize(
    "said",
    [
        "תבטל את יום החופש ב-10.12",
        "לא צריך את יום החופש ב-10.12",
        "אני לא לוקח חופש ב-10.12",
        "בסוף אני כן עובד ב-10.12",
        "cancel my day off on 10.12",
        "I'm working after all on 10.12",
    ],
)
async def test_a_day_off_taken_back_in_words_is_worked_again(world: World, said: str) -> None:
    await world.yossi.say("יום חופש ב-10.12")
    assert "בשעות הרגילות" in words(await world.yossi.say(said))
    assert await exceptions(world) == {}
    assert await called_for(world) is None


@pytest.mark.parametrize("said", ["תבטל את יום החופש ב-11.12", "לא צריך את יום החופש מחר", "אני כן עובד מחר"])
async def test_taking_back_what_was_no_day_off_is_said_and_notes_nothing(world: World, said: str) -> None:
    await world.yossi.say("יום חופש ב-10.12")
    assert "לא רשום שם" in words(await world.yossi.say(said))
    assert await exceptions(world) == {"2070-12-10": []}


async def test_who_was_ill_and_works_after_all_keeps_the_visits(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("חולה היום")
    assert await attentions(world) == ["professional_off", "professional_off"]
    await world.yossi.say("בסוף אני כן עובד היום")
    assert await exceptions(world) == {}
    assert await attentions(world) == [None, None]


async def test_a_day_off_taken_back_without_its_day_is_for_people(world: World) -> None:
    await world.yossi.say("יום חופש ב-10.12")
    assert "הועברה למשרד" in words(await world.yossi.say("תבטל את יום החופש"))
    assert await exceptions(world) == {"2070-12-10": []}
