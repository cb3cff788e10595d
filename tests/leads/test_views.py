"""Views that people keep: their own, which nobody else sees, and those that a manager shares."""

import pytest

from proli.accounts.permissions import Role
from tests.console import Browser, Console

VIEWS = "/api/businesses/moran/views"
URGENT = {"name": "דחופים", "query": "urgency=high&locality=רמת גן"}


@pytest.fixture
async def manager(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


@pytest.fixture
async def viewer(console: Console) -> Browser:
    await console.add_person("noa@example.com", role=Role.viewer)
    return await console.signed_in("noa@example.com")


async def names(browser: Browser) -> list[str]:
    return [one["name"] for one in (await browser.call("GET", VIEWS)).json()]


async def test_own_views_are_seen_by_their_owner_only_and_shared_ones_by_all(manager: Browser, viewer: Browser) -> None:
    own = (await viewer.call("POST", VIEWS, {"name": "שלי", "query": "status=new"})).json()
    shared = (await manager.call("POST", VIEWS, {**URGENT, "shared": True})).json()
    assert (await names(viewer), await names(manager)) == (["דחופים", "שלי"], ["דחופים"])
    assert (own["shared"], shared["shared"], shared["query"]) == (False, True, URGENT["query"])
    for method, body in (("PATCH", {"version": own["version"], "name": "x"}), ("DELETE", None)):
        hidden = await manager.call(method, f"{VIEWS}/{own['id']}", body)
        assert (hidden.status_code, hidden.json()["code"]) == (404, "view_not_found")


async def test_sharing_is_a_managers_and_edits_do_not_overwrite_unseen(manager: Browser, viewer: Browser) -> None:
    shared = (await manager.call("POST", VIEWS, {**URGENT, "shared": True})).json()
    own = (await viewer.call("POST", VIEWS, URGENT)).json()
    path = f"{VIEWS}/{shared['id']}"
    for answer in (
        await viewer.call("POST", VIEWS, {**URGENT, "shared": True}),
        await viewer.call("PATCH", path, {"version": shared["version"], "name": "x"}),
        await viewer.call("PATCH", f"{VIEWS}/{own['id']}", {"version": own["version"], "shared": True}),
        await viewer.call("DELETE", path),
    ):
        assert (answer.status_code, answer.json()["params"]["needs"]) == (403, "manager")
    changed = await manager.call("PATCH", path, {"version": shared["version"], "name": "חדש", "position": 3})
    assert (changed.json()["name"], changed.json()["position"]) == ("חדש", 3)
    stale = await manager.call("PATCH", path, {"version": shared["version"], "name": "x"})
    assert (stale.status_code, stale.json()["code"]) == (409, "view_changed")
    taken = await manager.call("PATCH", path, {"version": changed.json()["version"], "shared": False})
    assert taken.json()["shared"] is False
    assert await names(viewer) == ["דחופים"]
    assert (await manager.call("DELETE", path)).status_code == 204
    assert await names(manager) == []


async def test_there_is_an_end_to_views_and_to_what_they_hold(viewer: Browser) -> None:
    assert (await viewer.call("POST", VIEWS, {"name": "x", "query": "q" * 1001})).status_code == 422
    assert (await viewer.call("POST", VIEWS, {"name": " ", "query": ""})).status_code == 422
    answers = [(await viewer.call("POST", VIEWS, URGENT)).status_code for _ in range(51)]
    assert answers == [201] * 50 + [409]
