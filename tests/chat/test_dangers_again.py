"""Whoever tells of a danger is told what to do in that danger, each time, and is never asked what work it is."""

import pytest

from tests.journeys.world import World
from tests.office import EVERYTHING

KIND_OF_WORK = "באיזו עבודה"


async def said(world: World, *texts: str) -> str:
    told = ""
    for text in texts:
        told = "\n".join(message.text for message in await world.customer.say(text))
    return told


async def test_a_danger_told_again_in_few_words_is_answered_with_what_to_do_and_that_people_were_called(
    world: World,
) -> None:
    await said(world, "ריח גז חזק בדירה")
    told = await said(world, "רמת גן ביאליק 127")
    assert KIND_OF_WORK not in told
    for again in ("אמרתי גז!!!", "גז!!"):
        told = await said(world, again)
        assert "102" in told
        assert "נשלחה קריאה דחופה" in told
        assert "לא היה ברור" not in told
        assert KIND_OF_WORK not in told


async def test_what_is_not_understood_after_a_danger_is_not_asked_what_work_it_is(world: World) -> None:
    told = await said(world, "ריח גז חזק בדירה", "רמת גן ביאליק 127", "נו???")
    assert KIND_OF_WORK not in told


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("מים נכנסו ללוח חשמל ויש ניצוצות", ("לא לגעת", "103", "102"), ("מטפלים מיד", "הברז")),
        ("התפוצץ צינור בתקרה והמים יורדים על לוח החשמל", ("לא לגעת", "103", "102"), ("מטפלים מיד",)),
        ("התינוק נעול באוטו", ("101", "102", "להישאר"), ("להתרחק",)),
        ("אנחנו תקועים במעלית", ("102", "להישאר"), ("להתרחק",)),
        ("יש פה אש במטבח", ("102", "לצאת"), ()),
        ("הבן שלי התחשמל", ("101", "לא לגעת"), ()),
        ("ריח גז חזק", ("102", "לפתוח חלונות"), ()),
        ("יש ניצוצות מהשקע", ("103", "לא לגעת"), ("הברז", "מטפלים מיד")),
        ("פיצוץ בצינור, מים בכל הבית", ("ברז המים",), ("מטפלים מיד",)),
    ],
)
async def test_the_words_fit_the_danger(
    world: World, text: str, told: tuple[str, ...], not_told: tuple[str, ...]
) -> None:
    answer = await said(world, text)
    assert all(word in answer for word in told)
    assert not any(word in answer for word in not_told)


async def test_a_request_that_was_never_dangerous_is_not_warned_by_a_word(world: World) -> None:
    await said(world, EVERYTHING)
    assert "102" not in await said(world, "יש לי גם כיריים גז, זה משנה?")
