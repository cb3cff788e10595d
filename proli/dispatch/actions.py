"""A lead finds its professional: times to choose from, the offer with its slot held, and what comes of it."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.actor import BY_AGENT, Actor
from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.dispatch.errors import LeadIncomplete, NobodyFits, NothingToChange
from proli.dispatch.events import AnswerNotComing, OfferLapses, OfferMade, OfferWithdrawn
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import Wish, find_open_offer, list_candidates
from proli.dispatch.rules import Ranked
from proli.dispatch.slots import hold_for, rank_for_hour
from proli.knowledge.places import find_locality
from proli.knowledge.trades import URGENT
from proli.leads.actions import call_for_person, move, note
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.models import Professional
from proli.professionals.queries import get_professional
from proli.scheduling.actions import cancel_booking, confirm_booking, finish_visit, release_hold, require_begun
from proli.scheduling.calendars import may_be_asked_at
from proli.scheduling.models import MOVED, Booking
from proli.scheduling.queries import find_asked, find_promised, get_booking
from proli.scheduling.rules import Interval
from proli.scheduling.spreading import spread

SETTLED_BY_ASKING: Final = (
    PersonReason.offer_withdrawn,
    PersonReason.professional_off,
    PersonReason.move_unanswered,
)


async def find_times(
    session: BusinessSession, lead: Lead, *, within: Interval, now: datetime, count: int = 3
) -> list[Interval]:
    """A few visits that somebody could make, spread as a person would propose them; empty when nobody can.

    Raises:
        LeadIncomplete: the trade or the place is not known.
    """
    if lead.trade is None or lead.locality is None:
        raise LeadIncomplete(lead_id=lead.id)
    business = await get_business(session)
    candidates = await list_candidates(session, lead, wish=Wish(within, exact=False), business=business, now=now)
    able = [one for one in candidates if one.excluded is None and one.open_jobs < one.max_open_jobs]
    promised = await find_promised(session, lead.id)
    slots = {slot.start: slot for one in able for slot in one.slots if not promised or slot.start != promised.starts_at}
    return spread(sorted(slots.values()), count=count, zone=ZoneInfo(business.zone))


async def request_visit(
    session: BusinessSession, lead: Lead, *, starts_at: datetime, actor: Actor, now: datetime
) -> Offer | Booking:
    """The best professional who is free then is asked, and the slot is held until the answer.

    A visit that was promised stands until then; asked for at its own hour, it stands as it did and is returned. Asked
    again for the same hour while an offer is out, that offer is returned.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        NobodyFits: nobody is free at that hour; nothing has changed.
    """
    lead = await get_lead(session, lead.id, lock=True)
    standing = await find_open_offer(session, lead.id)
    if standing is not None and (await get_booking(session, standing.booking_id)).starts_at == starts_at:
        return standing
    promised = await find_promised(session, lead.id, lock=True)
    business = await get_business(session)
    async with session.begin_nested():
        await drop_asked(session, lead, actor=actor, reason=MOVED)
        if promised is not None and promised.starts_at == starts_at:
            lead.professional_id = promised.professional_id
            return promised
        offer = await offer_to_best(
            session, lead, starts_at=starts_at, business=business, actor=actor, now=now, promised=promised
        )
        if offer is None:
            raise NobodyFits(lead_id=lead.id, starts_at=starts_at.isoformat())
    return offer


async def drop_asked(session: BusinessSession, lead: Lead, *, actor: Actor, reason: str) -> Offer | None:
    """No offer is out and nothing is held for the lead; a promised visit stays. Returns the offer that was out.

    `reason` is what the hold's booking ended for.
    """
    standing = await find_open_offer(session, lead.id)
    if standing is not None:
        await withdraw(session, standing)
    held = await find_asked(session, lead.id, lock=True)
    if held is not None:
        release_hold(held, actor=actor, reason=reason)
    await session.flush()
    return standing


async def end_asking(
    session: BusinessSession, lead: Lead, *, actor: Actor, reason: str, tells_at: datetime | None = None
) -> bool:
    """No offer is out and nobody else is asked: a customer who did not wish it hears that the answer is not coming.

    Tells whether an offer was out.
    """
    ended = await drop_asked(session, lead, actor=actor, reason=reason)
    if ended is not None and not actor.is_customer:
        event = AnswerNotComing(business_id=session.require_business(), offer_id=ended.id)
        await emit(session, event, at=tells_at)
    return ended is not None


async def leave_unasked(
    session: BusinessSession, lead: Lead, *, actor: Actor, reason: str, now: datetime, tells_at: datetime | None = None
) -> bool:
    """No offer is out, the customer hears that the answer is not coming, and the lead, which stays open, waits for a
    person until somebody is asked or booked for it. Tells whether an offer was out.
    """
    ended = await end_asking(session, lead, actor=actor, reason=reason, tells_at=tells_at)
    if ended and lead.attention is None:
        call_for_person(session, lead, PersonReason.offer_withdrawn, actor=actor, now=now)
    return ended


def arranged_anew(lead: Lead) -> None:
    """Somebody is asked or booked: that nobody was, or that it has to be somebody else, needs no person any more."""
    if lead.attention in SETTLED_BY_ASKING:
        lead.attention = None


async def promise(
    session: BusinessSession,
    lead: Lead,
    booking: Booking,
    professional: Professional,
    *,
    actor: Actor,
    tells: bool = True,
    now: datetime,
) -> None:
    """The held booking is the lead's visit with the professional, without anybody's approval; see `confirm_booking`."""
    lead.professional_id = professional.id
    arranged_anew(lead)
    await confirm_booking(session, booking, actor=actor, tells=tells)
    move(session, lead, LeadStatus.booked, actor=actor, now=now)
    note(session, lead, kind="booked", actor=actor, now=now, details={"with": professional.name})


async def await_another_hour(
    session: BusinessSession, lead: Lead, *, actor: Actor, now: datetime, tells_at: datetime | None = None
) -> None:
    """The lead has no visit and nobody is asked. What was wished before is not asked for again unasked."""
    await leave_unasked(session, lead, actor=actor, reason=MOVED, now=now, tells_at=tells_at)
    lead.professional_id, lead.wish = None, None
    move(session, lead, LeadStatus.contacted, actor=actor, now=now)


async def withdraw(session: BusinessSession, offer: Offer) -> None:
    """The offer is no longer out, and whoever has seen it will hear."""
    offer.status = OfferStatus.withdrawn
    await emit(session, OfferWithdrawn(business_id=session.require_business(), offer_id=offer.id))


async def offer_to_best(
    session: BusinessSession,
    lead: Lead,
    *,
    starts_at: datetime,
    business: Business,
    actor: Actor,
    now: datetime,
    promised: Booking | None,
) -> Offer | None:
    """The first of the ranking whose slot can be had holds it and is asked; None when there is nobody.

    `promised` is the visit that would be moved.
    """
    keep = promised.professional_id if promised is not None else None
    ranked = await rank_for_hour(session, lead, starts_at=starts_at, business=business, now=now, keep=keep)
    for one in ranked:
        offer = await try_offer(session, lead, one, business=business, actor=actor, now=now, promised=promised)
        if offer is not None:
            return offer
    return None


async def try_offer(
    session: BusinessSession,
    lead: Lead,
    one: Ranked,
    *,
    business: Business,
    actor: Actor,
    now: datetime,
    promised: Booking | None,
) -> Offer | None:
    """The professional holds the slot and will be asked, outside of quiet hours and rest. A promised visit stands.

    None when somebody was faster, or the visit would begin before the time to answer is over.
    """
    professional = await get_professional(session, one.professional_id)
    urgent = lead.urgency in URGENT
    place = find_locality(lead.locality or "")
    sends_at = may_be_asked_at(professional, business, place=place, emergency=lead.urgency == "emergency", now=now)
    minutes = business.urgent_offer_minutes if urgent else business.offer_minutes
    if one.slot is None or sends_at + timedelta(minutes=minutes) > one.slot.start:
        return None
    booking = await hold_for(session, lead, professional, one.slot, actor=actor, now=now, replaces=promised)
    if booking is None:
        return None
    offer = Offer(
        lead_id=lead.id,
        professional_id=professional.id,
        booking_id=booking.id,
        status=OfferStatus.open,
        sends_at=sends_at,
        expires_at=sends_at + timedelta(minutes=minutes),
    )
    session.add(offer)
    await session.flush()
    arranged_anew(lead)
    if promised is None:
        lead.professional_id = professional.id
        move(session, lead, LeadStatus.offered, actor=actor, now=now)
    by = BY_AGENT if actor.is_customer else actor  # the customer wished for an hour; who is asked was chosen for them
    note(session, lead, kind="offered", actor=by, now=now, details={"offer_id": offer.id, "to": professional.name})
    business_id = session.require_business()
    await emit(session, OfferMade(business_id=business_id, offer_id=offer.id), at=sends_at if sends_at > now else None)
    await emit(session, OfferLapses(business_id=business_id, offer_id=offer.id), at=offer.expires_at)
    return offer


async def cancel_request(session: BusinessSession, lead: Lead, *, actor: Actor, reason: str, now: datetime) -> None:
    """The offer or the visit is no more, and the lead is closed.

    Raises:
        NothingToChange: the lead is closed already.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if lead.closed_at is not None:
        raise NothingToChange(lead_id=lead.id)
    promised = await find_promised(session, lead.id, lock=True)
    if promised is None:
        await end_asking(session, lead, actor=actor, reason=reason)
    else:  # of the visit that will not be, the customer hears anyway
        await drop_asked(session, lead, actor=actor, reason=reason)
        await cancel_booking(session, promised, actor=actor, reason=reason)
    move(session, lead, LeadStatus.cancelled, actor=actor, now=now)


async def finish_job(
    session: BusinessSession, booking: Booking, *, actor: Actor, now: datetime, tells: bool = True
) -> None:
    """The visit has taken place and its lead is done; whoever was asked for another hour need not answer.

    Raises:
        BookingNotLive: it is not promised, or no more.
        TooEarly: it has not begun, and the professional has not set out.
    """
    require_begun(booking, now=now)
    lead = await get_lead(session, booking.lead_id, lock=True)
    await finish_visit(session, booking, actor=actor, tells=tells)
    await drop_asked(session, lead, actor=actor, reason=MOVED)
    move(session, lead, LeadStatus.done, actor=actor, now=now)
