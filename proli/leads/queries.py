"""Reads of leads."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import func, select, text

from proli.contacts.models import Contact
from proli.conversations.reasons import PersonReason
from proli.leads.errors import LeadNotFound
from proli.leads.models import OPEN, Lead, LeadEntry
from proli.platform.db import BusinessSession, locked

NAME: Final = func.coalesce(func.nullif(Lead.customer_name, ""), Contact.name)
"""What the customer of a lead is called: as the lead says, or else as they call themselves; empty if nobody knows."""

MEANT_FIRST: Final = "{lead}.status = 'booked', {lead}.id DESC"
"""Of a contact's open requests the one still being arranged comes first, then the newest that is booked."""


def name_of(lead: Lead, contact: Contact) -> str:
    """As `NAME`."""
    return lead.customer_name or contact.name


async def get_lead(session: BusinessSession, lead_id: int, *, lock: bool = False) -> Lead:
    """With `lock`, nobody else changes the lead until the end of the transaction."""
    statement = select(Lead).where(Lead.id == lead_id)
    found = await session.scalar(locked(statement) if lock else statement)
    if found is None:
        raise LeadNotFound(lead_id=lead_id)
    return found


async def find_open_lead(session: BusinessSession, contact_id: int) -> Lead | None:
    """What the contact is talking about: the request still being arranged, or else the newest one that is booked."""
    theirs = select(Lead).where(Lead.contact_id == contact_id, Lead.status.in_(OPEN))
    return await session.scalar(theirs.order_by(text(MEANT_FIRST.format(lead="leads"))).limit(1))


async def list_called(
    session: BusinessSession, contact_id: int, *, reasons: Collection[PersonReason]
) -> Sequence[Lead]:
    """The contact's leads for which a person was called for one of these reasons, locked."""
    called = select(Lead).where(Lead.contact_id == contact_id, Lead.attention.in_(reasons)).order_by(Lead.id)
    return (await session.scalars(locked(called))).all()


async def list_entries(session: BusinessSession, lead_id: int) -> Sequence[LeadEntry]:
    """The lead's timeline, oldest first."""
    return (await session.scalars(select(LeadEntry).where(LeadEntry.lead_id == lead_id).order_by(LeadEntry.id))).all()


async def find_newest_lead_id(session: BusinessSession, contact_id: int) -> int | None:
    """The contact's newest lead, open or closed."""
    return await session.scalar(select(Lead.id).where(Lead.contact_id == contact_id).order_by(Lead.id.desc()).limit(1))
