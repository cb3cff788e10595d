"""What pages and program must agree on, and neither tells the other."""

import json
import re
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI

from proli import wiring
from proli.dispatch.calendar import UNDO
from proli.leads.api.imports import MOST_BYTES
from proli.leads.models import ASKED_OR_BOOKED, BEFORE_ASKING, LeadStatus
from proli.professionals.api.professionals import ProfessionalDetails
from proli.professionals.rules import FARTHEST
from proli.reports.rules import MOST_DAYS
from proli.scheduling.models import LIVE, BookingStatus
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
        ("features/myday/Progress.tsx", "EARLY_MS", SETS_OUT_WITHIN // timedelta(milliseconds=1)),
        ("features/myday/DaysOff.tsx", "FARTHEST_DAYS", FARTHEST.days),
        ("features/leads/importing/imports.ts", "MOST_BYTES", MOST_BYTES),
        ("features/reports/period.ts", "MOST_DAYS", MOST_DAYS),
    ],
)
def test_a_number_of_the_console_is_the_programs(file: str, name: str, ours: int) -> None:
    assert number(in_page(file, rf"const {name} = ([\d_ *]+);")) == ours


def number(words: str) -> int:
    product = 1
    for factor in words.replace("_", "").split("*"):
        product *= int(factor)
    return product


@pytest.mark.parametrize(
    ("file", "words", "schema", "field"),
    [
        ("domain/WishDialog.tsx", r"const MOST = ([\d_]+);", "NewWish", "words"),
        ("features/account/NameCard.tsx", r"maxLength=\{(\d+)\}", "Changes", "name"),
        ("features/agent/api.ts", r"const LONGEST = ([\d_]+);", "DraftIn", "text"),
        ("features/inbox/Composer.tsx", r"maxLength=\{(\d+)\}", "Said", "text"),
        ("features/inbox/Notes.tsx", r"maxLength=\{(\d+)\}", "NewNote", "text"),
        ("features/leads/choose/bulk.ts", r"const AT_ONCE = ([\d_]+);", "BulkUrgency", "ids"),
        ("features/leads/lead/Tasks.tsx", r"maxLength=\{(\d+)\}", "NewTask", "text"),
        ("features/leads/lead/Timeline.tsx", r"maxLength=\{(\d+)\}", "NewNote", "text"),
        ("features/leads/views/ViewForm.tsx", r"const LONGEST = ([\d_]+);", "NewView", "name"),
        ("features/professionals/NewProfessional.tsx", r"maxLength=\{(\d+)\}", "NewProfessional", "name"),
        ("features/professionals/draft.ts", r"const LONGEST_PROMPT = ([\d_]+);", "ProfessionalEdit", "prompt"),
        ("features/professionals/prices/money.ts", r"const MOST_AGOROT = ([\d_]+);", "NewPrice", "to_agorot"),
        ("features/professionals/prices/PriceForm.tsx", r"maxLength=\{(\d+)\}", "NewPrice", "label"),
        ("features/settings/Facts.tsx", r"const MOST = ([\d_]+);", "SettingsEdit", "facts"),
        ("features/settings/Privacy.tsx", r"const MOST = ([\d_]+);", "Retention", "messages"),
        ("features/settings/Stages.tsx", r"const MOST = ([\d_]+);", "Board", "stages"),
        ("features/settings/Stages.tsx", r"maxLength=\{(\d+)\}", "StageIn", "name"),
        ("features/settings/members/Invite.tsx", r"maxLength=\{(\d+)\}", "Invitation", "name"),
        ("features/settings/texts/TextEditor.tsx", r"const LONGEST = ([\d_]+);", "TextEdit", "words"),
        ("features/visit/Cancel.tsx", r"const LONGEST = ([\d_]+);", "CallOff", "reason"),
        ("features/visit/Rate.tsx", r"const LONGEST = ([\d_]+);", "Score", "words"),
    ],
)
def test_a_form_takes_as_much_as_the_program_and_no_more(file: str, words: str, schema: str, field: str) -> None:
    assert number(in_page(file, words)) == most(fields_of(schema)[field])


def fields_of(schema: str) -> dict[str, dict[str, Any]]:
    return api()["components"]["schemas"][schema]["properties"]


@cache
def api() -> dict[str, Any]:
    app = FastAPI()
    for router in wiring.load_routers():
        app.include_router(router)
    return app.openapi()


def most(field: dict[str, Any]) -> int:
    """The bound of a field, which may be null too."""
    told = [one[name] for one in (field, *field.get("anyOf", ())) for name in BOUNDS if name in one]
    (bound,) = set(told)
    return int(bound)


BOUNDS = ("maxLength", "maxItems", "maxProperties", "maximum")


def test_what_waits_for_a_visit_in_the_calendar_is_what_nobody_is_asked_for() -> None:
    statuses = in_page("features/calendar/api.ts", r"export function useWaitingLeads[\s\S]*?status: (\[[^\]]*\])")
    assert set(json.loads(statuses)) == BEFORE_ASKING


@pytest.mark.parametrize(
    ("file", "words", "ours"),
    [
        ("domain/stages.ts", r"const STATUSES: LeadStatus\[\] = \[([^\]]*)\]", set(LeadStatus)),
        ("domain/stages.ts", r"const isPromised = [^;]*=>([^;]*);", ASKED_OR_BOOKED),
        ("features/calendar/VisitPanel.tsx", r"const LIVE = new Set\(\[([^\]]*)\]\)", set(LIVE) - {BookingStatus.held}),
        (
            "features/calendar/VisitBlock.tsx",
            r"const MOVABLE = new Set\(\[([^\]]*)\]\)",
            set(LIVE) - {BookingStatus.held},
        ),
    ],
)
def test_statuses_that_the_console_takes_together_are_those_of_the_program(
    file: str, words: str, ours: set[str]
) -> None:
    assert set(re.findall(r'"(\w+)"', in_page(file, words))) == ours


@pytest.mark.parametrize("name", NUMERIC)
def test_the_least_and_the_most_of_a_professionals_field_are_the_same_in_its_form(name: str) -> None:
    least, most = json.loads(in_page("features/professionals/draft.ts", rf"\n  {name}: (\[[\d, ]+\]),"))
    (limits,) = [
        one for one in ProfessionalDetails.model_json_schema()["properties"][name]["anyOf"] if "minimum" in one
    ]
    assert (limits["minimum"], limits["maximum"]) == (least, most)
