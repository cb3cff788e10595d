"""Bookings. The database refuses two live ones of a professional that overlap, buffers included."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned

NO_OVERLAP = "no_overlapping_bookings"
ONE_LIVE_PER_LEAD = "uq_bookings_one_live_per_lead"
RESCHEDULED = "rescheduled"
"""The reason of a booking that staff have put elsewhere in the calendar: another one stands in its place."""
LIVE_SQL = "status IN ('held', 'pending', 'confirmed')"


class BookingStatus(enum.StrEnum):
    held = "held"
    """Promised to nobody yet: an offer is out."""
    pending = "pending"
    """Accepted, waiting for something else, such as a deposit."""
    confirmed = "confirmed"
    done = "done"
    cancelled = "cancelled"
    no_show = "no_show"


LIVE = (BookingStatus.held, BookingStatus.pending, BookingStatus.confirmed)


class Booking(BusinessOwned, Base):
    __tablename__ = "bookings"
    __table_args__ = (
        ExcludeConstraint(
            (text("int8range(professional_id, professional_id, '[]')"), "&&"),
            ("during", "&&"),
            using="gist",
            where=text(LIVE_SQL),
            name=NO_OVERLAP,
        ),
        Index("ix_bookings_calendar", "business_id", "starts_at"),
        Index(ONE_LIVE_PER_LEAD, "lead_id", unique=True, postgresql_where=text(LIVE_SQL)),
        Index("ix_bookings_day", "business_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("during @> tstzrange(starts_at, ends_at)", name="buffers"),
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    professional_id: Mapped[int] = mapped_column(ForeignKey("professionals.id", ondelete="CASCADE"))
    status: Mapped[BookingStatus] = mapped_column(default=BookingStatus.held)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    """The visit with its buffers: what nothing else may overlap."""
    actor: Mapped[str]
    """Who brought the present status about: customer, professional, staff, system."""
    reason: Mapped[str | None]
    on_the_way_at: Mapped[datetime | None]


class Rating(BusinessOwned, Base):
    """What the customer thought of a visit: one per visit, the last word counts."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        Index("ix_ratings_at", "business_id", "at"),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), unique=True)
    professional_id: Mapped[int] = mapped_column(ForeignKey("professionals.id", ondelete="CASCADE"), index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    score: Mapped[int]
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
