"""Twilio on the other end: it signs and sends what it tells of a call, and opens the call's line. It shares no code
with the product.
"""

import base64
import contextlib
import hmac
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError

from tests.patience import PATIENCE_S

FIXTURES = Path(__file__).parents[1] / "voice/fixtures"
ACCOUNT = "AC00000000000000000000000000000000"
RECORDING = "RE00000000000000000000000000000001"
CALL = "CA00000000000000000000000000000001"
NUMBER, CALLER = "+97237000000", "+972500000001"
TOKEN, SHARED_KEY = "0123456789abcdef0123456789abcdef", "a-shared-key-of-the-account"
VOICE = "/webhooks/twilio/voice"
SILENCE = bytes([0xFF]) * 160
_calls = count(2)


def load(name: str) -> Any:
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def fields_of(name: str, **changes: str) -> dict[str, str]:
    """A recorded form with other values."""
    return {**load(name)["fields"], **changes}


def new_call() -> str:
    return f"CA{next(_calls):032x}"


def signed(url: str, fields: Mapping[str, str], secret: str = TOKEN, *, new: bool = False) -> dict[str, str]:
    """The headers by which Twilio shows itself: the old algorithm, or with `new` the one of shared keys."""
    words = url + "".join(name + fields[name] for name in sorted(fields))
    made = hmac.new(secret.encode(), words.encode(), sha256 if new else sha1).digest()
    settings = {"x-twilio-webhooks-signature-settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"} if new else {}
    return {"x-twilio-signature": base64.b64encode(made).decode(), **settings}


@dataclass
class Twilio:
    """What it tells; `public_url` is the address that it was given, where that is another than it reaches."""

    http: httpx2.AsyncClient
    public_url: str

    async def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        shown = signed(self.public_url + path, fields) if headers is None else headers
        form = {"content-type": "application/x-www-form-urlencoded", **shown}
        return await self.http.post(path, content=urlencode(fields), headers=form)

    async def tell(self, path: str, name: str, call: str = CALL, **changes: str) -> httpx2.Response:
        return await self.post(path, fields_of(name, CallSid=call, **changes))

    async def ring(self, call: str = CALL, **changes: str) -> httpx2.Response:
        return await self.tell(VOICE, "voice_inbound", call, **changes)

    async def status(self, state: str, call: str = CALL, **changes: str) -> httpx2.Response:
        return await self.tell(f"{VOICE}/status", "voice_status_callback", call, CallStatus=state, **changes)

    async def of_out(self, made: Mapping[str, Sequence[str]], call: str, state: str, **changes: str) -> httpx2.Response:
        """What is told of a call that it was asked to make: how far it has come, or with `in-progress` that it was
        answered."""
        url = made["Url" if state == "in-progress" else "StatusCallback"][0]
        ends = {"From": made["From"][0], "To": made["To"][0], "Caller": made["From"][0], "Called": made["To"][0]}
        about = {"Direction": "outbound-api", "CallStatus": state, **ends, **changes}
        return await self.tell(url.removeprefix(self.public_url), "voice_inbound", call, **about)

    async def after(self, call: str = CALL, **changes: str) -> httpx2.Response:
        return await self.tell(f"{VOICE}/after", "connect_action_after_stream", call, **changes)

    async def dialled(self, order: "Order", call: str = CALL, *, said: str = "no-answer") -> httpx2.Response:
        """Whoever was rung has not answered, or the talk with them is over."""
        path = order.after.removeprefix(self.public_url)
        leg = {"DialCallStatus": said, "DialCallSid": new_call()}
        return await self.tell(path, "connect_action_after_stream", call, **leg)

    async def picks_up(self, order: "Order", leg: str = "", call: str = CALL) -> httpx2.Response:
        """Whoever was rung has picked up: what do they hear?"""
        return await self._of_leg(order.whisper, order, leg or new_call(), call)

    async def presses(
        self, order: "Order", chosen: str, digit: str, leg: str = "", call: str = CALL
    ) -> httpx2.Response:
        return await self._of_leg(chosen, order, leg or new_call(), call, Digits=digit)

    async def _of_leg(self, url: str, order: "Order", leg: str, call: str, **more: str) -> httpx2.Response:
        about = {
            "ParentCallSid": call, "Direction": "outbound-dial", "From": order.caller, "To": order.phone,
            "CallStatus": "in-progress", **more,
        }  # fmt: skip
        return await self.tell(url.removeprefix(self.public_url), "voice_inbound", leg, **about)

    async def left_word(self, order: "Order", call: str = CALL, **changes: str) -> httpx2.Response:
        """What was said after the tone is recorded, and the caller is still there."""
        return await self._recorded(order.after, call, Digits="#", **changes)

    async def recording(self, order: "Order", call: str = CALL, **changes: str) -> httpx2.Response:
        return await self._recorded(order.told_to, call, **changes)

    async def _recorded(self, url: str, call: str, **changes: str) -> httpx2.Response:
        about = {"RecordingSid": RECORDING, "RecordingSource": "RecordVerb", **changes}
        return await self.tell(url.removeprefix(self.public_url), "recording_status_callback", call, **about)


@dataclass
class Order:
    """What Twilio was told to do with a call."""

    verbs: list[str]
    says: str
    url: str = ""
    token: str = ""
    after: str = ""
    told_to: str = ""
    phone: str = ""
    """Who is rung, as `caller`."""
    caller: str = ""
    whisper: str = ""
    chosen: str = ""
    """Where the key is told that somebody presses."""


def order_of(answer: httpx2.Response) -> Order:
    assert answer.status_code == 200, answer.text
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "Response"
    order = Order([one.tag for one in root], " ".join(one.text or "" for one in root.iter("Say")))
    for line in root.iter("Connect"):
        (stream,) = line.iter("Stream")
        order.after, order.url, order.told_to = (
            line.attrib["action"],
            stream.attrib["url"],
            stream.attrib["statusCallback"],
        )
        order.token = next(one.attrib["value"] for one in stream.iter("Parameter") if one.attrib["name"] == "token")
    for dial in root.iter("Dial"):
        (number,) = dial.iter("Number")
        order.after, order.caller = dial.attrib["action"], dial.attrib.get("callerId", "")
        order.phone, order.whisper = number.text or "", number.attrib["url"]
    for word in root.iter("Record"):
        order.after, order.told_to = word.attrib["action"], word.attrib["recordingStatusCallback"]
    for gather in root.iter("Gather"):
        order.chosen = gather.attrib["action"]
    return order


@dataclass
class Caller:
    """The caller's side of an open line."""

    socket: ClientConnection
    call: str
    stream: str
    heard: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    sequence: int = 1

    async def send(self, event: str, **about: Any) -> None:
        self.sequence += 1
        about = {"event": event, "sequenceNumber": str(self.sequence), "streamSid": self.stream, **about}
        await self.socket.send(json.dumps(about))

    async def speak(self, data: bytes = SILENCE) -> None:
        payload = base64.b64encode(data).decode()
        media = {"track": "inbound", "chunk": "1", "timestamp": str(20 * self.sequence), "payload": payload}
        await self.send("media", media=media)

    async def press(self, digit: str) -> None:
        await self.send("dtmf", dtmf={"track": "inbound_track", "digit": digit})

    async def hear(self) -> dict[str, Any]:
        self.heard.append(json.loads(await self.socket.recv()))
        return self.heard[-1]

    async def hang_up(self) -> None:
        """As when the caller does: Twilio says so, and then closes."""
        await self.send("stop", stop={"accountSid": ACCOUNT, "callSid": self.call})
        await self.socket.close()

    async def closed(self) -> tuple[int, str]:
        """How the other side has closed the line."""
        with contextlib.suppress(ConnectionClosedError):
            async for words in self.socket:
                self.heard.append(json.loads(words))
        return self.socket.close_code or 0, self.socket.close_reason or ""


@asynccontextmanager
async def line(
    order: Order, call: str = CALL, *, token: str | None = None, begins: bool = True
) -> AsyncGenerator[Caller]:
    """The line that was asked for, opened as Twilio does."""
    connected, start = load("media_stream_from_twilio")[:2]
    stream = f"MZ{call[2:]}"
    start["start"] |= {
        "callSid": call, "streamSid": stream, "customParameters": {"token": order.token if token is None else token},
    }  # fmt: skip
    async with connect(order.url, subprotocols=["audio.twilio.com"], open_timeout=PATIENCE_S) as socket:  # type: ignore[list-item]
        caller = Caller(socket, call, stream)
        if begins:
            await socket.send(json.dumps(connected))
            await socket.send(json.dumps(start | {"streamSid": stream}))
        yield caller
