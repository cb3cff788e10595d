"""Whatever staff change is on record: of each route that writes it is said as what, or why not."""

import inspect

import pytest
from fastapi.routing import APIRoute

from proli import wiring
from proli.accounts.deeds import find_deed
from proli.accounts.http import READS
from proli.accounts.permissions import Role
from tests.console import Browser, Console

BUSINESS = "/api/businesses/moran"
KEEPS = ("record(", "record_change(", "record_export(", "record_published(")


def writes() -> list[APIRoute]:
    """Every route within a business that is asked to change something."""
    routes = [route for router in wiring.load_routers() for route in router.routes if isinstance(route, APIRoute)]
    return [route for route in routes if "{slug}" in route.path and not (route.methods or set()) <= READS]


@pytest.mark.parametrize("route", writes(), ids=lambda route: route.name)
def test_every_route_that_writes_is_kept_in_the_record_once(route: APIRoute) -> None:
    deed = find_deed(route.endpoint)
    keeps_itself = any(call in inspect.getsource(route.endpoint) for call in KEEPS)
    assert (deed is not None) != keeps_itself, (
        f"say with @deed(...) as what {route.name} is kept in the record, or with @not_kept(...) why it is not"
    )
    if deed is not None and deed.action:
        assert deed.subject_of(dict.fromkeys(route.param_convertors, 1)), "its subject is made of the route's own path"
    elif deed is not None:
        assert deed.why


@pytest.fixture
async def owner(console: Console, business_id: int) -> Browser:
    await console.add_person("owner@example.com", role=Role.owner)
    return await console.signed_in("owner@example.com")


async def test_what_a_route_did_is_kept_with_whom_and_on_what_and_what_it_refused_is_not(
    owner: Browser, manager: Browser
) -> None:
    made = await manager.call("POST", f"{BUSINESS}/leads", {"phone": "052-123-4567"})
    lead_id = made.json()["id"]
    assert (await manager.call("POST", f"{BUSINESS}/leads/{lead_id}/notes", {"text": "to call back"})).is_success
    assert (await manager.call("POST", f"{BUSINESS}/leads/4711/notes", {"text": "to call back"})).status_code == 404
    found = (await owner.call("GET", f"{BUSINESS}/audit?subject=lead:{lead_id}")).json()["entries"]
    (entry,) = [one for one in found if one["action"] == "lead.noted"]
    assert entry["actor"] == {"kind": "staff", "name": "dana"}
    assert entry["user_id"] is not None
    assert entry["details"] == {}, "what was written stands in the timeline alone"


async def test_the_record_is_searched_by_whom_what_on_what_and_when(owner: Browser, manager: Browser) -> None:
    price = {"trade": "plumber", "label": "ביקור", "from_agorot": 25000}
    made = (await manager.call("POST", f"{BUSINESS}/prices", price)).json()
    await owner.call("POST", f"{BUSINESS}/prices", price)
    await owner.call("PUT", f"{BUSINESS}/texts/resend/he", {"words": "אפשר שוב?"})

    async def found(query: str) -> list[tuple[str, str]]:
        entries = (await owner.call("GET", f"{BUSINESS}/audit?{query}")).json()["entries"]
        return [(one["actor"]["name"], one["action"]) for one in entries]

    assert await found("who=dana") == [("dana", "price.added")]
    assert await found("who=staff&action=price") == [("owner", "price.added"), ("dana", "price.added")]
    assert await found("action=text.changed") == [("owner", "text.changed")]
    assert await found(f"subject=price:{made['id']}") == [("dana", "price.added")]
    assert await found("who=agent") == await found("since=2100-01-01T00:00:00Z") == []
    assert len(await found("until=2100-01-01T00:00:00Z")) == 3
    assert (await owner.call("GET", f"{BUSINESS}/audit?who={'x' * 500}")).status_code == 422
