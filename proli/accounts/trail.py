"""The record of who did what, as anybody who acts adds to it: in the transaction of the deed, and nobody changes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from proli.accounts.actor import Actor
from proli.accounts.models import AuditEntry
from proli.platform.db import BusinessSession


def keep(
    session: BusinessSession,
    action: str,
    subject: str,
    *,
    actor: Actor,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    user_id: int | None = None,
) -> None:
    """Once this transaction commits, it is on record that `actor` did this.

    `action` is such as "price.changed", `subject` such as "price:7"; `details` hold what JSON can, and nothing of
    customers: who is erased must not be left there.
    """
    session.add(
        AuditEntry(
            user_id=user_id, actor=actor, action=action, subject=subject, details=dict(details or {}), at=now
        )
    )  # fmt: skip
