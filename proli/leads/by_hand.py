"""Requests that people of the business write down, and change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.contacts.addresses import ensure_contact
from proli.contacts.models import Evidence
from proli.leads.actions import open_lead, save_details, tell_of_place
from proli.leads.errors import LeadChanged, LeadOpenAlready
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import find_open_lead, get_lead
from proli.platform.db import BusinessSession


async def write_down(
    session: BusinessSession, *, phone_e164: str, details: Mapping[str, Any], actor: Actor, now: datetime
) -> Lead:
    """Whoever has this phone has a request with these details, which nobody has asked for in writing.

    Raises:
        LeadOpenAlready: they have one that is still being arranged.
    """
    name = details.get("customer_name") or ""
    contact = await ensure_contact(session, phone_e164=phone_e164, name=name, evidence=Evidence.staff)
    known = await find_open_lead(session, contact.id)
    if known is not None and known.status != LeadStatus.booked:
        raise LeadOpenAlready(lead_id=known.id)
    try:
        async with session.begin_nested():
            lead = await open_lead(session, contact_id=contact.id, conversation_id=None, actor=actor, now=now)
    except IntegrityError as error:
        raise LeadOpenAlready(lead_id=None) from error
    await put_right(session, lead, details, actor=actor, now=now)
    return lead


async def edit(
    session: BusinessSession, lead_id: int, details: Mapping[str, Any], *, version: int, actor: Actor, now: datetime
) -> None:
    """The details are as given, and whoever is to come elsewhere by them is told.

    Raises:
        LeadNotFound
        LeadChanged: it has another version by now.
    """
    lead = await get_lead(session, lead_id, lock=True)
    if lead.version != version:
        raise LeadChanged(lead_id=lead_id, version=lead.version)
    await put_right(session, lead, details, actor=actor, now=now)


async def put_right(
    session: BusinessSession, lead: Lead, details: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    changed = save_details(session, lead, details, actor=actor, now=now)
    await tell_of_place(session, lead, changed)
