"""A request, with stages and a timeline."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from proli.accounts.actor import Actor, ActorText
from proli.conversations.reasons import REASON, PersonReason
from proli.platform.orm import Base, BusinessOwned, CodeText, grams_index


class LeadStatus(enum.StrEnum):
    new = "new"
    contacted = "contacted"
    offered = "offered"
    booked = "booked"
    done = "done"
    cancelled = "cancelled"


BEFORE_ASKING = frozenset({LeadStatus.new, LeadStatus.contacted})
"""Nobody was asked yet, or nobody is any more."""
ENDED = frozenset({LeadStatus.done, LeadStatus.cancelled})
"""History, of which a contact may have any number."""
ARRANGING = (LeadStatus.new, LeadStatus.contacted, LeadStatus.offered)
"""Of these a contact has one at most, which the database sees to."""
OPEN = (*ARRANGING, LeadStatus.booked)
ASKED_OR_BOOKED = frozenset({LeadStatus.offered, LeadStatus.booked})
"""Somebody is asked, or will come."""


class Lead(BusinessOwned, Base):
    __tablename__ = "leads"
    __table_args__ = (
        Index(
            "uq_leads_one_collecting_per_contact",
            "contact_id",
            unique=True,
            postgresql_where=text("status IN ('new', 'contacted', 'offered')"),
        ),
        Index("ix_leads_contact", "contact_id", "id"),
        Index("ix_leads_business", "business_id", "status", "id"),
        Index("ix_leads_changed", "business_id", "changed_at", "id"),
        Index("ix_leads_created", "business_id", "id"),
        Index("ix_leads_opened", "business_id", "created_at"),
        Index("ix_leads_attention", "business_id", postgresql_where=text("attention IS NOT NULL")),
        grams_index("ix_leads_search"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    status: Mapped[LeadStatus] = mapped_column(default=LeadStatus.new)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stages.id", ondelete="SET NULL"))
    """Where the business's own board has it; None for the first stage of its status."""
    professional_id: Mapped[int | None] = mapped_column(ForeignKey("professionals.id", ondelete="SET NULL"), index=True)
    trade: Mapped[str | None]
    issue: Mapped[str | None]
    description: Mapped[str] = mapped_column(default="")
    urgency: Mapped[str] = mapped_column(default="normal")
    customer_name: Mapped[str | None]
    locality: Mapped[str | None]
    address: Mapped[str | None]
    address_parts: Mapped[dict[str, Any] | None]
    """The address taken apart: {"street", "number", "floor", "apartment", "entrance", "neighbourhood"}."""
    wish: Mapped[dict[str, Any] | None]
    """When the customer would like it: {"kind", "start", "end", "part", "source"}, times in ISO 8601 with offset."""
    intent: Mapped[str | None]
    """What the request is for, one of its playbook's goals."""
    needs: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What is wanted beyond the common fields, by the names of `knowledge.property` and of the playbook."""
    attention: Mapped[PersonReason | None] = mapped_column(REASON)
    """Why a person is needed; None when none is."""
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """One more with every change, counted by the database."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    search: Mapped[str] = mapped_column(
        Computed(
            "proli_spelled(coalesce(customer_name, '') || ' ' || description || ' ' || coalesce(address, '') || ' ' || "
            "coalesce(locality, ''))",
            persisted=True,
        ),
        deferred=True,
    )
    """What is looked through when leads are searched by words, in one spelling; kept by the database."""


class EntryKind(enum.StrEnum):
    """What a line of a timeline tells; the console has the words."""

    opened = "opened"
    imported = "imported"
    details = "details"
    status = "status"
    stage = "stage"
    """Put elsewhere on the business's own board."""
    attention = "attention"
    """A person was called."""
    attended = "attended"
    note = "note"
    offered = "offered"
    declined = "declined"
    expired = "expired"
    withdrawn = "withdrawn"
    booked = "booked"
    moved = "moved"
    move_asked = "move_asked"
    """The customer was asked whether the visit may move."""
    move_answered = "move_answered"
    room_found = "room_found"
    """Whose visits could make room for an emergency was told to staff."""
    visit_confirmed = "visit_confirmed"
    """The customer has said that they will be there."""
    time_refused = "time_refused"
    """The customer has said that the time of a visit does not suit."""
    time_suits = "time_suits"
    """The customer has taken that back."""
    late = "late"
    call_taken = "call_taken"
    """One of the business's people has taken the customer's call."""
    price_corrected = "price_corrected"
    """The professional has put right what was taken for a visit."""
    reopened = "reopened"
    """The professional has taken back that the visit is done."""
    rated = "rated"
    merged = "merged"
    """Has taken another lead in."""
    merged_into = "merged_into"
    unmerged = "unmerged"
    other = "other"
    """One that a release after this one has written down."""


class LeadEntry(BusinessOwned, Base):
    """One line of a lead's timeline."""

    __tablename__ = "lead_entries"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EntryKind] = mapped_column(CodeText(EntryKind.other))
    actor: Mapped[Actor] = mapped_column(ActorText)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class Stage(BusinessOwned, Base):
    """A column of the business's own board. Every stage is of a status, by which the rules go."""

    __tablename__ = "stages"
    __table_args__ = (Index("ix_stages_business", "business_id", "position"),)

    name: Mapped[str]
    kind: Mapped[LeadStatus]
    colour: Mapped[str]
    position: Mapped[int]


class Task(BusinessOwned, Base):
    """Something that staff mean to do for a lead."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_lead", "lead_id"),
        Index("ix_tasks_open", "business_id", "due_at", postgresql_where=text("done_at IS NULL")),
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"))
    text: Mapped[str]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    actor: Mapped[Actor] = mapped_column(ActorText)


class SavedView(BusinessOwned, Base):
    """A way of looking at a list that somebody keeps: what stands in the address after the question mark."""

    __tablename__ = "saved_views"
    __table_args__ = (
        Index("ix_saved_views_business", "business_id", "user_id", "position"),
        CheckConstraint("length(query) <= 1000", name="query_length"),
    )

    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    """Whose it is; None when everybody in the business sees it."""
    name: Mapped[str]
    query: Mapped[str]
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
