"""What a request tells beyond the common fields, as staff write it."""

from typing import Any

import pytest

from proli.accounts.models import Business
from proli.accounts.permissions import Role
from proli.platform.runtime import Runtime
from tests.console import Browser, Console

LEADS = "/api/businesses/moran/leads"


@pytest.fixture
async def agent(console: Console, runtime: Runtime, business_id: int) -> Browser:
    async with runtime.db.begin(business_id) as session:
        (await session.get_one(Business, business_id)).playbook = "real_estate"
    await console.add_person("dana@example.com", role=Role.agent)
    return await console.signed_in("dana@example.com")


async def write(agent: Browser, needs: dict[str, Any]) -> Any:
    lead = (await agent.call("POST", LEADS, {"phone": "052-765-4321", "needs": {"deal_type": "sale"}})).json()
    return await agent.call("PATCH", f"{LEADS}/{lead['id']}", {"version": lead["version"], "needs": needs})


async def test_needs_are_kept_beside_those_that_were_known(agent: Browser) -> None:
    needs = {
        "rooms_min": 3.5,
        "budget_max": 2_500_000,
        "features": ["parking", "elevator", "parking"],
        "areas": ["מרכז העיר"],
        "move_in": "2027-02",
        "phone": "052-111-2222",
        "property_type": None,
    }
    saved = await write(agent, needs)
    assert saved.status_code == 200, saved.text
    kept = needs | {"features": ["parking", "elevator"], "phone": "+972521112222", "deal_type": "sale"}
    assert saved.json()["needs"] == kept


IMPOSSIBLE: list[tuple[str, Any]] = [
    ("deal_type", "barter"),
    ("deal_type", ["sale"]),
    ("features", "parking"),
    ("features", ["parking"] * 21),
    ("features", [{}]),
    ("rooms_min", "three"),
    ("rooms_min", True),
    ("rooms_min", -1),
    ("budget_max", 10**12),
    ("move_in", "מתישהו"),
    ("move_in", "2027-02-31"),
    ("areas", ["א" * 201]),
    ("phone", "12"),
    ("recurring", "weekly"),
    ("height", 3),
]


@pytest.mark.parametrize(("name", "value"), IMPOSSIBLE)
async def test_what_a_need_cannot_be_is_told_at_its_field(agent: Browser, name: str, value: object) -> None:
    refused = await write(agent, {name: value})
    assert refused.status_code == 422
    assert (refused.json()["code"], refused.json()["params"]["field"]) == ("bad_lead_field", f"needs.{name}")


async def test_no_needs_change_nothing(agent: Browser) -> None:
    assert (await write(agent, {})).json()["needs"] == {"deal_type": "sale"}


async def test_pages_learn_the_names_of_a_playbook(agent: Browser) -> None:
    told = (await agent.call("GET", "/api/playbooks/real_estate/needs")).json()
    role = next(one for one in told if one["key"] == "role")
    assert (role["kind"], role["he"], role["values"][0]["he"]) == ("choice", "צד בעסקה", "קנייה")
    assert (await agent.call("GET", "/api/playbooks/texts/needs")).status_code == 404


async def test_pages_learn_what_is_particular_to_the_kind_of_their_business(agent: Browser) -> None:
    me = (await agent.call("GET", "/api/me")).json()
    (kind,) = me["playbooks"]
    assert (kind["id"], kind["trade"], kind["trades"]) == (me["businesses"][0]["playbook"], "realtor", ["realtor"])
    assert (kind["appointments"], len(kind["starters"])) == ("meetings", 3)
