"""What comes next in a call whose line has ended: another line, people who are rung, or its end."""

from fastapi.responses import Response

from proli.voice.actions import close_lines, hear_of_end, lines_of
from proli.voice.lines import promise_line
from proli.voice.models import CallTransfer
from proli.voice.rules import OVER, StreamEnd, TransferReason, may_reopen
from proli.voice.transfer_words import speech_to
from proli.voice.transfers import begin_transfer, find_open_transfer, find_people, list_transfers
from proli.voice.twilio.signing import media_url
from proli.voice.twilio.told import AFTER, DIALLED, LEFT_WORD, MEDIA, RECORDING, STREAM, WHISPER, Told
from proli.voice.twilio.twiml import connect, dial, hang_up, record


async def open_to(told: Told) -> Response:
    token = await promise_line(told.session, told.call, now=told.now)
    http = told.request.app.state.runtime.settings.http
    return connect(
        url=media_url(told.request, http, MEDIA),
        token=token,
        after=told.url(AFTER),
        told_to=told.url(STREAM),
    )


async def go_on(told: Told) -> Response:
    """A line that broke is opened again, a few times; else the caller hears that it does not work. A call that is over
    is hung up."""
    session, call, now = told.session, told.call, told.now
    await close_lines(session, call, by=StreamEnd.replaced, now=now)
    if call.state in OVER:
        await hear_of_end(session, call, now=now)
        return hang_up()
    transfer = await find_open_transfer(session, call.id)
    if transfer is not None:
        return hang_up() if transfer.taken_at else ring(told, transfer)
    if call.word_at is not None and call.ended_at is None:
        return await invite(told)
    return await come_back(told)


async def come_back(told: Told) -> Response:
    """The caller's line is opened once more, unless that was tried too often: then people are rung, or the caller is
    asked to leave word."""
    session, call, now = told.session, told.call, told.now
    tries = len(await lines_of(session, call.id)) - len(await list_transfers(session, call.id))
    if told.talker is not None and may_reopen(call.outcome, call.ended_at, tries):
        return await open_to(told)
    if call.outcome is not None or call.ended_at is not None:
        return hang_up()
    people = await find_people(session, call.id, caller=call.phone_e164, reason=TransferReason.trouble, now=now)
    transfer = await begin_transfer(session, call, people, now=now) if people else None
    if transfer is not None:
        return ring(told, transfer)
    return await invite(told)


async def invite(told: Told) -> Response:
    """The caller hears that they can leave word, and it is recorded."""
    told.call.word_at = told.call.word_at or told.now
    speech = await speech_to(told.session, told.call.contact_id)
    return record(
        speech.say("word_invite"),
        speech.language,
        otherwise=speech.say("word_none"),
        after=told.url(LEFT_WORD),
        told_to=told.url(RECORDING),
    )


def ring(told: Told, transfer: CallTransfer) -> Response:
    """Whoever is next on the list of the transfer is rung."""
    about = f"?transfer={transfer.id}&step={transfer.step}&of={told.call.external_id}"
    return dial(
        phone=transfer.people[transfer.step]["phone_e164"],
        caller=told.number_e164,
        whisper=told.url(WHISPER + about),
        after=told.url(DIALLED + about),
    )
