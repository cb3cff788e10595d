"""The later word of an answer to offered hours wins: nothing is asked for by what it takes back."""

from dataclasses import replace
from datetime import datetime

import pytest

from proli.mind.facts import Facts
from proli.mind.hearing.burst import hear
from tests.mind.talk import COMPLETE, ZONE, at, facts_of

MORNING = {"kind": "part", "start": at(24, 8).isoformat(), "end": at(24, 12).isoformat(), "part": "morning"}
OFFERED = (at(24, 8), at(24, 9, 30), at(24, 11))


def answered(said: str, offered: tuple[datetime, ...] = OFFERED) -> Facts:
    """The facts where a burst, its messages told apart by bars, answers these hours."""
    known = replace(COMPLETE, wish=MORNING | {"source": "מחר בבוקר"})
    return facts_of(*said.split(" | "), known=known, asked="time", offered=offered)


def clock(moment: datetime | None) -> str | None:
    return moment.astimezone(ZONE).strftime("%d %H:%M") if moment else None


@pytest.mark.parametrize(
    ("said", "kind", "hour"),
    [
        ("8 | בעצם 9", "exact", "24 09:00"),
        ("8, בעצם 9", "exact", "24 09:00"),
        ("8 בעצם 9", "exact", "24 09:00"),
        ("בעצם 9", "exact", "24 09:00"),
        ("8 | 9 עדיף", "exact", "24 09:00"),
        ("בשמונה | בעצם תשע", "exact", "24 09:00"),
        ("הראשון | סליחה, עדיף ב10", "exact", "24 10:00"),
        ("הראשון | בעצם מחרתיים ב-10", "exact", "25 10:00"),
        ("מחרתיים ב-8 | בעצם 9", "exact", "25 09:00"),
        ("הראשון | ביום רביעי", "day", "26 00:00"),
        ("8 | אפשר אחרי 14?", "after", "24 14:00"),
        ("ב8 טוב | אבל רק אם זה אחרי 8 וחצי", "after", "24 08:30"),
        ("ב8 טוב אבל רק אם זה אחרי 8 וחצי", "after", "24 08:30"),
        ("8 טוב | לא לפני 9", "after", "24 09:00"),
        ("8 is fine, actually make it 9", "exact", "24 09:00"),
        ("8 is fine | actually make it 9", "exact", "24 09:00"),
        ("the first | sorry, 10 is better", "exact", "24 10:00"),
    ],
)
def test_a_later_hour_is_a_wish_of_its_own(said: str, kind: str, hour: str) -> None:
    heard = hear(answered(said))
    assert heard.chosen is None
    assert heard.wish is not None
    assert (heard.wish.kind, clock(heard.wish.start)) == (kind, hour)


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("הראשון | רגע לא, השני", "24 09:30"),
        ("8 | בעצם 11", "24 11:00"),
        ("1 | בעצם 2", "24 09:30"),
        ("8 | 9:30", "24 09:30"),
        ("8 | בעצם 9 | לא, 8", "24 08:00"),
        ("8 טוב אבל רק אם זה לפני 9", "24 08:00"),
        ("8 | סליחה, דירה 9", "24 08:00"),
        ("8 | סליחה על ההפרעה", "24 08:00"),
        ("8 | בעצם תביאו גם סולם", "24 08:00"),
        ("8 | אבל אני חייב לצאת ב-10", "24 08:00"),
        ("9:30 but I leave at 12", "24 09:30"),
        ("no problem, 8", "24 08:00"),
    ],
)
def test_a_later_choice_wins_and_what_is_said_beside_one_takes_nothing_back(said: str, hour: str) -> None:
    assert clock(hear(answered(said)).chosen) == hour


@pytest.mark.parametrize("said", ["8 | בעצם לא", "8 | רגע", "הראשון | לא", "8 | אבל אם אפשר קצת יותר מאוחר"])
def test_what_is_taken_back_without_another_hour_leaves_nothing_to_ask_for(said: str) -> None:
    heard = hear(answered(said))
    assert (heard.chosen, heard.wish) == (None, None)


@pytest.mark.parametrize("said", ["כן, אבל רק אחרי 9", "כן | אבל רק אחרי 9", "yes | but only after 9", "כן אחרי 9"])
def test_a_yes_with_a_condition_is_no_yes_to_the_hour_that_does_not_meet_it(said: str) -> None:
    heard = hear(answered(said, OFFERED[:1]))
    assert heard.chosen is None
    assert heard.wish is not None
    assert (heard.wish.kind, clock(heard.wish.start)) == ("after", "24 09:00")


@pytest.mark.parametrize("said", ["כן", "כן | תודה", "כן מצוין | דירה 9", "yes, thanks"])
def test_a_plain_yes_is_one(said: str) -> None:
    assert clock(hear(answered(said, OFFERED[:1])).chosen) == "24 08:00"


@pytest.mark.parametrize(
    ("said", "hours", "hour"),
    [
        ("מחר ב8", {"2": (480, 1080)}, "24 08:00"),
        ("מחר ב9", {"2": (12 * 60, 22 * 60)}, "24 21:00"),
        ("מחר ב8", {"2": (360, 22 * 60)}, None),
        ("מחר ב8", {}, None),
        ("מחר ב8", {"0": (480, 1080)}, "24 08:00"),
    ],
)
def test_the_hours_of_the_business_settle_which_half_of_the_day_is_meant(
    said: str, hours: dict[str, tuple[int, int]], hour: str | None
) -> None:
    wish = hear(replace(facts_of(said, known=replace(COMPLETE, wish=None)), hours=hours)).wish
    assert wish is not None
    assert (None if wish.ambiguous else clock(wish.start)) == hour
