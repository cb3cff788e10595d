"""Where Twilio tells of calls: one that comes in, how it stands, its line and its recording.

Whatever is told first makes the call's row; told again, or later, it changes nothing that is further along.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from loguru import logger

from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.platform.webhooks import DATABASE_AWAY, answered
from proli.voice.actions import close_lines, end_call, ensure_call, hear_of_end, lapse_later, lines_of
from proli.voice.errors import SignatureRefused, VoiceNumberNotFound
from proli.voice.lines import note_stream_end, promise_line
from proli.voice.models import Call
from proli.voice.numbers import enter_number
from proli.voice.rules import OVER, StreamEnd, may_reopen
from proli.voice.talking import Talker
from proli.voice.transcript import note_recording
from proli.voice.twilio.forms import Form, is_leg, read_form, read_news, read_recording
from proli.voice.twilio.signing import is_installed, is_signed, media_url, public_url
from proli.voice.twilio.twiml import NOT_SET_UP, TROUBLE, connect, hang_up, say

PROVIDER: Final = "Twilio"
PATH: Final = "/webhooks/twilio/voice"
AFTER, STREAM, MEDIA, STATUS = f"{PATH}/after", f"{PATH}/stream", f"{PATH}/media", f"{PATH}/status"
SPOKEN_S: Final = 8.0
"""So long our few words take, where nobody can talk."""

router = APIRouter()
type Answer = Callable[["Told"], Awaitable[Response | None]]


@dataclass(frozen=True, slots=True)
class Told:
    """A signed request, in the transaction of its business, with the call that it is about."""

    request: Request
    session: BusinessSession
    form: Form
    call: Call
    now: datetime

    @property
    def talker(self) -> Talker | None:
        return self.request.app.state.talker


@router.post(PATH, response_model=None)
async def incoming_call(request: Request) -> Response:
    """The call is kept, then the caller's line is opened; where nobody can talk, a few words are said."""
    return await spoken(request, pick_up, otherwise=NOT_SET_UP)


@router.post(AFTER, response_model=None)
async def after_stream(request: Request) -> Response:
    """The caller's line has ended: whether the call ends too."""
    return await spoken(request, go_on, otherwise=TROUBLE)


@router.post(STATUS, response_model=None)
async def call_status(request: Request) -> Response:
    """How far the call has come."""
    return await answered(tell(request, note_state), provider=PROVIDER)


@router.post(STREAM, response_model=None)
async def stream_status(request: Request) -> Response:
    """That a line was opened, has ended or could not be opened."""
    return await answered(tell(request, note_stream), provider=PROVIDER)


@router.post(f"{PATH}/recording", response_model=None)
async def recording_status(request: Request) -> Response:
    """That a recording begins, is there, or is none."""
    return await answered(tell(request, keep_recording), provider=PROVIDER)


async def spoken(request: Request, act: Answer, *, otherwise: str) -> Response:
    """What is to be done with the call. Refusals are answered as such; but who calls a number that nobody here has, or
    while the database is away, hears a few words of ours rather than the provider's own."""
    if not is_installed():
        logger.error("A call came, and the extra `voice` is not installed: its signature cannot be checked")
        return say(NOT_SET_UP)
    said: list[Response] = []

    async def take() -> None:
        try:
            said.append(await tell(request, act) or hang_up())
        except VoiceNumberNotFound as unknown:
            logger.warning("A call to a number that no business has: {}", unknown)
            said.append(say(NOT_SET_UP))
        except DATABASE_AWAY as fault:
            logger.error("A call cannot be kept, the database is away: {}", type(fault).__name__)
            said.append(say(otherwise))

    refused = await answered(take(), provider=PROVIDER)
    return said[0] if said else refused


async def tell(request: Request, act: Answer) -> Response | None:
    """What the request tells is committed, once it has shown that it is Twilio's.

    Raises:
        BodyTooLarge, BodyUnreadable, MalformedPayload, VoiceNumberNotFound, SignatureRefused, CallNotFound
    """
    runtime: Runtime = request.app.state.runtime
    form = await read_form(request)
    news, now = read_news(form), runtime.clock.now()
    async with runtime.db.begin_operator() as session:
        number = await enter_number(
            session, runtime.vault,
            account_sid=news.account_sid, phone_e164=news.number_e164,
            call_sid=form.get("ParentCallSid") or news.external_id,
        )  # fmt: skip
        url = public_url(request, runtime.settings.http)
        if not is_signed(number.secrets, url=url, fields=form, headers=request.headers):
            raise SignatureRefused(address=url.partition("?")[0])
        if is_leg(form):
            logger.info("News of a leg of call {} is left to its call", form["ParentCallSid"][:40])
            return None
        call = await ensure_call(session, news, number_id=number.number_id, now=now)
        return await act(Told(request, session, form, call, now))


async def pick_up(told: Told) -> Response:
    """The call's row stands by now, and is committed before this is answered."""
    if told.call.state in OVER or told.call.ended_at is not None:
        await hear_of_end(told.session, told.call, now=told.now)
        return hang_up()
    if told.talker is None:
        await lapse_later(told.session, told.call, after_s=SPOKEN_S)
        return say(NOT_SET_UP)
    return await open_to(told)


async def open_to(told: Told) -> Response:
    token = await promise_line(told.session, told.call, now=told.now)
    http = told.request.app.state.runtime.settings.http
    return connect(
        url=media_url(told.request, http, MEDIA),
        token=token,
        after=public_url(told.request, http, AFTER),
        told_to=public_url(told.request, http, STREAM),
    )


async def go_on(told: Told) -> Response:
    """A line that broke is opened again, a few times; else the caller hears that it does not work. A call that is over
    is hung up."""
    session, call, now = told.session, told.call, told.now
    await close_lines(session, call, by=StreamEnd.replaced, now=now)
    if call.state in OVER:
        await hear_of_end(session, call, now=now)
        return hang_up()
    if told.talker is not None and may_reopen(call.outcome, call.ended_at, len(await lines_of(session, call.id))):
        return await open_to(told)
    if call.outcome is not None:
        return hang_up()
    await end_call(session, call, now=now)
    return say(TROUBLE)


async def note_state(told: Told) -> None:
    await hear_of_end(told.session, told.call, now=told.now)


async def note_stream(told: Told) -> None:
    event = told.form.get("StreamEvent", "")
    if event == "stream-error":
        logger.error("Twilio cannot open the line of call {}: {}", told.call.id, told.form.get("StreamError", "")[:200])
    if event in ("stream-stopped", "stream-error"):
        await note_stream_end(told.session, told.call, told.form.get("StreamSid", "")[:100])


async def keep_recording(told: Told) -> None:
    await note_recording(told.session, told.call, read_recording(told.form))
