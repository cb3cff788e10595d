"""What a contact has cancelled of late, and whether words want it back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from proli.knowledge.cancelling import wants_it_back
from proli.mind.choices import Choice, in_order, told_apart

BACK_WITHIN: Final = timedelta(days=3)
"""So long after a cancellation words may take it back."""
JUST_NOW: Final = timedelta(minutes=10)
TOGETHER: Final = timedelta(seconds=30)
"""What was cancelled within this time was so by one message."""

_GIVEN_UP: Final = """
    SELECT coalesce(jsonb_agg(to_jsonb(gone)), '[]') FROM (
        SELECT lead.id AS lead_id, lead.trade, lead.issue, lead.description, lead.closed_at, visit.starts_at
        FROM leads AS lead
        LEFT JOIN LATERAL (
            SELECT booking.starts_at FROM bookings AS booking
            LEFT JOIN bookings AS old ON old.id = booking.replaces_id AND old.reason = 'called_off'
            WHERE booking.lead_id = lead.id AND booking.status = 'cancelled' AND booking.reason = 'called_off'
                AND booking.actor IN ('customer', 'link')
            ORDER BY old.id IS NOT NULL, booking.id DESC LIMIT 1
        ) AS visit ON true
        WHERE lead.contact_id = {contact_id} AND lead.status = 'cancelled' AND (
            SELECT entry.actor IN ('customer', 'link') FROM lead_entries AS entry
            WHERE entry.lead_id = lead.id AND entry.kind = 'status' ORDER BY entry.id DESC LIMIT 1
        )
        ORDER BY lead.closed_at DESC LIMIT 3
    ) AS gone
"""
"""A visit that an unapproved hour should have replaced comes before that hour."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A request that its customer has cancelled, with the hour that was held or promised."""

    lead_id: int
    trade: str | None
    closed_at: datetime
    starts_at: datetime | None
    issue: str | None = None
    description: str = ""


def given_up_of(contact: str) -> str:
    """A query of the newest requests that the contact has cancelled, as one value."""
    return _GIVEN_UP.format(contact_id=contact)


def given_up_from(rows: Sequence[Mapping[str, Any]]) -> tuple[GivenUp, ...]:
    """What `given_up_of` found, as facts."""
    return tuple(
        GivenUp(
            one["lead_id"],
            one["trade"],
            instant(one["closed_at"]),
            one["starts_at"] and instant(one["starts_at"]),
            one["issue"],
            one["description"] or "",
        )
        for one in rows
        if one["closed_at"]
    )


def instant(words: str) -> datetime:
    return datetime.fromisoformat(words).astimezone(UTC)


def wanted_back(gone: Sequence[GivenUp], text: str, *, trades: Collection[str], now: datetime) -> tuple[GivenUp, ...]:
    """Those that the words want after all: by the trades that they name, else what was cancelled last."""
    of_late, last = _of_late(gone, now=now), cancelled_last(gone, now=now)
    if not last or not wants_it_back(text, just_now=now - last[0].closed_at <= JUST_NOW):
        return ()
    return tuple(one for one in of_late if one.trade in trades) if trades else last


def cancelled_last(gone: Sequence[GivenUp], *, now: datetime) -> tuple[GivenUp, ...]:
    """What was cancelled last, the newest first: several where one message did it."""
    of_late = _of_late(gone, now=now)
    return tuple(one for one in of_late if of_late[0].closed_at - one.closed_at <= TOGETHER)


def _of_late(gone: Sequence[GivenUp], *, now: datetime) -> list[GivenUp]:
    found = [one for one in gone if now - one.closed_at <= BACK_WITHIN]
    return sorted(found, key=lambda one: one.closed_at, reverse=True)


def as_choices(gone: Sequence[GivenUp]) -> tuple[Choice, ...]:
    """The same as requests of which one is to be chosen, in the order in which they are shown."""
    plain = [
        Choice(one.lead_id, one.trade, starts_at=one.starts_at, issue=one.issue, description=one.description)
        for one in gone
    ]
    return told_apart(in_order(plain))
