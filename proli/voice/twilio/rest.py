"""What we ask of Twilio itself: a recording, and that it is deleted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx2
from sqlalchemy import select

from proli.platform.db import BusinessSession
from proli.platform.errors import ProliError
from proli.platform.media import MediaUnavailable, load_media, read_bounded
from proli.platform.runtime import Runtime
from proli.platform.security import Vault
from proli.voice.models import VoiceNumber

GONE: Final = 404
BUSY: Final = 429
LONGEST_ANSWER: Final = 64_000


class ProviderUnavailable(ProliError):
    """Twilio cannot be reached, or has not done what it was asked to."""


class CallNotTaken(ProviderUnavailable):
    """Certainly nothing came of it; it may be asked again later."""


class CallRefused(ProviderUnavailable):
    """Twilio will not do it."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account at Twilio, with what it is opened by."""

    sid: str
    token: str


async def find_account(session: BusinessSession, vault: Vault, number_id: int | None) -> Account | None:
    """The account of the number; None where it was disconnected, and its secrets are gone."""
    number = await session.scalar(select(VoiceNumber).where(VoiceNumber.id == number_id))
    if number is None:
        return None
    return Account(number.account_sid, vault.unseal(number.sealed)["auth_token"])


async def fetch_recording(runtime: Runtime, account: Account, recording_sid: str) -> bytes | None:
    """The recording as WAV, no larger than files of people may be; None where it is not there any more.

    The address is made by us, and the account's secret is shown to Twilio alone.

    Raises:
        ProviderUnavailable
    """
    url = address(runtime, account, f"Recordings/{recording_sid}.wav")
    try:
        async with runtime.http.stream("GET", url, auth=(account.sid, account.token)) as answer:
            if answer.status_code == GONE:
                return None
            if answer.is_redirect:
                return (await load_media(runtime, str(answer.url.join(answer.headers["location"])))).data
            if answer.status_code != 200:
                raise ProviderUnavailable(status=answer.status_code)
            return await read_bounded(answer, runtime.settings.media.max_bytes)
    except (httpx2.HTTPError, MediaUnavailable) as fault:
        raise ProviderUnavailable(reason=type(fault).__name__) from fault


async def delete_recording(runtime: Runtime, account: Account, recording_sid: str) -> None:
    """Twilio does not keep the recording any more.

    Raises:
        ProviderUnavailable
    """
    await ask(runtime, account, "DELETE", f"Recordings/{recording_sid}.json", gone=True)


async def lead_call(runtime: Runtime, account: Account, call_sid: str, *, to: str) -> None:
    """A call that is under way leaves its line, and Twilio asks at that address what comes next.

    Raises:
        ProviderUnavailable: also where it is over by now.
    """
    await ask(runtime, account, "POST", f"Calls/{call_sid}.json", data={"Url": to, "Method": "POST"})


@dataclass(frozen=True, slots=True)
class OutCall:
    """A call that is to be made."""

    ours: str
    theirs: str
    answer: str
    """Where Twilio asks what to do once somebody, or a machine, has answered."""
    told: str
    """Where it says how far the call has come."""
    rings_s: int


async def make_call(runtime: Runtime, account: Account, call: OutCall) -> str:
    """They are rung; returns the CallSid. Twilio knows no keys: asked twice, it rings twice.

    Raises:
        CallNotTaken
        CallRefused
        ProviderUnavailable: nobody knows whether they are rung.
    """
    form = {
        "From": call.ours, "To": call.theirs, "Url": call.answer, "Method": "POST", "Timeout": str(call.rings_s),
        "StatusCallback": call.told, "StatusCallbackMethod": "POST",
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
        "MachineDetection": "DetectMessageEnd",
    }  # fmt: skip
    url = address(runtime, account, "Calls.json")
    try:
        answer = await runtime.http.post(url, auth=(account.sid, account.token), data=form)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as fault:
        raise CallNotTaken(reason=type(fault).__name__) from fault
    except httpx2.HTTPError as fault:
        raise ProviderUnavailable(reason=type(fault).__name__) from fault
    if answer.status_code == BUSY:
        raise CallNotTaken(status=answer.status_code)
    if answer.is_client_error:
        raise CallRefused(status=answer.status_code)
    sid = find_sid(answer) if answer.is_success else None
    if sid is None:
        raise ProviderUnavailable(status=answer.status_code)
    return sid


def find_sid(answer: httpx2.Response) -> str | None:
    found = re.search(r'"sid"\s*:\s*"(CA[0-9a-f]{32})"', answer.text[:LONGEST_ANSWER])
    return found and found[1]


async def ask(
    runtime: Runtime,
    account: Account,
    method: str,
    path: str,
    *,
    gone: bool = False,
    data: Mapping[str, str] | None = None,
) -> None:
    url = address(runtime, account, path)
    try:
        answer = await runtime.http.request(method, url, auth=(account.sid, account.token), data=data)
    except httpx2.HTTPError as fault:
        raise ProviderUnavailable(reason=type(fault).__name__) from fault
    if not answer.is_success and not (gone and answer.status_code == GONE):
        raise ProviderUnavailable(status=answer.status_code)


def address(runtime: Runtime, account: Account, path: str) -> str:
    return f"{runtime.settings.voice.twilio_url}/2010-04-01/Accounts/{account.sid}/{path}"
