"""Bookings. The database refuses two live ones of a professional that overlap, buffers included."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from proli.accounts.actor import Actor, ActorText
from proli.platform.orm import Base, BusinessOwned, CodeText

NO_OVERLAP = "no_overlapping_bookings"
ONE_PROMISED_PER_LEAD = "uq_bookings_one_promised_per_lead"
ONE_ASKED_PER_LEAD = "uq_bookings_one_asked_per_lead"


class BookingStatus(enum.StrEnum):
    held = "held"
    """Promised to nobody yet: an offer is out."""
    pending = "pending"
    """Accepted, waiting for something else, such as a deposit."""
    confirmed = "confirmed"
    done = "done"
    cancelled = "cancelled"
    no_show = "no_show"


class EndReason(enum.StrEnum):
    """Why a booking was cancelled."""

    moved = "moved"
    """Another one stands in its place, or was wished for."""
    declined = "declined"
    expired = "expired"
    """Its offer was let pass."""
    withdrawn = "withdrawn"
    """Its offer was taken back."""
    move_unanswered = "move_unanswered"
    """It was held for a customer who was asked to move to it, and did not."""
    called_off = "called_off"


LIVE = (BookingStatus.held, BookingStatus.pending, BookingStatus.confirmed)
LIVE_SQL = f"status IN ({', '.join(f"'{one.value}'" for one in LIVE)})"


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
        Index(ONE_PROMISED_PER_LEAD, "lead_id", unique=True, postgresql_where=text("status = 'confirmed'")),
        Index(ONE_ASKED_PER_LEAD, "lead_id", unique=True, postgresql_where=text("status IN ('held', 'pending')")),
        Index("ix_bookings_replaces", "replaces_id", postgresql_where=text("replaces_id IS NOT NULL")),
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("replaces_id IS NOT NULL OR during @> tstzrange(starts_at, ends_at)", name="buffers"),
        CheckConstraint("price_agorot >= 0", name="price"),
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    professional_id: Mapped[int] = mapped_column(ForeignKey("professionals.id", ondelete="CASCADE"))
    status: Mapped[BookingStatus] = mapped_column(default=BookingStatus.held)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    """The visit with its buffers: what nothing else may overlap. Of a hold that would replace a visit of the same
    professional, what it takes beyond that visit."""
    actor: Mapped[Actor] = mapped_column(ActorText)
    """Who brought the present status about: customer, professional, staff, system."""
    reason: Mapped[EndReason | None] = mapped_column(CodeText(EndReason.called_off))
    reason_words: Mapped[str] = mapped_column(default="", server_default="")
    """What was said to it by whoever called it off."""
    on_the_way_at: Mapped[datetime | None]
    unable_at: Mapped[datetime | None]
    """When its professional said that they cannot come; None again once it is decided that the visit stands."""
    expected_at: Mapped[datetime | None]
    """When the professional comes, who has said that it will be later than promised."""
    work_done: Mapped[str] = mapped_column(default="", server_default="")
    """What was done, in the professional's words."""
    price_agorot: Mapped[int | None]
    """What was taken for it; None when nobody has told."""
    asks_until: Mapped[datetime | None]
    """Of an hour held while the lead's customer is asked whether the visit may move there: until when; None of one for
    which a professional is asked."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id", ondelete="SET NULL"))
    """The promised visit that stands until this one is, or that stood until it was."""
    moves: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it was put elsewhere in the calendar."""
    settles_at: Mapped[datetime | None]
    """Until when nobody hears of what staff have done with it, as they may still take it back."""
    told_starts_at: Mapped[datetime | None]
    """The hour that both sides were last told; None when they know of no visit."""
    told_professional_id: Mapped[int | None]

    @hybrid_property
    def comes_at(self) -> datetime:
        """When the professional comes: at its hour, or later where they have said so."""
        return self.expected_at or self.starts_at

    @comes_at.inplace.expression
    @classmethod
    def _comes_at(cls) -> ColumnElement[datetime]:
        return func.coalesce(cls.expected_at, cls.starts_at)

    @hybrid_property
    def over_at(self) -> datetime:
        """When it is over: as long after they come as it was to take."""
        return self.comes_at + (self.ends_at - self.starts_at)

    @over_at.inplace.expression
    @classmethod
    def _over_at(cls) -> ColumnElement[datetime]:
        return func.coalesce(cls.expected_at, cls.starts_at) + (cls.ends_at - cls.starts_at)

    def has_begun(self, now: datetime) -> bool:
        """Whether it stands and its hour, as expected now, has come: from then on only people change it."""
        return self.status in LIVE and self.comes_at <= now


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
