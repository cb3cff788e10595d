"""A call that somebody of the business plays: the same line and the same Leah, and nothing of it reaches a phone."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from proli.accounts.permissions import Role
from proli.channels.simulator.channel import say
from proli.conversations.models import ChannelAccount, MessageKind
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.voice.live.ears import Ears, Heard, TypedBeside, TypedEars
from proli.voice.live.leah import Leah
from proli.voice.models import CallTransfer
from proli.voice.rules import CallOutcome
from proli.voice.talking import Words
from tests.console import Browser, Console, console, manager
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import ACCOUNT, CALL, CALLER, Twilio
from tests.patience import PATIENCE_S
from tests.voice.conftest import Desk
from tests.voice.live.conftest import Call, conversation_of, dialled, in_call, lead_of, rows, thread
from tests.voice.live.test_leading import HUMAN
from tests.voice.transfers import take_calls

__all__ = ["console", "manager"]

CALLS = "/api/businesses/moran/calls"
PLAYED = "+972505550001"


async def asked(browser: Browser, phone: str | None = PLAYED) -> Any:
    answer = await browser.call("POST", f"{CALLS}/simulated", {"phone": phone})
    assert answer.status_code == 201, answer.text
    return answer.json()


@asynccontextmanager
async def played(twilio: Twilio, desk: Desk, made: Any) -> AsyncGenerator[Call]:
    """The call as the page plays it, after the greeting."""
    url = twilio.public_url.replace("http", "ws") + made["path"]
    async with dialled(url, token=made["token"], call=made["call_sid"], account=ACCOUNT) as phone:
        assert await phone.hear_out(within_s=PATIENCE_S)
        yield Call(phone, desk)


async def type_in(call: Call, text: str) -> None:
    """As the page sends a sentence that was typed: whole, and with no sound."""
    await call.phone.send("words", words={"text": text, "final": True})
    assert await call.phone.hear_out(within_s=PATIENCE_S)


async def test_what_is_typed_is_answered_and_nothing_of_the_call_reaches_a_phone(
    manager: Browser, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, queue: Queue
) -> None:
    await take_calls(desk)
    made = await asked(manager)
    assert made["hears"] is False
    async with played(twilio, desk, made) as call:
        await type_in(call, "שלום אני מחפשת דירה לקנייה ברעננה")
        assert (await lead_of(desk)).locality == "רעננה"
        await call.phone.send("words", words={"text": HUMAN, "final": True})
        assert await call.phone.hear_out(within_s=PATIENCE_S)
        assert "שיחזור אליך בהקדם" in (await call.said())[-1][1]
        assert (await manager.call("POST", f"{CALLS}/{made['call_id']}/takeover", {"phone": CALLER})).status_code == 409
        await call.hang_up()
    ended = (await manager.call("GET", f"{CALLS}/{made['call_id']}")).json()
    assert (ended["call"]["simulated"], ended["call"]["phone"]) == (True, PLAYED)
    await queue.drain()
    (account,) = [one for one in await rows(desk, ChannelAccount) if one.provider == "simulator"]
    assert (await conversation_of(desk)).channel_account_id == account.id
    assert await rows(desk, CallTransfer) == []
    assert green_api.sent == []


async def test_a_call_that_is_left_goes_on_in_the_simulators_chat(
    manager: Browser, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, queue: Queue
) -> None:
    async with played(twilio, desk, await asked(manager)) as call:
        await type_in(call, "אני מחפשת דירה לקנייה ברעננה")
        await call.phone.socket.close()
        await desk.until(lambda one: one.ended_at is not None)
    assert (await desk.call()).outcome is CallOutcome.dropped
    await queue.drain()
    written = [one for one in await thread(desk) if one.kind is not MessageKind.call]
    assert len(written) == 1
    assert green_api.sent == []


async def test_only_managers_play_calls_each_line_opens_once_and_no_customer_is_played(
    manager: Browser, console: Console, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, runtime: Runtime
) -> None:
    await console.add_person("agent@example.com", role=Role.agent)
    agent = await console.signed_in("agent@example.com")
    assert (await agent.call("POST", f"{CALLS}/simulated", {})).status_code == 403
    async with in_call(twilio, desk, From=CALLER) as call:
        await call.hang_up()
    refused = await manager.call("POST", f"{CALLS}/simulated", {"phone": CALLER})
    assert (refused.status_code, refused.json()["code"]) == (409, "phone_is_real")
    await say(runtime, business_id=desk.business_id, phone_e164=PLAYED, name="", text="שלום")
    made = await asked(manager)
    assert (await asked(manager, None))["call_sid"] != made["call_sid"]
    url = twilio.public_url.replace("http", "ws") + made["path"]
    async with dialled(url, token=made["token"], call=CALL, account=ACCOUNT) as other:
        await other.over.wait()
    async with (
        played(twilio, desk, made),
        dialled(url, token=made["token"], call=made["call_sid"], account=ACCOUNT) as second,
    ):
        await second.over.wait()
        assert not any(byte != 0xFF for byte in second.heard)


@dataclass
class Echo:
    """Ears that write down one thing, once they have heard any sound."""

    lag_ms: int = 0

    def __post_init__(self) -> None:
        self._typed = TypedEars()

    def feed(self, frame: Any) -> None:
        self._typed.feed(Words("נשמע", True))

    def taken(self, quiet_s: float) -> None: ...

    def heard(self) -> AsyncGenerator[Heard]:
        return self._typed.heard()


class Broken(Echo):
    async def heard(self) -> AsyncGenerator[Heard]:
        raise OSError("gone")
        yield Heard("", True)


async def test_ears_beside_which_words_are_typed_hear_both_and_fail_as_they_do() -> None:
    ears = TypedBeside(Echo())
    written = ears.heard()
    ears.feed(Words("הוקלד", True))
    assert await anext(written) == Heard("הוקלד", True)
    ears.feed(None)  # type: ignore[arg-type]
    assert await anext(written) == Heard("נשמע", True)
    await written.aclose()
    with pytest.raises(OSError, match="gone"):
        await anext(TypedBeside(Broken()).heard())


def echo(*_: object) -> Echo:
    return Echo()


def test_in_real_calls_nothing_that_is_typed_is_heard(talker: Leah, runtime: Runtime) -> None:
    def kinds(external_id: str) -> list[type[Ears]]:
        call: Any = type("Call", (), {"simulated": external_id.startswith("sim-")})()
        return [type(one) for one in replace(talker, ears=(echo,)).ears_in(runtime, call)]

    assert kinds(CALL) == [Echo]
    assert kinds("sim-1") == [TypedBeside, TypedEars]
