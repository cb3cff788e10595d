"""What happened to accounts, for the operator and whom it concerns, and in the record of every business of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.accounts.models import AuditEntry, Business, Membership, SecurityEvent, User
from proli.accounts.origin import LONGEST_DEVICE, Origin
from proli.accounts.rules import Happening
from proli.platform.db import BusinessSession


def note(
    session: BusinessSession,
    kind: Happening,
    *,
    origin: Origin,
    now: datetime,
    user_id: int | None = None,
    business_id: int | None = None,
) -> None:
    """Once this transaction commits, it is on record that this happened. Needs the operator's session."""
    session.add(
        SecurityEvent(
            kind=kind,
            user_id=user_id,
            business_id=business_id,
            source=origin.source[:64],
            device=origin.device[:LONGEST_DEVICE],
            at=now,
        )
    )


async def note_change(
    session: BusinessSession, user: User, kind: Happening, action: str, *, origin: Origin, now: datetime
) -> None:
    """As `note`; and every business of the user has it in its own record. Needs the operator's session."""
    note(session, kind, origin=origin, now=now, user_id=user.id)
    homes = await session.scalars(select(Membership.business_id).where(Membership.user_id == user.id))
    session.add_all(own_entry(user, business_id, action, now=now) for business_id in homes)


def own_entry(
    user: User, business_id: int, action: str, *, now: datetime, details: Mapping[str, Any] | None = None
) -> AuditEntry:
    """An entry in the record of the business of what a user did with their own account."""
    return AuditEntry(
        business_id=business_id, user_id=user.id, actor=Actor.staff(user.name), action=action,
        subject=f"member:{user.id}", details={**say_whom(user), **(details or {})}, at=now,
    )  # fmt: skip


def say_whom(user: User) -> dict[str, str]:
    """Who an entry is about, in words that are still there once they are no member any more."""
    return {"name": user.name, "email": user.email}


async def list_own_events(session: BusinessSession, user_id: int, *, limit: int) -> Sequence[SecurityEvent]:
    """What happened to one user, newest first. Needs the operator's session."""
    own = select(SecurityEvent).where(SecurityEvent.user_id == user_id)
    return (await session.scalars(own.order_by(SecurityEvent.id.desc()).limit(limit))).all()


@dataclass(frozen=True, slots=True)
class EventOfWhom:
    """An event with whose it is, in words."""

    event: SecurityEvent
    email: str | None
    business: str | None


async def list_events_of_all(session: BusinessSession, *, after: int | None, limit: int) -> Sequence[EventOfWhom]:
    """What happened in the whole installation, newest first. Needs the operator's session."""
    statement = (
        select(SecurityEvent, User.email, Business.slug)
        .outerjoin(User, User.id == SecurityEvent.user_id)
        .outerjoin(Business, Business.id == SecurityEvent.business_id)
        .order_by(SecurityEvent.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(SecurityEvent.id < after)
    return [EventOfWhom(event, email, slug) for event, email, slug in await session.execute(statement)]
