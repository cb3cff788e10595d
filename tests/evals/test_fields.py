# ruff: noqa: E501 - cases are read as lines
"""Scoring judges as EVALS says, so that a better figure means a better agent."""

from typing import Any

import pytest

from proli.evals.fields import judge

TOMORROW = {"kind": "exact", "start": "2026-11-23T16:00+02:00", "end": None, "part": None}


def gold_time(kind: str | None, start: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": None, "part": None, "bound": None, **more}


@pytest.mark.parametrize(
    ("name", "gold", "got", "verdict"),
    [
        ("city", "הרצליה", "הרצלייה", "right"),
        ("city", "תל אביב", "תל אביב-יפו", "right"),
        ("city", "חולון", "בת ים", "wrong"),
        ("city", "חולון", None, "missed"),
        ("city", None, "חולון", "false_fill"),
        ("city", None, None, "right"),
        ("rooms_min", 3.5, 3.5, "right"),
        ("rooms_min", 4, 4.0, "right"),
        ("areas", ["פלורנטין", "נווה צדק"], ["נוה צדק", "פלורנטין"], "right"),
        ("areas", ["פלורנטין"], [], "missed"),
        ("areas", [], ["פלורנטין"], "false_fill"),
        ("phone", "050-1234567", "+972501234567", "right"),
        ("address", {"street": "רחוב ביאליק", "number": 30, "apt": 4}, {"street": "ביאליק", "number": "30", "apartment": "4"}, "right"),
        ("address", {"street": "ביאליק", "number": 30}, {"street": "ביאליק", "number": 30, "floor": 2}, "wrong"),
        ("address", None, {}, "right"),
        ("issue_keywords", ["סתום"], "הכיור במטבח סתומה לגמרי", "right"),
        ("issue_keywords", ["נזילה"], "הכיור סתום", "wrong"),
    ],
)  # fmt: skip
def test_a_field_is_right_wrong_missed_or_falsely_filled(name: str, gold: Any, got: Any, verdict: str) -> None:
    assert judge(name, [gold], got) == verdict


@pytest.mark.parametrize(
    ("gold", "got", "verdict"),
    [
        (gold_time("exact", "2026-11-23T16:00"), TOMORROW, "right"),
        (gold_time("exact", "2026-11-23T16:30"), TOMORROW, "wrong"),
        (gold_time("after", "2026-11-23T16:00", bound="after"), TOMORROW | {"kind": "after"}, "right"),
        (gold_time("day", "2026-11-23"), TOMORROW | {"kind": "day"}, "right"),
        (gold_time("part", "2026-11-23", part="morning"), TOMORROW | {"kind": "part", "part": "evening"}, "wrong"),
        (gold_time("before", "2026-11-23", end="12:00"), TOMORROW | {"kind": "before", "end": "2026-11-23T12:00+02:00"}, "right"),
        (gold_time("asap"), {"kind": "asap", "start": None, "end": None, "part": None}, "right"),
        (gold_time(None), TOMORROW, "false_fill"),
        (gold_time(None), None, "right"),
        (gold_time("asap"), None, "missed"),
    ],
)  # fmt: skip
def test_a_time_is_right_by_kind_and_start(gold: dict[str, Any], got: dict[str, Any] | None, verdict: str) -> None:
    assert judge("preferred_time", [gold], got) == verdict


def test_any_acceptable_value_is_right_and_an_empty_one_may_be_left_out() -> None:
    assert judge("urgency", ["normal", "high"], "high") == "right"
    assert judge("city", ["חולון", None], None) == "right"
    assert judge("city", ["חולון", None], "חיפה") == "wrong"
