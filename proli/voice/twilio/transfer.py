"""Where Twilio asks about those who are rung for a call: what they hear, whether they take it, who is next."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from proli.voice.actions import end_call, hear_of_end
from proli.voice.rules import OVER
from proli.voice.transfer_words import speech_to, whisper_of
from proli.voice.transfers import find_transfer, pass_on, take_call
from proli.voice.twilio.going_on import come_back, ring
from proli.voice.twilio.told import DIALLED, TAKES, WHISPER, Told, spoken, whole
from proli.voice.twilio.twiml import TROUBLE, choose, go_ahead, hang_up, say

TAKE_KEY: Final = "1"

router = APIRouter()


@router.post(DIALLED, response_model=None)
async def after_dial(request: Request) -> Response:
    """Whoever was rung has taken the call, which is over by now, or has not: then the next one is."""
    return await spoken(request, go_on_after_dial, otherwise=TROUBLE)


async def go_on_after_dial(told: Told) -> Response:
    session, call, now = told.session, told.call, told.now
    transfer = await find_transfer(session, call.id, whole(told.request, "transfer"))
    if call.state in OVER or call.ended_at is not None:
        await hear_of_end(session, call, now=now)
        return hang_up()
    if transfer is None:
        return await come_back(told)
    if transfer.taken_at is not None:
        await end_call(session, call, now=now)
        return hang_up()
    pass_on(transfer, whole(told.request, "step"), now=now)
    return await come_back(told) if transfer.ended_at is not None else ring(told, transfer)


@router.post(WHISPER, response_model=None)
async def whisper(request: Request) -> Response:
    """Somebody who was rung has picked up: they hear who calls and about what, and how to take the call."""
    return await spoken(request, whisper_to, otherwise="", of_leg=True)


@router.post(TAKES, response_model=None)
async def takes(request: Request) -> Response:
    """The key that somebody has pressed who was rung."""
    return await spoken(request, take, otherwise="", of_leg=True)


async def whisper_to(told: Told) -> Response:
    transfer = await find_transfer(told.session, told.call.id, whole(told.request, "transfer"))
    step = whole(told.request, "step")
    if transfer is None or transfer.ended_at is not None or transfer.taken_at is not None or transfer.step != step:
        return hang_up()
    words, speech = await whisper_of(told.session, told.call)
    return choose(words, speech.language, chosen=told.url(f"{TAKES}?{told.request.url.query}"))


async def take(told: Told) -> Response:
    """With 1 they have the call, unless it is gone; with any other key they leave it to the next."""
    transfer = await find_transfer(told.session, told.call.id, whole(told.request, "transfer"))
    if transfer is None or told.form.get("Digits") != TAKE_KEY:
        return hang_up()
    if await take_call(told.session, told.call, transfer, whole(told.request, "step"), now=told.now):
        return go_ahead()
    speech = await speech_to(told.session)
    return say(speech.say("whisper_gone"), speech.language)
