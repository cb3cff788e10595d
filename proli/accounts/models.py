"""Businesses: the unit of isolation."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base


class Business(Base):
    """A company using Proli. Its own rows are owned by it; this row is the operator's."""

    __tablename__ = "businesses"
    __table_args__ = (CheckConstraint("offer_minutes > 0 AND urgent_offer_minutes > 0", name="offer_minutes"),)

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    playbook: Mapped[str] = mapped_column(default="services")
    zone: Mapped[str] = mapped_column(default="Asia/Jerusalem")
    language: Mapped[str] = mapped_column(default="he")
    staff_e164: Mapped[str | None]
    """Where staff are alerted on WhatsApp."""
    offer_minutes: Mapped[int] = mapped_column(default=15)
    urgent_offer_minutes: Mapped[int] = mapped_column(default=5)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the agent may say about the business: name of the fact to its words."""
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Words of its own in place of those in `playbooks/texts.yaml`: code to language to words."""
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Dispatch weights that differ from the defaults."""
    rest: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What is kept of Shabbat and holidays where it differs from the defaults of `scheduling.rest.RestPolicy`."""
