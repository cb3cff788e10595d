"""Professionals in the console: who joins, what changes, and what cannot be."""

from typing import Any

import pytest

from proli.accounts.permissions import Role
from tests.console import Browser, Console

PROFESSIONALS = "/api/businesses/moran/professionals"
YOSSI = {
    "name": "יוסי כהן",
    "phone": "052-123-4567",
    "trades": ["plumber"],
    "base_locality": "ramat gan",
    "radius_km": 15,
}


@pytest.fixture
async def manager(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def test_somebody_joins_with_working_hours_and_is_listed(manager: Browser) -> None:
    made = (await manager.call("POST", PROFESSIONALS, YOSSI)).json()
    assert (made["phone_e164"], made["base_locality"], made["hours"]["0"]) == ("+972521234567", "רמת גן", [[480, 1080]])
    assert [one["name"] for one in (await manager.call("GET", PROFESSIONALS)).json()] == ["יוסי כהן"]
    again = await manager.call("POST", PROFESSIONALS, YOSSI)
    assert (again.status_code, again.json()["code"]) == (409, "phone_taken")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"trades": ["astrologer"]}, "bad_professional_field"),
        ({"localities": ["עיר שאין"]}, "bad_professional_field"),
        ({"hours": {"7": [[480, 1080]]}}, "bad_hours"),
        ({"hours": {"0": [[1080, 480]]}}, "bad_hours"),
        ({"exceptions": {"2026-12-25": [[0, 1500]]}}, "bad_hours"),
        ({"exceptions": {"someday": []}}, "invalid_request"),
        ({"max_open_jobs": 0}, "invalid_request"),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    manager: Browser, change: dict[str, Any], code: str
) -> None:
    made = (await manager.call("POST", PROFESSIONALS, YOSSI)).json()
    refused = await manager.call("PATCH", f"{PROFESSIONALS}/{made['id']}", {"version": made["version"], **change})
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await manager.call("GET", f"{PROFESSIONALS}/{made['id']}")).json() == made


async def test_hours_and_days_off_are_changed_and_a_stale_edit_is_refused(manager: Browser) -> None:
    made = (await manager.call("POST", PROFESSIONALS, YOSSI)).json()
    path = f"{PROFESSIONALS}/{made['id']}"
    hours, off = {"0": [[540, 720], [780, 1020]]}, dict[str, list[list[int]]]({"2026-12-25": []})
    change: dict[str, Any] = {"version": made["version"], "hours": hours, "exceptions": off}
    changed = (await manager.call("PATCH", path, change)).json()
    assert (changed["hours"], changed["exceptions"]) == (hours, off)
    stale = await manager.call("PATCH", path, {"version": made["version"], "active": False})
    assert (stale.status_code, stale.json()["params"]["version"]) == (409, changed["version"])


async def test_a_base_and_a_radius_are_cleared_and_nothing_else_is(manager: Browser) -> None:
    made = (await manager.call("POST", PROFESSIONALS, YOSSI)).json()
    nothing = {"base_locality": None, "radius_km": None, "name": None, "trades": None, "hours": None}
    path = f"{PROFESSIONALS}/{made['id']}"
    cleared = (await manager.call("PATCH", path, {"version": made["version"], **nothing})).json()
    assert (cleared["base_locality"], cleared["radius_km"]) == (None, None)
    assert {name: cleared[name] for name in ("name", "trades", "hours")} == {
        name: made[name] for name in ("name", "trades", "hours")
    }


async def test_an_agent_sees_professionals_and_changes_none(console: Console, manager: Browser) -> None:
    made = (await manager.call("POST", PROFESSIONALS, YOSSI)).json()
    await console.add_person("agent@example.com", role=Role.agent)
    agent = await console.signed_in("agent@example.com")
    assert (await agent.call("GET", f"{PROFESSIONALS}/{made['id']}")).status_code == 200
    refused = await agent.call("PATCH", f"{PROFESSIONALS}/{made['id']}", {"version": 1, "active": False})
    assert refused.status_code == 403
