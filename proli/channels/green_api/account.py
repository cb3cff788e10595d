"""An instance of Green API as a number: what it takes to connect one, and how it is."""

from collections.abc import Mapping
from typing import Final, cast

from proli.channels.base import Credential, CredentialsRefused, NewNumber, Seen
from proli.channels.green_api.rest import Account, call
from proli.conversations.models import NumberHealth
from proli.platform.payloads import Fields, find_string
from proli.platform.runtime import Runtime

NEEDS: Final = (
    Credential("instance", "idInstance from the Green API console."),
    Credential("token", "apiTokenInstance from the console.", secret=True),
    Credential("webhook_token", "The console's webhookUrlToken.", secret=True),
    Credential("host", "apiUrl from the console.", default="https://api.green-api.com"),
)
STATES: Final[Mapping[str, NumberHealth]] = {
    "authorized": NumberHealth.connected,
    "notAuthorized": NumberHealth.disconnected,
    "blocked": NumberHealth.blocked,
    "suspended": NumberHealth.suspended,
    "sleepMode": NumberHealth.unavailable,
    "yellowCard": NumberHealth.warned,
    "quotaExceeded": NumberHealth.over_quota,
    "starting": NumberHealth.connecting,
}


def health_of(state: str) -> NumberHealth:
    """What Green API calls a state, in our word; of a state that is not in its documentation nothing is known."""
    return STATES.get(state, NumberHealth.unknown)


def number_of(given: Mapping[str, str]) -> NewNumber:
    instance, host = given["instance"], given["host"].rstrip("/")
    if not instance.isdecimal() or not host.startswith(("https://", "http://")):
        raise CredentialsRefused("--instance is a number and --host an address such as https://api.green-api.com")
    credentials = {"id_instance": instance, "api_token": given["token"], "host": host}
    return NewNumber(instance, credentials, webhook_token=given["webhook_token"])


async def look(runtime: Runtime, credentials: Mapping[str, str]) -> Seen:
    answer = await call(runtime, Account.of(credentials), "getStateInstance")
    state = find_string(cast(Fields, answer), "stateInstance", limit=100) if isinstance(answer, dict) else ""
    return Seen(health_of(state), state or "unknown", "scan the QR code in the Green API console")
