"""Who takes calls at a moment: in the hours of the list outside of rest, or always."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.scheduling.observance import RestPolicy
from proli.scheduling.on_call import on_call_at, transfer_list

ZONE = ZoneInfo("Asia/Jerusalem")
LIST = transfer_list(
    {
        "hours": {"0": [[480, 1080]], "5": [[480, 1320]]},
        "people": [
            {"name": "דנה", "phone_e164": "+972521110001"},
            {"name": "יוסי", "phone_e164": "+972521110002", "always": True},
        ],
    }
)


@pytest.mark.parametrize(
    ("at", "names"),
    [
        ("2026-11-22T08:00", ["דנה", "יוסי"]),
        ("2026-11-22T17:59", ["דנה", "יוסי"]),
        ("2026-11-22T07:59", ["יוסי"]),
        ("2026-11-22T18:00", ["יוסי"]),
        ("2026-11-23T12:00", ["יוסי"]),
        ("2026-11-20T12:00", ["דנה", "יוסי"]),
        ("2026-11-20T20:00", ["יוסי"]),
    ],
)
def test_in_the_hours_all_are_rung_and_outside_of_them_and_on_shabbat_those_who_always_take_calls(
    at: str, names: list[str]
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    assert [one.name for one in on_call_at(LIST, moment, policy=RestPolicy(), zone=ZONE)] == names
