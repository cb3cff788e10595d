"""Answers to offers: what each comes to, and what becomes of an offer that gets none."""

import enum
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import BY_SYSTEM, Actor
from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.dispatch.actions import await_another_hour, drop_asked, promise
from proli.dispatch.arranging import arrange_with_best
from proli.dispatch.errors import OfferNotFound
from proli.dispatch.events import NobodyLeft
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import find_offer, is_answer_waiting
from proli.leads.actions import call_for_person, note
from proli.leads.models import EntryKind, Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.queries import get_professional
from proli.scheduling.actions import release_hold, replace_visit
from proli.scheduling.errors import SlotTaken
from proli.scheduling.models import LIVE, Booking, BookingStatus, EndReason
from proli.scheduling.queries import find_promised, get_booking


class Outcome(enum.StrEnum):
    """What a professional's answer came to; everything but the first two changed nothing."""

    accepted = "accepted"
    declined = "declined"
    already_accepted = "already_accepted"
    already_declined = "already_declined"
    too_late = "too_late"
    withdrawn = "withdrawn"


CLOSED = {
    OfferStatus.accepted: Outcome.already_accepted,
    OfferStatus.declined: Outcome.already_declined,
    OfferStatus.expired: Outcome.too_late,
    OfferStatus.withdrawn: Outcome.withdrawn,
}


@dataclass(frozen=True, slots=True)
class Answered:
    outcome: Outcome
    offer: Offer
    booking: Booking
    lead: Lead


async def answer_offer(
    session: BusinessSession,
    *,
    offer_id: int,
    professional_id: int,
    actor: Actor,
    accept: bool,
    said_at: datetime | None = None,
    now: datetime,
) -> Answered:
    """The professional's answer has its effect, once; late, repeated and crossed answers have none.

    It counts at the moment it was said, `said_at`, whenever somebody comes to it.

    Raises:
        OfferNotFound: there is no such offer, or it went to somebody else.
    """
    said_at = min(said_at or now, now)
    found = await find_offer(session, offer_id)
    if found is None or found.professional_id != professional_id:
        raise OfferNotFound(offer_id=offer_id)
    lead = await get_lead(session, found.lead_id, lock=True)
    offer = await find_offer(session, offer_id, lock=True)
    if offer is None:
        raise OfferNotFound(offer_id=offer_id)
    booking = await get_booking(session, offer.booking_id, lock=True)
    outcome = await outcome_of(session, lead, offer, booking, actor=actor, accept=accept, said_at=said_at, now=now)
    return Answered(outcome, offer, booking, lead)


async def outcome_of(
    session: BusinessSession,
    lead: Lead,
    offer: Offer,
    booking: Booking,
    *,
    actor: Actor,
    accept: bool,
    said_at: datetime,
    now: datetime,
) -> Outcome:
    """What an answer to a locked offer comes to, which is brought about."""
    if accept and was_first(offer, said_at) and await take_again(session, lead, booking, now=now):
        return await accept_offer(session, lead, offer, booking, actor=actor, said_at=said_at, now=now)
    elsewhere = booking.status not in LIVE or booking.professional_id != offer.professional_id
    if offer.status == OfferStatus.accepted and elsewhere:
        return Outcome.withdrawn
    if offer.status != OfferStatus.open:
        return CLOSED[offer.status]
    if offer.expires_at <= said_at:
        return Outcome.too_late
    if accept:
        return await accept_offer(session, lead, offer, booking, actor=actor, said_at=said_at, now=now)
    offer.status, offer.answered_at = OfferStatus.declined, said_at
    await pass_on(session, lead, offer, booking, reason=EndReason.declined, actor=actor, now=now)
    return Outcome.declined


async def accept_offer(
    session: BusinessSession,
    lead: Lead,
    offer: Offer,
    booking: Booking,
    *,
    actor: Actor,
    said_at: datetime,
    now: datetime,
) -> Outcome:
    """The visit is promised; one that it would have moved to a time given away since stays as it was."""
    offer.status, offer.answered_at = OfferStatus.accepted, said_at
    promised = await find_promised(session, lead.id, lock=True)
    professional = await get_professional(session, offer.professional_id)
    if promised is not None:
        minutes = professional.buffer_minutes
        try:
            await replace_visit(session, booking, promised, buffer_minutes=minutes, actor=actor)
        except SlotTaken:
            offer.status = OfferStatus.withdrawn
            await pass_on(session, lead, offer, booking, reason=EndReason.withdrawn, actor=BY_SYSTEM, now=now)
            return Outcome.withdrawn
    await promise(session, lead, booking, professional, actor=actor, now=now)
    return Outcome.accepted


def was_first(offer: Offer, said_at: datetime) -> bool:
    """Whether an approval was said before the refusal that was heard before it, and in time."""
    answered_at = offer.answered_at
    refused = offer.status == OfferStatus.declined and answered_at is not None
    return refused and answered_at is not None and said_at < answered_at and said_at < offer.expires_at


async def take_again(session: BusinessSession, lead: Lead, booking: Booking, *, now: datetime) -> bool:
    """The slot that was given up is held again for the one who had approved first; False when it went elsewhere.

    Whoever was asked meanwhile, and has not answered, need not answer.
    """
    moving = booking.replaces_id is not None and lead.status == LeadStatus.booked
    if not (moving or lead.status in (LeadStatus.offered, LeadStatus.contacted)) or booking.starts_at <= now:
        return False
    promised = await find_promised(session, lead.id)
    if booking.replaces_id != (promised.id if promised is not None else None):
        return False
    try:
        async with session.begin_nested():
            await drop_asked(session, lead, actor=BY_SYSTEM, reason=EndReason.withdrawn)
            booking.status, booking.actor, booking.reason = BookingStatus.held, BY_SYSTEM, None
            await session.flush()
    except IntegrityError:
        await session.refresh(booking)
        return False
    return True


async def expire_offer(session: BusinessSession, *, offer_id: int, now: datetime) -> bool:
    """An offer whose time has passed is closed and the next one is asked; False when there was nothing to do.

    It stays open while something the professional said in time waits to be read: that may be the answer.
    """
    found = await find_offer(session, offer_id)
    if found is None:
        return False
    lead = await get_lead(session, found.lead_id, lock=True)
    offer = await find_offer(session, offer_id, lock=True)
    if offer is None:
        return False
    if offer.status != OfferStatus.open or offer.expires_at > now:
        return False
    if await is_answer_waiting(session, offer, now=now):
        return False
    offer.status = OfferStatus.expired
    booking = await get_booking(session, offer.booking_id, lock=True)
    await pass_on(session, lead, offer, booking, reason=EndReason.expired, actor=BY_SYSTEM, now=now)
    return True


async def pass_on(
    session: BusinessSession,
    lead: Lead,
    offer: Offer,
    booking: Booking,
    *,
    reason: EndReason,
    actor: Actor,
    now: datetime,
) -> None:
    """The next professional free at the same hour is asked; when there is none, a person and the customer hear.

    A visit that should have moved then stays as it was.
    """
    release_hold(booking, actor=actor, reason=reason)
    note(session, lead, kind=EntryKind(reason), actor=actor, now=now, details={"offer_id": offer.id})
    await session.flush()
    business = await get_business(session)
    promised = await find_promised(session, lead.id, lock=True)
    following = await arrange_with_best(
        session, lead, starts_at=booking.starts_at, business=business, actor=BY_SYSTEM, now=now, promised=promised
    )
    if following is None:
        if promised is None:
            await await_another_hour(session, lead, actor=BY_SYSTEM, now=now)
        call_for_person(session, lead, PersonReason.nobody_left, actor=BY_SYSTEM, now=now)
        await emit(session, NobodyLeft(business_id=session.require_business(), lead_id=lead.id))
