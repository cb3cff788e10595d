"""Businesses, the unit of isolation, and who signs in to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from proli.accounts.actor import Actor, ActorText
from proli.accounts.permissions import Role
from proli.accounts.rules import Happening
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
    asks_rating: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether customers are asked in the chat how a visit was."""
    records_calls: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether calls are kept as sound, for as long as `retention` says."""
    calls_back: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether who asks for a call is called back by the agent."""
    calls_reminders: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether who cannot be reminded of a visit in writing is called."""
    transfers: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Who takes calls, and when, as `scheduling.on_call.TransferList` has it."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the agent may say about the business: name of the fact to its words."""
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Words of its own in place of those in `playbooks/texts.yaml`: code to language to words."""
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Dispatch weights that differ from the defaults."""
    related_trades: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Trades whose people take requests of another: {"solar_boiler": ["plumber"]}, beside those of the playbook."""
    rest: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What is kept of Shabbat and holidays where it differs from the defaults of `scheduling.observance.RestPolicy`."""
    budgets: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What the business may use in a day, where it differs from the settings: kind to number."""
    sweeps: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Sweeps that run otherwise than usual: name to {"on", "minutes"}, as `sweeps.plans` has them."""
    retention: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """For how many days what is kept where it differs from the defaults of `privacy.retention`: kind to days."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """One more with every change, counted by the database."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class User(Base):
    """Somebody who signs in. Their businesses are memberships; an operator stands above all of them.

    Several may say the same address, since nobody has proven that it is theirs: the password tells them apart.
    """

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="he")
    ended_at: Mapped[datetime | None]
    """Since when nobody signs in with it: it opened nothing any more, and its address was invited anew."""
    operator: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None]
    """None for whoever has come in by a link only."""
    totp: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The secret of the second factor, sealed; None when there is none."""
    totp_offered: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The secret that was last shown and that no code has confirmed yet, sealed."""
    totp_step: Mapped[int] = mapped_column(default=0)
    """The last half minute whose code was used, so that none is used twice."""
    links: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many links were made and used; the newest alone is good."""
    recovery: Mapped[list[str]] = mapped_column(default=list)
    """What is kept of the recovery codes that are left, hashed slowly with a salt they share: "salt$hash"."""


def one_of_ours(table: str) -> ForeignKeyConstraint:
    """The row's professional is one of its own business: the database refuses another's."""
    return ForeignKeyConstraint(
        ["business_id", "professional_id"],
        ["professionals.business_id", "professionals.id"],
        name=f"fk_{table}_professional",
        ondelete="SET NULL (professional_id)",
    )


class Membership(BusinessOwned, Base):
    """A user's place in a business."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("business_id", "user_id"), one_of_ours("memberships"))

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    professional_id: Mapped[int | None]
    """Who they are among the professionals, for the role of that name."""


class Invitation(BusinessOwned, Base):
    """Somebody may become a member. They are none until they accept, whether they have an account or not."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        Index("ix_invitations_email", "business_id", "email"),
        Index(
            "uq_invitations_one_open",
            "business_id",
            "email",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND ended_at IS NULL"),
        ),
        one_of_ours("invitations"),
    )

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role]
    professional_id: Mapped[int | None]
    token: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """Digest of what the link holds."""
    expires_at: Mapped[datetime]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    """None when it was made on the command line."""
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """Taken back, or replaced by a newer one."""


class AuditEntry(BusinessOwned, Base):
    """Somebody has changed something. No server can change an entry; what anybody but staff did to a request the
    database adds by itself, from the timeline."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "business_id", "id"),
        Index("ix_audit_entries_actor", "business_id", "actor", "id"),
        Index("ix_audit_entries_action", "business_id", "action", "id"),
        Index("ix_audit_entries_subject", "business_id", "subject", "id"),
        Index("ix_audit_entries_at", "business_id", "at"),
    )

    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    actor: Mapped[Actor] = mapped_column(ActorText)
    """The user's name at that time."""
    action: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class SignIn(Base):
    """One browser that is signed in, by a refresh token that changes at every use."""

    __tablename__ = "sign_ins"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    family: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """Digest of what all tokens of this device begin with."""
    token: Mapped[bytes] = mapped_column(LargeBinary)
    """Digest of the token that is good now."""
    former: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Digest of the one before, which a second tab may bring for some seconds more."""
    rotated_at: Mapped[datetime]
    """When the device was last seen, to a quarter of an hour."""
    began_at: Mapped[datetime]
    proved_at: Mapped[datetime]
    """When whoever sits there last showed who they are."""
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="", server_default="")
    """The address it was last seen at."""


class Tries(Base):
    """How often somebody has tried to show who they are, by whom they say they are or by where they come from."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(unique=True)
    """What is counted; of an e-mail address only a digest."""
    count: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    """Nobody may try before."""


class SecurityEvent(Base):
    """What happened to an account or at the door. The operator reads all of it, people what is their own."""

    __tablename__ = "security_events"
    __table_args__ = (Index("ix_security_events_user", "user_id", "id"), Index("ix_security_events_at", "at"))

    kind: Mapped[Happening]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """None when nobody has the address that was tried."""
    business_id: Mapped[int | None] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"), index=True)
    source: Mapped[str]
    """The client's address."""
    device: Mapped[str]
    at: Mapped[datetime]
