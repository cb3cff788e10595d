"""Requests out of a table: what is wrong with each row is said, and what is right becomes a lead, once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.contacts.addresses import ensure_contacts, find_by_phone
from proli.contacts.models import Evidence
from proli.leads.actions import move, note, open_leads, save_details
from proli.leads.columns import Field, key
from proli.leads.import_rows import CellContext, Draft, Fault, read_rows
from proli.leads.models import ARRANGING, ASKED_OR_BOOKED, EntryKind, Lead, LeadEntry, LeadStatus
from proli.leads.stages import list_columns
from proli.platform.db import BusinessSession
from proli.platform.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Checked:
    """A table with every row either ready or at fault."""

    rows: Sequence[Draft]
    faults: Sequence[Fault] = field(default_factory=list[Fault])

    @property
    def ready(self) -> list[Draft]:
        wrong = {fault.row for fault in self.faults}
        return [draft for draft in self.rows if draft.row not in wrong]


async def check_sheet(
    session: BusinessSession, sheet: Sheet, columns: Sequence[Field | None], *, now: datetime
) -> Checked:
    """What each row says, and what is wrong with it: in itself, beside the others, and beside what is known."""
    business = await get_business(session)
    stages = {key(one.name): (one.kind, one.id) for one in await list_columns(session, business.language)}
    words = CellContext(ZoneInfo(business.zone), now, stages)
    drafts = await asyncio.to_thread(read_rows, sheet, columns, words)
    faults = [fault for draft in drafts for fault in draft.faults]
    sound = [draft for draft in drafts if not draft.faults]
    faults += await faults_beside(session, sound)
    return Checked(drafts, sorted(faults, key=lambda fault: fault.row))


async def faults_beside(session: BusinessSession, drafts: Sequence[Draft]) -> list[Fault]:
    """The rows that are a second open request of their contact, in the table or beside what is known, or that stood
    further up or were imported before. Closed ones are history, of which there may be more."""
    phones = {draft.phone for draft in drafts}
    contacts = {phone: contact.id for phone, contact in (await find_by_phone(session, phones)).items()}
    theirs = Lead.contact_id.in_(contacts.values())
    arranging = set(await session.scalars(select(Lead.contact_id).where(theirs, Lead.status.in_(ARRANGING))))
    busy = {phone for phone, contact_id in contacts.items() if contact_id in arranging}
    before = set(
        await session.scalars(
            select(LeadEntry.details["digest"].astext)
            .join(Lead, Lead.id == LeadEntry.lead_id)
            .where(theirs, LeadEntry.kind == EntryKind.imported)
        )
    )
    found: list[Fault] = []
    seen: set[str | int] = set()
    for draft in drafts:
        key_of = draft.digest if draft.is_history else contacts.get(draft.phone, draft.phone)
        if key_of in seen:
            found.append(Fault(draft.row, "phone", "duplicate_phone", draft.phone))
        elif draft.phone in busy and not draft.is_history:
            found.append(Fault(draft.row, "phone", "contact_has_open_lead", draft.phone))
        elif draft.digest in before:
            found.append(Fault(draft.row, "phone", "imported_already", draft.phone))
        seen.add(key_of)
    return found


async def import_sheet(
    session: BusinessSession, sheet: Sheet, columns: Sequence[Field | None], *, actor: Actor, now: datetime
) -> tuple[int, list[Fault]]:
    """Every row that is right is a lead; returns how many, and why the others are not.

    Imports of one business wait for each other, so that of the same file sent twice at once only one counts.
    """
    await session.execute(select(func.pg_advisory_xact_lock(session.require_business())))
    checked = await check_sheet(session, sheet, columns, now=now)
    ready, faults = checked.ready, list(checked.faults)
    names = {one.phone: one.values.get("customer_name", "") for one in ready}
    contacts = await ensure_contacts(session, names, evidence=Evidence.imported)
    made = 0
    for history in (True, False):
        some = [draft for draft in ready if draft.is_history is history]
        for_contact = [contacts[draft.phone].id for draft in some]
        if history:
            statuses = [draft.values["status"] for draft in some]
            leads = await add_history(session, for_contact, statuses, actor=actor, now=now)
        else:
            leads = await open_each(session, for_contact, actor=actor, now=now)
        for draft, lead in zip(some, leads, strict=True):
            if lead is None:
                faults.append(Fault(draft.row, "phone", "contact_has_open_lead", draft.phone))
            else:
                made += 1
                fill(session, lead, draft, actor=actor, now=now)
    await session.flush()
    return made, sorted(faults, key=lambda fault: fault.row)


async def open_each(
    session: BusinessSession, contact_ids: Sequence[int], *, actor: Actor, now: datetime
) -> list[Lead | None]:
    """An open request for each contact, None where one is being arranged."""
    leads = await open_leads(session, contact_ids=contact_ids, actor=actor, now=now)
    return [leads.get(one) for one in contact_ids]


async def add_history(
    session: BusinessSession, contact_ids: Sequence[int], statuses: Sequence[LeadStatus], *, actor: Actor, now: datetime
) -> list[Lead | None]:
    """A closed request for each, beside whatever else their contact has."""
    made = [
        Lead(contact_id=one, status=status, description="", urgency="normal", needs={}, closed_at=now)
        for one, status in zip(contact_ids, statuses, strict=True)
    ]
    session.add_all(made)
    await session.flush()
    for lead in made:
        note(session, lead, kind=EntryKind.opened, actor=actor, now=now)
        note(
            session,
            lead,
            kind=EntryKind.status,
            actor=actor,
            now=now,
            details={"from": LeadStatus.new, "to": lead.status},
        )
    return list(made)


def fill(session: BusinessSession, lead: Lead, draft: Draft, *, actor: Actor, now: datetime) -> None:
    """The new lead is what the row says; its timeline keeps where it came from."""
    details = {name: value for name, value in draft.values.items() if name not in {"phone", "created_at", "status"}}
    status: LeadStatus | None = draft.values.get("status")
    source: dict[str, Any] = {"row": draft.row, "digest": draft.digest}
    note(session, lead, kind=EntryKind.imported, actor=actor, now=now, details={**source, "status": status})
    save_details(session, lead, details, actor=actor, now=now)
    if draft.phone_cell:
        note(session, lead, kind=EntryKind.note, actor=actor, now=now, details={"text": draft.phone_cell})
    if "created_at" in draft.values:
        lead.created_at = draft.values["created_at"]
    if status is not None:  # offers and visits are made, not declared: a lead that had one waits for another
        move(session, lead, LeadStatus.contacted if status in ASKED_OR_BOOKED else status, actor=actor, now=now)
        lead.stage_id = None if status in ASKED_OR_BOOKED else draft.stage_id
