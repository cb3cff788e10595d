"""Where Twilio tells of calls: one that comes in, how it stands, its line and its recording.

Whatever is told first makes the call's row; told again, or later, it changes nothing that is further along.
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from loguru import logger

from proli.platform.webhooks import answered
from proli.voice.actions import end_call, hear_of_end, lapse_later
from proli.voice.lines import note_stream_end
from proli.voice.rules import GOES_ON, OVER, CallOutcome
from proli.voice.transcript import note_recording
from proli.voice.transfer_words import speech_to
from proli.voice.twilio.forms import read_recording
from proli.voice.twilio.going_on import go_on, open_to
from proli.voice.twilio.told import AFTER, LEFT_WORD, PATH, PROVIDER, RECORDING, STATUS, STREAM, Told, spoken, tell
from proli.voice.twilio.twiml import NOT_SET_UP, TROUBLE, hang_up, say

SPOKEN_S: Final = 8.0
"""So long our few words take, where nobody can talk."""

router = APIRouter()


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


@router.post(RECORDING, response_model=None)
async def recording_status(request: Request) -> Response:
    """That a recording begins, is there, or is none."""
    return await answered(tell(request, keep_recording), provider=PROVIDER)


@router.post(LEFT_WORD, response_model=None)
async def after_word(request: Request) -> Response:
    """The caller has left word."""
    return await spoken(request, take_word, otherwise="")


async def take_word(told: Told) -> Response:
    """The call came to that, also where its end was told before."""
    session, call = told.session, told.call
    await note_recording(session, call, read_recording({**told.form, "RecordingStatus": "completed"}))
    if not await end_call(session, call, outcome=CallOutcome.voicemail, now=told.now):
        call.outcome = CallOutcome.voicemail if call.outcome in GOES_ON else call.outcome
    speech = await speech_to(session, call.contact_id)
    return say(speech.say("word_taken"), speech.language)


async def pick_up(told: Told) -> Response:
    """The call's row stands by now, and is committed before this is answered."""
    if told.call.state in OVER or told.call.ended_at is not None:
        await hear_of_end(told.session, told.call, now=told.now)
        return hang_up()
    if told.talker is None:
        await lapse_later(told.session, told.call, after_s=SPOKEN_S)
        return say(NOT_SET_UP)
    return await open_to(told)


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
