"""What the doctor says of the numbers that are called, asked of Twilio on this machine."""

import base64
import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response

from proli.cli.call_checks import look_at_calls
from proli.cli.findings import Finding
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings, VoiceSettings
from tests.doubles.serving import served
from tests.doubles.twilio import ACCOUNT, NUMBER, TOKEN
from tests.ports import free_port

PUBLIC = "https://proli.example.com"
HERE = f"{PUBLIC}/webhooks/twilio/voice"


class Account:
    """The numbers of an account, for whoever shows its token."""

    def __init__(self) -> None:
        self.url = ""
        self.numbers: list[dict[str, Any]] = [{"phone_number": NUMBER, "voice_url": HERE, "voice_method": "POST"}]
        self.token = TOKEN
        self.app = FastAPI()
        self.app.add_api_route("/2010-04-01/Accounts/{sid}/IncomingPhoneNumbers.json", self.list)

    async def list(self, sid: str, request: Request) -> Response:
        shown = base64.b64encode(f"{ACCOUNT}:{self.token}".encode()).decode()
        if sid != ACCOUNT or request.headers.get("authorization") != f"Basic {shown}":
            return Response('{"code": 20003, "message": "Authenticate", "status": 401}', status_code=401)
        wanted = request.query_params["PhoneNumber"]
        found = [one for one in self.numbers if one["phone_number"] == wanted]
        return Response(json.dumps({"incoming_phone_numbers": found, "page": 0}), media_type="application/json")


@pytest.fixture
async def account() -> AsyncGenerator[Account]:
    one = Account()
    async with served(one.app) as server:
        one.url = server.url
        yield one


@pytest.fixture
def runtime(runtime: Runtime) -> Runtime:
    runtime.settings.http = HttpSettings(public_url=PUBLIC)
    runtime.settings.voice = VoiceSettings(ears="typed")
    return runtime


async def findings(runtime: Runtime, twilio: str) -> dict[str, Finding]:
    return {one.what: one async for one in look_at_calls(runtime, twilio=twilio)}


async def test_a_number_that_tells_of_its_calls_here_is_well(
    runtime: Runtime, number_id: int, account: Account
) -> None:
    found = await findings(runtime, account.url)
    assert found[f"calls of {NUMBER}"].level == "ok"
    assert (found["calls' address"].level, found["calls' address"].found) == ("ok", HERE)
    assert (found["ears typed"].level, found["voice offline"].what) == ("note", "voice offline")


@pytest.mark.parametrize(
    ("change", "says", "todo"),
    [
        ({"token": "another"}, "Twilio answered 401", "Auth Token"),
        ({"numbers": []}, "no such number", "the account that has it"),
        ({"numbers": [{"phone_number": NUMBER, "voice_url": "https://old.example.com"}]}, "old.example.com", HERE),
        ({"numbers": [{"phone_number": NUMBER, "voice_url": ""}]}, "nobody", HERE),
    ],
)
async def test_what_is_wrong_with_a_number_is_said_with_what_to_do(
    runtime: Runtime, number_id: int, account: Account, change: dict[str, Any], says: str, todo: str
) -> None:
    vars(account).update(change)
    found = (await findings(runtime, account.url))[f"calls of {NUMBER}"]
    assert found.level == "bad"
    assert says in found.found
    assert todo in found.todo


async def test_without_an_address_for_twilio_or_a_way_to_it_calls_are_not_well(
    runtime: Runtime, number_id: int
) -> None:
    runtime.settings.http = HttpSettings()
    found = await findings(runtime, f"http://127.0.0.1:{free_port()}")
    assert found["calls' address"].level == "bad"
    assert found[f"calls of {NUMBER}"].found.startswith("Twilio is out of reach")


async def test_where_nobody_calls_and_nobody_hears_nothing_is_said(runtime: Runtime, business_id: int) -> None:
    runtime.settings.voice = VoiceSettings()
    assert await findings(runtime, "http://127.0.0.1:1") == {}
