"""People on the other side."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from proli.accounts.actor import Actor, ActorText
from proli.platform.orm import Base, BusinessOwned, grams_index


class Contact(BusinessOwned, Base):
    """One person, whatever addresses they have; provisional while none of these is a phone."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("business_id", "phone_e164"),
        CheckConstraint("phone_e164 ~ '^\\+[1-9][0-9]{6,14}$'", name="e164"),
        grams_index("ix_contacts_search"),
    )

    phone_e164: Mapped[str | None]
    """The phone they are called and shown by. The database makes it one of their addresses, whoever writes it."""
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str | None]
    opted_out_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    """Since when this is nobody: in the place of a person who was erased, for the books."""
    search: Mapped[str] = mapped_column(
        Computed("proli_spelled(name || ' ' || coalesce(phone_e164, ''))", persisted=True), deferred=True
    )
    """What is looked through when people are searched, in one spelling; kept by the database."""


class AddressKind(enum.StrEnum):
    phone = "phone"
    whatsapp = "whatsapp"
    """A chat that shows the phone behind it."""
    provisional = "provisional"
    """A chat that shows no phone: whose it is shows only when a phone is told beside it."""


class Evidence(enum.StrEnum):
    """Where we know an address from."""

    message = "message"
    staff = "staff"
    imported = "imported"
    record = "record"
    """It stood on the contact's own row, or on that of a professional or of the business."""


class ContactAddress(BusinessOwned, Base):
    """Where a contact writes from or can be reached. Nobody else of the business has the same one."""

    __tablename__ = "contact_addresses"
    __table_args__ = (
        UniqueConstraint("business_id", "kind", "value"),
        Index(None, "contact_id"),
        grams_index("ix_contact_addresses_search", "value"),
        CheckConstraint("kind <> 'phone' OR value ~ '^\\+[1-9][0-9]{6,14}$'", name="e164"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    kind: Mapped[AddressKind]
    value: Mapped[str]
    evidence: Mapped[Evidence]
    since: Mapped[datetime] = mapped_column(server_default=func.now())


class ConsentChange(enum.StrEnum):
    """What somebody has said about being written to first."""

    out = "out"
    back_in = "in"


class Consent(BusinessOwned, Base):
    """A contact wanted no messages any more, or wanted them again: when, and how we know. Only ever added to."""

    __tablename__ = "consents"
    __table_args__ = (Index(None, "contact_id", "id"), Index(None, "message_id"))

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    wish: Mapped[ConsentChange]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    """The message that said so, as long as it is kept; None for what was said elsewhere, as by phone."""
    words: Mapped[str]
    """What was said, as it was."""
    actor: Mapped[Actor] = mapped_column(ActorText)
    """Who said it or, of what was said elsewhere, who wrote it down."""
    at: Mapped[datetime]


class ContactMerge(BusinessOwned, Base):
    """Of two contacts who were one person: what it takes to part them again."""

    __tablename__ = "contact_merges"
    __table_args__ = (Index(None, "kept_id"),)

    kept_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    other: Mapped[dict[str, Any]]
    """The contact that is no more, column by column."""
    moved: Mapped[dict[str, Any]]
    """The ids of the rows that went over to the kept one: {"table.column": [...]}."""
    changed: Mapped[dict[str, Any]]
    """What the kept one has from the other: {"column": {"was", "is"}}."""
    spent: Mapped[dict[str, Any]]
    """What the other had used of its budgets: {"day/kind": {"count", "is_new"}}."""
    along: Mapped[dict[str, Any]]
    """What was done along with it, for whoever did that."""
    actor: Mapped[Actor] = mapped_column(ActorText)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Spending(BusinessOwned, Base):
    """How much of a day's budget of one kind has been used, by a contact or by the business."""

    __tablename__ = "spendings"
    __table_args__ = (
        UniqueConstraint("business_id", "day", "kind", "contact_id", "shard", name="uq_spendings_one"),
        Index(None, "contact_id"),
    )

    day: Mapped[date]
    kind: Mapped[str]
    contact_id: Mapped[int] = mapped_column(default=0)
    """0 for the business itself, whose count is the sum of its shards."""
    shard: Mapped[int] = mapped_column(default=0)
    count: Mapped[int]
