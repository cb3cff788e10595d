"""When a promised visit is in question: the rule that reminders, answers, the page and the sweep ask."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from proli.conversations.reasons import PersonReason
from proli.scheduling.in_question import Attendance, Promise, in_question

ZONE = ZoneInfo("Asia/Jerusalem")
AT_TEN = datetime(2070, 11, 24, 8, 0, tzinfo=UTC)
DAY = "2070-11-24"
COMES = Attendance(active=True, exceptions={})
OFF = Attendance(active=True, exceptions={DAY: []})


def asked(
    attendance: Attendance,
    *,
    status: str = "confirmed",
    on_the_way: bool = False,
    attention: PersonReason | None = None,
    ahead: timedelta = timedelta(hours=2),
) -> bool:
    promise = Promise(status, AT_TEN, AT_TEN - timedelta(hours=1) if on_the_way else None)
    return in_question(promise, attendance, attention=attention, zone=ZONE, now=AT_TEN - ahead)


@pytest.mark.parametrize(
    ("spans", "questioned"),
    [
        ([], True),
        ([[480, 600]], True),
        ([[480, 600], [660, 1080]], True),
        ([[600, 1080]], False),
        ([[480, 1080]], False),
    ],
)
def test_the_hour_of_the_beginning_decides(spans: list[list[int]], questioned: bool) -> None:
    assert asked(Attendance(active=True, exceptions={DAY: spans})) is questioned


def test_a_day_off_is_of_its_own_day_only() -> None:
    assert not asked(Attendance(active=True, exceptions={"2070-11-23": [], "2070-11-25": []}))


def test_who_has_left_does_not_come_whatever_the_calendar_says() -> None:
    assert asked(Attendance(active=False, exceptions={}))
    assert not asked(COMES)


@pytest.mark.parametrize("status", ["held", "pending", "done", "cancelled", "no_show"])
def test_only_a_promise_is_in_question(status: str) -> None:
    assert not asked(OFF, status=status)


def test_who_is_on_the_way_comes() -> None:
    assert not asked(OFF, on_the_way=True)


def test_who_takes_the_day_off_after_a_visit_has_made_it() -> None:
    over = timedelta(hours=-3)
    assert not asked(OFF, ahead=over)
    assert asked(OFF, ahead=over, attention=PersonReason.professional_off)
