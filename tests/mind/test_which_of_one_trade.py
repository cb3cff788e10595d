"""Several requests of one trade are named by what they are about, and chosen by it."""

from datetime import datetime
from typing import Any

import pytest

from proli.mind.choices import Choice, LastWords, choices_of
from proli.mind.request_words import name_of
from proli.mind.which_request import pick
from tests.mind.talk import ZONE, at

NOW = at(23, 9).astimezone(ZONE)


def request(lead_id: int, issue: str | None, description: str, starts_at: datetime) -> dict[str, Any]:
    return {
        "lead_id": lead_id, "trade": "plumber", "issue": issue, "description": description, "visit": "confirmed",
        "professional": "יוסי כהן", "booking_id": lead_id, "starts_at": starts_at.isoformat(), "on_the_way_at": None,
        "address": "ביאליק 30", "locality": "רמת גן",
    }  # fmt: skip


def two(*, issues: tuple[str | None, str | None] = ("clog", "leak")) -> tuple[Choice, ...]:
    told = (("סתימה בכיור של המטבח", at(24, 10)), ("נזילה מתחת לאמבטיה", at(24, 16)))
    return choices_of([request(at, issue, *one) for at, (issue, one) in enumerate(zip(issues, told, strict=True), 1)])


def names(choices: tuple[Choice, ...]) -> list[str]:
    return [name_of(one, now=NOW, zone=ZONE, language="he") for one in choices]


def test_two_of_one_trade_are_named_by_what_they_are_about() -> None:
    clog, leak = names(two())
    assert "(סתימה)" in clog
    assert "(נזילה)" in leak
    clog, leak = names(two(issues=("leak", "leak")))
    assert "סתימה בכיור" in clog
    assert "מתחת לאמבטיה" in leak


@pytest.mark.parametrize(
    ("said", "lead_id"),
    [
        ("הסתימה", 1),
        ("the clog", 1),
        ("זה של הנזילה", 2),
        ("הכיור", 1),
        ("של האמבטיה", 2),
        ("השני", 2),
        ("מחר ב16:00", 2),
    ],
)
def test_an_answer_chooses_by_what_it_is_about(said: str, lead_id: int) -> None:
    asked = LastWords(lead_ids=(1, 2), which="cancel")
    picked = pick(said, two(), asked, homes=False, now=NOW)
    assert (picked.wanted, picked.lead_ids) == ("cancel", (lead_id,))


@pytest.mark.parametrize(
    ("said", "lead_ids"),
    [("תבטלו את הסתימה", (1,)), ("לבטל את הנזילה בבקשה", (2,)), ("תבטלו את האינסטלטור", ()), ("לבטל את הביקור", ())],
)
def test_what_is_given_up_is_named_by_it_and_asked_about_where_it_is_not(said: str, lead_ids: tuple[int, ...]) -> None:
    picked = pick(said, two(), LastWords(), homes=False, now=NOW)
    assert picked.wanted in ("cancel", "may_cancel")
    assert picked.lead_ids == lead_ids
