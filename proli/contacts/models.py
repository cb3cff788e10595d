"""People on the other side."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Computed, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned, grams_index


class Contact(BusinessOwned, Base):
    """One person per phone per business; provisional, under the provider's id, while no phone is known."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("business_id", "phone_e164"),
        UniqueConstraint("business_id", "provisional_id"),
        CheckConstraint("phone_e164 IS NOT NULL OR provisional_id IS NOT NULL", name="reachable"),
        CheckConstraint("phone_e164 ~ '^\\+[1-9][0-9]{6,14}$'", name="e164"),
        grams_index("ix_contacts_search"),
    )

    phone_e164: Mapped[str | None]
    provisional_id: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str | None]
    opted_out_at: Mapped[datetime | None]
    search: Mapped[str] = mapped_column(
        Computed("proli_spelled(name || ' ' || coalesce(phone_e164, ''))", persisted=True), deferred=True
    )
    """What is looked through when people are searched, in one spelling; kept by the database."""


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
