"""The log of calls, and one call with what was said."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.audit import record
from proli.accounts.errors import BadSetting
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.conversations.models import Delivery
from proli.conversations.queries import find_latest_conversation
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.platform.doors.fields import Body, Phone
from proli.platform.doors.values import Moment
from proli.scheduling.on_call import OnCall
from proli.voice.models import CallTransfer
from proli.voice.queries import (
    Entry,
    Wanted,
    find_written,
    get_entry,
    list_calls,
    list_live,
    list_recordings,
    list_turns,
    look,
)
from proli.voice.recording.queries import list_kept, read_recording
from proli.voice.rules import CallDirection, CallOutcome, CallState, TransferReason
from proli.voice.taking_over import take_over
from proli.voice.transfers import list_transfers

router = APIRouter(prefix="/api/businesses/{slug}/calls", tags=["calls"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]
Id = Annotated[int | None, Query(ge=1, le=2**63 - 1)]


class SoundOut(Response):
    media_type = "audio/ogg"


class CallOut(BaseModel):
    id: int
    direction: CallDirection
    state: Annotated[CallState, Field(description="How far it has come, in the provider's words.")]
    simulated: Annotated[bool, Field(description="Somebody of the business has played the caller.")]
    outcome: Annotated[CallOutcome | None, Field(description="What it came to; null as long as nobody knows.")]
    contact_id: int | None
    name: str
    phone: Annotated[str | None, Field(description="The other side's number; null when it is withheld.")]
    number: Annotated[str | None, Field(description="The number of ours.")]
    lead_id: int | None
    summary: str
    taken_by: Annotated[str | None, Field(description="Who of the business has taken it.")]
    started_at: datetime
    connected_at: Annotated[datetime | None, Field(description="When somebody could first be talked with.")]
    ended_at: datetime | None
    duration_s: Annotated[int | None, Field(description="As the provider has counted.")]


class CallPage(BaseModel):
    calls: list[CallOut]


class CallTurnOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: int
    speaker: Annotated[str, Field(description="caller, agent or person.")]
    text: Annotated[str, Field(description="What was heard of it.")]
    began_at: datetime
    ended_at: datetime | None
    cut_off: bool
    latency_ms: int | None


class CallRecordingOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    state: str
    duration_s: int | None


class CallSoundOut(BaseModel):
    """Our own recording of one line of a call."""

    model_config = ConfigDict(from_attributes=True)

    stream_id: int
    began_at: datetime
    length_ms: int


class CallTransferOut(BaseModel):
    """People who were rung for the call, one after the other."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    reason: TransferReason
    people: Annotated[list[str], Field(description="Their names, in order.")]
    step: Annotated[int, Field(description="Whom we ring, from 0; as many as there are when nobody took it.")]
    asked_at: datetime
    taken_at: datetime | None
    ended_at: datetime | None


class CallMessageOut(BaseModel):
    """The message in which a call went on in writing."""

    model_config = ConfigDict(from_attributes=True)

    conversation_id: int
    text: str
    sent_at: datetime
    delivery: Delivery | None


class CallDetails(BaseModel):
    call: CallOut
    turns: Annotated[list[CallTurnOut], Field(description="What was said, in order.")]
    recordings: Annotated[list[CallRecordingOut], Field(description="What the provider has recorded.")]
    sounds: Annotated[list[CallSoundOut], Field(description="What we have recorded, and is still kept.")]
    transfers: Annotated[list[CallTransferOut], Field(description="Each time people were rung for it.")]
    conversation_id: Annotated[int | None, Field(description="Where the other side last wrote with us.")]
    written: Annotated[CallMessageOut | None, Field(description="How it went on in writing, where it did.")]


class TakeOver(Body):
    phone: Phone


class LiveCallOut(BaseModel):
    call: CallOut
    turns: Annotated[list[CallTurnOut], Field(description="What was said last, oldest first.")]


class LiveCalls(BaseModel):
    calls: Annotated[list[LiveCallOut], Field(description="The longest first.")]


class CallsNow(BaseModel):
    any: Annotated[bool, Field(description="There is a number to be called at, or there has been a call.")]
    live: Annotated[int, Field(description="How many calls have not ended.")]


def wanted(
    direction: CallDirection | None = None,
    state: CallState | None = None,
    outcome: CallOutcome | None = None,
    contact_id: Id = None,
    lead_id: Id = None,
    number_id: Id = None,
    live: bool | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
) -> Wanted:
    return Wanted(
        direction=direction, state=state, outcome=outcome, contact_id=contact_id, lead_id=lead_id,
        number_id=number_id, live=live, since=since, until=until,
    )  # fmt: skip


@router.get("")
async def get_calls(
    inside: Viewer,
    wanted: Annotated[Wanted, Depends(wanted)],
    before_at: Moment | None = None,
    before_id: Id = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> CallPage:
    """The calls that are wanted, the newest first. `before_*` are `started_at` and `id` of the last one shown."""
    before = None if before_at is None or before_id is None else (before_at, before_id)
    return CallPage(calls=[shown(one) for one in await list_calls(inside.session, wanted, before=before, limit=limit)])


@router.get("/now")
async def get_calls_now(inside: Viewer) -> CallsNow:
    """Whether there is anything to see of calls, and how many there are at this moment."""
    found, live = await look(inside.session)
    return CallsNow(any=found, live=live)


@router.get("/live")
async def get_live_calls(inside: Viewer) -> LiveCalls:
    """The calls that are under way, with what was said in them last."""
    live = await list_live(inside.session)
    return LiveCalls(
        calls=[
            LiveCallOut(call=shown(entry), turns=[CallTurnOut.model_validate(one) for one in turns])
            for entry, turns in live
        ]
    )


@router.get("/{call_id}")
async def get_call(call_id: int, inside: Viewer) -> CallDetails:
    """One call with its transcript and what came of it."""
    entry = await get_entry(inside.session, call_id)
    contact_id = entry.call.contact_id
    talk = None if contact_id is None else await find_latest_conversation(inside.session, contact_id)
    written = await find_written(inside.session, entry.call)
    return CallDetails(
        call=shown(entry),
        turns=[CallTurnOut.model_validate(one) for one in await list_turns(inside.session, call_id)],
        recordings=[CallRecordingOut.model_validate(one) for one in await list_recordings(inside.session, call_id)],
        sounds=[CallSoundOut.model_validate(one) for one in await list_kept(inside.session, call_id)],
        transfers=[shown_transfer(one) for one in await list_transfers(inside.session, call_id)],
        conversation_id=talk and talk.id,
        written=None if written is None else CallMessageOut.model_validate(written),
    )


@router.post("/{call_id}/takeover", status_code=204)
async def post_takeover(call_id: int, body: TakeOver, inside: Agent) -> None:
    """The call leaves its line, and this phone is rung; with 1 they have it. When nobody takes it the talk goes on."""
    try:
        person = OnCall(name=inside.member.name, phone_e164=parse_phone(body.phone))
    except BadPhone as error:
        raise BadSetting(field="phone") from error
    await take_over(
        inside.session, call_id, person,
        public_url=inside.runtime.settings.http.public_url, actor=inside.actor, now=inside.now,
    )  # fmt: skip
    record(inside, "call.taken_over", f"call:{call_id}")


@router.get("/{call_id}/recordings/{stream_id}", response_class=SoundOut)
async def get_recording(call_id: int, stream_id: int, inside: Agent) -> Response:
    """The recording of one line, an Ogg file of Opus with the caller on the left. Who listens is recorded."""
    sound = await read_recording(inside.session, call_id, stream_id)
    record(inside, "call.listened", f"call:{call_id}")
    return SoundOut(sound, headers={"cache-control": "no-store"})


def shown_transfer(transfer: CallTransfer) -> CallTransferOut:
    return CallTransferOut(
        id=transfer.id, reason=transfer.reason, people=[str(one["name"]) for one in transfer.people],
        step=transfer.step, asked_at=transfer.asked_at, taken_at=transfer.taken_at, ended_at=transfer.ended_at,
    )  # fmt: skip


def shown(entry: Entry) -> CallOut:
    call = entry.call
    return CallOut(
        id=call.id, direction=call.direction, state=call.state, simulated=call.simulated, outcome=call.outcome,
        contact_id=call.contact_id,
        name=entry.contact.name if entry.contact else "", phone=call.phone_e164, number=entry.number_e164,
        lead_id=call.lead_id, summary=call.summary, taken_by=call.taken_by, started_at=call.started_at,
        connected_at=call.connected_at,
        ended_at=call.ended_at, duration_s=call.duration_s,
    )  # fmt: skip
