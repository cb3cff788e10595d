"""A professional takes back that a visit of theirs is done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import Actor, ActorKind
from proli.dispatch.calendar import lock_visit
from proli.dispatch.errors import TooLateToUndo
from proli.leads.actions import move, note
from proli.leads.models import EntryKind, Lead, LeadStatus
from proli.platform.db import BusinessSession
from proli.scheduling.errors import BookingNotFound, BookingNotLive
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.queries import find_rating
from proli.scheduling.reopening import reopen_visit

TAKEN_BACK_WITHIN: Final = timedelta(hours=12)
"""So long after it was reported as done a professional may take that back; later, people see to it."""


async def reopen_own(
    session: BusinessSession, booking_id: int, *, professional_id: int, actor: Actor, now: datetime
) -> Booking:
    """The visit that the professional has reported as done is not: it stands as it did, without price and words, and a
    customer who was thanked for it will hear.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not done, others said so, or its request is not.
        TooLateToUndo: it was reported too long ago, or its customer has rated it.
        SlotTaken, LeadHasBooking: something else stands there by now.
    """
    lead, booking = await lock_visit(session, booking_id)
    if booking.professional_id != professional_id:
        raise BookingNotFound(booking_id=booking_id)
    if lead.status != LeadStatus.done or booking.actor.kind is not ActorKind.professional:
        raise BookingNotLive(booking_id=booking_id, status=booking.status.value)
    if lead.closed_at is None or now - lead.closed_at > TAKEN_BACK_WITHIN or await find_rating(session, booking_id):
        raise TooLateToUndo(booking_id=booking_id)
    await reopen_visit(session, booking, actor=actor)
    move(session, lead, LeadStatus.booked, actor=actor, now=now)
    note(session, lead, kind=EntryKind.reopened, actor=actor, now=now, details={"booking_id": booking_id})
    return booking


async def list_own_done(session: BusinessSession, professional_id: int, *, now: datetime) -> Sequence[Booking]:
    """The visits that the professional has reported as done and may take back, the newest report last."""
    found = await session.scalars(
        select(Booking)
        .join(Lead, Lead.id == Booking.lead_id)
        .where(
            Booking.professional_id == professional_id,
            Booking.status == BookingStatus.done,
            Lead.status == LeadStatus.done,
            Lead.closed_at > now - TAKEN_BACK_WITHIN,
        )
        .order_by(Lead.closed_at)
    )
    return [one for one in found if one.actor.kind is ActorKind.professional]


async def list_reopenable(session: BusinessSession, professional_id: int, *, now: datetime) -> set[int]:
    """Of those, the visits that no customer has rated, by id."""
    done = await list_own_done(session, professional_id, now=now)
    return {one.id for one in done if await find_rating(session, one.id) is None}
