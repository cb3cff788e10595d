"""Who changed what stays on record: written with the change, for owners to read, for nobody to change."""

from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import ProgrammingError

from proli.accounts.actor import Actor
from proli.accounts.models import AuditEntry
from proli.accounts.permissions import Role
from tests.console import Browser, Console

BUSINESS = "/api/businesses/moran"
PRICE: dict[str, Any] = {"trade": "plumber", "label": "ביקור", "from_agorot": 25000}


@pytest.fixture
async def owner(console: Console, business_id: int) -> Browser:
    await console.add_person("owner@example.com", role=Role.owner)
    return await console.signed_in("owner@example.com")


async def entries(owner: Browser, query: str = "") -> list[dict[str, Any]]:
    return (await owner.call("GET", f"{BUSINESS}/audit{query}")).json()["entries"]


async def test_every_kind_of_change_is_on_record_with_who_made_it(
    console: Console, owner: Browser, manager: Browser
) -> None:
    user_id = await console.add_person("noa@example.com", role=Role.agent)
    await manager.call("PATCH", f"{BUSINESS}/settings", {"version": 1, "offer_minutes": 20, "language": "he"})
    await manager.call("PUT", f"{BUSINESS}/texts/resend/he", {"words": "אפשר שוב?"})
    price = (await manager.call("POST", f"{BUSINESS}/prices", PRICE)).json()
    path = f"{BUSINESS}/prices/{price['id']}"
    await manager.call("PATCH", path, {"version": 1, "from_agorot": 30000})
    await manager.call("DELETE", path)
    joining = {"name": "יוסי", "phone": "052-123-4567", "trades": ["plumber"], "localities": ["חולון"]}
    one = (await manager.call("POST", f"{BUSINESS}/professionals", joining)).json()
    edit: dict[str, Any] = {"version": one["version"], "exceptions": {"2026-12-25": []}}
    await manager.call("PATCH", f"{BUSINESS}/professionals/{one['id']}", edit)
    invited = {"email": "new@example.com", "name": "חדש", "role": "viewer"}
    await owner.call("POST", f"{BUSINESS}/members", invited)
    await owner.call("PATCH", f"{BUSINESS}/members/{user_id}", {"role": "viewer"})
    await owner.call("POST", f"{BUSINESS}/members/{user_id}/reset")
    await owner.call("DELETE", f"{BUSINESS}/members/{user_id}")
    found = (await entries(owner))[::-1]
    assert [(entry["actor"]["name"], entry["action"]) for entry in found] == [
        ("dana", "settings.changed"),
        ("dana", "text.changed"),
        ("dana", "price.added"),
        ("dana", "price.changed"),
        ("dana", "price.removed"),
        ("dana", "professional.added"),
        ("dana", "professional.changed"),
        ("owner", "member.invited"),
        ("owner", "member.role_changed"),
        ("owner", "member.reset"),
        ("owner", "member.removed"),
    ]
    assert found[0]["details"] == {"offer_minutes": {"was": 15, "is": 20}}, "what stayed as it was is no change"
    assert (found[3]["subject"], found[3]["details"]) == (
        f"price:{price['id']}",
        {"from_agorot": {"was": 25000, "is": 30000}},
    )
    assert found[6]["details"] == {"exceptions": {"was": {}, "is": {"2026-12-25": []}}}
    told = {"name": "noa", "email": "noa@example.com"}
    assert found[8]["details"] == {**told, "role": {"was": "agent", "is": "viewer"}}
    assert found[10]["details"] == {**told, "role": "viewer"}


async def test_what_was_refused_or_changed_nothing_is_not_on_record(owner: Browser, manager: Browser) -> None:
    refused = await manager.call("PATCH", f"{BUSINESS}/settings", {"version": 9, "offer_minutes": 20})
    assert refused.status_code == 409
    assert (await manager.call("PATCH", f"{BUSINESS}/settings", {"version": 1, "offer_minutes": 15})).status_code == 200
    assert (await manager.call("PUT", f"{BUSINESS}/texts/resend/he", {"words": ""})).status_code == 200
    assert await entries(owner) == []


async def test_the_record_comes_in_pages_and_to_owners_alone(owner: Browser, manager: Browser) -> None:
    for _ in range(3):
        await manager.call("POST", f"{BUSINESS}/prices", PRICE)
    first = (await owner.call("GET", f"{BUSINESS}/audit?limit=2")).json()
    rest = (await owner.call("GET", f"{BUSINESS}/audit?limit=2&after={first['after']}")).json()
    assert (len(first["entries"]), len(rest["entries"]), rest["after"]) == (2, 1, None)
    ids = [entry["id"] for page in (first, rest) for entry in page["entries"]]
    assert ids == sorted(set(ids), reverse=True)
    assert (await manager.call("GET", f"{BUSINESS}/audit")).json()["params"] == {"needs": "owner"}


async def test_a_business_can_neither_change_nor_remove_what_is_on_record(
    console: Console, owner: Browser, manager: Browser, business_id: int
) -> None:
    await manager.call("POST", f"{BUSINESS}/prices", PRICE)
    for attempt in (update(AuditEntry).values(actor=Actor.staff("nobody")), delete(AuditEntry)):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with console.runtime.db.begin(business_id) as session:
                await session.execute(attempt)
    assert [entry["actor"] for entry in await entries(owner)] == [{"kind": "staff", "name": "dana"}]
