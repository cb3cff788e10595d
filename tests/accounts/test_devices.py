"""Devices that are signed in: what a stolen token is worth, for how long, and how somebody is out at once."""

import asyncio

from pyotp.totp import TOTP
from sqlalchemy import func, select, update

from proli.accounts.http import REFRESH_COOKIE
from proli.accounts.models import SignIn, User
from proli.accounts.permissions import Role
from proli.accounts.rules import LONGEST_SIGN_IN
from proli.platform.security import digest
from tests.accounts.people import READY, link_of, turn_factor_on
from tests.conftest import ManualClock
from tests.console import PASSWORD, Browser, Console
from tests.monitoring.test_events import listening
from tests.patience import PATIENCE_S

DANA, NOA = "dana@example.com", "noa@example.com"
EXPORT = "/api/businesses/moran/leads/export"


def token_of(browser: Browser) -> str:
    found = browser.http.cookies.get(REFRESH_COOKIE)
    assert found is not None
    return found


async def refreshed(browser: Browser) -> int:
    return (await browser.call("POST", "/api/auth/refresh")).status_code


async def with_token(console: Console, token: str) -> Browser:
    made = await console.browser()
    made.http.cookies.set(REFRESH_COOKIE, token, path="/api/auth")
    return made


async def test_a_thief_who_refreshes_twice_is_out_as_soon_as_the_owner_comes(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(DANA)
    owner = await console.signed_in(DANA)
    thief = await with_token(console, token_of(owner))
    clock.advance(minutes=1)
    assert [await refreshed(thief), await refreshed(thief)] == [200, 200]
    refused = await owner.call("POST", "/api/auth/refresh")
    assert (refused.status_code, refused.json()["params"]["reason"]) == (401, "token_reused")
    assert await refreshed(thief) == 401
    assert (await thief.call("GET", "/api/me")).status_code == 401, "at once, and not in a quarter of an hour"


async def test_any_token_that_was_ever_replaced_ends_the_device(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    owner = await console.signed_in(DANA)
    old = token_of(owner)
    for _ in range(10):
        clock.advance(minutes=15)
        assert await refreshed(owner) == 200
    assert await refreshed(await with_token(console, old)) == 401
    assert await refreshed(owner) == 401


async def test_words_that_nobody_has_given_end_nothing(console: Console) -> None:
    await console.add_person(DANA)
    owner = await console.signed_in(DANA)
    for thought_up in ("", "x", "x.y", token_of(owner).partition(".")[2]):
        assert await refreshed(await with_token(console, thought_up)) == 401
    assert await refreshed(owner) == 200


async def test_even_who_comes_every_day_signs_in_anew_in_the_end(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    for _ in range(LONGEST_SIGN_IN.days):
        assert await refreshed(browser) == 200
        clock.advance(days=1)
    assert await refreshed(browser) == 401


async def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(console: Console) -> None:
    await console.add_person(DANA)
    here, there = await console.signed_in(DANA), await console.browser()
    there.http.headers["user-agent"] = "Firefox on a phone"
    await there.sign_in(DANA)
    devices = (await here.call("GET", "/api/me/devices")).json()
    assert devices[0]["device"] == "Firefox on a phone"
    assert [one["here"] for one in devices] == [False, True]
    assert {one["source"] for one in devices} == {"127.0.0.1"}
    assert (await here.call("DELETE", f"/api/me/devices/{devices[0]['id']}")).status_code == 204
    assert (await there.call("GET", "/api/me")).status_code == 401
    assert (await here.call("DELETE", f"/api/me/devices/{devices[0]['id']}")).json()["code"] == "device_not_found"
    assert len((await here.call("GET", "/api/me/devices")).json()) == 1


async def test_the_devices_and_the_events_of_others_are_out_of_reach(console: Console) -> None:
    await console.add_person(DANA)
    await console.add_person(NOA)
    dana, noa = await console.signed_in(DANA), await console.signed_in(NOA)
    mine = (await noa.call("GET", "/api/me/devices")).json()
    refused = await dana.call("DELETE", f"/api/me/devices/{mine[0]['id']}")
    assert (refused.status_code, refused.json()["code"]) == (404, "device_not_found")
    assert len((await dana.call("GET", "/api/me/devices")).json()) == 1
    assert len((await dana.call("GET", "/api/me/activity")).json()) == 1
    assert await refreshed(noa) == 200


async def test_one_signs_out_everywhere_else_or_everywhere(console: Console) -> None:
    await console.add_person(DANA)
    one, two, three = [await console.signed_in(DANA) for _ in range(3)]
    assert (await one.call("DELETE", "/api/me/devices")).status_code == 204
    assert [(await browser.call("GET", "/api/me")).status_code for browser in (one, two, three)] == [200, 401, 401]
    assert (await one.call("DELETE", "/api/me/devices?here=true")).status_code == 204
    assert (await one.call("GET", "/api/me")).status_code == 401


async def test_every_route_of_ones_own_is_shut_at_once_to_a_device_that_was_signed_out(console: Console) -> None:
    await console.add_person(DANA, role=Role.owner, operator=True)
    here, there = await console.signed_in(DANA), await console.signed_in(DANA)
    await here.call("DELETE", "/api/me/devices")
    for method, path in (
        ("GET", "/api/me"), ("PATCH", "/api/me"), ("GET", "/api/me/devices"), ("GET", "/api/me/activity"),
        ("POST", "/api/me/second-factor/secret"), ("POST", "/api/auth/proof"), ("GET", "/api/auth/proof"),
        ("GET", "/api/trades"), ("GET", "/api/operator/health"), ("GET", "/api/businesses/moran/members"),
    ):  # fmt: skip
        assert (await there.call(method, path, {})).status_code == 401, path


async def test_a_stream_ends_as_soon_as_its_device_is_signed_out(console: Console) -> None:
    await console.add_person(DANA, role=Role.agent)
    here, there = await console.signed_in(DANA), await console.signed_in(DANA)
    async with there.http.stream("GET", "/api/businesses/moran/events", timeout=None) as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        async with listening(here) as ear:
            await here.call("DELETE", "/api/me/devices")
            async with asyncio.timeout(PATIENCE_S):
                _ = [line async for line in lines]
            made = await here.call("POST", "/api/businesses/moran/leads", {"phone": "052-765-4321"})
            assert await ear.hear("leads") == made.json()["id"], "and that of the other device goes on"


async def test_a_stream_ends_as_soon_as_its_user_is_no_member_or_a_professional_only(console: Console) -> None:
    await console.add_person("owner@example.com", role=Role.owner)
    user_id = await console.add_person(DANA, role=Role.agent)
    owner, dana = await console.signed_in("owner@example.com"), await console.signed_in(DANA)
    path = f"/api/businesses/moran/members/{user_id}"
    for method, body in (("PATCH", {"role": "professional"}), ("PATCH", {"role": "viewer"}), ("DELETE", None)):
        async with dana.http.stream("GET", "/api/businesses/moran/events", timeout=None) as stream:
            lines = stream.aiter_lines()
            if stream.status_code == 200:
                await anext(lines)
            assert (await owner.call(method, path, body)).status_code == 204
            if (stream.status_code, body) != (200, {"role": "viewer"}):
                async with asyncio.timeout(PATIENCE_S):
                    _ = [line async for line in lines]


async def test_what_is_grave_asks_who_sits_there_after_half_an_hour(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA, role=Role.owner, operator=True)
    user_id = await console.add_person(NOA, role=Role.agent)
    browser = await console.signed_in(DANA)
    leaving = [await console.add_person(f"leaving.{number}@example.com", role=Role.viewer) for number in range(2)]
    invitation = {"email": "x@example.com", "name": "x", "role": "agent"}
    grave = (
        ("POST", "/api/businesses/moran/members", invitation, 201),
        ("POST", f"/api/businesses/moran/members/{user_id}/reset", None, 201),
        ("PATCH", f"/api/businesses/moran/members/{user_id}", {"role": "viewer"}, 204),
        ("DELETE", f"/api/businesses/moran/members/{leaving[0]}", None, 204),
        ("GET", EXPORT, None, 200),
        ("GET", "/api/businesses/moran/reports/export?table=funnel", None, 200),
        ("GET", "/api/operator/health", None, 200),
        ("GET", "/api/operator/security", None, 200),
        ("GET", "/api/auth/proof", None, 204),
    )
    for method, path, body, right in grave:
        assert (await browser.call(method, path, body)).status_code == right, path
    clock.advance(minutes=31)
    assert await refreshed(browser) == 200, "staying signed in shows nothing"
    for method, path, body, _ in grave:
        refused = await browser.call(method, path, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "proof_needed"), path
    still = f"/api/businesses/moran/members/{leaving[1]}"
    assert (await browser.call("DELETE", still)).json()["code"] == "proof_needed"
    assert (await browser.call("GET", "/api/businesses/moran/members")).status_code == 200
    assert (await browser.call("POST", "/api/auth/proof", {"password": "wrong"})).json()["code"] == "wrong_credentials"
    assert (await browser.call("POST", "/api/auth/proof", {"password": PASSWORD})).status_code == 204
    assert (await browser.call("DELETE", still)).status_code == 204
    for method, path, body, right in grave:
        if method == "DELETE":
            continue
        assert (await browser.call(method, path, body)).status_code == right, path


async def test_showing_again_who_one_is_takes_the_second_factor_too(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    _, codes = await turn_factor_on(browser, clock)
    for path, method, said in (
        ("/api/auth/proof", "POST", {"password": PASSWORD}),
        ("/api/me/password", "POST", {"current": PASSWORD, "password": READY}),
        ("/api/me/second-factor", "DELETE", {"password": PASSWORD}),
        ("/api/me/second-factor", "POST", {"password": PASSWORD, "code": "123456"}),
    ):
        assert (await browser.call(method, path, said)).json()["code"] == "second_factor_needed", path
    wrong = {"password": PASSWORD, "code": "000000"}
    assert (await browser.call("DELETE", "/api/me/second-factor", wrong)).json()["code"] == "wrong_code"
    right = {"password": PASSWORD, "code": codes[0]}
    assert (await browser.call("DELETE", "/api/me/second-factor", right)).status_code == 204
    assert (await (await console.browser()).sign_in(DANA)).status_code == 200


async def test_a_factor_is_replaced_by_whoever_has_the_one_before(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    first, codes = await turn_factor_on(browser, clock)
    clock.advance(seconds=60)
    secret = (await browser.call("POST", "/api/me/second-factor/secret")).json()["secret"]
    sent = {"password": PASSWORD, "code": TOTP(secret).at(clock.now()), "former_code": codes[0]}
    assert (await browser.call("POST", "/api/me/second-factor", sent)).status_code == 200
    clock.advance(seconds=60)
    other = await console.browser()
    assert (await other.sign_in(DANA, code=TOTP(first).at(clock.now()))).json()["code"] == "wrong_code"
    assert (await other.sign_in(DANA, code=TOTP(secret).at(clock.now()))).status_code == 200


async def test_who_came_by_a_link_and_has_no_password_is_asked_for_none(console: Console, clock: ManualClock) -> None:
    user_id = await console.add_person(DANA, role=Role.owner)
    async with console.runtime.db.begin_operator() as session:
        (await session.get_one(User, user_id)).password_hash = None
    browser = await console.browser()
    token = await link_of(console, "sign_in", user_id)
    me = (await browser.call("POST", "/api/auth/links/sign_in", {"token": token})).json()
    assert me["has_password"] is False
    assert (await browser.sign_in(DANA, "")).status_code == 422
    assert (await (await console.browser()).sign_in(DANA)).status_code == 401, "no password is not any password"
    assert (await browser.call("POST", "/api/me/password", {"password": READY})).status_code == 204
    assert (await browser.call("GET", "/api/me")).json()["has_password"] is True
    assert (await browser.call("POST", "/api/me/password", {"password": PASSWORD})).json()["code"] == (
        "wrong_credentials"
    )


async def test_devices_of_before_stay_signed_in(console: Console) -> None:
    """Their tokens have no family in front: the token itself is what the others begin with."""
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    async with console.runtime.db.begin_operator() as session:
        await session.execute(update(SignIn).values(family=digest("as-before"), token=digest("as-before")))
    old = await with_token(console, "as-before")
    assert [await refreshed(old), await refreshed(old)] == [200, 200]
    assert (await browser.call("GET", "/api/me")).status_code == 200
    async with console.runtime.db.begin_operator() as session:
        assert await session.scalar(select(func.count()).select_from(SignIn)) == 1
