"""Who gives the service."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned


class Professional(BusinessOwned, Base):
    __tablename__ = "professionals"
    __table_args__ = (
        UniqueConstraint("business_id", "phone_e164"),
        UniqueConstraint("business_id", "id"),
        Index("ix_professionals_trades", "trades", postgresql_using="gin"),
    )

    name: Mapped[str]
    phone_e164: Mapped[str]
    language: Mapped[str] = mapped_column(default="he")
    active: Mapped[bool] = mapped_column(default=True)
    trades: Mapped[list[str]]
    localities: Mapped[list[str]] = mapped_column(default=list)
    """Canonical names of the places served, besides those within the radius."""
    base_locality: Mapped[str | None]
    radius_km: Mapped[int | None]
    rating_sum: Mapped[int] = mapped_column(default=0)
    rating_count: Mapped[int] = mapped_column(default=0)
    max_open_jobs: Mapped[int] = mapped_column(default=3)
    prompt: Mapped[str] = mapped_column(default="")
    """What the agent is told once this professional is chosen."""
    hours: Mapped[dict[str, Any]]
    """Weekday, "0" for Sunday, to spans: {"0": [[480, 1080]]}, in minutes from local midnight."""
    exceptions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """ISO date to the spans that replace that day's hours; [] is a day off."""
    quiet_start_minute: Mapped[int] = mapped_column(default=22 * 60)
    quiet_end_minute: Mapped[int] = mapped_column(default=7 * 60)
    visit_minutes: Mapped[int] = mapped_column(default=60)
    buffer_minutes: Mapped[int] = mapped_column(default=30)
    notice_minutes: Mapped[int] = mapped_column(default=60)
    horizon_days: Mapped[int] = mapped_column(default=14)
    per_day_limit: Mapped[int | None]
    rest: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """What this one keeps otherwise than the business, entry by entry; None when nothing."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """One more with every change, counted by the database."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Price(BusinessOwned, Base):
    """A line of a price list: of one professional, or of the whole business."""

    __tablename__ = "prices"

    professional_id: Mapped[int | None] = mapped_column(ForeignKey("professionals.id", ondelete="CASCADE"))
    trade: Mapped[str]
    issue: Mapped[str | None]
    label: Mapped[str]
    from_agorot: Mapped[int]
    to_agorot: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """One more with every change, counted by the database."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
