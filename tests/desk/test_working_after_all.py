"""A day off that is taken back in words is worked again, and never noted as one."""

import pytest

from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, STAFF, attentions, called_for, exceptions, two_visits, with_staff, words
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


@pytest.mark.parametrize(
    "said",
    [
        "תבטל את יום החופש",
        "ביטול יום חופש",
        "בוטל החופש",
        "החופש התבטל",
        "תבטלו חופש",
        "בסוף אני עובד",
        "עזבו את החופש, בסוף עובד",
        "כבר לא חולה, חוזר לעבודה",
        "my day off is cancelled",
    ],
)
async def test_a_day_off_taken_back_without_its_day_is_the_only_one_there_is(world: World, said: str) -> None:
    await world.yossi.say("יום חופש ב-10.12")
    assert "10.12" in words(await world.yossi.say(said))
    assert await exceptions(world) == {}


@pytest.mark.parametrize("answer", ["12.12", "ב-12.12 בבקשה", None])
async def test_of_several_days_off_it_is_asked_which_is_taken_back(world: World, answer: str | None) -> None:
    await world.yossi.say("יום חופש ב-10.12")
    await world.yossi.say("יום חופש ב-12.12")
    (asked,) = await world.yossi.say("ביטול יום חופש")
    assert len(asked.buttons) == 2
    assert len(await exceptions(world)) == 2
    await (world.yossi.tap(asked, 1) if answer is None else world.yossi.say(answer))
    assert await exceptions(world) == {"2070-12-10": []}


async def test_where_no_day_is_off_none_is_taken_back(world: World) -> None:
    assert "לא רשומים ימים" in words(await world.yossi.say("ביטול יום חופש"))
    assert await called_for(world) is None


@pytest.mark.parametrize(
    "said",
    [
        "בוטל החופש אני עובד היום כרגיל",
        "בסוף אני כן עובד היום",
        "היום אני עובד רגיל",
        "תבטלו את החופש של היום",
        "אני עובד היום כרגיל",
        "ביטול חופש היום",
        "חוזר לעבודה היום, כבר לא חולה",
        "working after all today",
    ],
)
async def test_customers_who_were_told_otherwise_and_staff_hear_that_the_visits_stand(
    world: World, clock: ManualClock, said: str
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await world.yossi.say("חולה היום")
    assert "בבדיקה" in words(await world.customer.say("הוא מגיע?"))
    await world.phone(STAFF, "מורן").unread()
    await world.yossi.say(said)
    (told,) = await world.customer.unread()
    assert "מתקיים כפי שנקבע" in told.text
    assert await world.phone(RUTH, "רות").unread() == []
    (back,) = await world.phone(STAFF, "מורן").unread()
    assert "בלפור" in back.text
    assert "ויצמן" in back.text
    assert await attentions(world) == [None, None]
    await world.yossi.say(said)
    assert await world.customer.unread() == []


@pytest.mark.parametrize("said", ["המזגן עובד כרגיל", "אני עובד מחר אצל דנה", "תבטל את הביקור מחר אני בחופש"])
async def test_what_tells_of_something_else_takes_no_day_off_back(world: World, said: str) -> None:
    await world.yossi.say("יום חופש ב-10.12")
    await world.yossi.say(said)
    assert "2070-12-10" in await exceptions(world)
