"""What is a professional's own: the offers they may answer, their visits, and what they say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, select

from proli.accounts.actor import Actor
from proli.contacts.models import Contact
from proli.conversations.reasons import PersonReason
from proli.dispatch.absence import come_after_all, is_given_up
from proli.dispatch.actions import finish_job
from proli.dispatch.calendar import lock_visit
from proli.dispatch.events import RoomAgain
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.actions import call_for_person, note
from proli.leads.models import EntryKind, Lead
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.queries import get_professional
from proli.scheduling.actions import require_promised
from proli.scheduling.errors import BookingNotFound, BookingNotLive
from proli.scheduling.events import DoorUnanswered, ProfessionalAtDoor
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.on_the_day import expect_late, record_work, require_begun, require_near, set_out
from proli.scheduling.queries import list_visits


@dataclass(frozen=True, slots=True)
class Work:
    """What was done at a visit, and what was taken for it where that was told."""

    words: str
    price_agorot: int | None


@dataclass(frozen=True, slots=True)
class Delay:
    """What it comes to that a professional is late."""

    news: bool
    """It had not been said before."""
    crowded: Booking | None
    """The visit after it, when there is not enough time left before it."""


SHOWN = (BookingStatus.pending, BookingStatus.confirmed, BookingStatus.done, BookingStatus.no_show)


async def list_own_offers(
    session: BusinessSession, professional_id: int, *, now: datetime
) -> Sequence[Row[Offer, Booking, Lead]]:
    """Offers the professional has been sent and may still answer, soonest to expire first."""
    statement = (
        select(Offer, Booking, Lead)
        .join(Booking, Booking.id == Offer.booking_id)
        .join(Lead, Lead.id == Offer.lead_id)
        .where(
            Offer.professional_id == professional_id,
            Offer.status == OfferStatus.open,
            Offer.sends_at <= now,
            Offer.expires_at > now,
        )
        .order_by(Offer.expires_at, Offer.id)
    )
    return (await session.execute(statement)).all()


async def list_own_visits(
    session: BusinessSession, professional_id: int, *, start: datetime, end: datetime
) -> Sequence[Row[Booking, Lead, Contact]]:
    """Visits of the professional that begin in a window and were not called off, in order."""
    statement = (
        select(Booking, Lead, Contact)
        .join(Lead, Lead.id == Booking.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(
            Booking.professional_id == professional_id,
            Booking.starts_at >= start,
            Booking.starts_at < end,
            Booking.status.in_(SHOWN),
        )
        .order_by(Booking.starts_at)
    )
    return (await session.execute(statement)).all()


async def lock_own_visit(session: BusinessSession, booking_id: int, professional_id: int) -> Booking:
    """The visit of this professional, which nobody else changes now.

    Raises:
        BookingNotFound: there is none, or it is somebody else's.
    """
    _, booking = await lock_visit(session, booking_id)
    if booking.professional_id != professional_id:
        raise BookingNotFound(booking_id=booking_id)
    return booking


async def set_out_for(session: BusinessSession, booking_id: int, *, professional_id: int, now: datetime) -> bool:
    """The customer will hear that the professional is on the way; False when that was said before. Who had said that
    they cannot come does after all.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not promised, or no more.
        TooEarly: it begins too long from now.
    """
    booking = await lock_own_visit(session, booking_id, professional_id)
    require_near(booking, now=now)
    if is_given_up(booking):
        actor = Actor.professional((await get_professional(session, professional_id)).name)
        await come_after_all(session, professional_id, [booking_id], actor=actor, now=now)
    return await set_out(session, booking, now=now)


async def wait_at_door(
    session: BusinessSession,
    booking_id: int,
    *,
    professional_id: int,
    message_id: int,
    patience: timedelta,
    now: datetime,
) -> None:
    """The customer will hear that the professional waits at the door, and staff when nothing has come of it by then.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not promised, or no more.
    """
    booking = await lock_own_visit(session, booking_id, professional_id)
    require_promised(booking)
    which = {"business_id": session.require_business(), "booking_id": booking_id, "message_id": message_id}
    await emit(session, ProfessionalAtDoor(**which))
    await emit(session, DoorUnanswered(**which), at=now + patience)


async def be_late(
    session: BusinessSession,
    booking_id: int,
    *,
    professional_id: int,
    expected_at: datetime,
    actor: Actor,
    now: datetime,
) -> Delay:
    """The customer will hear the new hour. A visit after it that is crowded by it waits for a person; its customer
    hears nothing yet. One that is crowded by it no more, and of which nobody has decided, waits no longer.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not promised, or no more.
    """
    lead, booking = await lock_visit(session, booking_id)
    if booking.professional_id != professional_id:
        raise BookingNotFound(booking_id=booking_id)
    was_crowded = await find_crowded_by(session, booking)
    if not await expect_late(session, booking, expected_at=expected_at):
        return Delay(news=False, crowded=None)
    note(session, lead, kind=EntryKind.late, actor=actor, now=now, details={"expected_at": expected_at.isoformat()})
    crowded = await find_crowded_by(session, booking)
    if was_crowded is not None and (crowded is None or crowded.id != was_crowded.id):
        await settle_crowded(session, was_crowded, actor=actor, now=now)
    if crowded is not None:
        following = await get_lead(session, crowded.lead_id)
        call_for_person(session, following, PersonReason.visit_crowded, actor=actor, now=now)
    return Delay(news=True, crowded=crowded)


async def settle_crowded(session: BusinessSession, booking: Booking, *, actor: Actor, now: datetime) -> None:
    """The visit has its time again: where people were called for nothing else, they need not decide, and will hear."""
    lead = await get_lead(session, booking.lead_id, lock=True)
    if lead.attention == PersonReason.visit_crowded:
        note(session, lead, kind=EntryKind.attended, actor=actor, now=now, details={"of": lead.attention})
        lead.attention = None
        await emit(session, RoomAgain(business_id=session.require_business(), booking_id=booking.id))


async def find_crowded_by(session: BusinessSession, booking: Booking) -> Booking | None:
    """The professional's next visit, when this one, as late as it is, reaches into it."""
    return await find_crowded(session, booking.professional_id, after=booking.starts_at, over_at=booking.over_at)


async def find_crowded(
    session: BusinessSession, professional_id: int, *, after: datetime, over_at: datetime
) -> Booking | None:
    """The professional's first visit after that moment, when work that ends at `over_at` reaches into it, buffer
    included.
    """
    buffer = timedelta(minutes=(await get_professional(session, professional_id)).buffer_minutes)
    found = await list_visits(session, professional_id, start=after + timedelta(seconds=1), end=over_at + buffer)
    return next((one for one in found if one.comes_at < over_at + buffer), None)


async def finish_own(
    session: BusinessSession,
    booking_id: int,
    *,
    professional_id: int,
    actor: Actor,
    now: datetime,
    work: Work | None = None,
) -> Booking:
    """The visit has taken place and the customer is thanked; said again, only what was done and taken is added. People
    need not decide any more about one of which the professional had said that they cannot come.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not promised, or no more.
        TooEarly: it has not begun, and the professional has not set out.
    """
    booking = await lock_own_visit(session, booking_id, professional_id)
    if is_given_up(booking):
        require_begun(booking, now=now)
        await come_after_all(session, professional_id, [booking_id], actor=actor, now=now)
    if booking.status != BookingStatus.done:
        await finish_job(session, booking, actor=actor, now=now)
    if work is not None:
        record_work(booking, words=work.words, price_agorot=work.price_agorot)
    return booking


async def put_price_right(
    session: BusinessSession, booking_id: int, *, professional_id: int, price_agorot: int, actor: Actor, now: datetime
) -> int | None:
    """The visit that is done has this price, and a line of its lead's timeline tells what it was; that is returned.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not done, or no more.
    """
    lead, booking = await lock_visit(session, booking_id)
    if booking.professional_id != professional_id:
        raise BookingNotFound(booking_id=booking_id)
    if booking.status != BookingStatus.done:
        raise BookingNotLive(booking_id=booking_id, status=booking.status.value)
    was = booking.price_agorot
    record_work(booking, words="", price_agorot=price_agorot)
    if was not in (None, price_agorot):
        details = {"price_agorot": {"was": was, "is": price_agorot}}
        note(session, lead, kind=EntryKind.price_corrected, actor=actor, now=now, details=details)
    return was
