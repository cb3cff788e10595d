"""What customers were asked about moving their visits, and what has come of it so far."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from proli.accounts.actor import BY_CUSTOMER
from proli.leads.actions import note
from proli.leads.models import EntryKind, Lead, LeadEntry
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus


class AskState(enum.StrEnum):
    waiting = "waiting"
    """The customer has not answered."""
    agreed = "agreed"
    """The customer has agreed to an hour, and whoever comes has yet to approve it."""
    other = "other"
    """The customer wants another hour."""
    lost = "lost"
    """The customer agreed, but the hour was not to be had."""
    moved = "moved"
    cancelled = "cancelled"


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and when the visit was proposed to be, or now is; `at` is when the customer was asked."""

    state: AskState
    at: datetime
    professional: str
    starts_at: datetime


def note_answer(session: BusinessSession, lead: Lead, *, entry_id: int, answer: str, now: datetime) -> None:
    """The timeline says what the customer answered to the question."""
    details = {"entry_id": entry_id, "answer": answer}
    note(session, lead, kind=EntryKind.move_answered, actor=BY_CUSTOMER, now=now, details=details)


async def list_asked(session: BusinessSession, bookings: Sequence[Booking]) -> dict[int, Asked]:
    """By booking, what has come of the last question about it; none of those about which nothing was asked."""
    lead_ids = {booking.lead_id for booking in bookings}
    found = select(LeadEntry).where(
        LeadEntry.lead_id.in_(lead_ids), LeadEntry.kind.in_((EntryKind.move_asked, EntryKind.move_answered))
    )
    asks, answers = dict[int, LeadEntry](), dict[int, str]()
    for entry in await session.scalars(found.order_by(LeadEntry.id)):
        if entry.kind == EntryKind.move_asked:
            asks[entry.details["booking_id"]] = entry
        else:
            answers[entry.details["entry_id"]] = entry.details["answer"]
    visits = await list_current(session, lead_ids)
    return {
        booking.id: asked_of(booking, ask, answers.get(ask.id), visits.get(booking.lead_id, {}))
        for booking in bookings
        if (ask := asks.get(booking.id)) is not None and stands(booking, ask)
    }


def stands(booking: Booking, ask: LeadEntry) -> bool:
    """Whether the question is about the visit as it is; one that is no more was perhaps moved by it."""
    return booking.status != BookingStatus.confirmed or booking.moves == ask.details["moves"]


type Current = dict[BookingStatus, tuple[datetime, str]]
"""The visits of a lead that are or were held, by their status: when, and who comes."""


async def list_current(session: BusinessSession, lead_ids: set[int]) -> dict[int, Current]:
    found = await session.execute(
        select(Booking, Professional.name)
        .join(Professional, Professional.id == Booking.professional_id)
        .where(
            Booking.lead_id.in_(lead_ids),
            Booking.status != BookingStatus.cancelled,
            or_(Booking.asks_until.is_(None), Booking.status != BookingStatus.held),
        )
        .order_by(Booking.id)
    )
    current = dict[int, Current]()
    for booking, name in found:
        current.setdefault(booking.lead_id, {})[booking.status] = (booking.starts_at, name)
    return current


def asked_of(booking: Booking, ask: LeadEntry, answer: str | None, visits: Current) -> Asked:
    """Of a visit that is no more, another one of its lead tells that it was moved."""
    asked: dict[str, Any] = ask.details
    proposed = (datetime.fromisoformat(asked["starts_at"]), str(asked["to"]))
    held = visits.get(BookingStatus.held) or visits.get(BookingStatus.pending)
    if booking.status != BookingStatus.confirmed:
        now_at = visits.get(BookingStatus.confirmed) or visits.get(BookingStatus.done)
        state, where = (AskState.moved, now_at) if now_at else (AskState.cancelled, proposed)
    elif answer is not None and held is not None:
        state, where = AskState.agreed, held
    elif answer is None:
        state, where = AskState.waiting, proposed
    else:
        state, where = AskState.lost if answer == "yes" else AskState.other, proposed
    return Asked(state=state, at=ask.at, starts_at=where[0], professional=where[1])
