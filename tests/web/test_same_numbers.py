"""What pages and program must agree on, and neither tells the other."""

import json
import re
from datetime import timedelta

import pytest

from proli.dispatch.calendar import UNDO
from proli.leads.models import BEFORE_ASKING
from proli.notifications.ratings import LONGEST
from proli.professionals.api.professionals import ProfessionalDetails
from proli.professionals.rules import FARTHEST
from proli.scheduling.on_the_day import SETS_OUT_WITHIN
from tests.chaos.processes import ROOT

NUMERIC = ("radius_km", "max_open_jobs", "visit_minutes", "buffer_minutes")


def in_page(file: str, words: str) -> str:
    """What stands in the one group of these words of the console's source."""
    found = re.search(words, (ROOT / "web/src" / file).read_text("utf-8"))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("file", "name", "ours"),
    [
        ("ui/toast.tsx", "UNDO_MS", UNDO // timedelta(milliseconds=1)),
        ("features/myday/Visits.tsx", "EARLY_MS", SETS_OUT_WITHIN // timedelta(milliseconds=1)),
        ("features/myday/DaysOff.tsx", "FARTHEST_DAYS", FARTHEST.days),
        ("features/visit/Rate.tsx", "LONGEST", LONGEST),
    ],
)
def test_a_number_of_the_console_is_the_programs(file: str, name: str, ours: int) -> None:
    product = 1
    for factor in in_page(file, rf"const {name} = ([\d_ *]+);").replace("_", "").split("*"):
        product *= int(factor)
    assert product == ours


def test_what_waits_for_a_visit_in_the_calendar_is_what_nobody_is_asked_for() -> None:
    statuses = in_page("features/calendar/api.ts", r"export function useWaitingLeads[\s\S]*?status: (\[[^\]]*\])")
    assert set(json.loads(statuses)) == BEFORE_ASKING


@pytest.mark.parametrize("name", NUMERIC)
def test_the_least_and_the_most_of_a_professionals_field_are_the_same_in_its_form(name: str) -> None:
    least, most = json.loads(in_page("features/professionals/draft.ts", rf"\n  {name}: (\[[\d, ]+\]),"))
    (limits,) = [
        one for one in ProfessionalDetails.model_json_schema()["properties"][name]["anyOf"] if "minimum" in one
    ]
    assert (limits["minimum"], limits["maximum"]) == (least, most)
