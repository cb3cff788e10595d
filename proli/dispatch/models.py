"""The offer ledger and the rankings behind it."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned


class OfferStatus(enum.StrEnum):
    open = "open"
    accepted = "accepted"
    declined = "declined"
    expired = "expired"
    withdrawn = "withdrawn"


class Offer(BusinessOwned, Base):
    """A lead proposed to one professional until a moment, with the slot held by its booking."""

    __tablename__ = "offers"
    __table_args__ = (
        Index("uq_offers_one_open_per_lead", "lead_id", unique=True, postgresql_where=text("status = 'open'")),
        Index("ix_offers_professional", "professional_id", "id"),
        Index("ix_offers_sent", "business_id", "sends_at"),
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    professional_id: Mapped[int] = mapped_column(ForeignKey("professionals.id", ondelete="CASCADE"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    status: Mapped[OfferStatus] = mapped_column(default=OfferStatus.open)
    sends_at: Mapped[datetime]
    """Later than its making when the professional has quiet hours."""
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Ranking(BusinessOwned, Base):
    """Why him, why not me: everybody considered for a lead at one moment, best first."""

    __tablename__ = "rankings"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    entries: Mapped[list[dict[str, Any]]]
