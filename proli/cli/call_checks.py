"""What the doctor looks at for calls: the numbers, the address that is told to Twilio, and who hears and speaks."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from importlib.util import find_spec
from typing import Any, Final

import httpx2
from sqlalchemy import select

from proli.cli.findings import Finding
from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings, VoiceSettings, split
from proli.voice.live.google.reaching import Google
from proli.voice.live.google.trying import try_ears, try_voice
from proli.voice.models import VoiceNumber
from proli.voice.offline.program import program
from proli.voice.talking import INSTALL, require_extra
from proli.voice.twilio.told import PATH

TWILIO: Final = "https://api.twilio.com"
TIMEOUT_S: Final = 10.0
DOCS: Final = "see docs/operations.md, calls"


async def look_at_calls(runtime: Runtime, *, twilio: str = TWILIO) -> AsyncGenerator[Finding]:
    """Nothing is said of calls where nobody can call and nobody would hear."""
    async with runtime.db.begin_operator() as session:
        numbers = (await session.scalars(select(VoiceNumber).order_by(VoiceNumber.id))).all()
    settings = runtime.settings.voice
    if not numbers and not settings.ears:
        return
    try:
        require_extra()
    except ConfigurationError:
        yield Finding("calls", "bad", "the extra is missing", INSTALL)
    if not numbers:
        yield Finding("calls", "note", "no number is connected", "proli phone add")
    else:
        yield look_at_address(runtime.settings.http)
    for number in numbers:
        yield await look_at_number(runtime, number, twilio)
    async for finding in look_at_speech(settings):
        yield finding


def look_at_address(http: HttpSettings) -> Finding:
    """Signatures cover the address as Twilio knows it, and lines are opened there."""
    if not http.secure:
        return Finding("calls' address", "bad", http.public_url or "none", "set PROLI_HTTP_PUBLIC_URL to https://...")
    return Finding("calls' address", "ok", f"{http.public_url}{PATH}")


async def look_at_number(runtime: Runtime, number: VoiceNumber, twilio: str) -> Finding:
    """Whether the account takes the token, has the number, and tells of its calls here."""
    what = f"calls of {number.phone_e164}"
    try:
        token = runtime.vault.unseal(number.sealed).get("auth_token", "")
    except ConfigurationError as error:
        return Finding(what, "bad", str(error), "put the key it was into PROLI_SECRET_KEY, as NEW,OLD")
    url = f"{twilio}/2010-04-01/Accounts/{number.account_sid}/IncomingPhoneNumbers.json"
    try:
        answer = await runtime.http.get(
            url, params={"PhoneNumber": number.phone_e164}, auth=(number.account_sid, token), timeout=TIMEOUT_S
        )
    except httpx2.HTTPError as error:
        return Finding(what, "bad", f"Twilio is out of reach ({type(error).__name__})", "check the network")
    if answer.status_code != 200:
        return Finding(what, "bad", f"Twilio answered {answer.status_code}", "proli phone add, with the Auth Token")
    return judge_number(what, number.phone_e164, answer, f"{runtime.settings.http.public_url or ''}{PATH}")


def judge_number(what: str, phone_e164: str, answer: httpx2.Response, wanted: str) -> Finding:
    try:
        found: list[dict[str, Any]] = answer.json()["incoming_phone_numbers"]
    except (ValueError, KeyError, TypeError):
        return Finding(what, "bad", "Twilio's answer cannot be read", DOCS)
    own = [one for one in found if one.get("phone_number") == phone_e164]
    if not own:
        return Finding(what, "bad", "the account has no such number", "proli phone add, with the account that has it")
    told = own[0].get("voice_url")
    if told != wanted:
        return Finding(what, "bad", f"Twilio tells {told or 'nobody'} of calls", f"in Twilio's console, enter {wanted}")
    return Finding(what, "ok", "the token is taken, and its calls are told here")


async def look_at_speech(settings: VoiceSettings) -> AsyncGenerator[Finding]:
    google = Google(settings)
    if not settings.ears:
        yield Finding("ears", "note", "nobody hears callers: calls go on in writing", "set PROLI_VOICE_EARS")
    for name in split(settings.ears):
        if name == "typed":
            yield Finding("ears typed", "note", "only callers who are played are heard", "PROLI_VOICE_EARS=google")
        elif name == "google":
            known = f"{settings.google_model} in {settings.google_location} listens"
            yield await tried("ears google", known, try_ears, google)
    if settings.ears:
        for name in split(settings.voices):
            if name == "google":
                yield await tried("voice google", "speaks Hebrew", try_voice, google)
        yield look_at_offline_voice()
    await google.close()


async def tried(what: str, well: str, tries: Callable[[Google], Awaitable[None]], google: Google) -> Finding:
    try:
        await tries(google)
    except ConfigurationError as error:
        return Finding(what, "bad", str(error), "see docs/operations.md, speech in calls")
    except Exception as error:  # noqa: BLE001 - whatever Google's client raises is what is the matter
        return Finding(what, "bad", f"{type(error).__name__}: {error}"[:300], "see docs/operations.md, speech in calls")
    return Finding(what, "ok", well)


def look_at_offline_voice() -> Finding:
    """It speaks where no other does."""
    try:
        program()
    except ConfigurationError as error:
        return Finding("voice offline", "bad", str(error), "apt-get install espeak-ng")
    if find_spec("nakdimon") is None:
        return Finding("voice offline", "bad", "the extra is missing", INSTALL)
    return Finding("voice offline", "ok", "espeak-ng and nakdimon are there")
