"""What is left of what was deleted."""

import enum
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from proli.platform.orm import Base, BusinessOwned


class Deleted(enum.StrEnum):
    person = "person"
    """A person was erased; the count is of rows."""
    messages = "messages"
    media = "media"
    recordings = "recordings"
    provider_recordings = "provider_recordings"
    """One that the provider had made of a call is not kept there any more."""
    traces = "traces"
    audit = "audit"


class Receipt(BusinessOwned, Base):
    """So much of one kind was deleted, all that was older than `until`. Only ever added to; says nothing of people."""

    __tablename__ = "receipts"
    __table_args__ = (Index(None, "business_id", "id"),)

    kind: Mapped[Deleted]
    count: Mapped[int]
    until: Mapped[datetime]
    at: Mapped[datetime]
