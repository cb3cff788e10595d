"""Numbers at which the business is called, connected and let go in the console."""

from typing import Any

import pytest
from sqlalchemy import select

from proli.accounts.models import AuditEntry
from proli.accounts.permissions import Role
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings
from proli.voice.models import Call, VoiceNumber
from proli.voice.twilio.told import PATH
from tests.console import Browser, Console, console, manager
from tests.doubles.twilio import ACCOUNT, CALL, NUMBER, TOKEN, Twilio, new_call, order_of
from tests.voice.conftest import Desk

__all__ = ["console", "manager"]

PHONES = "/api/businesses/moran/phones"
NEW = {"phone": "03-700-0000", "account_sid": ACCOUNT, "auth_token": TOKEN}


async def numbers_of(browser: Browser) -> list[dict[str, Any]]:
    answer = await browser.call("GET", PHONES)
    assert answer.status_code == 200, answer.text
    assert TOKEN not in answer.text
    return answer.json()["numbers"]


async def audited(runtime: Runtime, business_id: int) -> list[tuple[str, str, dict[str, Any]]]:
    async with runtime.db.begin(business_id) as session:
        kept = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(one.action, one.subject, one.details) for one in kept if one.subject.startswith("phone:")]


async def test_a_number_is_connected_with_its_secret_sealed_and_put_on_record(
    manager: Browser, runtime: Runtime, business_id: int
) -> None:
    assert await numbers_of(manager) == []
    made = await manager.call("POST", PHONES, NEW)
    assert made.status_code == 201, made.text
    assert made.json() == {"id": made.json()["id"], "phone": NUMBER, "account": f"***{ACCOUNT[-4:]}"}
    assert await numbers_of(manager) == [made.json()]
    async with runtime.db.begin(business_id) as session:
        number = (await session.scalars(select(VoiceNumber))).one()
    assert TOKEN.encode() not in number.sealed
    assert runtime.vault.unseal(number.sealed) == {"auth_token": TOKEN, "shared_key": ""}
    assert await audited(runtime, business_id) == [
        ("phone.connected", f"phone:{number.id}", {"phone_e164": NUMBER})
    ]  # fmt: skip


async def test_said_again_its_secrets_are_replaced(manager: Browser, runtime: Runtime, business_id: int) -> None:
    first = await manager.call("POST", PHONES, NEW)
    again = await manager.call("POST", PHONES, {**NEW, "auth_token": " other\n", "shared_key": "key"})
    assert (again.status_code, again.json()) == (201, first.json())
    async with runtime.db.begin(business_id) as session:
        sealed = (await session.scalars(select(VoiceNumber.sealed))).one()
    assert runtime.vault.unseal(sealed) == {"auth_token": "other", "shared_key": "key"}


async def test_what_is_to_be_entered_at_the_provider_is_what_answers_there(manager: Browser, runtime: Runtime) -> None:
    runtime.settings.http = HttpSettings(public_url="http://proli.example.com")
    told = (await manager.call("GET", PHONES)).json()
    assert told["voice_url"] == f"http://proli.example.com{PATH}"
    assert told["status_url"] == f"http://proli.example.com{PATH}/status"
    assert told["public"] is False, "no provider comes by plain http"
    for url in (told["voice_url"], told["status_url"]):
        unsigned = await manager.http.post(url.removeprefix("http://proli.example.com"))
        assert unsigned.status_code not in (404, 405)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"phone": "12"}, "bad_setting", "phone"),
        ({"account_sid": "AC1"}, "bad_account", None),
        ({"account_sid": "SK" + "0" * 32}, "bad_account", None),
        ({"auth_token": "  "}, "bad_setting", "auth_token"),
    ],
)
async def test_what_cannot_be_connected_is_refused(
    manager: Browser, changes: dict[str, str], code: str, field: str | None
) -> None:
    refused = await manager.call("POST", PHONES, NEW | changes)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused.json()["params"].get("field") == field
    assert await numbers_of(manager) == []


async def test_a_secret_that_is_too_long_is_not_said_back(manager: Browser) -> None:
    refused = await manager.call("POST", PHONES, {**NEW, "auth_token": TOKEN * 9})
    assert refused.status_code == 422
    assert TOKEN not in refused.text


async def test_another_businesss_number_is_neither_taken_nor_let_go(console: Console, manager: Browser) -> None:
    await console.add_person("noa@example.com", role=Role.owner, business="other")
    noa = await console.signed_in("noa@example.com")
    made = (await manager.call("POST", PHONES, NEW)).json()
    theirs = "/api/businesses/other/phones"
    taken = await noa.call("POST", theirs, NEW)
    assert (taken.status_code, taken.json()["code"]) == (409, "voice_number_taken")
    gone = await noa.call("DELETE", f"{theirs}/{made['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "voice_number_not_found")
    assert await numbers_of(manager) == [made]


async def test_a_number_that_is_let_go_answers_no_more_and_its_calls_stay(
    twilio: Twilio, desk: Desk, manager: Browser, runtime: Runtime, number_id: int
) -> None:
    await twilio.ring(CALL)
    await twilio.status("completed", CALL)
    assert (await manager.call("DELETE", f"{PHONES}/{number_id}")).status_code == 204
    assert await numbers_of(manager) == []
    assert order_of(await twilio.ring(new_call())).verbs == ["Say", "Hangup"]
    calls: list[Call] = await desk.calls()
    assert [one.number_id for one in calls] == [None]
    assert await audited(runtime, desk.business_id) == [
        ("phone.disconnected", f"phone:{number_id}", {"phone_e164": NUMBER})
    ]  # fmt: skip
    assert (await manager.call("DELETE", f"{PHONES}/{number_id}")).status_code == 404


async def test_who_sets_nothing_up_sees_no_numbers(console: Console) -> None:
    await console.add_person("dana@example.com", role=Role.agent)
    dana = await console.signed_in("dana@example.com")
    assert (await dana.call("GET", PHONES)).status_code == 403
    assert (await dana.call("POST", PHONES, NEW)).status_code == 403
