"""Who may do what in which business: every route, every role, and people of other businesses."""

import pytest
from fastapi.routing import APIRoute

from proli import wiring
from proli.accounts.http import READS, needed_role
from proli.accounts.members import add_member
from proli.accounts.permissions import AREAS, Role, may
from tests.console import Browser, Console, ensure_business

OWNER = "owner@example.com"


async def people(console: Console) -> dict[Role, Browser]:
    """One signed in for every role of the business "moran"."""
    for role in Role:
        await console.add_person(f"{role}@example.com", role=role)
    return {role: await console.signed_in(f"{role}@example.com") for role in Role}


def routes() -> list[tuple[str, str, Role]]:
    """Method, path and needed role of every route within a business."""
    found: list[tuple[str, str, Role]] = []
    for route in (route for router in wiring.load_routers() for route in router.routes):
        if not isinstance(route, APIRoute) or "{slug}" not in route.path:
            continue
        needed = [role for one in route.dependant.dependencies if (role := needed_role(one.call))]
        assert len(needed) == 1, f"{route.path} does not say which role it needs"
        found += [(method, route.path, needed[0]) for method in route.methods or ()]
    assert found
    return found


def area_of(path: str) -> str:
    """The longest area that the path lies in."""
    behind = path.partition("{slug}/")[2].split("/")
    named = "/".join(part for part in behind if not part.startswith("{"))
    fits = [area for area in AREAS if f"{named}/".startswith(f"{area}/")]
    assert fits, f"{path}: say in accounts.permissions.AREAS who may read and change there"
    return max(fits, key=len)


@pytest.mark.parametrize(("method", "path", "needed"), routes())
def test_each_route_asks_for_the_role_that_the_table_has_for_its_area(method: str, path: str, needed: Role) -> None:
    reads, changes = AREAS[area_of(path)]
    assert needed == (reads if method in READS else changes)


def test_the_table_of_areas_has_no_line_that_no_route_needs() -> None:
    there = {(area_of(path), method in READS) for method, path, _ in routes()}
    assert there == {
        (area, reads) for area, roles in AREAS.items() for reads, role in zip((True, False), roles, strict=True) if role
    }


async def test_every_route_within_a_business_asks_for_its_role(console: Console) -> None:
    browsers = await people(console)
    for method, path, needed in routes():
        address = path.format(slug="moran", **dict.fromkeys(names_in(path), 999999))
        for role, browser in browsers.items():
            answer = await browser.call(method, address, {})
            refused = answer.status_code == 403 and answer.json().get("params", {}).get("needs") == needed
            assert refused != may(role, needed), f"{role} {method} {path}: {answer.status_code}"


async def test_another_business_is_as_one_that_does_not_exist(console: Console) -> None:
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    await people(console)
    stranger = await console.signed_in("stranger@example.com")
    for method, path, _ in routes():
        numbers = dict.fromkeys(names_in(path), 1)
        theirs = await stranger.call(method, path.format(slug="moran", **numbers), {})
        nobodys = await stranger.call(method, path.format(slug="nowhere", **numbers), {})
        assert theirs.status_code == nobodys.status_code == 404, f"{method} {path}: {theirs.status_code}"


async def test_without_signing_in_no_route_within_a_business_answers(console: Console) -> None:
    await people(console)
    nobody = await console.browser()
    for method, path, _ in routes():
        answer = await nobody.call(method, path.format(slug="moran", **dict.fromkeys(names_in(path), 1)), {})
        assert answer.status_code == 401, f"{method} {path}"


def names_in(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{") and part != "{slug}"]


async def test_a_business_keeps_an_owner(console: Console) -> None:
    user_id = await console.add_person(OWNER, role=Role.owner)
    owner = await console.signed_in(OWNER)
    for method, body in (("DELETE", None), ("PATCH", {"role": "viewer"})):
        refused = await owner.call(method, f"/api/businesses/moran/members/{user_id}", body)
        assert refused.json()["code"] == "last_owner"


async def test_an_owner_cannot_take_over_somebody_who_belongs_elsewhere_too(console: Console) -> None:
    await console.add_person(OWNER, role=Role.owner)
    user_id = await console.add_person("both@example.com", role=Role.owner, business="other")
    owner = await console.signed_in(OWNER)
    async with console.runtime.db.begin_operator() as session:
        here = await ensure_business(session, "moran")
        await add_member(session, user_id=user_id, business_id=here, role=Role.agent)
    refused = await owner.call("POST", f"/api/businesses/moran/members/{user_id}/reset")
    assert refused.json()["params"]["reason"] == "belongs_elsewhere_too"


async def test_a_member_who_was_taken_out_is_out_at_once(console: Console) -> None:
    await console.add_person(OWNER, role=Role.owner)
    user_id = await console.add_person("noa@example.com", role=Role.manager)
    owner, noa = await console.signed_in(OWNER), await console.signed_in("noa@example.com")
    assert (await noa.call("GET", "/api/businesses/moran/members")).status_code == 200
    assert (await owner.call("DELETE", f"/api/businesses/moran/members/{user_id}")).status_code == 204
    assert (await noa.call("GET", "/api/businesses/moran/members")).status_code == 404


async def test_the_operator_enters_every_business(console: Console) -> None:
    await console.add_person(OWNER, role=Role.owner)
    await console.add_person("operator@example.com", operator=True)
    operator = await console.signed_in("operator@example.com")
    assert (await operator.call("GET", "/api/businesses/moran/members")).status_code == 200
