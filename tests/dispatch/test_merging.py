"""Requests that came twice are found, made one, and parted again exactly as they were."""

from typing import Any

from proli.accounts.permissions import Role
from tests.console import Browser, Console

AT = "/api/businesses/moran"
LEADS = f"{AT}/leads"
HISTORY = ("version", "changed_at", "timeline")


async def write_down(browser: Browser, number: int, **details: str) -> dict[str, Any]:
    made = await browser.call("POST", LEADS, {"phone": f"052-765-43{number:02}", **details})
    assert made.status_code == 201, made.text
    return made.json()


async def get(browser: Browser, lead: dict[str, Any]) -> dict[str, Any]:
    return (await browser.call("GET", f"{LEADS}/{lead['id']}")).json()


async def post(browser: Browser, lead: dict[str, Any], what: str, **body: Any) -> tuple[int, Any]:
    answer = await browser.call("POST", f"{LEADS}/{lead['id']}/{what}", body)
    return answer.status_code, answer.json() if answer.content else None


async def merge(browser: Browser, lead: dict[str, Any], other: dict[str, Any]) -> tuple[int, Any]:
    return await post(browser, lead, "merge", other_id=other["id"], version=(await get(browser, lead))["version"])


def plain(lead: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in lead.items() if name not in HISTORY}


async def test_what_may_be_the_same_request_is_shown_with_the_reason(agent: Browser) -> None:
    first = await write_down(agent, 1, customer_name="נועה  לוי", locality="רמת גן")
    await agent.call("POST", f"{LEADS}/{first['id']}/place", {"version": first["version"], "status": "done"})
    again = await write_down(agent, 1)
    other_phone = await write_down(agent, 2, customer_name="נועה לוי", locality="רמת גן")
    await write_down(agent, 3, customer_name="נועה לוי", locality="חיפה")
    found = (await agent.call("GET", f"{LEADS}/{first['id']}/duplicates")).json()
    assert [(one["lead"]["id"], one["why"]) for one in found] == [
        (other_phone["id"], ["name_and_place"]),
        (again["id"], ["contact", "phone"]),
    ]


async def test_merged_and_parted_leads_are_exactly_as_they_were(agent: Browser) -> None:
    kept = await write_down(agent, 1, customer_name="נועה", description="הברז מטפטף")
    other = await write_down(agent, 2, trade="plumber", locality="רמת גן", address="ביאליק 3", description="נזילה")
    await post(agent, other, "notes", text="לחזור בערב")
    await post(agent, other, "tasks", text="הצעת מחיר")
    before = await get(agent, kept), await get(agent, other)
    status, merged = await merge(agent, kept, other)
    assert (status, merged["trade"], merged["locality"], merged["address"]) == (200, "plumber", "רמת גן", "ביאליק 3")
    assert (merged["customer_name"], merged["description"], merged["status"]) == ("נועה", "הברז מטפטף", "contacted")
    assert "לחזור בערב" in {line["details"].get("text") for line in merged["timeline"]}
    assert len((await agent.call("GET", f"{LEADS}/{kept['id']}/tasks")).json()) == 1
    assert (await get(agent, other))["status"] == "cancelled"
    assert (await merge(agent, kept, other))[1]["params"]["reason"] == "merged_already"
    assert (await post(agent, kept, "unmerge", other_id=other["id"]))[0] == 200
    after = await get(agent, kept), await get(agent, other)
    assert [plain(one) for one in after] == [plain(one) for one in before]
    for old, new in zip(before, after, strict=True):
        assert [line for line in new["timeline"] if line in old["timeline"]] == old["timeline"]
    assert len((await agent.call("GET", f"{LEADS}/{other['id']}/tasks")).json()) == 1
    assert (await post(agent, kept, "unmerge", other_id=other["id"]))[1]["code"] == "not_merged"
    assert (await merge(agent, kept, other))[0] == 200, "and once more"


async def test_merges_are_undone_from_the_last_to_the_first_and_not_after_changes(agent: Browser) -> None:
    kept, second, third = [await write_down(agent, number, customer_name="נועה") for number in (1, 2, 3)]
    assert (await merge(agent, kept, second))[0] == 200
    changed = await agent.call(
        "PATCH", f"{LEADS}/{kept['id']}", {"version": (await get(agent, kept))["version"], "urgency": "high"}
    )
    refused = await post(agent, kept, "unmerge", other_id=second["id"])
    assert (refused[0], refused[1]["code"], refused[1]["params"]["reason"]) == (409, "merge_refused", "lead_changed")
    back = {"version": changed.json()["version"], "urgency": "normal"}
    await agent.call("PATCH", f"{LEADS}/{kept['id']}", back)
    assert (await merge(agent, third, kept))[0] == 200
    assert (await post(agent, kept, "unmerge", other_id=second["id"]))[1]["code"] == "not_merged"
    assert (await post(agent, third, "unmerge", other_id=kept["id"]))[0] == 200
    assert (await post(agent, kept, "unmerge", other_id=second["id"]))[0] == 200
    await merge(agent, kept, second)
    await write_down(agent, 2)
    taken = await post(agent, kept, "unmerge", other_id=second["id"])
    assert (taken[0], taken[1]["code"]) == (409, "lead_open_already")


async def test_a_lead_with_an_offer_or_a_visit_is_not_merged_away(agent: Browser) -> None:
    kept = await write_down(agent, 1)
    other = await write_down(agent, 2, trade="plumber", locality="רמת גן")
    yossi = (await agent.call("GET", f"{AT}/professionals")).json()[0]["id"]
    for name, body, reason in (
        ("assign", {"professional_id": yossi, "starts_at": "2070-11-24T14:00:00Z"}, "offer_still_out"),
        ("withdraw", {}, ""),
        ("bookings", {}, "has_visit"),
    ):
        if name == "bookings":
            hours = {"starts_at": "2070-11-24T14:00:00Z", "ends_at": "2070-11-24T15:00:00Z"}
            sent = {"lead_id": other["id"], "professional_id": yossi, **hours}
            assert (await agent.call("POST", f"{AT}/bookings", sent)).status_code == 201
        else:
            assert (await post(agent, other, name, **body))[0] == 200
        if reason:
            assert (await merge(agent, kept, other))[1]["params"]["reason"] == reason
    assert (await merge(agent, other, kept))[0] == 200, "the one with the visit stays"
    assert (await merge(agent, kept, other))[1]["params"]["reason"] == "kept_is_closed"


async def test_nothing_is_merged_into_itself_by_a_stale_page_or_across_businesses(
    agent: Browser, console: Console
) -> None:
    kept, other = await write_down(agent, 1), await write_down(agent, 2)
    assert (await merge(agent, kept, kept))[1]["params"]["reason"] == "same_lead"
    stale = await post(agent, kept, "merge", other_id=other["id"], version=99)
    assert (stale[0], stale[1]["code"]) == (409, "lead_changed")
    await console.add_person("noa@example.com", role=Role.manager, business="other")
    noa = await console.signed_in("noa@example.com")
    theirs = await noa.call("POST", "/api/businesses/other/leads", {"phone": "052-765-4301"})
    assert (await merge(agent, kept, theirs.json()))[0] == 404
