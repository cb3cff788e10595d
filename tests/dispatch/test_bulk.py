"""One thing done to many leads: what can be done is done, and the rest is told lead by lead."""

from typing import Any

import pytest
from sqlalchemy import text

from proli.accounts.permissions import Role
from tests.console import Browser, Console

LEADS = "/api/businesses/moran/leads"


@pytest.fixture
async def agent(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.agent)
    return await console.signed_in("dana@example.com")


async def write_down(browser: Browser, number: int) -> dict[str, Any]:
    return (await browser.call("POST", LEADS, {"phone": f"052-765-43{number:02}"})).json()


async def bulk(browser: Browser, leads: list[dict[str, Any]], action: str, **body: Any) -> list[tuple[int, Any]]:
    ids = [{"id": lead["id"], "version": lead["version"]} for lead in leads]
    answer = await browser.call("POST", f"{LEADS}/bulk", {"ids": ids, "action": action, **body})
    assert answer.status_code == 200, answer.text
    assert all(one["ok"] is (one["code"] is None) for one in answer.json()["outcomes"])
    return [(one["id"], one["code"]) for one in answer.json()["outcomes"]]


async def get(browser: Browser, lead: dict[str, Any]) -> dict[str, Any]:
    return (await browser.call("GET", f"{LEADS}/{lead['id']}")).json()


async def test_what_cannot_be_done_to_one_lead_does_not_hold_up_the_others(agent: Browser) -> None:
    first, second, third = [await write_down(agent, number) for number in range(3)]
    await agent.call("PATCH", f"{LEADS}/{second['id']}", {"version": second["version"], "description": "x"})
    nobodys = {"id": 999999, "version": 1}
    assert await bulk(agent, [third, second, nobodys, first], "place", status="done") == [
        (third["id"], None), (second["id"], "lead_changed"), (999999, "lead_not_found"), (first["id"], None),
    ]  # fmt: skip
    statuses = [(await get(agent, lead))["status"] for lead in (first, second, third)]
    assert statuses == ["done", "new", "done"]
    again = await write_down(agent, 0)
    closed = [await get(agent, first), await get(agent, third)]
    assert [code for _, code in await bulk(agent, closed, "place", status="contacted")] == ["lead_open_already", None]
    assert [code for _, code in await bulk(agent, [again], "place", status="booked")] == ["stage_needs_action"]
    gone = await bulk(agent, [again], "place", status="new", stage_id=12345)
    assert gone == [(again["id"], "stage_not_found")]


async def test_urgency_and_attention_are_seen_to_in_one_go(agent: Browser, console: Console) -> None:
    leads = [await write_down(agent, number) for number in range(3)]
    assert {code for _, code in await bulk(agent, leads, "urgency", urgency="high")} == {None}
    async with console.runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE leads SET attention = 'nobody_left'"))
    leads = [await get(agent, lead) for lead in leads]
    assert {lead["urgency"] for lead in leads} == {"high"}
    assert {code for _, code in await bulk(agent, leads, "attended")} == {None}
    assert (await agent.call("GET", f"{LEADS}?attention=true")).json()["leads"] == []
    assert (await get(agent, leads[0]))["timeline"][-1]["kind"] == "attended"


async def test_as_many_as_two_hundred_and_only_what_is_known(agent: Browser) -> None:
    many = [{"id": number, "version": 1} for number in range(1, 202)]
    wrong: list[dict[str, Any]] = [
        {"ids": many, "action": "attended"},
        {"ids": [], "action": "attended"},
        {"ids": many[:1], "action": "delete"},
        {"ids": many[:1], "action": "urgency", "urgency": "whenever"},
    ]
    for body in wrong:
        assert (await agent.call("POST", f"{LEADS}/bulk", body)).status_code == 422
    assert len(await bulk(agent, many[:200], "attended")) == 200


async def test_what_was_done_can_be_undone_by_the_versions_in_the_answer(agent: Browser) -> None:
    lead = await write_down(agent, 1)
    for status in ("contacted", "done", "new", "cancelled"):
        one = {"id": lead["id"], "version": (await get(agent, lead))["version"]}
        body = {"ids": [one], "action": "place", "status": status}
        outcome = (await agent.call("POST", f"{LEADS}/bulk", body)).json()["outcomes"][0]
        assert outcome["version"] == (await get(agent, lead))["version"] > one["version"]
    late = {"ids": [{"id": lead["id"], "version": 1}], "action": "attended"}
    assert (await agent.call("POST", f"{LEADS}/bulk", late)).json()["outcomes"][0]["version"] is None
