"""When each sweep last went through a business, and what is out of order since when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base, BusinessOwned


class SweepRun(Base):
    """The last run of a sweep through a business, or with no business through the installation. Operators' rows."""

    __tablename__ = "sweep_runs"
    __table_args__ = (
        UniqueConstraint("business_id", "sweep", name="uq_sweep_runs_one", postgresql_nulls_not_distinct=True),
    )

    business_id: Mapped[int | None] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    sweep: Mapped[str]
    began_at: Mapped[datetime | None]
    """The minute that it was for; None when it has not run yet."""
    ended_at: Mapped[datetime | None]
    """None while it runs, or when it was cut off."""
    took_ms: Mapped[int] = mapped_column(default=0, server_default="0")
    found: Mapped[int] = mapped_column(default=0, server_default="0")
    failed: Mapped[int] = mapped_column(default=0, server_default="0")
    """Rows of the last run that could not be seen to."""
    found_ever: Mapped[int] = mapped_column(default=0, server_default="0")
    failed_ever: Mapped[int] = mapped_column(default=0, server_default="0")


class Outage(BusinessOwned, Base):
    """Something that a business relies on does not work."""

    __tablename__ = "outages"
    __table_args__ = (
        Index(
            "uq_outages_one_open",
            "business_id",
            "kind",
            "subject",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    kind: Mapped[str]
    """number or model."""
    subject: Mapped[str]
    began_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    """When staff were told; None as long as they do not know."""
    ended_at: Mapped[datetime | None]
