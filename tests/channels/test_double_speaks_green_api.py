"""Green API's own client is a witness that our double is like the original, and our client like the double."""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from whatsapp_api_client_python import API  # pyright: ignore[reportMissingTypeStubs]

from proli.channels.base import SendDelayed, SendInDoubt, SendRefused
from proli.channels.green_api.account import look
from proli.channels.green_api.client import GreenApi
from proli.platform.runtime import Runtime
from tests.channels.conftest import CHAT, CUSTOMER
from tests.channels.expected import load
from tests.doubles.green_api import GreenApiDouble
from tests.patience import PATIENCE_S


@pytest.fixture
def sdk(green_api: GreenApiDouble) -> Any:
    url = green_api.url
    return API.GreenAPI(green_api.id_instance, green_api.api_token, host=url, media=url, host_timeout=PATIENCE_S)


async def ask(method: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    """The SDK blocks, so it works in a thread."""
    return await asyncio.to_thread(method, *arguments, **more)


async def test_the_sdk_sends_text_buttons_and_files(sdk: Any, green_api: GreenApiDouble) -> None:
    buttons = [{"buttonId": "confirm", "buttonText": "מאשר/ת"}]
    answers = [
        await ask(sdk.sending.sendMessage, CHAT, "שלום"),
        await ask(sdk.sending.sendInteractiveButtonsReply, CHAT, "לאשר?", buttons),
        await ask(sdk.sending.sendFileByUrl, CHAT, "https://example.com/menu.pdf", "menu.pdf", "התפריט"),
    ]
    assert [answer.code for answer in answers] == [200] * 3
    assert [answer.data["idMessage"] for answer in answers] == [entry.id_message for entry in green_api.sent]
    assert green_api.texts == ["שלום", "לאשר?", "התפריט"]


async def test_the_sdk_reads_the_journals_newest_first(sdk: Any, green_api: GreenApiDouble) -> None:
    for text in ("אחת", "שתיים"):
        await ask(sdk.sending.sendMessage, CHAT, text)
    history = (await ask(sdk.journals.getChatHistory, CHAT, 10)).data
    assert [item["extendedTextMessage"]["text"] for item in history] == ["שתיים", "אחת"]
    assert {item["type"] for item in history} == {"outgoing"}
    assert (await ask(sdk.queues.showMessagesQueue)).data == []
    green_api.in_queue = True
    queued = (await ask(sdk.queues.showMessagesQueue)).data
    assert [item["body"]["message"] for item in queued] == ["אחת", "שתיים"]


async def test_the_sdk_reads_and_changes_the_account(sdk: Any, green_api: GreenApiDouble) -> None:
    assert (await ask(sdk.account.getStateInstance)).data == {"stateInstance": "authorized"}
    assert (await ask(sdk.account.setSettings, {"webhookUrl": "http://127.0.0.1/x"})).data == {"saveSettings": True}
    assert (await ask(sdk.account.getSettings)).data["webhookUrl"] == "http://127.0.0.1/x"
    assert (await ask(sdk.serviceMethods.checkWhatsapp, 972500000001)).data == {"existsWhatsapp": True}
    green_api.files["A1"] = "https://example.com/a.jpg"
    assert (await ask(sdk.receiving.downloadFile, CHAT, "A1")).data == {"downloadUrl": "https://example.com/a.jpg"}


async def test_the_sdk_is_refused_as_by_the_original(sdk: Any, green_api: GreenApiDouble) -> None:
    assert (await ask(sdk.sending.sendMessage, "972500000001", "שלום")).code == 400
    assert (await ask(sdk.sending.sendInteractiveButtonsReply, CHAT, "?", [])).code == 400
    sdk.apiTokenInstance = "wrong"
    assert (await ask(sdk.sending.sendMessage, CHAT, "שלום")).code == 401
    assert green_api.sent == []


async def test_the_sdks_retries_double_a_message_whose_answer_was_lost(sdk: Any, green_api: GreenApiDouble) -> None:
    """Why Proli does not send through it: it repeats a POST that may have arrived."""
    green_api.fail_next("drop")
    await ask(sdk.sending.sendMessage, CHAT, "שלום")
    assert green_api.texts == ["שלום", "שלום"]


async def test_the_state_and_the_address_of_a_file(runtime: Runtime, green_api: GreenApiDouble) -> None:
    green_api.state, green_api.files["A1"] = "sleepMode", "https://example.com/a.jpg"
    assert (await look(runtime, green_api.credentials)).said == "sleepMode"
    found = await GreenApi().address_of_file(runtime, green_api.credentials, chat_id=CHAT, external_id="A1")
    assert found == "https://example.com/a.jpg"
    with pytest.raises(SendRefused, match="400"):
        await GreenApi().address_of_file(runtime, green_api.credentials, chat_id=CHAT, external_id="A2")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"api_token": "wrong/../token"}, SendRefused),
        ({"host": "http://127.0.0.1:9"}, SendDelayed),
        ({"host": "not an address"}, SendRefused),
        ({"host": "ftp://127.0.0.1"}, SendRefused),
        ({"host": "http://[::1"}, SendRefused),
    ],
)
async def test_credentials_that_lead_nowhere(
    runtime: Runtime, green_api: GreenApiDouble, changed: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        await look(runtime, green_api.credentials | changed)
    assert "wrong" not in str(raised.value)


async def test_credentials_that_are_incomplete_name_what_is_missing(runtime: Runtime) -> None:
    with pytest.raises(SendRefused, match="host"):
        await look(runtime, {"id_instance": "1", "api_token": "2"})


async def test_a_lost_answer_is_a_doubt(runtime: Runtime, green_api: GreenApiDouble) -> None:
    green_api.fail_next("garbage", methods=frozenset({"getStateInstance"}))
    with pytest.raises(SendInDoubt):
        await look(runtime, green_api.credentials)


def shape(value: Any) -> Any:
    """The names and types of `value`, without its contents."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}  # pyright: ignore
    return type(value).__name__


@pytest.mark.parametrize(
    ("ours", "real"),
    [
        ("text", "incoming_textMessage"),
        ("template", "incoming_templateButtonsReplyMessage"),
        ("interactive", "incoming_interactiveButtonsResponse"),
        ("legacy", "incoming_buttonsResponseMessage"),
    ],
)
def test_the_doubles_webhooks_have_the_shape_of_real_ones(green_api: GreenApiDouble, ours: Any, real: str) -> None:
    maker = green_api.webhooks
    made = maker.text(CUSTOMER, "שלום") if ours == "text" else maker.tap(CUSTOMER, button_id="1", text="כן", shape=ours)
    assert shape(made) == shape(load(real))


async def test_the_double_runs_as_a_process_of_its_own(unused_tcp_port: int) -> None:
    command = [sys.executable, "-m", "tests.doubles.green_api", "--port", str(unused_tcp_port)]
    process = await asyncio.create_subprocess_exec(*command)
    url = f"http://127.0.0.1:{unused_tcp_port}"
    try:
        transport = httpx2.AsyncHTTPTransport(retries=10)
        async with httpx2.AsyncClient(transport=transport, base_url=url, timeout=PATIENCE_S) as client:
            assert (await client.get("/__journal")).json() == {"sent": [], "calls": [], "telling": 0}
            order = {"way": "status", "status": 429, "methods": ["sendMessage"]}
            assert (await client.post("/__fail", content=json.dumps(order))).json() == {"waiting": 1}
    finally:
        process.terminate()
        await process.wait()
