"""What Green API says reaches the inbox once, and nothing it could send breaks the door."""

import asyncio
import base64
import dataclasses
import json
import random
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from proli.channels.green_api.webhook import router
from proli.contacts.models import Contact
from proli.conversations.models import ChannelAccount, Conversation, Delivery, Message, MessageKind, Owner
from proli.conversations.queries import list_unanswered
from proli.platform.db import Database
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings, Settings
from tests.channels.conftest import CUSTOMER, Outbox
from tests.channels.test_parse import EXPECTED, VALUES, load
from tests.doubles.green_api import WEBHOOK_TOKEN, GreenApiDouble
from tests.doubles.serving import served

PATH = "/webhooks/green-api"
HEADERS = {"authorization": f"Bearer {WEBHOOK_TOKEN}"}


@pytest.fixture
def app(runtime: Runtime, account_id: int) -> FastAPI:
    app = FastAPI()
    app.state.runtime = runtime
    app.include_router(router)
    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncGenerator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://proli", headers=HEADERS) as client:
        yield client


class Rows:
    """What is stored, seen by the business."""

    def __init__(self, runtime: Runtime, business_id: int) -> None:
        self.runtime, self.business_id = runtime, business_id

    async def messages(self) -> list[Message]:
        async with self.runtime.db.begin(self.business_id) as session:
            return list(await session.scalars(select(Message).order_by(Message.id)))

    async def one[T](self, table: type[T]) -> T:
        async with self.runtime.db.begin(self.business_id) as session:
            return (await session.scalars(select(table))).one()

    async def jobs(self) -> list[str]:
        async with self.runtime.db.begin_operator() as session:
            found = await session.scalars(text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'"))
            return list(found)


@pytest.fixture
def rows(runtime: Runtime, business_id: int) -> Rows:
    return Rows(runtime, business_id)


async def test_a_message_is_stored_with_its_job_before_the_answer(
    client: httpx2.AsyncClient, rows: Rows, green_api: GreenApiDouble
) -> None:
    answer = await client.post(PATH, json=green_api.webhooks.text(CUSTOMER, "יש נזילה"))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    (message,) = await rows.messages()
    assert (message.text, message.wants_answer) == ("יש נזילה", True)
    assert (await rows.one(Contact)).phone_e164 == CUSTOMER
    assert await rows.jobs() == ["agent.jobs.answer"]


async def test_delivered_five_times_it_is_one_message_and_one_job(
    client: httpx2.AsyncClient, rows: Rows, green_api: GreenApiDouble
) -> None:
    payload = green_api.webhooks.text(CUSTOMER, "שלום")
    answers = await asyncio.gather(*(client.post(PATH, json=payload) for _ in range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert len(await rows.messages()) == 1
    assert len(await rows.jobs()) == 1


async def test_messages_out_of_order_are_read_in_the_order_they_were_written(
    client: httpx2.AsyncClient, rows: Rows, green_api: GreenApiDouble
) -> None:
    payloads = [green_api.webhooks.text(CUSTOMER, str(n)) | {"timestamp": 1795220000 + n} for n in range(6)]
    random.Random(4).shuffle(payloads)
    for payload in payloads:
        await client.post(PATH, json=payload)
    conversation = await rows.one(Conversation)
    async with rows.runtime.db.begin(rows.business_id) as session:
        unanswered = await list_unanswered(session, conversation.id)
    assert [message.text for message in unanswered] == ["0", "1", "2", "3", "4", "5"]


async def test_a_burst_of_many_people_over_real_http_loses_nothing(
    app: FastAPI, rows: Rows, green_api: GreenApiDouble
) -> None:
    payloads = [green_api.webhooks.text(f"+9725000000{n % 10:02}", f"הודעה {n}") for n in range(60)]
    async with served(app) as server, httpx2.AsyncClient(base_url=server.url, headers=HEADERS, timeout=30) as client:
        answers = await asyncio.gather(*(client.post(PATH, json=payload) for payload in payloads * 2))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(message.text for message in await rows.messages()) == sorted(f"הודעה {n}" for n in range(60))
    assert len(await rows.jobs()) == 10


async def test_every_real_payload_is_taken(client: httpx2.AsyncClient) -> None:
    answers = {name: (await client.post(PATH, json=load(name))).status_code for name in EXPECTED}
    assert answers == dict.fromkeys(EXPECTED, 200)


@pytest.mark.parametrize("shape", ["template", "interactive", "legacy"])
async def test_a_tap_on_a_button_is_stored_as_such(
    client: httpx2.AsyncClient, rows: Rows, green_api: GreenApiDouble, shape: Any
) -> None:
    tap = green_api.webhooks.tap(CUSTOMER, button_id="approve:7", text="אשר", quoted="3EB0", shape=shape)
    await client.post(PATH, json=tap)
    (message,) = await rows.messages()
    assert message.kind == MessageKind.button
    assert (message.button_id, message.text, message.quoted_external_id) == ("approve:7", "אשר", "3EB0")


async def test_words_typed_on_the_businesss_phone_take_the_conversation_over(
    client: httpx2.AsyncClient, rows: Rows, green_api: GreenApiDouble
) -> None:
    await client.post(PATH, json=green_api.webhooks.text(CUSTOMER, "שלום"))
    await client.post(PATH, json=green_api.webhooks.human(CUSTOMER, "אני מטפל"))
    assert (await rows.one(Conversation)).owner == Owner.human


async def test_echo_and_statuses_follow_a_message_home(
    client: httpx2.AsyncClient, app: FastAPI, outbox: Outbox, queue: Queue, green_api: GreenApiDouble
) -> None:
    async with served(app) as server:
        green_api.settings["webhookUrl"] = server.url + PATH
        green_api.echoes = True
        await outbox.queue("שלום")
        await queue.drain()
        await green_api.settle()
    (message,) = await outbox.messages()
    assert message.delivery == Delivery.delivered


async def test_an_older_state_does_not_replace_a_newer_one(client: httpx2.AsyncClient, rows: Rows) -> None:
    newer = load("stateInstanceChanged_notAuthorized") | {"timestamp": 1795220201}
    for payload in (newer, load("stateInstanceChanged_authorized")):
        await client.post(PATH, json=payload)
    assert (await rows.one(ChannelAccount)).state == "notAuthorized"


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

    async with served(app) as server, httpx2.AsyncClient(base_url=server.url, headers=HEADERS) as client:
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
    from proli.conversations.accounts import add_channel_account

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
