"""A caller is connected to a person: those on the list are rung one after the other until one takes the call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from proli.accounts.actor import BY_AGENT, BY_SYSTEM, Actor
from proli.accounts.queries import get_business
from proli.accounts.trail import keep
from proli.leads.actions import note
from proli.leads.models import EntryKind, Lead
from proli.leads.queries import find_open_lead
from proli.platform.db import BusinessSession, locked
from proli.platform.jobs import emit
from proli.scheduling.observance import policy_of
from proli.scheduling.on_call import OnCall, on_call_at, transfer_list
from proli.voice.events import CallTaken
from proli.voice.models import Call, CallTransfer
from proli.voice.rules import CallOutcome, TransferReason

MOST_ASKED: Final = 2
"""So often a caller who asks for a person is connected in one call; for any other reason once."""


@dataclass(frozen=True, slots=True)
class Leading:
    """To whom a caller is connected, the first one first, and why."""

    people: Sequence[OnCall]
    reason: TransferReason


async def find_people(
    session: BusinessSession, call_id: int, *, caller: str | None, reason: TransferReason, now: datetime
) -> Leading | None:
    """To whom this caller can be connected now; None where nobody takes calls, or it was tried often enough."""
    tried = await session.scalar(
        select(func.count())
        .select_from(CallTransfer)
        .where(CallTransfer.call_id == call_id, CallTransfer.reason != TransferReason.takeover)
    )
    if (tried or 0) >= (MOST_ASKED if reason is TransferReason.asked else 1):
        return None
    business = await get_business(session)
    found = on_call_at(
        transfer_list(business.transfers), now, policy=policy_of(business.rest), zone=ZoneInfo(business.zone)
    )
    others = [one for one in found if one.phone_e164 != caller]
    return Leading(others, reason) if others else None


async def begin_transfer(
    session: BusinessSession,
    call: Call,
    leading: Leading,
    *,
    actor: Actor = BY_AGENT,
    now: datetime,
) -> CallTransfer | None:
    """The call, which is locked, is led on; None when it is over. Of two at once the first holds."""
    if call.ended_at is not None:
        return None
    known = await find_open_transfer(session, call.id)
    if known is not None:
        return known
    rung = [{"name": one.name, "phone_e164": one.phone_e164} for one in leading.people]
    made = CallTransfer(
        call_id=call.id,
        contact_id=call.contact_id,
        reason=leading.reason,
        people=rung,
        step=0,
        actor=actor,
        asked_at=now,
    )
    session.add(made)
    await session.flush()
    return made


async def find_open_transfer(session: BusinessSession, call_id: int) -> CallTransfer | None:
    wanted = select(CallTransfer).where(CallTransfer.call_id == call_id, CallTransfer.ended_at.is_(None))
    return await session.scalar(wanted)


async def find_transfer(session: BusinessSession, call_id: int, transfer_id: int) -> CallTransfer | None:
    """One of this call's, locked."""
    wanted = select(CallTransfer).where(CallTransfer.id == transfer_id, CallTransfer.call_id == call_id)
    return await session.scalar(locked(wanted))


async def list_transfers(session: BusinessSession, call_id: int) -> Sequence[CallTransfer]:
    own = select(CallTransfer).where(CallTransfer.call_id == call_id).order_by(CallTransfer.id)
    return (await session.scalars(own)).all()


def pass_on(transfer: CallTransfer, step: int, *, now: datetime) -> None:
    """Whom we rang at this step has not taken the call: the next is rung, or nobody is left. Told again, nothing."""
    if transfer.ended_at is not None or transfer.taken_at is not None or transfer.step != step:
        return
    transfer.step += 1
    if transfer.step >= len(transfer.people):
        transfer.ended_at = now


async def take_call(session: BusinessSession, call: Call, transfer: CallTransfer, step: int, *, now: datetime) -> bool:
    """Whoever is rung at this step has the call; False when it is over, or somebody else's by now."""
    if transfer.step != step or step >= len(transfer.people):
        return False
    if transfer.taken_at is not None:
        return call.ended_at is None
    if transfer.ended_at is not None or call.ended_at is not None:
        return False
    person = transfer.people[step]
    transfer.taken_at, call.taken_by, call.outcome = now, person["name"], CallOutcome.transferred
    actor = Actor.staff(person["name"])
    lead = await lead_of(session, call)
    if lead is not None:
        note(session, lead, kind=EntryKind.call_taken, actor=actor, now=now, details={"by": person["name"]})
    keep(session, "call.taken", f"call:{call.id}", actor=BY_SYSTEM, now=now, details={"by": person["name"]})
    await emit(session, CallTaken(business_id=session.require_business(), call_id=call.id, transfer_id=transfer.id))
    return True


async def lead_of(session: BusinessSession, call: Call) -> Lead | None:
    """The request that the call is about, or else the caller's open one."""
    if call.lead_id is not None:
        return await session.get(Lead, call.lead_id)
    return None if call.contact_id is None else await find_open_lead(session, call.contact_id)
