"""What Twilio tells of a call: forms, read with care."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from proli.platform.body import BodyUnreadable, read_body
from proli.platform.payloads import MalformedPayload
from proli.voice.actions import CallNews
from proli.voice.rules import CallDirection, direction_of, phone_of, state_of
from proli.voice.transcript import RECORDING_ORDER, RecordingNews

MOST_BYTES: Final = 64_000
MOST_FIELDS: Final = 200
TWILIOS: Final = re.compile(r"https://(?:[\w-]+\.){0,4}twilio\.com/[\w./-]{1,400}", re.ASCII)
SID: Final = "[0-9a-f]{32}"
LONGEST_CALL_S: Final = 7 * 24 * 3600

type Form = Mapping[str, str]


async def read_form(request: Request) -> Form:
    """The fields as they were signed.

    Raises:
        BodyTooLarge, BodyUnreadable
    """
    body = await read_body(request, limit=MOST_BYTES)
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise BodyUnreadable(reason="not a form") from error
    return dict(fields)


def sid(form: Form, name: str, prefix: str) -> str:
    """An identifier of Twilio's that must be there.

    Raises:
        MalformedPayload
    """
    found = form.get(name, "")
    if not re.fullmatch(prefix + SID, found):
        raise MalformedPayload(field=name)
    return found


def read_news(form: Form) -> CallNews:
    """What the form tells of its call. Only calls that name both ends tell their direction.

    Raises:
        MalformedPayload: it names no call, or no account.
    """
    named = "From" in form and "To" in form
    direction = direction_of(form["Direction"]) if form.get("Direction") else None
    ours, theirs = ("From", "To") if direction is CallDirection.outbound else ("To", "From")
    return CallNews(
        external_id=sid(form, "CallSid", "CA"),
        account_sid=sid(form, "AccountSid", "AC"),
        state=state_of(form.get("CallStatus", "")),
        direction=direction,
        number_e164=phone_of(form[ours]) if named else None,
        phone_e164=phone_of(form[theirs]) if named else None,
        duration_s=seconds(form.get("CallDuration", "")),
    )


def read_recording(form: Form) -> RecordingNews:
    """What the form tells of a recording; its address only when it is one of Twilio's own.

    Raises:
        MalformedPayload: it names no recording, or a state that there is not.
    """
    state, url = form.get("RecordingStatus", ""), form.get("RecordingUrl", "")
    if state not in RECORDING_ORDER:
        raise MalformedPayload(field="RecordingStatus")
    return RecordingNews(
        external_id=sid(form, "RecordingSid", "RE"),
        state=state,
        url=url if TWILIOS.fullmatch(url) else None,
        duration_s=seconds(form.get("RecordingDuration", "")),
    )


def is_leg(form: Form) -> bool:
    """Whether the call is only a leg of another one, as when a person is dialled to take it."""
    return bool(form.get("ParentCallSid"))


def seconds(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 and int(said) < LONGEST_CALL_S else None
