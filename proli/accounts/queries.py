"""Reads of businesses, and of who signs in."""

from collections.abc import Sequence

from sqlalchemy import select

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


async def list_audit(session: BusinessSession, *, before: int | None, limit: int) -> Sequence[AuditEntry]:
    """Who changed what, the newest first; those `before` the entry of this id."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(AuditEntry.id < before)
    return (await session.scalars(statement)).all()
