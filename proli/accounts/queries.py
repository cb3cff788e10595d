"""Reads of businesses, and of who signs in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, or_, select, type_coerce

from proli.accounts.actor import ActorKind
from proli.accounts.errors import BusinessNotFound
from proli.accounts.models import AuditEntry, Business, User
from proli.platform.db import BusinessSession


async def get_business(session: BusinessSession, *, lock: bool = False) -> Business:
    """The business of this session. With `lock`, nobody else changes it until the end of the transaction.

    Rows that belong to it come and go all the same.
    """
    locking = {"key_share": True} if lock else None
    found = await session.get(Business, session.require_business(), with_for_update=locking, populate_existing=lock)
    if found is None:
        raise BusinessNotFound(business_id=session.business_id)
    return found


async def get_business_by_slug(session: BusinessSession, slug: str) -> Business:
    """The business of that short name; needs the operator's session."""
    found = await session.scalar(select(Business).where(Business.slug == slug))
    if found is None:
        raise BusinessNotFound(slug=slug)
    return found


async def list_businesses(session: BusinessSession) -> Sequence[Business]:
    """All businesses; needs the operator's session."""
    return (await session.scalars(select(Business).order_by(Business.id))).all()


async def list_users(session: BusinessSession, email: str) -> Sequence[User]:
    """Everybody who may sign in with this e-mail, the first first. Needs the operator's session."""
    living = select(User).where(User.email == email.strip().lower(), User.ended_at.is_(None))
    return (await session.scalars(living.order_by(User.id))).all()


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the record; what is empty is not asked."""

    who: str = ""
    """A kind of actor, such as "agent", or the name of a member or professional."""
    action: str = ""
    """Whole, or what stands before its dot."""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        actor = type_coerce(AuditEntry.actor, Text)
        if self.who in ActorKind:
            found.append(or_(actor == self.who, actor.startswith(f"{self.who}:", autoescape=True)))
        elif self.who:
            found.append(actor.in_([self.who, f"staff:{self.who}", f"professional:{self.who}", f"key:{self.who}"]))
        if self.action:
            within = AuditEntry.action.startswith(f"{self.action}.", autoescape=True)
            found.append(or_(AuditEntry.action == self.action, within))
        if self.subject:
            found.append(AuditEntry.subject == self.subject)
        if self.since is not None:
            found.append(AuditEntry.at >= self.since)
        if self.until is not None:
            found.append(AuditEntry.at < self.until)
        return found


async def list_audit(
    session: BusinessSession, sought: Sought, *, before: int | None, limit: int
) -> Sequence[AuditEntry]:
    """Who changed what, the newest first; those `before` the entry of this id."""
    statement = select(AuditEntry).where(*sought.conditions()).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(AuditEntry.id < before)
    return (await session.scalars(statement)).all()
