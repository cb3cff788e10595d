"""Where Green API tells what happened. It repeats what is not answered with 200, in order, and waits for it."""

from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from loguru import logger

from proli.channels.green_api.parse import coded, own_address, parse, phone_of, salvage
from proli.conversations.errors import TokenRefused
from proli.conversations.inbox import receive
from proli.conversations.incoming import Ignored, Incoming, Received
from proli.conversations.intake import WebhookAccount, store_from_webhook
from proli.conversations.queries import enter_account
from proli.platform.body import read_body
from proli.platform.payloads import MalformedPayload, find_section, instant
from proli.platform.runtime import Runtime
from proli.platform.security import matches
from proli.platform.webhooks import answered, parse_object

PROVIDER = "green_api"
SCHEMES = ("bearer ", "basic ")
AHEAD = timedelta(days=1)
"""How far the provider's clock may stand before ours."""

router = APIRouter()


@router.post("/webhooks/green-api", response_model=None)
async def green_api_webhook(request: Request) -> Response:
    """200 once what was said is committed; anything else makes Green API say it again."""
    return await answered(take(request), provider="Green API")


async def take(request: Request) -> None:
    """What the webhook says is stored in one transaction.

    A contact's message, by far the most frequent, takes one statement that checks the token too.

    Raises:
        ChannelAccountNotFound, TokenRefused, BodyUnreadable, MalformedPayload.
    """
    runtime: Runtime = request.app.state.runtime
    payload = parse_object(await read_body(request, limit=runtime.settings.http.max_body_bytes))
    instance, authorization = instance_of(payload), request.headers.get("authorization", "")
    settle_s, now = runtime.settings.agent.settle_s, runtime.clock.now()
    account = WebhookAccount(PROVIDER, instance, shown_tokens(authorization), phone_of(own_address(payload)))
    payload = dated(payload, now=now)
    incoming = understood(payload)
    if isinstance(incoming, Received):
        await store_from_webhook(runtime.db, account, incoming, settle_s=settle_s)
        return
    async with runtime.db.begin_operator() as session:
        account_id, token_digest = await enter_account(session, provider=PROVIDER, external_id=instance)
        if token_digest is None or not any(matches(token, token_digest) for token in account.tokens):
            raise TokenRefused(provider=PROVIDER, external_id=instance)
        if isinstance(incoming, MalformedPayload):
            incoming = salvaged(runtime, payload, incoming)
        await receive(session, account_id=account_id, incoming=incoming, settle_s=settle_s, now=now)


def dated(payload: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """The webhook under the time of its arrival, when it names none, or one that nobody can have written at."""
    try:
        stands = instant(payload) <= now + AHEAD
    except MalformedPayload:
        stands = False
    return payload if stands else payload | {"timestamp": int(now.timestamp())}


def understood(payload: dict[str, Any]) -> Incoming | MalformedPayload:
    """What is said; or why it cannot be read, which only somebody who shows the token is told."""
    try:
        return parse(payload)
    except MalformedPayload as error:
        return error


def salvaged(runtime: Runtime, payload: dict[str, Any], error: MalformedPayload) -> Incoming:
    """A contact's message that could not be read, so that it is answered by somebody.

    The rest that cannot be read is passed over with a word in the log: refused, it would come again for a day and hold
    up every message behind it. Only what names no type at all is not Green API's and refused.
    """
    if not isinstance(payload.get("typeWebhook"), str):
        raise error
    logger.error("Green API webhook of type {} lacks {}", coded(payload["typeWebhook"]), error.params["field"])
    return salvage(payload, at=runtime.clock.now()) or Ignored(f"unreadable: {error}")


def instance_of(payload: dict[str, Any]) -> str:
    found = find_section(payload, "instanceData").get("idInstance")
    if isinstance(found, int) and not isinstance(found, bool) and 0 < found < 10**18:
        return str(found)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 20:
        return found
    raise MalformedPayload(field="instanceData.idInstance")


def shown_tokens(authorization: str) -> list[str]:
    """Green API sends the token as it is set up: bare, or after `Bearer` or `Basic`. Nothing shown is no token."""
    stripped = [authorization[len(scheme) :].strip() for scheme in SCHEMES if authorization.lower().startswith(scheme)]
    return [token for token in (authorization, *stripped) if token]
