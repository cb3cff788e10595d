"""A request of Twilio's: that it is signed, whose call it tells of, and the transaction in which that is taken in."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import Request
from fastapi.responses import Response
from loguru import logger
from sqlalchemy import select

from proli.platform.db import BusinessSession, locked
from proli.platform.runtime import Runtime
from proli.platform.webhooks import DATABASE_AWAY, answered
from proli.voice.actions import ensure_call
from proli.voice.errors import SignatureRefused, VoiceNumberNotFound
from proli.voice.models import Call
from proli.voice.numbers import Entered, enter_number
from proli.voice.talking import INSTALL, Talker
from proli.voice.twilio.forms import Form, is_leg, read_form, read_news
from proli.voice.twilio.signing import is_installed, is_signed, public_url
from proli.voice.twilio.twiml import NOT_SET_UP, hang_up, say

PROVIDER: Final = "Twilio"
PATH: Final = "/webhooks/twilio/voice"
AFTER, STREAM, MEDIA, STATUS = f"{PATH}/after", f"{PATH}/stream", f"{PATH}/media", f"{PATH}/status"
RECORDING, LEFT_WORD = f"{PATH}/recording", f"{PATH}/word"
OUT, OUT_STATUS = f"{PATH}/out", f"{PATH}/out/status"
DIALLED, WHISPER, TAKES = f"{PATH}/dialled", f"{PATH}/whisper", f"{PATH}/takes"

type Answer = Callable[["Told"], Awaitable[Response | None]]


@dataclass(frozen=True, slots=True)
class Told:
    """A signed request, in the transaction of its business, with the call that it is about."""

    request: Request
    session: BusinessSession
    form: Form
    call: Call
    now: datetime
    number_e164: str
    """Ours."""

    def url(self, path: str) -> str:
        """Another address of ours, as the provider knows it."""
        return public_url(self.request, self.request.app.state.runtime.settings.http, path)

    @property
    def talker(self) -> Talker | None:
        return self.request.app.state.talker


async def spoken(request: Request, act: Answer, *, otherwise: str, of_leg: bool = False) -> Response:
    """What is to be done with the call. Refusals are answered as such; but who calls a number that nobody here has, or
    while the database is away, hears a few words of ours rather than the provider's own."""
    if not is_installed():
        logger.error("A call came, and its signature cannot be checked: {}", INSTALL)
        return say(NOT_SET_UP)
    said: list[Response] = []

    async def take() -> None:
        try:
            said.append(await (tell_of_leg if of_leg else tell)(request, act) or hang_up())
        except VoiceNumberNotFound as unknown:
            logger.warning("A call to a number that no business has: {}", unknown)
            said.append(say(NOT_SET_UP))
        except DATABASE_AWAY as fault:
            logger.error("A call cannot be kept, the database is away: {}", type(fault).__name__)
            said.append(say(otherwise) if otherwise else hang_up())

    refused = await answered(take(), provider=PROVIDER)
    return said[0] if said else refused


async def tell(request: Request, act: Answer) -> Response | None:
    """What the request tells is committed, once it has shown that it is Twilio's.

    Raises:
        BodyTooLarge, BodyUnreadable, MalformedPayload, VoiceNumberNotFound, SignatureRefused, CallNotFound
    """
    now = request.app.state.runtime.clock.now()
    async with signed(request) as (session, form, number):
        if is_leg(form):
            logger.info("News of a leg of call {} is left to its call", form["ParentCallSid"][:40])
            return None
        call = await ensure_call(session, read_news(form), number_id=number.number_id, now=now)
        return await act(Told(request, session, form, call, now, number.phone_e164))


async def tell_of_leg(request: Request, act: Answer) -> Response | None:
    """As `tell`, of somebody whom we ring for a call; the address says for which.

    Raises:
        as `tell`
    """
    of_call = request.query_params.get("of", "")[:64]
    async with signed(request, of_call=of_call) as (session, form, number):
        call = await session.scalar(locked(select(Call).where(Call.external_id == of_call)))
        if call is None:
            return None
        now = request.app.state.runtime.clock.now()
        call.seen_at = max(call.seen_at, now)
        return await act(Told(request, session, form, call, now, number.phone_e164))


@asynccontextmanager
async def signed(request: Request, *, of_call: str = "") -> AsyncGenerator[tuple[BusinessSession, Form, Entered]]:
    """The transaction of the business that the request is about, which has shown that it is Twilio's. `of_call` names
    the call where the request is of somebody else's, as of whom we ring.

    Raises:
        BodyTooLarge, BodyUnreadable, MalformedPayload, VoiceNumberNotFound, SignatureRefused
    """
    runtime: Runtime = request.app.state.runtime
    form = await read_form(request)
    news = read_news(form)
    async with runtime.db.begin_operator() as session:
        number = await enter_number(
            session, runtime.vault,
            account_sid=news.account_sid, phone_e164=news.number_e164,
            call_sid=of_call or form.get("ParentCallSid") or news.external_id,
        )  # fmt: skip
        url = public_url(request, runtime.settings.http)
        if not is_signed(number.secrets, url=url, fields=form, headers=request.headers):
            raise SignatureRefused(address=url.partition("?")[0])
        yield session, form, number


def whole(request: Request, name: str) -> int:
    """A number of the address; -1 where there is none that can be."""
    said = request.query_params.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else -1
