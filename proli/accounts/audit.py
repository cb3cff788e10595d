"""Who changed what: written in the transaction of the change, never changed itself."""

from collections.abc import Mapping
from typing import Any

from proli.accounts.http import Inside
from proli.accounts.rules import Happening
from proli.accounts.security_log import note
from proli.accounts.trail import keep
from proli.platform.orm import Base


def record(inside: Inside, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
    """Once this transaction commits, it is on record that the member did this.

    `action` is such as "price.changed", `subject` such as "price:7"; `details` hold what JSON can.
    """
    keep(
        inside.session, action, subject, actor=inside.actor, now=inside.now, details=details,
        user_id=inside.member.user_id,
    )  # fmt: skip


async def record_export(inside: Inside, subject: str) -> None:
    """Once this transaction commits, it is on record that the member took this along; the operator has it at once."""
    record(inside, "data.exported", subject)
    async with inside.runtime.db.begin_operator() as session:
        member = inside.member
        note(
            session, Happening.exported, origin=inside.origin, now=inside.now, user_id=member.user_id,
            business_id=member.business_id,
        )  # fmt: skip


def record_change(inside: Inside, action: str, subject: str, row: Base, given: Mapping[str, Any]) -> None:
    """Before the row is given its new values: which of them differ, as they were and as they are now."""
    differ = {
        name: {"was": getattr(row, name), "is": value} for name, value in given.items() if getattr(row, name) != value
    }
    if differ:
        record(inside, action, subject, differ)
