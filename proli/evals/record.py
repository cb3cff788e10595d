"""What a conversation left behind, by the names that gold uses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.contacts.models import Contact
from proli.conversations.models import Conversation
from proli.evals.play import Played
from proli.evals.stage import Stage
from proli.leads.models import Lead
from proli.platform.runtime import Runtime
from proli.playbooks.trades import say_issue
from proli.scheduling.models import Booking

ZONE = ZoneInfo("Asia/Jerusalem")


@dataclass(frozen=True, slots=True)
class Record:
    fields: dict[str, Any]
    """The lead as gold would write it down."""
    lead_id: int | None
    status: str | None
    attention: str | None
    by_human: bool
    asked: str | None
    offered: int
    bookings: list[tuple[str, datetime]]
    """Status and start, in local time, of every booking of the contact."""
    opted_out: bool
    played: Played


async def read_record(runtime: Runtime, stage: Stage, played: Played) -> Record:
    async with runtime.db.begin(stage.business_id) as session:
        conversation = await session.get_one(Conversation, stage.conversation_id)
        contact = await session.get_one(Contact, stage.contact_id)
        leads = (
            await session.scalars(select(Lead).where(Lead.contact_id == stage.contact_id).order_by(Lead.id.desc()))
        ).all()
        lead = leads[0] if leads else None
        past = lead is not None and lead.id == stage.before_lead_id and lead.status == "done"
        bookings = (await session.scalars(select(Booking).order_by(Booking.id))).all()
        return Record(
            fields=fields_of(None if past else lead, conversation, contact) | (place_of(lead) if past and lead else {}),
            lead_id=None if past or lead is None else lead.id,
            status=lead.status.value if lead else None,
            attention=lead.attention if lead else None,
            by_human=conversation.owner == "human",
            asked=conversation.asked,
            offered=len(conversation.offered),
            bookings=[(one.status.value, one.starts_at.astimezone(ZONE)) for one in bookings],
            opted_out=contact.opted_out_at is not None,
            played=played,
        )


def place_of(lead: Lead) -> dict[str, Any]:
    """What a past request tells of whoever writes about it again."""
    return {"city": lead.locality, "trade": lead.trade}


def fields_of(lead: Lead | None, conversation: Conversation, contact: Contact) -> dict[str, Any]:
    common = {"intent": conversation.intent or "unknown", "opt_out": contact.opted_out_at is not None}
    if lead is None:
        return {**common, "urgency": "normal"}
    issue = say_issue(lead.trade, lead.issue, "he")
    return {
        **common,
        "city": lead.locality,
        "address": dict(lead.address_parts or {}),
        "trade": lead.trade,
        "issue": " ".join(filter(None, (lead.description, issue))),
        "preferred_time": lead.wish,
        "urgency": lead.urgency,
        "name": lead.customer_name,
        **lead.needs,
    }
