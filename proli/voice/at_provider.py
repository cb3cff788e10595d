"""Recordings that the provider has made: fetched, kept like our own, passed on where the caller has left word, and
deleted there."""

import asyncio
import io
import wave
from array import array
from datetime import datetime, timedelta
from typing import Final

from loguru import logger
from pydantic_ai.messages import BinaryContent
from sqlalchemy import func, select

from proli.accounts.queries import get_business
from proli.chat.transcribing import can_transcribe, listen_to
from proli.conversations.models import Author, Direction
from proli.conversations.reasons import PersonReason
from proli.notifications.actions import tell_staff
from proli.notifications.calling import call_staff
from proli.platform.audio import RATE as DECODED_RATE
from proli.platform.audio import AudioRefused, read_recording
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.platform.security import digest, new_token
from proli.playbooks.texts import language_for, say
from proli.privacy.models import Deleted, Receipt
from proli.voice.actions import get_call
from proli.voice.carrying_on import find_line
from proli.voice.models import Call, CallRecording, CallStream, CallTurn, RecordingPart
from proli.voice.recording.opus import OpusWriter
from proli.voice.rules import StreamEnd
from proli.voice.talking import RATE
from proli.voice.transcript import THERE, add_turn, write_spoken
from proli.voice.twilio.rest import Account, delete_recording, fetch_recording, find_account
from proli.voice.ulaw import SILENT, to_ulaw

LONGEST_S: Final = 3600
A_SECOND: Final = RATE


async def see_to_recording(runtime: Runtime, business_id: int, recording_id: int) -> None:
    """The recording is kept here for as long as the business keeps sound, and nowhere else.

    Raises:
        ProviderUnavailable: it cannot be had or deleted now.
    """
    async with runtime.db.begin(business_id) as session:
        row = await session.get(CallRecording, recording_id)
        if row is None or row.state != THERE or row.deleted_at is not None:
            return
        call = await get_call(session, row.call_id)
        account = await find_account(session, runtime.vault, call.number_id)
        sid, fetched = row.external_id, row.fetched_at is not None
    if account is None:
        logger.error("Recording {} stays at the provider: its number is not connected any more", sid)
        return
    if not fetched:
        await fetch(runtime, business_id, recording_id, account, sid)
    await delete_recording(runtime, account, sid)
    async with runtime.db.begin(business_id) as session:
        row = await session.get(CallRecording, recording_id, with_for_update=True)
        now = runtime.clock.now()
        if row is not None and row.deleted_at is None:
            row.deleted_at, row.url = now, None
            session.add(Receipt(kind=Deleted.provider_recordings, count=1, until=now, at=now))


async def fetch(runtime: Runtime, business_id: int, recording_id: int, account: Account, sid: str) -> None:
    """Its sound stands with the call, and its words where somebody has left word; once."""
    data = await fetch_recording(runtime, account, sid)
    sound = await sound_of(runtime, data) if data else None
    words = await words_of(runtime, data, sid) if data and sound else ""
    async with runtime.db.begin(business_id) as session:
        row = await session.get(CallRecording, recording_id, with_for_update=True)
        if row is None or row.fetched_at is not None:
            return
        now = row.fetched_at = runtime.clock.now()
        call = await get_call(session, row.call_id, lock=True)
        if sound is not None:
            await store(session, call, row, sound, now=now)
        if call.word_at is not None:
            await pass_on(session, call, words, now=now)


async def sound_of(runtime: Runtime, data: bytes) -> bytes | None:
    """The caller alone as mu-law; None of what is no sound."""
    try:
        read = await read_recording(data, max_seconds=LONGEST_S, max_bytes=runtime.settings.media.max_bytes)
    except AudioRefused as refusal:
        logger.warning("A recording of the provider's cannot be used: {}", refusal)
        return None
    return await asyncio.to_thread(narrowed, read.wav)


def narrowed(wav: bytes) -> bytes:
    with wave.open(io.BytesIO(wav)) as file:
        samples = array("h", file.readframes(file.getnframes()))
    return to_ulaw(samples[:: DECODED_RATE // RATE].tobytes())


def as_opus(sound: bytes) -> bytes:
    writer, written = OpusWriter(), bytearray()
    for at in range(0, len(sound), A_SECOND):
        part = sound[at : at + A_SECOND]
        written += writer.write(part, SILENT * len(part))
    return bytes(written + writer.end())


async def words_of(runtime: Runtime, data: bytes, sid: str) -> str:
    """What was said, by whoever writes down voice notes; empty where nobody does, or nothing can be heard."""
    if not can_transcribe(runtime):
        return ""
    listened = await listen_to(runtime, BinaryContent(data=data, media_type="audio/wav"), f"Recording {sid}")
    return listened.words.text if listened.words else ""


async def store(session: BusinessSession, call: Call, row: CallRecording, sound: bytes, *, now: datetime) -> None:
    """The sound stands as that of one more line of the call, on which the caller alone has spoken."""
    length = timedelta(seconds=len(sound) / RATE)
    began_at = (call.word_at or call.connected_at or call.started_at) if call.word_at else call.started_at
    line = CallStream(
        call_id=call.id, token_digest=digest(new_token()), expires_at=now, external_id=row.external_id,
        used_at=began_at, ended_at=began_at + length, ended_by=StreamEnd.done,
    )  # fmt: skip
    session.add(line)
    await session.flush()
    session.add(
        RecordingPart(
            call_id=call.id, stream_id=line.id, contact_id=call.contact_id, number=0, began_at=began_at,
            length_ms=round(length.total_seconds() * 1000), data=await asyncio.to_thread(as_opus, sound),
        )
    )  # fmt: skip


async def pass_on(session: BusinessSession, call: Call, words: str, *, now: datetime) -> None:
    """What the caller has left stands in the transcript and the conversation, and staff are called."""
    at = call.word_at or now
    if words:
        last = select(func.coalesce(func.max(CallTurn.number), 0)).where(CallTurn.call_id == call.id)
        number = (await session.scalar(last) or 0) + 1
        await add_turn(session, call.id, number=number, speaker="caller", text=words, began_at=at, ended_at=at)
    language = language_for((await get_business(session)).language)
    told = words or str(say("voicemail_sound", language))
    conversation = await find_line(session, call)
    if conversation is None:
        await tell_staff(session, say("voicemail_unknown", language, words=told), key=f"call:{call.id}:word", now=now)
        return
    await write_spoken(
        session, conversation, told,
        direction=Direction.inbound, author=Author.contact, key=None, at=at, now=now,
        external_id=f"call:{call.external_id}:word",
    )  # fmt: skip
    await call_staff(session, conversation, reason=PersonReason.callback, key=f"call:{call.id}:word", now=now)
