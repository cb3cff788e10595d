"""Nothing that could be sent to the webhook breaks the door, and only the right token opens it."""

import base64
import dataclasses
import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from proli.conversations.accounts import add_channel_account
from proli.conversations.errors import WebhookTokenTooShort
from proli.conversations.models import MessageKind
from proli.platform.db import Database
from proli.platform.runtime import Runtime
from proli.platform.security import digest
from proli.platform.settings import HttpSettings, Settings
from tests.channels.conftest import CUSTOMER, HEADERS, PATH, Rows
from tests.channels.expected import EXPECTED, load
from tests.channels.test_parse import VALUES
from tests.doubles.green_api import WEBHOOK_TOKEN, GreenApiDouble
from tests.doubles.serving import served
from tests.patience import PATIENCE_S


@pytest.mark.parametrize(
    "shown",
    [WEBHOOK_TOKEN, f"Bearer {WEBHOOK_TOKEN}", f"bearer {WEBHOOK_TOKEN}", f"Basic {WEBHOOK_TOKEN}"],
)
async def test_the_token_may_be_bare_or_after_a_scheme(client: httpx2.AsyncClient, shown: str) -> None:
    answer = await client.post(PATH, json=load("incoming_textMessage"), headers={"authorization": shown})
    assert answer.status_code == 200


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer ", "Bearer wrong", "Token x", "ÿÿ", "Basic " + "x" * 5000])
async def test_a_wrong_token_is_refused_and_stores_nothing(client: httpx2.AsyncClient, rows: Rows, shown: str) -> None:
    headers = {b"authorization": shown.encode("latin-1")}
    answer = await client.post(PATH, json=load("incoming_textMessage"), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_refused")
    assert await rows.messages() == []


async def test_an_account_without_a_token_takes_no_webhooks(client: httpx2.AsyncClient, runtime: Runtime) -> None:
    async with runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE channel_accounts SET token_digest = NULL"))
    assert (await client.post(PATH, json=load("incoming_textMessage"))).status_code == 401


@pytest.mark.parametrize("instance", [7103000002, "7103000002", 10**17])
async def test_an_unknown_instance_is_not_found(client: httpx2.AsyncClient, instance: object) -> None:
    payload = load("incoming_textMessage") | {"instanceData": {"idInstance": instance}}
    answer = await client.post(PATH, json=payload)
    assert (answer.status_code, answer.json()["code"]) == (404, "channel_account_not_found")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"[]",
        b"null",
        b"{}",
        b'{"typeWebhook": "incomingMessageReceived"}',
        b'{"instanceData": {"idInstance": true}}',
        b'{"instanceData": {"idInstance": 1.5}}',
        b'{"instanceData": {"idInstance": -1}}',
        b'{"instanceData": {"idInstance": "7103000001\\u0000"}}',
        b'{"instanceData": []}',
        b'{"a": NaN}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b"\xff\xfe{",
        b'{"a":' * 100_000,
        b"[" * 400_000,
        b'{"instanceData": {"idInstance": 7103000001}}',
    ],
)
async def test_what_is_no_webhook_is_refused(client: httpx2.AsyncClient, body: bytes) -> None:
    answer = await client.post(PATH, content=body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "detail"}


async def test_a_body_too_large_is_refused_announced_or_not(app: FastAPI, settings: Settings, runtime: Runtime) -> None:
    settings.http = HttpSettings(host="127.0.0.1", port=0, max_body_bytes=1_000)
    body = json.dumps(load("incoming_textMessage") | {"more": "x" * 1_000}).encode()

    async def chunks() -> AsyncGenerator[bytes]:
        for start in range(0, len(body), 100):
            yield body[start : start + 100]

    async with (
        served(app) as server,
        httpx2.AsyncClient(base_url=server.url, headers=HEADERS, timeout=PATIENCE_S) as client,
    ):
        assert (await client.post(PATH, content=body)).status_code == 413
        assert (await client.post(PATH, content=chunks())).status_code == 413


@pytest.mark.parametrize(
    "said",
    ["א\x00ב", "\ud83d", "\ude00 סוף", "א" * 30_000, "\u202eהיפוך\u202c", ""],
)
async def test_text_that_the_database_cannot_hold_is_stored_as_far_as_it_can(
    client: httpx2.AsyncClient, rows: Rows, green_api: GreenApiDouble, said: str
) -> None:
    payload = green_api.webhooks.text(CUSTOMER, said, name="ד\x00נ\udfffה")
    answer = await client.post(PATH, content=json.dumps(payload).encode())
    assert answer.status_code == 200
    assert len(await rows.messages()) == 1


async def test_a_contacts_message_that_cannot_be_read_is_kept(client: httpx2.AsyncClient, rows: Rows) -> None:
    payload = load("incoming_locationMessage")
    payload["messageData"]["locationMessageData"]["latitude"] = "north"
    assert (await client.post(PATH, json=payload)).status_code == 200
    (message,) = await rows.messages()
    assert (message.kind, message.media) == (MessageKind.unsupported, {"type": "locationMessage"})
    assert message.wants_answer


async def test_another_webhook_that_cannot_be_read_does_not_hold_up_the_rest(
    client: httpx2.AsyncClient, rows: Rows
) -> None:
    payload = load("outgoingMessageStatus_read")
    del payload["idMessage"]
    assert (await client.post(PATH, json=payload)).status_code == 200
    assert await rows.messages() == []


async def test_while_the_database_is_away_webhooks_are_to_come_again(app: FastAPI, runtime: Runtime) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing")
    app.state.runtime = dataclasses.replace(runtime, db=away)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://proli", headers=HEADERS) as client:
        answer = await client.post(PATH, json=load("incoming_textMessage"))
    assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
    await away.close()


async def test_a_token_configured_with_its_scheme_is_compared_whole(
    client: httpx2.AsyncClient, runtime: Runtime, green_api: GreenApiDouble, business_id: int
) -> None:
    token = "Basic " + base64.b64encode(b"proli:secret").decode()
    async with runtime.db.begin(business_id) as session:
        await add_channel_account(
            session,
            runtime.vault,
            provider="green_api",
            external_id=green_api.id_instance,
            credentials=green_api.credentials,
            webhook_token=token,
        )
    answer = await client.post(PATH, json=load("incoming_textMessage"), headers={"authorization": token})
    assert answer.status_code == 200


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data(), st.sampled_from(sorted(EXPECTED)), VALUES)
async def test_nothing_said_with_the_right_token_breaks_the_door(
    client: httpx2.AsyncClient, data: st.DataObject, name: str, value: Any
) -> None:
    payload = load(name)
    section = payload.get("messageData", payload)
    part = data.draw(st.sampled_from([part for part in section.values() if isinstance(part, dict)] or [section]))
    part[data.draw(st.sampled_from(sorted(part) or ["x"]))] = value
    answer = await client.post(PATH, content=json.dumps(payload).encode())
    assert answer.status_code in {200, 400, 404}


@pytest.mark.parametrize("token", ["", "short", "x" * 15])
async def test_a_token_that_could_be_guessed_is_not_taken(
    runtime: Runtime, green_api: GreenApiDouble, business_id: int, token: str
) -> None:
    with pytest.raises(WebhookTokenTooShort):
        async with runtime.db.begin(business_id) as session:
            await add_channel_account(
                session, runtime.vault, provider="green_api", external_id="1", credentials={}, webhook_token=token
            )


@pytest.mark.parametrize("shown", ["", "Bearer ", "Basic "])
async def test_an_empty_token_of_earlier_days_opens_nothing(
    client: httpx2.AsyncClient, runtime: Runtime, shown: str
) -> None:
    async with runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE channel_accounts SET token_digest = :empty"), {"empty": digest("")})
    for payload in ("incoming_textMessage", "stateInstanceChanged_authorized"):
        answer = await client.post(PATH, json=load(payload), headers={"authorization": shown})
        assert answer.status_code == 401
