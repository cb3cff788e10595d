"""What happens to accounts is kept: for whom it concerns, for the operator, and in the record of their businesses."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, text

from proli.accounts.jobs import EVENTS_KEPT, forget
from proli.accounts.members import add_member
from proli.accounts.models import SecurityEvent
from proli.accounts.permissions import Role
from proli.accounts.rules import TRIES
from tests.accounts.people import READY, invite, turn_factor_on
from tests.conftest import ManualClock
from tests.console import PASSWORD, Browser, Console, ensure_business

DANA, OWNER = "dana@example.com", "owner@example.com"


async def recorded(owner: Browser, business: str = "moran") -> list[tuple[str, str]]:
    entries: list[dict[str, Any]] = (await owner.call("GET", f"/api/businesses/{business}/audit")).json()["entries"]
    return [(one["actor"]["name"], one["action"]) for one in reversed(entries)]


async def own(browser: Browser) -> list[str]:
    return [one["kind"] for one in reversed((await browser.call("GET", "/api/me/activity?limit=100")).json())]


async def test_passwords_and_second_factors_are_in_the_record_of_every_business_of_theirs(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(OWNER, role=Role.owner)
    await console.add_person("other@example.com", role=Role.owner, business="other")
    user_id = await console.add_person(DANA, role=Role.agent)
    async with console.runtime.db.begin_operator() as session:
        other = await ensure_business(session, "other")
        await add_member(session, user_id=user_id, business_id=other, role=Role.viewer)
    dana = await console.signed_in(DANA)
    await dana.call("POST", "/api/me/password", {"current": PASSWORD, "password": READY})
    _, codes = await turn_factor_on(dana, clock, READY)
    await dana.call("DELETE", "/api/me/second-factor", {"password": READY, "code": codes[0]})
    expected = [("dana", action) for action in ("password.changed", "factor.on", "factor.off")]
    assert await recorded(await console.signed_in(OWNER)) == expected
    assert await recorded(await console.signed_in("other@example.com"), "other") == expected
    assert await own(dana) == ["signed_in", "password_changed", "factor_on", "recovery_used", "factor_off"]


async def test_publishing_and_rolling_back_what_guides_the_agent_is_on_record(console: Console) -> None:
    await console.add_person(OWNER, role=Role.owner)
    owner = await console.signed_in(OWNER)
    prompts = "/api/businesses/moran/prompts/whatsapp"
    for words in ("פונים בגוף שני", "מציעים קודם מועד בבוקר"):
        await owner.call("PUT", f"{prompts}/draft", {"text": words})
        assert (await owner.call("POST", f"{prompts}/publish")).status_code == 200
    assert (await owner.call("POST", f"{prompts}/roll-back", {"number": 1})).status_code == 200
    entries = (await owner.call("GET", "/api/businesses/moran/audit")).json()["entries"]
    assert [(one["action"], one["subject"], one["details"]) for one in reversed(entries)] == [
        ("prompt.drafted", "prompt:whatsapp", {}),
        ("prompt.published", "prompt:whatsapp", {"number": 1}),
        ("prompt.drafted", "prompt:whatsapp", {}),
        ("prompt.published", "prompt:whatsapp", {"number": 2}),
        ("prompt.rolled_back", "prompt:whatsapp", {"number": 3, "of_number": 1}),
    ]


async def test_invitations_and_joining_are_on_record(console: Console) -> None:
    await console.add_person(OWNER, role=Role.owner)
    owner, noa = await console.signed_in(OWNER), await console.browser()
    await invite(owner, "gone@example.com")
    made = (await owner.call("GET", "/api/businesses/moran/members/invitations")).json()[0]["id"]
    await owner.call("DELETE", f"/api/businesses/moran/members/invitations/{made}")
    token = await invite(owner, "noa@example.com")
    await noa.call("POST", "/api/auth/invitations", {"token": token, "password": READY})
    assert await recorded(owner) == [
        ("owner", "member.invited"), ("owner", "invitation.taken_back"), ("owner", "member.invited"),
        ("noa", "member.joined"), ("noa", "password.changed"),
    ]  # fmt: skip
    assert await own(noa) == ["joined", "password_changed"]


async def test_taking_data_along_is_on_record(console: Console) -> None:
    await console.add_person(OWNER, role=Role.owner)
    owner = await console.signed_in(OWNER)
    assert (await owner.call("GET", "/api/businesses/moran/leads/export")).status_code == 200
    assert (await owner.call("GET", "/api/businesses/moran/reports/export?table=funnel")).status_code == 200
    assert await recorded(owner) == [("owner", "data.exported")] * 2
    assert await own(owner) == ["signed_in", "exported", "exported"]


async def test_the_operator_reads_of_refusals_too_and_nobody_else_does(console: Console, clock: ManualClock) -> None:
    await console.add_person(OWNER, role=Role.owner)
    await console.add_person("operator@example.com", operator=True)
    stranger = await console.browser()
    for _ in range(TRIES + 3):
        await stranger.sign_in(OWNER, "wrong")
    await stranger.sign_in("nobody@example.com", "wrong")
    clock.advance(minutes=2)
    operator, owner = await console.signed_in("operator@example.com"), await console.signed_in(OWNER)
    page = (await operator.call("GET", "/api/operator/security?limit=4")).json()
    seen = [(one["kind"], one["email"], one["source"]) for one in page["events"]]
    rest = (await operator.call("GET", f"/api/operator/security?limit=100&after={page['after']}")).json()
    seen += [(one["kind"], one["email"], one["source"]) for one in rest["events"]]
    here = "127.0.0.1"
    assert seen == [
        ("signed_in", OWNER, here), ("signed_in", "operator@example.com", here), ("refused", None, here),
        ("locked_out", OWNER, here), *[("refused", OWNER, here)] * (TRIES - 1),
    ], "each lock once, and not what came after it"  # fmt: skip
    assert rest["after"] is None
    assert (await owner.call("GET", "/api/operator/security")).status_code == 403


async def test_no_business_reaches_the_log_or_what_is_counted(console: Console) -> None:
    await console.add_person(OWNER, role=Role.owner)
    async with console.runtime.db.begin(1) as session:
        for table in ("security_events", "tries", "sign_ins"):
            said = f"SELECT has_table_privilege('{table}', 'SELECT') OR has_table_privilege('{table}', 'INSERT')"
            assert (await session.execute(text(said))).scalar_one() is False


async def test_after_half_a_year_it_is_forgotten(console: Console, clock: ManualClock) -> None:
    await console.add_person(OWNER)
    await console.signed_in(OWNER)
    for late, left in ((timedelta(0), 1), (timedelta(seconds=1), 0)):
        await forget(console.runtime, clock.now() + EVENTS_KEPT + late)
        async with console.runtime.db.begin_operator() as session:
            assert await session.scalar(select(func.count()).select_from(SecurityEvent)) == left
