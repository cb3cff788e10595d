"""Of requests that came twice one is taken into the other, and that can be undone."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.dispatch.errors import MergeRefused, NotMerged
from proli.dispatch.queries import find_open_offer
from proli.knowledge.trades import URGENT
from proli.leads.actions import count_as_contacted, move, note
from proli.leads.errors import LeadChanged, LeadOpenAlready
from proli.leads.models import EntryKind, Lead, LeadEntry, LeadStatus, Task
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.scheduling.queries import find_asked, find_promised

ONE_ARRANGING: Final = "uq_leads_one_collecting_per_contact"
TOLD: Final = (
    "customer_name",
    "trade",
    "issue",
    "description",
    "locality",
    "address",
    "address_parts",
    "wish",
    "intent",
)
STATE: Final = (
    *TOLD, "needs", "urgency", "status", "stage_id", "professional_id", "attention", "closed_at", "conversation_id",
)  # fmt: skip
"""What is looked at to see whether a lead has changed since it was merged, and put back when that is undone."""

type State = dict[str, Any]


async def merge(
    session: BusinessSession, *, lead_id: int, other_id: int, version: int, actor: Actor, now: datetime
) -> None:
    """All that is known of the other lead stands under this one, and the other, if it was open, is cancelled.

    The line in the timeline keeps what `unmerge` needs.

    Raises:
        LeadChanged: the kept lead is not of that version any more.
        MergeRefused: they are one lead, the kept one is closed, the other was merged before, or it has an offer out
            or a visit; `reason` says which.
    """
    lead, other = await get_both(session, lead_id, other_id)
    if lead.version != version:
        raise LeadChanged(lead_id=lead_id, version=lead.version)
    await require_mergeable(session, lead, other)
    before = state_of(lead), state_of(other)
    moved = {
        "entries": await hand_over(session, LeadEntry, other, lead),
        "tasks": await hand_over(session, Task, other, lead),
    }
    fill_missing(lead, other)
    if other.closed_at is None:
        move(session, other, LeadStatus.cancelled, actor=actor, now=now)
    other.attention = None
    note(session, other, kind=EntryKind.merged_into, actor=actor, now=now, details={"lead_id": lead.id})
    undo = {"lead": changed(before[0], state_of(lead)), "other": changed(before[1], state_of(other))}
    after = {"lead": digest_of(lead), "other": digest_of(other)}
    details = {"lead_id": lead.id, "other_id": other.id, "moved": moved, "before": undo, "after": after}
    note(session, lead, kind=EntryKind.merged, actor=actor, now=now, details=details)
    await session.flush()


async def unmerge(session: BusinessSession, *, lead_id: int, other_id: int, actor: Actor, now: datetime) -> None:
    """Both leads are as they were before the merge, and each has its own lines and tasks again.

    Raises:
        NotMerged: the other is not merged into this one.
        MergeRefused: one of them has changed since, or a stage of the board that it stood in is gone; `reason`.
        LeadOpenAlready: the other would be open again beside a newer request of its contact.
    """
    lead, other = await get_both(session, lead_id, other_id)
    merged = await get_merge(session, lead, other)
    for name, one in (("lead", lead), ("other", other)):
        if digest_of(one) != merged.details["after"][name]:
            raise MergeRefused(reason=f"{name}_changed", lead_id=one.id)
    try:
        async with session.begin_nested():
            await part(session, lead, other, merged.details)
    except IntegrityError as error:
        if ONE_ARRANGING in str(error.orig):
            raise LeadOpenAlready(lead_id=None) from error
        raise MergeRefused(reason="stage_gone", lead_id=other.id) from error
    for one in (lead, other):
        note(
            session,
            one,
            kind=EntryKind.unmerged,
            actor=actor,
            now=now,
            details={"lead_id": lead.id, "other_id": other.id},
        )


async def part(session: BusinessSession, lead: Lead, other: Lead, details: Mapping[str, Any]) -> None:
    for name, one in (("lead", lead), ("other", other)):
        put_back(one, details["before"][name])
    for table, name in ((LeadEntry, "entries"), (Task, "tasks")):
        back = update(table).where(table.id.in_(details["moved"][name]), table.lead_id == lead.id)
        await session.execute(back.values(lead_id=other.id))
    await session.flush()


async def get_both(session: BusinessSession, lead_id: int, other_id: int) -> tuple[Lead, Lead]:
    """Both leads, locked in the one order in which nobody waits for each other."""
    if lead_id == other_id:
        raise MergeRefused(reason="same_lead", lead_id=lead_id)
    first, second = sorted((lead_id, other_id))
    locked = {one: await get_lead(session, one, lock=True) for one in (first, second)}
    return locked[lead_id], locked[other_id]


async def require_mergeable(session: BusinessSession, lead: Lead, other: Lead) -> None:
    if lead.closed_at is not None:
        raise MergeRefused(reason="kept_is_closed", lead_id=lead.id)
    if await find_open_offer(session, other.id) is not None:
        raise MergeRefused(reason="offer_still_out", lead_id=other.id)
    if await find_promised(session, other.id) or await find_asked(session, other.id):
        raise MergeRefused(reason="has_visit", lead_id=other.id)
    newest = (
        select(LeadEntry.kind)
        .where(LeadEntry.lead_id == other.id, LeadEntry.kind.in_((EntryKind.merged_into, EntryKind.unmerged)))
        .order_by(LeadEntry.id.desc())
        .limit(1)
    )
    if other.closed_at is not None and await session.scalar(newest) == EntryKind.merged_into:
        raise MergeRefused(reason="merged_already", lead_id=other.id)


async def get_merge(session: BusinessSession, lead: Lead, other: Lead) -> LeadEntry:
    """The line in which the other was merged into the lead, and which was not undone."""
    about = LeadEntry.details.contains({"lead_id": lead.id, "other_id": other.id})
    lines = select(LeadEntry).where(
        LeadEntry.lead_id == lead.id, LeadEntry.kind.in_((EntryKind.merged, EntryKind.unmerged)), about
    )
    newest = await session.scalar(lines.order_by(LeadEntry.id.desc()).limit(1))
    if newest is None or newest.kind != EntryKind.merged:
        raise NotMerged(lead_id=lead.id, other_id=other.id)
    return newest


async def hand_over(
    session: BusinessSession, table: type[LeadEntry] | type[Task], other: Lead, lead: Lead
) -> list[int]:
    """The other's rows stand under the lead; where it came from stays with it, so that no import brings it again."""
    statement = update(table).where(table.lead_id == other.id).values(lead_id=lead.id)
    if table is LeadEntry:
        statement = statement.where(LeadEntry.kind != "imported")
    return sorted(await session.scalars(statement.returning(table.id)))


def fill_missing(lead: Lead, other: Lead) -> None:
    """What was not known of the lead is what was known of the other; what was known stays."""
    if not lead.address:
        lead.address_parts = other.address_parts
    for name in TOLD:
        if name != "address_parts" and not getattr(lead, name):
            setattr(lead, name, getattr(other, name))
    if missing := other.needs.keys() - lead.needs.keys():
        lead.needs = {**lead.needs, **{name: other.needs[name] for name in missing}}
    if lead.urgency == "normal" and other.urgency in URGENT:
        lead.urgency = other.urgency
    if lead.conversation_id is None and lead.contact_id == other.contact_id:
        lead.conversation_id = other.conversation_id
    if lead.attention is None:
        lead.attention = other.attention
    count_as_contacted(lead)


def state_of(lead: Lead) -> State:
    state = {name: getattr(lead, name) for name in STATE}
    return {**state, "closed_at": lead.closed_at.astimezone(UTC).isoformat() if lead.closed_at else None}


def changed(before: State, after: State) -> State:
    return {name: value for name, value in before.items() if value != after[name]}


def put_back(lead: Lead, before: Mapping[str, Any]) -> None:
    for name, value in before.items():
        setattr(lead, name, datetime.fromisoformat(value) if name == "closed_at" and value else value)


def digest_of(lead: Lead) -> str:
    return hashlib.sha256(json.dumps(state_of(lead), sort_keys=True).encode()).hexdigest()
