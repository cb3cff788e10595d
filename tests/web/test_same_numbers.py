"""What pages and program must agree on, and neither tells the other."""

import re
from datetime import timedelta

import pytest

from proli.dispatch.calendar import UNDO
from proli.scheduling.actions import SETS_OUT_WITHIN
from tests.chaos.processes import ROOT


@pytest.mark.parametrize(
    ("file", "name", "ours"),
    [("ui/toast.tsx", "UNDO_MS", UNDO), ("features/myday/Visits.tsx", "EARLY_MS", SETS_OUT_WITHIN)],
)
def test_a_span_of_the_console_is_the_programs(file: str, name: str, ours: timedelta) -> None:
    found = re.search(rf"const {name} = ([\d_ *]+);", (ROOT / "web/src" / file).read_text("utf-8"))
    assert found is not None
    ms = 1
    for factor in found[1].replace("_", "").split("*"):
        ms *= int(factor)
    assert timedelta(milliseconds=ms) == ours
