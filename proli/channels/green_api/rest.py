"""One request to Green API's REST interface, with every way it can fail sorted into refused, delayed or in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx2

from proli.channels.base import SendDelayed, SendInDoubt, SendRefused, retry_after_s
from proli.conversations.failures import SendFailure
from proli.platform.runtime import Runtime
from proli.platform.security import mask

NEVER_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
"""The request has certainly not reached the provider."""
NO_ADDRESS = (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError)
SIGNS = {
    SendFailure.no_whatsapp: ("no whatsapp", "not registered", "noaccount", "not exist"),
    SendFailure.quota: ("quota", "monthly"),
    SendFailure.signed_out: ("not authorized", "not authorised", "unauthorized", "unauthorised"),
}
OTHERWISE = SendFailure.refused
NOT_READY = ("starting", "not authorized", "notauthorized")


@dataclass(frozen=True, slots=True)
class Account:
    """An instance of Green API and the token that stands in the path of every request to it."""

    id_instance: str
    api_token: str = field(repr=False)
    host: str

    @classmethod
    def of(cls, credentials: Mapping[str, str]) -> "Account":
        """Raises SendRefused when the credentials are not those of an instance."""
        try:
            return cls(credentials["id_instance"], credentials["api_token"], credentials["host"].rstrip("/"))
        except KeyError as missing:
            raise SendRefused(f"the channel account has no {missing.args[0]}") from missing

    def url(self, method: str) -> str:
        return f"{self.host}/waInstance{quote(self.id_instance, safe='')}/{method}/{quote(self.api_token, safe='')}"


class MethodRefused(SendRefused):
    """This method will not take the message; another one may."""


async def call(runtime: Runtime, account: Account, method: str, body: Mapping[str, Any] | None = None) -> Any:
    """Green API's answer to `method`, parsed; a GET when there is no body.

    Raises:
        SendRefused, SendDelayed, SendInDoubt: none of them names the token.
    """
    verb = "GET" if body is None else "POST"
    try:
        response = await runtime.http.request(verb, account.url(method), json=body)
    except NO_ADDRESS:
        raise SendRefused(f"{mask(account.host)} is not an address") from None
    except NEVER_LEFT as error:
        raise SendDelayed(f"Green API is out of reach: {type(error).__name__}") from None
    except httpx2.TransportError as error:
        raise SendInDoubt(f"Green API's answer was lost: {type(error).__name__}") from None
    except httpx2.DecodingError:
        raise SendInDoubt("Green API's answer is unreadable") from None
    if response.status_code != 200:
        raise refusal(response, now=runtime.clock.now())
    try:
        return response.json()
    except (ValueError, RecursionError):
        raise SendInDoubt("Green API's answer is unreadable") from None


def refusal(response: httpx2.Response, *, now: datetime) -> Exception:
    """What an answer other than 200 means for the message."""
    status, said = response.status_code, explain(response)
    if status == 429:
        return SendDelayed(said, SendFailure.refused, after_s=retry_after_s(response.headers, now=now))
    if status >= 500 or status == 408:
        return SendInDoubt(said)
    if status == 400 and any(word in response.text.lower() for word in NOT_READY):
        return SendDelayed(said, SendFailure.signed_out)
    if status == 401:
        return SendRefused(said, SendFailure.signed_out)
    if status == 466:
        return SendRefused(said, SendFailure.quota)
    return MethodRefused(said, failure_of(said))


def failure_of(said: str) -> SendFailure:
    """Why a message did not go out, by Green API's own words."""
    words = said.lower()
    return next((failure for failure, signs in SIGNS.items() if any(sign in words for sign in signs)), OTHERWISE)


def explain(response: httpx2.Response) -> str:
    """The status and what Green API says about it, fit to be stored and logged: its errors repeat path and token."""
    return mask(f"Green API answered {response.status_code}: {response.text[:300]}".replace("\x00", "")).rstrip(": ")
