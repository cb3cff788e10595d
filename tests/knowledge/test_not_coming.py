"""What is given up beside a report of work, or beside days off, is parted from it."""

import pytest

from proli.knowledge.finished import read_finished
from proli.knowledge.not_coming import find_refused
from proli.knowledge.workday import WorkdayKind

DONE = frozenset[WorkdayKind]({"done"})
AWAY = frozenset[WorkdayKind]({"off", "ill"})


@pytest.mark.parametrize(
    ("text", "refused", "rest"),
    [
        ("סיימתי אצל דנה, לרות לא אגיע", "לרות לא אגיע", "סיימתי אצל דנה"),
        ("סיימתי אצל דנה לרות לא אגיע", "לרות לא אגיע", "סיימתי אצל דנה"),
        ("סיימתי אצל דנה ולרות אני לא מגיע", "לרות אני לא מגיע", "סיימתי אצל דנה"),
        ("לרות לא אגיע, סיימתי אצל דנה", "לרות לא אגיע", "סיימתי אצל דנה"),
        ("סיימתי 450, לא אספיק לרות", "לא אספיק לרות", "סיימתי 450"),
        ("סיימתי, תבטלו לי את רות", "תבטלו לי את רות", "סיימתי"),
        ("סיימתי, הרכב במוסך", "הרכב במוסך", "סיימתי"),
        ("done at dana's, can't make it to ruth", "can't make it to ruth", "done at dana's"),
    ],
)
def test_beside_work_that_is_done_a_visit_is_given_up(text: str, refused: str, rest: str) -> None:
    assert find_refused(text, DONE) == (refused, rest)
    assert read_finished(text).rest == rest


@pytest.mark.parametrize(
    "text", ["סיימתי אצל דנה", "סיימתי, הלקוחה לא תגיע", "סיימתי לא הגיע החלק", "סיימתי, אגיע לרות"]
)
def test_what_gives_nothing_up_stays_whole(text: str) -> None:
    assert find_refused(text, DONE) is None


def test_beside_days_off_a_visit_is_given_up() -> None:
    told = find_refused("מחר אני בחופש, ולרות לא אגיע היום", AWAY)
    assert told == ("לרות לא אגיע היום", "מחר אני בחופש")
