"""Who signs in, who does not, and for how long."""

import bcrypt
import pytest
from pyotp.totp import TOTP
from sqlalchemy import select

from proli.accounts.http import ACCESS_COOKIE, REFRESH_COOKIE
from proli.accounts.models import User
from proli.accounts.permissions import Role
from tests.accounts.people import turn_factor_on
from tests.conftest import STRONG, ManualClock
from tests.console import PASSWORD, Console

DANA = "dana@example.com"


async def test_whoever_signs_in_is_told_where_they_may_go(console: Console) -> None:
    await console.add_person(DANA, role=Role.manager)
    browser = await console.browser()
    answer = await browser.sign_in(" Dana@Example.com ")
    assert answer.status_code == 200
    assert [(one["slug"], one["role"]) for one in answer.json()["businesses"]] == [("moran", "manager")]
    assert (await browser.call("GET", "/api/me")).json()["email"] == DANA


async def test_no_script_can_read_the_cookies_and_no_other_site_sends_them(console: Console) -> None:
    await console.add_person(DANA)
    answer = await (await console.browser()).sign_in(DANA)
    kept = {one.partition("=")[0]: one.lower() for one in answer.headers.get_list("set-cookie")}
    assert "httponly" in kept[ACCESS_COOKIE]
    assert "httponly" in kept[REFRESH_COOKIE]
    assert "samesite=strict" in kept[REFRESH_COOKIE]
    assert "path=/;" in kept[REFRESH_COOKIE]


async def test_a_stranger_and_a_wrong_password_get_the_same_answer(console: Console) -> None:
    await console.add_person(DANA)
    browser = await console.browser()
    answers = [await browser.sign_in(DANA, "not the password"), await browser.sign_in("nobody@example.com", PASSWORD)]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(401, "wrong_credentials")] * 2
    assert answers[0].content == answers[1].content


async def test_after_five_wrong_passwords_the_right_one_waits_too(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.browser()
    for _ in range(5):
        assert (await browser.sign_in(DANA, "wrong")).status_code == 401
    refused = await browser.sign_in(DANA)
    assert (refused.status_code, refused.json()["code"]) == (429, "locked_out")
    clock.advance(seconds=61)
    assert (await browser.sign_in(DANA)).status_code == 200


async def test_a_write_without_the_pages_token_is_refused(console: Console) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    browser.token = ""
    refused = await browser.call("PATCH", "/api/me", {"name": "אחרת"})
    assert (refused.status_code, refused.json()["params"]["reason"]) == (403, "forgery_token")


async def test_after_a_quarter_of_an_hour_the_browser_refreshes_and_stays(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    clock.advance(minutes=16)
    assert (await browser.call("GET", "/api/me")).status_code == 401
    assert (await browser.call("POST", "/api/auth/refresh")).status_code == 200
    assert (await browser.call("GET", "/api/me")).status_code == 200


async def test_a_refresh_token_brought_again_later_signs_the_thief_and_the_owner_out(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(DANA)
    owner, thief = await console.signed_in(DANA), await console.browser()
    stolen = owner.http.cookies.get(REFRESH_COOKIE)
    assert stolen is not None
    thief.http.cookies.set(REFRESH_COOKIE, stolen, path="/api/auth")
    assert (await owner.call("POST", "/api/auth/refresh")).status_code == 200
    clock.advance(minutes=1)
    refused = await thief.call("POST", "/api/auth/refresh")
    assert (refused.status_code, refused.json()["params"]["reason"]) == (401, "token_reused")
    assert (await owner.call("POST", "/api/auth/refresh")).status_code == 401


async def test_two_tabs_that_refresh_at_once_both_stay(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    first, second = await console.signed_in(DANA), await console.browser()
    token = first.http.cookies.get(REFRESH_COOKIE)
    assert token is not None
    second.http.cookies.set(REFRESH_COOKIE, token, path="/api/auth")
    assert (await first.call("POST", "/api/auth/refresh")).status_code == 200
    clock.advance(seconds=2)
    assert (await second.call("POST", "/api/auth/refresh")).status_code == 200
    assert (await first.call("POST", "/api/auth/refresh")).status_code == 200


async def test_signed_out_is_signed_out(console: Console) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    assert (await browser.call("POST", "/api/auth/sign-out")).status_code == 204
    assert (await browser.call("POST", "/api/auth/refresh")).status_code == 401


async def test_a_page_whose_token_is_of_a_former_sign_in_signs_out(console: Console) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    old = browser.token
    assert (await browser.sign_in(DANA)).status_code == 200
    browser.token = old
    assert (await browser.call("POST", "/api/auth/sign-out")).status_code == 204
    assert (await browser.call("GET", "/api/me")).status_code == 401
    assert (await browser.call("POST", "/api/auth/sign-out")).status_code == 204, "who is out is so still"


@pytest.mark.parametrize("left", [ACCESS_COOKIE, REFRESH_COOKIE])
async def test_either_cookie_suffices_to_sign_out(console: Console, left: str) -> None:
    await console.add_person(DANA)
    browser, leaving = await console.signed_in(DANA), await console.browser()
    leaving.http.cookies.set(left, browser.http.cookies.get(left) or "", path="/")
    assert (await leaving.call("POST", "/api/auth/sign-out")).status_code == 204
    assert (await browser.call("GET", "/api/me")).status_code == 401


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_no_other_site_signs_anybody_out(console: Console, site: str) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    refused = await browser.http.post("/api/auth/sign-out", headers={"sec-fetch-site": site})
    assert refused.status_code == 403
    assert (await browser.call("GET", "/api/me")).status_code == 200


def test_a_password_is_hashed_so_that_guessing_is_dear() -> None:
    assert STRONG.hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,")


async def test_an_old_bcrypt_password_signs_in_and_is_kept_better_from_then_on(console: Console) -> None:
    user_id = await console.add_person(DANA)
    old = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    async with console.runtime.db.begin_operator() as session:
        (await session.get_one(User, user_id)).password_hash = old
    await console.signed_in(DANA)
    async with console.runtime.db.begin_operator() as session:
        stored = await session.scalar(select(User.password_hash))
    assert stored is not None
    assert stored.startswith("$argon2id$")
    await console.signed_in(DANA)


async def test_with_a_second_factor_the_password_alone_is_not_enough(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    secret, recovery = await turn_factor_on(browser, clock)
    code = TOTP(secret).at(clock.now())
    assert len(set(recovery)) == 10
    other = await console.browser()
    assert (await other.sign_in(DANA)).json()["code"] == "second_factor_needed"
    assert (await other.sign_in(DANA, code=code)).json()["code"] == "wrong_code", "it was used to turn it on"
    clock.advance(seconds=30)
    assert (await other.sign_in(DANA, code=TOTP(secret).at(clock.now()))).status_code == 200
    again = await console.browser()
    assert (await again.sign_in(DANA, code=recovery[3])).status_code == 200
    assert (await again.sign_in(DANA, code=recovery[3])).json()["code"] == "wrong_code"


async def test_guessed_codes_lock_as_guessed_passwords_do(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    await turn_factor_on(browser, clock)
    for _ in range(5):
        assert (await browser.sign_in(DANA, code="000000")).status_code == 401
    assert (await browser.sign_in(DANA, code="000000")).json()["code"] == "locked_out"


async def test_a_new_password_signs_every_other_device_out(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    here, there = await console.signed_in(DANA), await console.signed_in(DANA)
    sent = {"current": PASSWORD, "password": "שלוש ציפורים על הגג"}
    assert (await here.call("POST", "/api/me/password", sent)).status_code == 204
    assert (await there.call("POST", "/api/auth/refresh")).status_code == 401
    assert (await here.call("POST", "/api/auth/refresh")).status_code == 200
    assert (await there.sign_in(DANA)).status_code == 401
    assert (await there.sign_in(DANA, "שלוש ציפורים על הגג")).status_code == 200


@pytest.mark.parametrize(
    ("password", "reason"), [("קצר", "short"), ("password1234", "guessable"), ("aaaaaaaaaaaaa", "guessable")]
)
async def test_a_weak_password_is_refused_with_the_reason(console: Console, password: str, reason: str) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    refused = await browser.call("POST", "/api/me/password", {"current": PASSWORD, "password": password})
    assert (refused.status_code, refused.json()["params"]["reason"]) == (422, reason)


async def test_what_is_sent_wrongly_is_told_at_its_field_and_not_repeated(console: Console) -> None:
    browser = await console.browser()
    refused = await browser.call("POST", "/api/auth/sign-in", {"email": DANA, "password": "", "extra": "secret-value"})
    assert refused.status_code == 422
    assert {one["field"] for one in refused.json()["errors"]} == {"password", "extra"}
    assert "secret-value" not in refused.text
