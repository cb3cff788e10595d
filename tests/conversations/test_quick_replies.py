"""Words that staff have at hand: ours until the business has its own."""

import pytest

from proli.accounts.permissions import Role
from tests.console import Browser, Console

REPLIES = "/api/businesses/moran/quick-replies"


@pytest.fixture
async def manager(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def test_ours_are_there_in_both_languages_until_the_business_has_its_own(manager: Browser) -> None:
    hebrew, english = [(await manager.call("GET", f"{REPLIES}?language={one}")).json() for one in ("he", "en")]
    assert len(hebrew) == len(english) > 3
    assert {one["id"] for one in hebrew + english} == {None}
    assert {one["language"] for one in english} == {"en"}
    own = (await manager.call("POST", REPLIES, {"title": "מחיר", "text": " ביקור עולה 250 ₪. "})).json()
    assert (await manager.call("GET", f"{REPLIES}?language=en")).json() == [own]
    assert (own["text"], own["language"], own["position"]) == ("ביקור עולה 250 ₪.", "he", 0)
    assert (await manager.call("DELETE", f"{REPLIES}/{own['id']}")).status_code == 204
    assert (await manager.call("GET", REPLIES)).json() == hebrew


async def test_an_edit_of_a_quick_reply_does_not_overwrite_unseen(manager: Browser) -> None:
    own = (await manager.call("POST", REPLIES, {"title": "מחיר", "text": "250"})).json()
    path = f"{REPLIES}/{own['id']}"
    changed = await manager.call("PATCH", path, {"version": own["version"], "text": "300"})
    assert (changed.status_code, changed.json()["text"], changed.json()["title"]) == (200, "300", "מחיר")
    stale = await manager.call("PATCH", path, {"version": own["version"], "text": "x"})
    assert (stale.status_code, stale.json()["code"]) == (409, "quick_reply_changed")
    assert (await manager.call("POST", REPLIES, {"title": "x", "text": "   "})).status_code == 422


async def test_agents_read_quick_replies_and_managers_write_them(manager: Browser, console: Console) -> None:
    await console.add_person("noa@example.com", role=Role.agent)
    noa = await console.signed_in("noa@example.com")
    assert (await noa.call("GET", REPLIES)).status_code == 200
    assert (await noa.call("POST", REPLIES, {"title": "x", "text": "y"})).status_code == 403
    await console.add_person("other@example.com", role=Role.manager, business="other")
    other = await console.signed_in("other@example.com")
    own = (await manager.call("POST", REPLIES, {"title": "מחיר", "text": "250"})).json()
    gone = await other.call("DELETE", f"/api/businesses/other/quick-replies/{own['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "quick_reply_not_found")
