"""From calls that were imagined to rows."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from proli.demo.life import Life, PhoneCall
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.platform.security import new_token
from proli.voice.models import Call, CallRecording, CallTurn
from proli.voice.numbers import add_voice_number
from proli.voice.rules import CallDirection, CallOutcome, CallState

NOBODYS = f"AC{'0' * 32}"
"""The account of a number that nobody has; no request can be signed by it."""
STATES = {CallOutcome.missed: CallState.no_answer}


async def connect_number(session: BusinessSession, runtime: Runtime, phone_e164: str) -> int:
    """The business is called at a number."""
    secrets = {"auth_token": new_token(), "shared_key": ""}
    return await add_voice_number(
        session, runtime.vault, phone_e164=phone_e164, account_sid=NOBODYS, secrets=secrets
    )  # fmt: skip


def call_of(call: PhoneCall, number_id: int, *, contacts: Mapping[str, int], leads: Mapping[Life, int]) -> Call:
    phone = call.life.person.phone_e164 if call.life else None
    return Call(
        external_id=sid("CA"),
        number_id=number_id,
        contact_id=contacts[phone] if phone else None,
        lead_id=leads[call.life] if call.life and call.about_lead else None,
        direction=CallDirection.inbound,
        phone_e164=phone,
        state=STATES.get(call.outcome, CallState.completed),
        outcome=call.outcome,
        summary=call.summary,
        started_at=call.began,
        connected_at=call.connected,
        ended_at=call.ended,
        seen_at=call.ended,
        duration_s=round((call.ended - call.connected).total_seconds()) if call.connected else 0,
        created_at=call.began,
    )


def parts_of(rows: Mapping[PhoneCall, Call]) -> Sequence[CallTurn | CallRecording]:
    """What was said in each, and whether it was recorded."""
    turns = [
        CallTurn(
            call_id=row.id, contact_id=row.contact_id, number=number, speaker=line.speaker, text=line.text,
            began_at=line.at, ended_at=line.ended_at, cut_off=line.cut_off, latency_ms=line.latency_ms,
        )
        for call, row in rows.items()
        for number, line in enumerate(call.lines, start=1)
    ]  # fmt: skip
    recordings = [
        CallRecording(
            call_id=row.id, contact_id=row.contact_id, external_id=sid("RE"), state="completed",
            duration_s=row.duration_s,
        )
        for call, row in rows.items()
        if call.recorded
    ]  # fmt: skip
    return [*turns, *recordings]


def sid(kind: str) -> str:
    """A name as the provider gives them, of nothing that it has."""
    return f"{kind}{uuid4().hex}"
