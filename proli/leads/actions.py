"""A request opens, fills up, moves through its stages and closes; every step is a line of its timeline."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from proli.accounts.actor import Actor
from proli.conversations.reasons import NOT_HELD, PersonReason
from proli.conversations.waiting import end_call
from proli.knowledge.address import Address
from proli.leads.events import LeftToStand, PlaceChanged
from proli.leads.models import ASKED_OR_BOOKED, ENDED, EntryKind, Lead, LeadEntry, LeadStatus
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit

OUTWEIGHS_UNABLE = NOT_HELD | {PersonReason.danger, PersonReason.no_outcome}
DETAILS = frozenset(
    [
        "trade",
        "issue",
        "description",
        "urgency",
        "customer_name",
        "locality",
        "address",
        "address_parts",
        "wish",
        "intent",
        "needs",
        "professional_id",
    ]
)


def note(
    session: BusinessSession,
    lead: Lead,
    *,
    kind: EntryKind,
    actor: Actor,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """The timeline has one line more."""
    session.add(LeadEntry(lead_id=lead.id, kind=kind, actor=actor, details=dict(details or {}), at=now))


async def open_lead(
    session: BusinessSession, *, contact_id: int, conversation_id: int | None, actor: Actor, now: datetime
) -> Lead:
    """A new request of the contact is open; one that staff write down has no conversation."""
    lead = Lead(
        contact_id=contact_id,
        conversation_id=conversation_id,
        status=LeadStatus.new,
        description="",
        urgency="normal",
        needs={},
    )
    session.add(lead)
    await session.flush()
    note(session, lead, kind=EntryKind.opened, actor=actor, now=now)
    return lead


async def open_leads(
    session: BusinessSession, *, contact_ids: Collection[int], actor: Actor, now: datetime
) -> dict[int, Lead]:
    """New requests are open, one for each contact that had none being arranged; returns them by contact."""
    fresh = {
        "business_id": session.require_business(),
        "status": LeadStatus.new,
        "description": "",
        "urgency": "normal",
    }
    rows: list[dict[str, Any]] = [{**fresh, "contact_id": one, "needs": {}} for one in sorted(contact_ids)]
    if not rows:
        return {}
    made = await session.scalars(insert(Lead).on_conflict_do_nothing().returning(Lead), rows)
    leads = {lead.contact_id: lead for lead in made}
    for lead in leads.values():
        note(session, lead, kind=EntryKind.opened, actor=actor, now=now)
    return leads


def save_details(
    session: BusinessSession, lead: Lead, details: Mapping[str, Any], *, actor: Actor, now: datetime
) -> dict[str, Any]:
    """What is known of the request is what was said last; returns what changed. Names outside DETAILS are a fault.

    Of the needs, those that were not named stay as they are.
    """
    unknown = details.keys() - DETAILS
    if unknown:
        raise ValueError(f"not details of a lead: {sorted(unknown)}")
    if details.get("address_parts"):
        details = {**details, **merged_address(lead.address_parts or {}, details["address_parts"])}
    if details.get("needs"):
        details = {**details, "needs": {**lead.needs, **details["needs"]}}
    changed = {name: value for name, value in details.items() if value is not None and getattr(lead, name) != value}
    for name, value in changed.items():
        setattr(lead, name, value)
    if changed:
        note(session, lead, kind=EntryKind.details, actor=actor, now=now, details=changed)
    count_as_contacted(lead)
    return changed


def count_as_contacted(lead: Lead) -> None:
    """A new lead is one no more once it is known for what."""
    if lead.status == LeadStatus.new and lead.trade is not None:
        lead.status, lead.stage_id = LeadStatus.contacted, None


PLACE = frozenset({"locality", "address", "address_parts", "pin"})


async def tell_of_place(session: BusinessSession, lead: Lead, changed: Mapping[str, Any]) -> None:
    """Whoever is asked or expected to come hears of another place; nobody hears where nobody is."""
    if changed.keys() & PLACE and lead.status in ASKED_OR_BOOKED:
        await emit(session, PlaceChanged(business_id=session.require_business(), lead_id=lead.id))


def merged_address(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The address with the parts just told in their place; another street is another address."""
    moved = known.get("street") and told.get("street") not in (None, known["street"])
    parts = dict(told) if moved else {**known, **told}
    names = ("street", "number", "floor", "apartment", "entrance")
    return {"address": Address(**{name: parts.get(name) for name in names}).line(), "address_parts": parts}


def move(session: BusinessSession, lead: Lead, status: LeadStatus, *, actor: Actor, now: datetime) -> None:
    """The lead stands in `status`; a status that ends it closes it."""
    if lead.status == status:
        return
    note(session, lead, kind=EntryKind.status, actor=actor, now=now, details={"from": lead.status, "to": status})
    lead.status, lead.stage_id = status, None
    lead.closed_at = now if status in ENDED else None


def call_for_person(session: BusinessSession, lead: Lead, reason: PersonReason, *, actor: Actor, now: datetime) -> None:
    """The lead stands in the attention list, once per reason. A danger stays the reason until a person sees to it, and
    that its professional cannot come, until the visit is over. How a visit went outlasts what is written of it.
    """
    unable = lead.attention == PersonReason.professional_unable and reason not in OUTWEIGHS_UNABLE
    went = reason == PersonReason.customer_wrote and lead.attention in (PersonReason.no_outcome, *NOT_HELD)
    if lead.attention not in (reason, PersonReason.danger) and not (unable or went):
        lead.attention = reason
        note(session, lead, kind=EntryKind.attention, actor=actor, now=now, details={"reason": reason})


async def attend(session: BusinessSession, lead: Lead, *, actor: Actor, now: datetime) -> None:
    """A person has seen to the lead: it leaves the list of what needs one, and its conversation waits for nobody."""
    if lead.conversation_id is not None:
        await end_call(session, conversation_id=lead.conversation_id)
    if lead.attention is not None:
        note(session, lead, kind=EntryKind.attended, actor=actor, now=now, details={"of": lead.attention})
        if lead.attention == PersonReason.professional_unable:
            await emit(session, LeftToStand(business_id=session.require_business(), lead_id=lead.id))
        lead.attention = None
