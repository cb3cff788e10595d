"""Who becomes a member: nobody without their own consent, and no account through the hands of whoever invites."""

import asyncio

from pyotp.totp import TOTP
from sqlalchemy import select

from proli.accounts.models import Membership
from proli.accounts.permissions import Role
from proli.professionals.models import Professional
from tests.accounts.people import READY, invite, link_of, places, turn_factor_on
from tests.conftest import ManualClock
from tests.console import PASSWORD, Browser, Console

OWNER, RIVAL, NOA = "owner@example.com", "rival@example.com", "noa@example.com"
TAKEN = "ארבעה סוסים בחצר אחת"
MEMBERS = "/api/businesses/moran/members"


async def accept(console: Console, token: str, **said: str | None) -> tuple[Browser, int, str]:
    """A browser that has tried to accept, the status, and the code of a refusal."""
    browser = await console.browser()
    answer = await browser.call("POST", "/api/auth/invitations", {"token": token, "password": READY, **said})
    return browser, answer.status_code, answer.json().get("code", "")


async def owner_of(console: Console, business: str, email: str = OWNER) -> Browser:
    await console.add_person(email, role=Role.owner, business=business)
    return await console.signed_in(email)


async def test_somebody_invited_chooses_a_password_and_is_in(console: Console) -> None:
    owner = await owner_of(console, "moran")
    token = await invite(owner, "Noa@Example.com")
    weak = await accept(console, token, password="1234")
    assert weak[1:] == (422, "weak_password"), "and the link is still good"
    browser, status, _ = await accept(console, token, name="נועה")
    assert status == 200
    assert places(await browser.call("GET", "/api/me")) == {"moran": "agent"}
    assert {one["name"] for one in (await owner.call("GET", MEMBERS)).json()} == {"owner", "נועה"}
    assert (await accept(console, token))[1:] == (410, "link_expired"), "it works once"


async def test_whoever_has_not_accepted_is_no_member(console: Console) -> None:
    owner = await owner_of(console, "moran")
    await invite(owner, NOA)
    assert [one["email"] for one in (await owner.call("GET", MEMBERS)).json()] == [OWNER]
    open_ones = (await owner.call("GET", f"{MEMBERS}/invitations")).json()
    assert [(one["email"], one["role"]) for one in open_ones] == [(NOA, "agent")]
    assert "token" not in open_ones[0]


async def test_the_link_shows_what_it_invites_to(console: Console) -> None:
    token = await invite(await owner_of(console, "moran"), NOA)
    browser = await console.browser()
    seen = (await browser.call("POST", "/api/auth/invitations/look", {"token": token})).json()
    assert seen == {"business": "moran", "email": NOA, "name": "noa", "role": "agent", "has_account": False}
    assert (await browser.call("POST", "/api/auth/invitations/look", {"token": token + "x"})).status_code == 410


async def test_an_owner_who_takes_the_link_removes_the_member_and_waits_gets_into_no_other_business(
    console: Console,
) -> None:
    rival, owner = await owner_of(console, "rival", RIVAL), await owner_of(console, "moran")
    taken, status, _ = await accept(console, await invite(rival, NOA, business="rival"), password=TAKEN)
    assert status == 200
    user_id = next(
        one["user_id"]
        for one in (await rival.call("GET", "/api/businesses/rival/members")).json()
        if one["email"] == NOA
    )
    assert (await rival.call("DELETE", f"/api/businesses/rival/members/{user_id}")).status_code == 204

    token = await invite(owner, NOA)
    assert places(await taken.call("GET", "/api/me")) == {}, "an invitation alone opens nothing"
    noa, status, _ = await accept(console, token)
    assert status == 200, "who is in no business any more begins anew"
    assert places(await noa.call("GET", "/api/me")) == {"moran": "agent"}
    assert (await taken.call("GET", "/api/me")).status_code == 401, "and who had it is out"
    assert (await (await console.browser()).sign_in(NOA, TAKEN)).status_code == 401


async def test_a_second_factor_that_somebody_else_set_up_does_not_survive_beginning_anew(
    console: Console, clock: ManualClock
) -> None:
    rival, owner = await owner_of(console, "rival", RIVAL), await owner_of(console, "moran")
    taken, _, _ = await accept(console, await invite(rival, NOA, business="rival"), password=TAKEN)
    await turn_factor_on(taken, clock, TAKEN)
    members = (await rival.call("GET", "/api/businesses/rival/members")).json()
    user_id = next(one["user_id"] for one in members if one["email"] == NOA)
    await rival.call("DELETE", f"/api/businesses/rival/members/{user_id}")
    assert (await accept(console, await invite(owner, NOA)))[1] == 200
    assert (await (await console.browser()).sign_in(NOA, READY)).status_code == 200


async def test_whoever_knows_the_password_of_an_account_gets_into_no_business_that_invites_it(
    console: Console,
) -> None:
    rival, owner = await owner_of(console, "rival", RIVAL), await owner_of(console, "moran")
    taken, _, _ = await accept(console, await invite(rival, NOA, business="rival"), password=TAKEN)
    token = await invite(owner, NOA)
    assert places(await taken.call("GET", "/api/me")) == {"rival": "agent"}
    noa, status, _ = await accept(console, token, current=TAKEN)
    assert status == 200
    assert places(await noa.call("GET", "/api/me")) == {"moran": "agent", "rival": "agent"}
    assert (await taken.call("GET", "/api/me")).status_code == 401
    assert (await (await console.browser()).sign_in(NOA, TAKEN)).status_code == 401, "the password is a new one"


async def test_whoever_invites_somebody_with_an_account_cannot_use_the_link_themselves(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(NOA, role=Role.owner, business="other")
    noa = await console.signed_in(NOA)
    secret, _ = await turn_factor_on(noa, clock)
    token = await invite(await owner_of(console, "moran"), NOA)
    assert (await accept(console, token, current="a guess at it"))[1:] == (401, "wrong_credentials")
    assert (await accept(console, token, current=PASSWORD))[1:] == (401, "second_factor_needed")
    assert (await accept(console, token, current=PASSWORD, code="000000"))[1:] == (401, "wrong_code")
    assert (await accept(console, token, current=PASSWORD, password=PASSWORD))[1:] == (422, "same_password")
    clock.advance(seconds=30)
    code = TOTP(secret).at(clock.now())
    assert (await accept(console, token, current=PASSWORD, code=code))[1] == 200


async def test_a_newer_invitation_ends_the_older_one(console: Console) -> None:
    owner = await owner_of(console, "moran")
    older, newer = await invite(owner, NOA, role="owner"), await invite(owner, NOA, role="viewer")
    assert (await accept(console, older))[1] == 410
    browser, status, _ = await accept(console, newer)
    assert status == 200
    assert places(await browser.call("GET", "/api/me")) == {"moran": "viewer"}


async def test_an_invitation_that_is_taken_back_or_a_week_old_is_worth_nothing(
    console: Console, clock: ManualClock
) -> None:
    owner = await owner_of(console, "moran")
    token = await invite(owner, NOA)
    made = (await owner.call("GET", f"{MEMBERS}/invitations")).json()[0]["id"]
    assert (await owner.call("DELETE", f"{MEMBERS}/invitations/{made}")).status_code == 204
    assert (await owner.call("DELETE", f"{MEMBERS}/invitations/{made}")).json()["code"] == "invitation_not_found"
    assert (await accept(console, token))[1] == 410
    late = await invite(owner, NOA)
    clock.advance(days=7, seconds=1)
    assert (await accept(console, late))[1] == 410


async def test_what_an_owner_has_invited_dies_with_their_place_in_the_business(console: Console) -> None:
    owner = await owner_of(console, "moran")
    fired = await owner_of(console, "moran", "fired@example.com")
    token = await invite(fired, "himself.again@example.com", role="owner")
    members = (await owner.call("GET", MEMBERS)).json()
    user_id = next(one["user_id"] for one in members if one["email"] == "fired@example.com")
    assert (await owner.call("DELETE", f"{MEMBERS}/{user_id}")).status_code == 204
    assert (await accept(console, token))[1] == 410


async def test_of_twenty_who_use_one_link_at_once_one_gets_in(console: Console) -> None:
    token = await invite(await owner_of(console, "moran"), NOA)
    answers = await asyncio.gather(*(accept(console, token) for _ in range(20)))
    assert sorted(status for _, status, _ in answers) == [200] + [410] * 19


async def test_two_businesses_may_invite_the_same_person(console: Console) -> None:
    one = await invite(await owner_of(console, "moran"), NOA)
    two = await invite(await owner_of(console, "other", RIVAL), NOA, business="other")
    assert (await accept(console, one))[1] == 200
    wrong = await accept(console, two, current=PASSWORD, password=TAKEN)
    assert wrong[1:] == (401, "wrong_credentials"), "by then the account is somebody's"
    both, status, _ = await accept(console, two, current=READY, password=TAKEN)
    assert status == 200
    assert places(await both.call("GET", "/api/me")) == {"moran": "agent", "other": "agent"}


async def test_a_professional_of_another_business_is_as_one_that_does_not_exist(console: Console) -> None:
    owner = await owner_of(console, "moran")
    await owner_of(console, "other", RIVAL)
    rival = await console.signed_in(RIVAL)
    joining = {"name": "יוסי", "phone": "052-123-4567", "trades": ["plumber"], "localities": ["חולון"]}
    theirs = (await rival.call("POST", "/api/businesses/other/professionals", joining)).json()["id"]
    for professional_id in (theirs, 999_999):
        sent = {"email": NOA, "name": "x", "role": "professional", "professional_id": professional_id}
        refused = await owner.call("POST", MEMBERS, sent)
        assert (refused.status_code, refused.json()["code"]) == (404, "professional_elsewhere")
    async with console.runtime.db.begin_operator() as session:
        assert await session.scalar(select(Membership.id).where(Membership.professional_id.is_not(None))) is None
    mine = (await owner.call("POST", "/api/businesses/moran/professionals", joining)).json()["id"]
    sent = {"email": NOA, "name": "x", "role": "professional", "professional_id": mine}
    browser, status, _ = await accept(console, (await owner.call("POST", MEMBERS, sent)).json()["token"])
    assert status == 200
    assert (await browser.call("GET", "/api/businesses/moran/my-day")).status_code == 200
    async with console.runtime.db.begin_operator() as session:
        await session.delete(await session.get_one(Professional, mine))


async def test_invitations_of_another_business_are_out_of_reach(console: Console) -> None:
    owner, rival = await owner_of(console, "moran"), await owner_of(console, "other", RIVAL)
    await invite(owner, NOA)
    made = (await owner.call("GET", f"{MEMBERS}/invitations")).json()[0]["id"]
    assert (await rival.call("GET", "/api/businesses/other/members/invitations")).json() == []
    refused = await rival.call("DELETE", f"/api/businesses/other/members/invitations/{made}")
    assert (refused.status_code, refused.json()["code"]) == (404, "invitation_not_found")
    assert len((await owner.call("GET", f"{MEMBERS}/invitations")).json()) == 1


async def test_a_reset_link_made_before_somebody_joined_a_second_business_dies_with_that(console: Console) -> None:
    rival, owner = await owner_of(console, "rival", RIVAL), await owner_of(console, "moran")
    user_id = await console.add_person(NOA, role=Role.agent, business="rival")
    reset = await rival.call("POST", f"/api/businesses/rival/members/{user_id}/reset")
    assert reset.status_code == 201
    assert (await accept(console, await invite(owner, NOA), current=PASSWORD))[1] == 200
    guest = await console.browser()
    sent = {"token": reset.json()["token"], "password": TAKEN}
    assert (await guest.call("POST", "/api/auth/links/reset", sent)).status_code == 410
    refused = await rival.call("POST", f"/api/businesses/rival/members/{user_id}/reset")
    assert refused.json()["params"]["reason"] == "belongs_elsewhere_too"


async def test_a_reset_link_dies_with_the_membership_it_was_made_for(console: Console) -> None:
    owner = await owner_of(console, "moran")
    user_id = await console.add_person(NOA, role=Role.agent)
    reset = (await owner.call("POST", f"{MEMBERS}/{user_id}/reset")).json()["token"]
    assert (await owner.call("DELETE", f"{MEMBERS}/{user_id}")).status_code == 204
    guest = await console.browser()
    assert (await guest.call("POST", "/api/auth/links/reset", {"token": reset, "password": TAKEN})).status_code == 410


async def test_a_reset_link_dies_with_the_place_of_the_owner_who_made_it(console: Console) -> None:
    owner = await owner_of(console, "moran")
    fired = await owner_of(console, "moran", "fired@example.com")
    user_id = await console.add_person(NOA, role=Role.agent)
    reset = (await fired.call("POST", f"{MEMBERS}/{user_id}/reset")).json()["token"]
    members = (await owner.call("GET", MEMBERS)).json()
    gone = next(one["user_id"] for one in members if one["email"] == "fired@example.com")
    await owner.call("PATCH", f"{MEMBERS}/{gone}", {"role": "manager"})
    guest = await console.browser()
    assert (await guest.call("POST", "/api/auth/links/reset", {"token": reset, "password": TAKEN})).status_code == 410


async def test_only_the_newest_link_is_good_and_only_until_the_password_changes(console: Console) -> None:
    user_id = await console.add_person(NOA, role=Role.agent)
    older, newer = await link_of(console, "reset", user_id), await link_of(console, "reset", user_id)
    guest = await console.browser()
    assert (await guest.call("POST", "/api/auth/links/reset", {"token": older, "password": READY})).status_code == 410
    assert (await guest.call("POST", "/api/auth/links/reset", {"token": newer, "password": READY})).status_code == 200
    last = await link_of(console, "reset", user_id)
    assert (await guest.call("POST", "/api/me/password", {"current": READY, "password": TAKEN})).status_code == 204
    assert (await guest.call("POST", "/api/auth/links/reset", {"token": last, "password": READY})).status_code == 410


async def test_of_twenty_who_use_one_reset_link_at_once_one_sets_the_password(console: Console) -> None:
    link = await link_of(console, "reset", await console.add_person(NOA, role=Role.agent))
    guests = [await console.browser() for _ in range(20)]
    sent = {"token": link, "password": READY}
    answers = await asyncio.gather(*(one.call("POST", "/api/auth/links/reset", sent) for one in guests))
    assert [one.status_code for one in answers].count(200) == 1


async def test_a_sign_in_link_works_once_and_for_half_an_hour(console: Console, clock: ManualClock) -> None:
    user_id = await console.add_person(NOA)
    link = await link_of(console, "sign_in", user_id)
    browser = await console.browser()
    assert (await browser.call("POST", "/api/auth/links/reset", {"token": link})).status_code == 410
    assert (await browser.call("POST", "/api/auth/links/sign_in", {"token": link})).status_code == 200
    assert (await browser.call("POST", "/api/auth/links/sign_in", {"token": link})).status_code == 410
    late = await link_of(console, "sign_in", user_id)
    clock.advance(minutes=31)
    assert (await browser.call("POST", "/api/auth/links/sign_in", {"token": late})).status_code == 410


async def test_whoever_was_first_to_use_an_address_keeps_nobody_out_of_another_business(console: Console) -> None:
    rival, owner = await owner_of(console, "rival", RIVAL), await owner_of(console, "moran")
    squatter, _, _ = await accept(console, await invite(rival, NOA, business="rival"), password=TAKEN)
    noa, status, _ = await accept(console, await invite(owner, NOA))
    assert status == 200
    assert places(await noa.call("GET", "/api/me")) == {"moran": "agent"}, "and she is not in what she never joined"
    assert places(await squatter.call("GET", "/api/me")) == {"rival": "agent"}
    assert places(await (await console.browser()).sign_in(NOA, READY)) == {"moran": "agent"}
    assert places(await (await console.browser()).sign_in(NOA, TAKEN)) == {"rival": "agent"}


async def test_whoever_invites_takes_nothing_over_by_accepting_in_the_name_of_somebody_with_an_account(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(NOA, role=Role.owner, business="other")
    noa = await console.signed_in(NOA)
    secret, _ = await turn_factor_on(noa, clock)
    taken, status, _ = await accept(console, await invite(await owner_of(console, "moran"), NOA), password=TAKEN)
    assert (status, places(await taken.call("GET", "/api/me"))) == (200, {"moran": "agent"})
    assert (await taken.call("GET", "/api/businesses/other/members")).status_code == 404
    kinds = {one["kind"] for one in (await taken.call("GET", "/api/me/activity")).json()}
    assert kinds == {"joined", "password_changed"}, "what happened to another's account is not shown"
    assert places(await noa.call("GET", "/api/me")) == {"other": "owner"}, "who has the account stays where they are"
    clock.advance(seconds=30)
    again = await (await console.browser()).sign_in(NOA, PASSWORD, TOTP(secret).at(clock.now()))
    assert places(again) == {"other": "owner"}


async def test_whoever_has_an_address_next_sees_nothing_of_who_had_it_before(console: Console) -> None:
    rival, owner = await owner_of(console, "rival", RIVAL), await owner_of(console, "moran")
    gone, _, _ = await accept(console, await invite(owner, NOA))
    members = (await owner.call("GET", MEMBERS)).json()
    user_id = next(one["user_id"] for one in members if one["email"] == NOA)
    assert (await owner.call("DELETE", f"{MEMBERS}/{user_id}")).status_code == 204
    clean, status, _ = await accept(console, await invite(rival, NOA, business="rival"), password=TAKEN)
    assert status == 200
    events = (await clean.call("GET", "/api/me/activity")).json()
    assert [one["kind"] for one in events] == ["password_changed", "joined"], "their own alone"
    assert len((await clean.call("GET", "/api/me/devices")).json()) == 1
    assert (await gone.call("GET", "/api/me")).status_code == 401
    assert (await (await console.browser()).sign_in(NOA, READY)).status_code == 401
