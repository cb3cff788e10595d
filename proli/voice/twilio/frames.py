"""The messages of a media stream, as Twilio writes them: numbers are strings, and may be anything."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from proli.platform.payloads import MalformedPayload, find_section, find_string, section
from proli.voice.talking import RATE, Audio, Key, Played, Words

LONGEST_MESSAGE: Final = 64_000
MOST_AUDIO: Final = 8_000
"""A second of it; Twilio sends 20 ms at a time."""
MOST_WORDS: Final = 1_000
"""Of a played caller, whose words come beside the sound; Twilio sends none."""
KEYS: Final = frozenset("0123456789*#ABCD")


class FrameUnreadable(Exception):
    """A message that Twilio would not send; the words say what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Connected:
    pass


@dataclass(frozen=True, slots=True)
class Start:
    stream_sid: str
    call_sid: str
    token: str


@dataclass(frozen=True, slots=True)
class Stop:
    pass


@dataclass(frozen=True, slots=True)
class Passed:
    """A message of a kind that says nothing to us."""


type Frame = Connected | Start | Audio | Key | Words | Played | Stop | Passed


def read_frame(words: str) -> Frame:
    """What the message says.

    Raises:
        FrameUnreadable
    """
    if len(words) > LONGEST_MESSAGE:
        raise FrameUnreadable("too long")
    try:
        found: object = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise FrameUnreadable("not JSON") from error
    if not isinstance(found, dict):
        raise FrameUnreadable("not an object")
    try:
        return read_event(cast(Mapping[str, Any], found))
    except MalformedPayload as error:
        raise FrameUnreadable(f"lacks {error.params['field']}") from error


def read_event(message: Mapping[str, Any]) -> Frame:
    match message.get("event"):
        case "connected":
            return Connected()
        case "start":
            return read_start(section(message, "start"))
        case "media":
            return read_audio(message)
        case "dtmf":
            digit = find_string(find_section(message, "dtmf"), "digit", limit=2)
            if digit not in KEYS:
                raise FrameUnreadable("no key")
            return Key(digit)
        case "words":
            said = section(message, "words")
            return Words(find_string(said, "text", limit=MOST_WORDS), said.get("final") is True)
        case "mark":
            return Played(find_string(section(message, "mark"), "name", limit=100))
        case "stop":
            return Stop()
        case _:
            return Passed()


def read_start(start: Mapping[str, Any]) -> Start:
    form = find_section(start, "mediaFormat")
    shape = (form.get("encoding"), str(form.get("sampleRate")), str(form.get("channels")))
    if shape != ("audio/x-mulaw", str(RATE), "1"):
        raise FrameUnreadable("sound of another kind than mu-law of 8000 Hz on one channel")
    return Start(
        stream_sid=find_string(start, "streamSid", limit=100),
        call_sid=find_string(start, "callSid", limit=100),
        token=find_string(find_section(start, "customParameters"), "token", limit=200),
    )


def read_audio(message: Mapping[str, Any]) -> Audio | Passed:
    media = section(message, "media")
    if media.get("track", "inbound") != "inbound":
        return Passed()
    try:
        data = base64.b64decode(find_string(media, "payload", limit=LONGEST_MESSAGE), validate=True)
    except (binascii.Error, ValueError) as error:
        raise FrameUnreadable("not base64") from error
    if not 0 < len(data) <= MOST_AUDIO:
        raise FrameUnreadable("no sound, or too much at once")
    return Audio(count(message.get("sequenceNumber")), count(media.get("timestamp")), data)


def count(said: object) -> int:
    """A number that is written as a string."""
    words = str(said)
    if not (words.isascii() and words.isdecimal() and len(words) < 16):
        raise FrameUnreadable("no number")
    return int(words)


def media_message(stream_sid: str, data: bytes) -> str:
    """Sound for the caller."""
    payload = base64.b64encode(data).decode()
    return json.dumps({"event": "media", "streamSid": stream_sid, "media": {"payload": payload}})


def mark_message(stream_sid: str, name: str) -> str:
    """Comes back as `Played` once all before it was."""
    return json.dumps({"event": "mark", "streamSid": stream_sid, "mark": {"name": name}})


def clear_message(stream_sid: str) -> str:
    """What was sent and not played yet is thrown away."""
    return json.dumps({"event": "clear", "streamSid": stream_sid})
