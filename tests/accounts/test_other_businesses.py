"""An owner of one business asks for the rows of another through their own: each is as one that does not exist."""

from typing import Any

import pytest

from proli.accounts.permissions import Role
from tests.console import Browser, Console
from tests.platform.test_inputs import addresses, document, example

AT = "/api/businesses/moran"


@pytest.fixture
async def theirs(console: Console) -> dict[str, int]:
    """The ids of what the other business has, by the name that the routes have for them."""
    await console.add_person("noa@example.com", role=Role.owner, business="other")
    noa = await console.signed_in("noa@example.com")
    at = "/api/businesses/other"

    async def made(path: str, body: Any, method: str = "POST") -> Any:
        answer = await noa.call(method, f"{at}{path}", body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    lead = await made("/leads", {"phone": "052-765-4321", "description": "נזילה"})
    task = await made(f"/leads/{lead['id']}/tasks", {"text": "להתקשר"})
    view = await made("/views", {"name": "שלי", "query": "status=new", "shared": True})
    reply = await made("/quick-replies", {"title": "שלום", "text": "שלום", "language": "he"})
    stages = await made("/stages", {"stages": await columns(noa, at)}, "PUT")
    return {
        "lead_id": lead["id"], "task_id": task["id"], "view_id": view["id"], "reply_id": reply["id"],
        "stage_id": stages[0]["id"],
    }  # fmt: skip


async def columns(browser: Browser, at: str) -> list[dict[str, Any]]:
    """The columns of the board, as they are sent."""
    found = (await browser.call("GET", f"{at}/stages")).json()
    return [{"name": one["name"], "kind": one["kind"], "colour": one["colour"]} for one in found]


@pytest.fixture
async def owner(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.owner)
    return await console.signed_in("dana@example.com")


async def test_nothing_of_another_business_is_reached_by_its_number(owner: Browser, theirs: dict[str, int]) -> None:
    walked = 0
    for path, methods in document()["paths"].items():
        names = {name for name in theirs if f"{{{name}}}" in path}
        if not names or not path.startswith("/api/businesses/"):
            continue
        for method, operation in methods.items():
            parameters = operation.get("parameters", [])
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            address = addresses(path, parameters, {name: theirs[name] for name in names})
            answer = await owner.call(method.upper(), address, example(schema) if schema else None)
            assert answer.status_code in {403, 404, 409, 422}, f"{method} {address}: {answer.status_code} {answer.text}"
            assert "נזילה" not in answer.text and "להתקשר" not in answer.text
            walked += 1
    assert walked >= 15, "leads with their tasks, views and replies are walked"


async def test_ids_of_another_business_in_a_body_change_nothing(owner: Browser, theirs: dict[str, int]) -> None:
    lead = (await owner.call("POST", f"{AT}/leads", {"phone": "052-765-4322"})).json()
    place = {"version": lead["version"], "status": "new", "stage_id": theirs["stage_id"]}
    assert (await owner.call("POST", f"{AT}/leads/{lead['id']}/place", place)).status_code in {404, 409, 422}
    board = await columns(owner, AT)
    board[0]["id"] = theirs["stage_id"]
    assert (await owner.call("PUT", f"{AT}/stages", {"stages": board})).status_code in {404, 409, 422}
    merged = {"other_id": theirs["lead_id"], "version": lead["version"]}
    assert (await owner.call("POST", f"{AT}/leads/{lead['id']}/merge", merged)).status_code in {404, 409}


async def test_what_another_business_has_is_in_no_list(owner: Browser, theirs: dict[str, int]) -> None:
    for path in (
        "/leads",
        "/views",
        "/quick-replies?language=he",
        "/stages?language=he",
        "/conversations",
        "/today",
        "/audit",
    ):
        answer = await owner.call("GET", f"{AT}{path}")
        assert answer.status_code == 200, path
        for words in ("נזילה", "להתקשר", "שלי"):
            assert words not in answer.text, path
