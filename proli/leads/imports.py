"""Requests out of a table: what is wrong with each row is said, and what is right becomes a lead, once."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.contacts.actions import ensure_contacts
from proli.contacts.models import Contact
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import find_phones, parse_phone
from proli.knowledge.places import find_locality
from proli.knowledge.trades import list_trades, professional_word
from proli.leads.actions import move, note, open_leads, save_details
from proli.leads.columns import STATUS_OF, URGENCY_OF, Field, key, read_moment
from proli.leads.models import Lead, LeadEntry, LeadStatus
from proli.leads.stages import list_columns
from proli.platform.db import BusinessSession
from proli.platform.sheets import Sheet
from proli.playbooks.trades import known_trades, own_trades, say_trade

ARRANGING: Final = (LeadStatus.new, LeadStatus.contacted, LeadStatus.offered)
CLOSED: Final = frozenset({LeadStatus.done, LeadStatus.cancelled})
"""Requests that are history: a customer may have any number of them."""
PROMISED: Final = frozenset({LeadStatus.offered, LeadStatus.booked})
"""Offers and visits are made, not declared: an imported lead that had one waits for another."""
LONGEST: Final[Mapping[Field, int]] = {"customer_name": 200, "address": 200, "description": 4000}
CODES: Final[Mapping[Field, str]] = {
    "phone": "bad_phone",
    "locality": "unknown_city",
    "trade": "unknown_trade",
    "urgency": "unknown_urgency",
    "created_at": "bad_date",
    "status": "unknown_status",
}
SHOWN: Final = 100
LONGEST_PHONE: Final = 200
MOBILE: Final = "+9725"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be imported: the code, and what stands in the cell."""

    row: int
    field: Field
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as it was understood."""

    row: int
    values: Mapping[Field, Any]
    stage_id: int | None = None
    phone_cell: str | None = None
    """What stands in the phone's cell where it is more than one number."""
    faults: Sequence[Fault] = ()

    @property
    def phone(self) -> str:
        return self.values["phone"]

    @property
    def is_history(self) -> bool:
        return self.values.get("status") in CLOSED

    @property
    def digest(self) -> str:
        """The same for the same request told again, wherever it stands in its file."""
        said = json.dumps(self.values, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """A table with every row either ready or at fault."""

    rows: Sequence[Draft]
    faults: Sequence[Fault] = field(default_factory=list[Fault])

    @property
    def ready(self) -> list[Draft]:
        wrong = {fault.row for fault in self.faults}
        return [draft for draft in self.rows if draft.row not in wrong]


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of the table's cells are compared with."""

    zone: ZoneInfo
    now: datetime
    stages: Mapping[str, tuple[LeadStatus, int | None]]


async def check_sheet(
    session: BusinessSession, sheet: Sheet, columns: Sequence[Field | None], *, now: datetime
) -> Checked:
    """What each row says, and what is wrong with it: in itself, beside the others, and beside what is known."""
    business = await get_business(session)
    stages = {key(one.name): (one.kind, one.id) for one in await list_columns(session, business.language)}
    words = Words(ZoneInfo(business.zone), now, stages)
    drafts = await asyncio.to_thread(read_rows, sheet, columns, words)
    faults = [fault for draft in drafts for fault in draft.faults]
    sound = [draft for draft in drafts if not draft.faults]
    faults += await faults_beside(session, sound)
    return Checked(drafts, sorted(faults, key=lambda fault: fault.row))


def read_rows(sheet: Sheet, columns: Sequence[Field | None], words: Words) -> list[Draft]:
    return [read_row(number, cells, columns, words) for number, cells in sheet.rows]


def read_row(number: int, cells: Sequence[str], columns: Sequence[Field | None], words: Words) -> Draft:
    values: dict[Field, Any] = {}
    faults: list[Fault] = []
    stage_id: int | None = None
    phone_cell: str | None = None
    said: dict[Field, str] = {"phone": ""}
    said |= {name: cell for name, cell in zip(columns, cells, strict=False) if name is not None}
    for name, cell in said.items():
        if not cell and name != "phone":
            continue
        value: Any = READERS[name](cell, words) if name in READERS else cell
        if value is None or (name in LONGEST and len(cell) > LONGEST[name]):
            faults.append(Fault(number, name, CODES.get(name, "too_long"), cell[:SHOWN]))
        elif name == "status":
            values[name], stage_id = value
        elif name == "phone":
            values[name], phone_cell = value
        else:
            values[name] = value
    return Draft(number, values, stage_id, phone_cell, faults)


async def faults_beside(session: BusinessSession, drafts: Sequence[Draft]) -> list[Fault]:
    """The rows that are a second open request of their contact, in the table or beside what is known, or that stood
    further up or were imported before. Closed ones are history, of which there may be more."""
    phones = {draft.phone for draft in drafts}
    busy = set(
        await session.scalars(
            select(Contact.phone_e164)
            .join(Lead, Lead.contact_id == Contact.id)
            .where(Contact.phone_e164.in_(phones), Lead.status.in_(ARRANGING))
        )
    )
    before = set(
        await session.scalars(
            select(LeadEntry.details["digest"].astext)
            .join(Lead, Lead.id == LeadEntry.lead_id)
            .join(Contact, Contact.id == Lead.contact_id)
            .where(Contact.phone_e164.in_(phones), LeadEntry.kind == "imported")
        )
    )
    found: list[Fault] = []
    seen: set[str] = set()
    for draft in drafts:
        key_of = draft.digest if draft.is_history else draft.phone
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
    contacts = await ensure_contacts(session, {one.phone: one.values.get("customer_name", "") for one in ready})
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
        note(session, lead, kind="opened", actor=actor, now=now)
        note(session, lead, kind="status", actor=actor, now=now, details={"from": LeadStatus.new, "to": lead.status})
    return list(made)


def fill(session: BusinessSession, lead: Lead, draft: Draft, *, actor: Actor, now: datetime) -> None:
    """The new lead is what the row says; its timeline keeps where it came from."""
    details = {name: value for name, value in draft.values.items() if name not in {"phone", "created_at", "status"}}
    status: LeadStatus | None = draft.values.get("status")
    source: dict[str, Any] = {"row": draft.row, "digest": draft.digest}
    note(session, lead, kind="imported", actor=actor, now=now, details={**source, "status": status})
    save_details(session, lead, details, actor=actor, now=now)
    if draft.phone_cell:
        note(session, lead, kind="note", actor=actor, now=now, details={"text": draft.phone_cell})
    if "created_at" in draft.values:
        lead.created_at = draft.values["created_at"]
    if status is not None:
        move(session, lead, LeadStatus.contacted if status in PROMISED else status, actor=actor, now=now)
        lead.stage_id = None if status in PROMISED else draft.stage_id


def read_phone(cell: str, _: Words) -> tuple[str, str | None] | None:
    """The number, a mobile before others, and the whole cell where it says more than that."""
    said = cell[:LONGEST_PHONE]
    numbers = [phone.number for phone in find_phones(said)]
    if len(numbers) < 2 and ("@" in said or not any(letter.isalpha() for letter in said)):
        try:
            return parse_phone(said), None
        except BadPhone:
            pass
    best = min(numbers, key=lambda number: not number.startswith(MOBILE), default=None)
    return (best, said) if best else None


def read_place(cell: str, _: Words) -> str | None:
    place = find_locality(cell)
    return place.name if place else None


def read_trade(cell: str, _: Words) -> str | None:
    return trades_by_name().get(key(cell))


@cache
def trades_by_name() -> dict[str, str]:
    """Every trade by its id, its names, and what a person of the trade is called."""
    found = {key(trade): trade for trade in known_trades()}
    for language in ("he", "en"):
        found |= {key(say_trade(trade, language)): trade for trade in known_trades()}
        found |= {key(professional_word(trade, language)): trade for trade in list_trades()}
        found |= {key(own.person[language]): trade for trade, own in own_trades().items()}
    return found


def read_urgency(cell: str, _: Words) -> str | None:
    return URGENCY_OF.get(key(cell))


def read_created(cell: str, words: Words) -> datetime | None:
    return read_moment(cell, zone=words.zone, now=words.now)


def read_status(cell: str, words: Words) -> tuple[LeadStatus, int | None] | None:
    known = STATUS_OF.get(key(cell))
    return words.stages.get(key(cell)) or ((known, None) if known else None)


READERS: Final[Mapping[Field, Callable[[str, Words], Any]]] = {
    "phone": read_phone,
    "locality": read_place,
    "trade": read_trade,
    "urgency": read_urgency,
    "created_at": read_created,
    "status": read_status,
}
