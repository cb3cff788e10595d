"""Busy hours end by words, what stood in them stands again, and who arrives where nothing is booked hears what is."""

import pytest

from proli.knowledge.free_again import says_free
from proli.knowledge.text import without_marks
from tests.conftest import ManualClock
from tests.desk.workdays import STAFF, attentions, booked, exceptions, two_visits, with_staff, words
from tests.journeys.world import CUSTOMER, World


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("התפניתי", True),
        ("פנוי", True),
        ("סיימתי מוקדם, אני פנוי", True),
        ("כבר לא תפוס", True),
        ("i'm free now", True),
        ("לא פנוי", False),
        ("פנוי?", False),
        ("הלקוחה פנויה", False),
        ("אולי אהיה פנוי", False),
        ("יש לי חור פנוי", False),
    ],
)
def test_that_somebody_is_free_is_read(text: str, free: bool) -> None:
    assert says_free(text) is free


async def test_busy_hours_end_and_what_stood_in_them_stands(world: World, clock: ManualClock) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await world.yossi.say("תפוס עד 13:00")
    assert await attentions(world) == ["professional_off"] * 2
    await world.phone(STAFF, "מורן").unread()
    answer = without_marks(words(await world.yossi.say("התפניתי")))
    assert "8:00-13:00" in answer
    assert "עומדים כפי שנקבעו" in answer
    assert await exceptions(world) == {}
    assert await attentions(world) == [None, None]
    assert "בסוף תהיה הגעה" in words(await world.phone(STAFF, "מורן").unread())


async def test_work_done_early_gives_back_the_hours_that_are_left(world: World, clock: ManualClock) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    await world.yossi.say("תפוס עד 15:00")
    clock.advance(minutes=150)
    answer = without_marks(words(await world.yossi.say("סיימתי מוקדם אני פנוי")))
    assert "הביקור סומן כהסתיים" in answer
    assert "10:30-15:00" in answer
    assert await exceptions(world) == {clock.now().date().isoformat(): [[630, 1080]]}


async def test_without_busy_hours_or_a_visit_of_today_that_is_said(world: World, clock: ManualClock) -> None:
    await booked(world, clock=clock)
    assert "לא רשומות שעות תפוסות" in words(await world.yossi.say("פנוי"))
    assert "לא רשום ביומן ביקור להיום" in words(await world.yossi.say("הגעתי"))
