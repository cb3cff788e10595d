"""What Green API says reaches the inbox, once."""

import asyncio
import random
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from proli.contacts.models import Contact
from proli.conversations.models import ChannelAccount, Conversation, Delivery, MessageKind, Owner
from proli.conversations.queries import list_unanswered
from proli.platform.queue import Queue
from tests.channels.conftest import CUSTOMER, HEADERS, PATH, Outbox, Rows
from tests.channels.expected import EXPECTED, load
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.serving import served
from tests.patience import PATIENCE_S


async def test_a_message_is_stored_with_its_job_before_the_answer(
    client: httpx2.AsyncClient, rows: Rows, green_api: GreenApiDouble
) -> None:
    answer = await client.post(PATH, json=green_api.webhooks.text(CUSTOMER, "יש נזילה"))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    (message,) = await rows.messages()
    assert (message.text, message.wants_answer) == ("יש נזילה", True)
    assert (await rows.one(Contact)).phone_e164 == CUSTOMER
    assert await rows.jobs() == ["chat.jobs.answer"]


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
    async with (
        served(app) as server,
        httpx2.AsyncClient(base_url=server.url, headers=HEADERS, timeout=PATIENCE_S) as client,
    ):
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
