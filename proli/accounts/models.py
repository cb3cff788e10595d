"""Businesses, the unit of isolation, and who signs in to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from proli.accounts.rules import Role
from proli.platform.orm import Base, BusinessOwned


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
    related_trades: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Trades whose people take requests of another: {"solar_boiler": ["plumber"]}, beside those of the playbook."""
    rest: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What is kept of Shabbat and holidays where it differs from the defaults of `scheduling.rest.RestPolicy`."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """One more with every change, counted by the database."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class User(Base):
    """Somebody who signs in. Their businesses are memberships; an operator stands above all of them."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="he")
    operator: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None]
    """None until the invitation is taken up."""
    totp: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The secret of the second factor, sealed; None when there is none."""
    totp_step: Mapped[int] = mapped_column(default=0)
    """The last half minute whose code was used, so that none is used twice."""
    recovery: Mapped[list[str]] = mapped_column(default=list)
    """Digests of the recovery codes that are left."""
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class Membership(BusinessOwned, Base):
    """A user's place in a business."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("business_id", "user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    professional_id: Mapped[int | None] = mapped_column(ForeignKey("professionals.id", ondelete="SET NULL"))
    """Who they are among the professionals, for the role of that name."""


class AuditEntry(BusinessOwned, Base):
    """Somebody has changed something. The business's role can add entries and change none."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "business_id", "id"),)

    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    actor: Mapped[str]
    """The user's name at that time."""
    action: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class SignIn(Base):
    """One browser that is signed in, by a refresh token that changes at every use."""

    __tablename__ = "sign_ins"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """Digest of the token that is good now."""
    former: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    """Digest of the one before: whoever brings it late has stolen it, or was stolen from."""
    rotated_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")


class UsedLink(Base):
    """A signed link that has been used and is good for nothing any more."""

    __tablename__ = "used_links"

    nonce: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
