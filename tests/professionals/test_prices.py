"""The price list: lines come, change and go, and none is of somebody elsewhere."""

from typing import Any

import pytest

from proli.accounts.permissions import Role
from proli.professionals.actions import Profile, add_professional
from tests.console import Browser, Console, ensure_business

PRICES = "/api/businesses/moran/prices"
VISIT: dict[str, Any] = {"trade": "plumber", "label": "ביקור ואבחון", "from_agorot": 25000, "to_agorot": 40000}


async def test_a_line_is_added_changed_and_taken_out(manager: Browser) -> None:
    made = (await manager.call("POST", PRICES, VISIT)).json()
    assert made == {**made, **VISIT, "version": 1, "issue": None, "professional_id": None}
    path = f"{PRICES}/{made['id']}"
    change = {"version": 1, "from_agorot": 30000, "to_agorot": None, "label": None}
    changed = (await manager.call("PATCH", path, change)).json()
    assert changed == {**made, **change, "label": VISIT["label"], "version": 2, "changed_at": changed["changed_at"]}
    stale = await manager.call("PATCH", path, {"version": 1, "from_agorot": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "price_changed")
    assert (await manager.call("GET", PRICES)).json() == [changed]
    assert (await manager.call("DELETE", path)).status_code == 204
    assert (await manager.call("DELETE", path)).json()["code"] == "price_not_found"
    assert (await manager.call("GET", PRICES)).json() == []


@pytest.mark.parametrize(
    "change",
    [
        {"trade": "astrologer"},
        {"issue": "broken_heart"},
        {"label": " "},
        {"from_agorot": -1},
        {"from_agorot": 50000},
        {"to_agorot": 100.5},
    ],
)
async def test_a_line_that_cannot_be_is_refused_and_changes_nothing(manager: Browser, change: dict[str, Any]) -> None:
    made = (await manager.call("POST", PRICES, VISIT)).json()
    assert (await manager.call("PATCH", f"{PRICES}/{made['id']}", {"version": 1, **change})).status_code == 422
    assert (await manager.call("POST", PRICES, {**VISIT, **change})).status_code == 422
    assert (await manager.call("GET", PRICES)).json() == [made]


async def test_a_professional_of_another_business_has_no_price_here(console: Console, manager: Browser) -> None:
    async with console.runtime.db.begin_operator() as session:
        other = await ensure_business(session, "other")
    async with console.runtime.db.begin(other) as session:
        theirs = await add_professional(
            session, Profile(name="אבי", phone_e164="+972521111111", trades=["plumber"], localities=["חולון"])
        )
    refused = await manager.call("POST", PRICES, {**VISIT, "professional_id": theirs.id})
    assert (refused.status_code, refused.json()["code"]) == (404, "professional_not_found")


async def test_an_agent_reads_the_list_and_writes_nothing(console: Console, manager: Browser) -> None:
    await console.add_person("agent@example.com", role=Role.agent)
    agent = await console.signed_in("agent@example.com")
    assert (await agent.call("GET", PRICES)).json() == []
    assert (await agent.call("POST", PRICES, VISIT)).status_code == 403
