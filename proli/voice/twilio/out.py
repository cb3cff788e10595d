"""Where Twilio asks about calls that we make: somebody has answered, or a machine, or nobody."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from proli.platform.webhooks import answered
from proli.voice.actions import hear_of_end, lapse_later
from proli.voice.calling_out import belongs, end_planned, find_try, have_talked
from proli.voice.models import OutgoingCall
from proli.voice.out_rules import CallOutState, is_machine, takes_word
from proli.voice.rules import OVER, CallOutcome
from proli.voice.transfer_words import speech_to
from proli.voice.twilio.going_on import open_to
from proli.voice.twilio.told import OUT, OUT_STATUS, PROVIDER, Told, spoken, tell, whole
from proli.voice.twilio.twiml import hang_up, say

WORD_S: Final = 30.0
"""So long what a machine is told takes."""

router = APIRouter()


@router.post(OUT, response_model=None)
async def somebody_answers(request: Request) -> Response:
    """Whom we have rung, or a machine of theirs, has answered."""
    return await spoken(request, begin, otherwise="")


@router.post(OUT_STATUS, response_model=None)
async def out_status(request: Request) -> Response:
    """How far the call has come."""
    return await answered(tell(request, note_state), provider=PROVIDER)


async def begin(told: Told) -> Response:
    """The line is opened; a machine that listens hears who has called, and any other nothing."""
    session, call, now = told.session, told.call, told.now
    planned = await find_own(told)
    if planned is None or call.state in OVER or call.ended_at is not None:
        await hear_of_end(session, call, now=now)
        return hang_up()
    by = told.form.get("AnsweredBy", "")
    if is_machine(by) or told.talker is None:
        return await leave_word(told, planned, listens=takes_word(by) or not is_machine(by))
    await have_talked(session, planned, now=now)
    return await open_to(told)


async def leave_word(told: Told, planned: OutgoingCall, *, listens: bool) -> Response:
    """Who has called, and nothing of why: anybody may hear it."""
    told.call.outcome = CallOutcome.machine
    await end_planned(
        told.session, planned, CallOutState.word_left if listens else CallOutState.unreached, now=told.now
    )
    await lapse_later(told.session, told.call, after_s=WORD_S)
    if not listens:
        return hang_up()
    speech = await speech_to(told.session, told.call.contact_id)
    return say(speech.say("call_out_word"), speech.language)


async def note_state(told: Told) -> None:
    await find_own(told)
    await hear_of_end(told.session, told.call, now=told.now)


async def find_own(told: Told) -> OutgoingCall | None:
    """The call of ours of which this is a try, as the address says that we gave; it is known to be one from now on."""
    planned_id, number = whole(told.request, "out"), whole(told.request, "try")
    planned = await find_try(told.session, planned_id, number, external_id=told.call.external_id)
    if planned is not None:
        await belongs(told.session, told.call, planned)
    return planned
