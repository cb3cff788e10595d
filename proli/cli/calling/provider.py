"""The provider of a call that is played: it tells of the call with its signature, and does what it is told."""

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, fromstring

import httpx2

PATH = "/webhooks/twilio/voice"


@dataclass
class Provider:
    """One call at a server, from a number to a number."""

    server: str
    account: str
    token: str
    number: str
    caller: str
    call: str = field(default_factory=lambda: f"CA{secrets.token_hex(16)}")

    async def tell(self, path: str, **more: str) -> Element:
        """What the server wants done."""
        fields = {
            "AccountSid": self.account, "ApiVersion": "2010-04-01", "CallSid": self.call, "From": self.caller,
            "To": self.number, "Caller": self.caller, "Called": self.number, "Direction": "inbound", **more,
        }  # fmt: skip
        url = self.server + path
        headers = {
            "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signed(url, fields, self.token),
        }  # fmt: skip
        async with httpx2.AsyncClient(timeout=30) as http:
            answer = await http.post(url, content=urlencode(fields), headers=headers)
        answer.raise_for_status()
        ordered = "xml" in answer.headers.get("content-type", "")
        return fromstring(answer.text) if ordered else Element("Response")  # noqa: S314 - our own server's

    async def ring(self) -> Element:
        return await self.tell(PATH, CallStatus="ringing")

    async def after_line(self) -> Element:
        return await self.tell(f"{PATH}/after", CallStatus="in-progress")

    async def end(self) -> None:
        await self.tell(f"{PATH}/status", CallStatus="completed", CallDuration="60")


def signed(url: str, fields: Mapping[str, str], token: str) -> str:
    words = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), words.encode(), sha1).digest()).decode()


def line_in(order: Element) -> tuple[str, str] | None:
    """Where to open the line and with which token; None where the server wants something else."""
    stream = next(order.iter("Stream"), None)
    if stream is None:
        return None
    token = next((one.get("value", "") for one in stream.iter("Parameter") if one.get("name") == "token"), "")
    return stream.get("url", ""), token
