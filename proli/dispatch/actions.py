"""A lead finds its professional: times to choose from, the offer with its slot held, and what comes of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.dispatch.errors import LeadIncomplete, NobodyFits, NothingToChange
from proli.dispatch.events import OfferLapses, OfferMade, OfferWithdrawn, VisitMoved
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import Wish, find_open_offer, list_candidates
from proli.dispatch.rules import Ranked
from proli.dispatch.slots import URGENT, hold_for, rank_for_hour
from proli.knowledge.places import find_locality
from proli.leads.actions import move, note
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.queries import get_professional
from proli.scheduling.actions import cancel_booking, finish_visit, release_hold
from proli.scheduling.calendars import may_be_asked_at
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.queries import find_live_booking, get_booking
from proli.scheduling.rules import Interval
from proli.scheduling.spreading import spread


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
    slots = {slot.start: slot for one in able for slot in one.slots}
    return spread(sorted(slots.values()), count=count, zone=ZoneInfo(business.zone))


async def request_visit(
    session: BusinessSession, lead: Lead, *, starts_at: datetime, actor: str, now: datetime
) -> Offer:
    """The best professional who is free then is asked, and the slot is held until the answer.

    Asked again for the same hour while an offer is out, that offer is returned.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        NobodyFits: nobody is free at that hour; nothing has changed.
    """
    lead = await get_lead(session, lead.id, lock=True)
    standing = await find_open_offer(session, lead.id)
    if standing is not None and (await get_booking(session, standing.booking_id)).starts_at == starts_at:
        return standing
    business = await get_business(session)
    async with session.begin_nested():
        keep = await give_up_current(session, lead, standing, actor=actor)
        offer = await offer_to_best(
            session, lead, starts_at=starts_at, business=business, actor=actor, now=now, keep=keep
        )
        if offer is None:
            raise NobodyFits(lead_id=lead.id, starts_at=starts_at.isoformat())
    return offer


async def give_up_current(session: BusinessSession, lead: Lead, standing: Offer | None, *, actor: str) -> int | None:
    """Neither an offer nor a visit stands in the way of another hour; returns whose visit was given up."""
    booking = await find_live_booking(session, lead.id, lock=True)
    if standing is not None:
        await withdraw(session, standing)
    if booking is None:
        return None
    promised = booking.status == BookingStatus.confirmed
    if promised:
        await emit(session, VisitMoved(business_id=session.require_business(), booking_id=booking.id))
    release_hold(booking, actor=actor, reason="moved")
    await session.flush()
    return booking.professional_id if promised else None


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
    actor: str,
    now: datetime,
    keep: int | None = None,
) -> Offer | None:
    """The first of the ranking whose slot can be had holds it and is asked; None when there is nobody.

    `keep` is whose visit is being moved.
    """
    ranked = await rank_for_hour(session, lead, starts_at=starts_at, business=business, now=now, keep=keep)
    for one in ranked:
        offer = await try_offer(session, lead, one, business=business, actor=actor, now=now)
        if offer is not None:
            return offer
    return None


async def try_offer(
    session: BusinessSession, lead: Lead, one: Ranked, *, business: Business, actor: str, now: datetime
) -> Offer | None:
    """The professional holds the slot and will be asked, outside of quiet hours and rest.

    None when somebody was faster, or the visit would begin before the time to answer is over.
    """
    professional = await get_professional(session, one.professional_id)
    urgent = lead.urgency in URGENT
    place = find_locality(lead.locality or "")
    sends_at = may_be_asked_at(professional, business, place=place, emergency=lead.urgency == "emergency", now=now)
    minutes = business.urgent_offer_minutes if urgent else business.offer_minutes
    if one.slot is None or sends_at + timedelta(minutes=minutes) > one.slot.start:
        return None
    booking = await hold_for(session, lead, professional, one.slot, actor=actor, now=now)
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
    lead.professional_id = professional.id
    move(session, lead, LeadStatus.offered, actor=actor, now=now)
    note(session, lead, kind="offered", actor=actor, now=now, details={"offer_id": offer.id, "to": professional.name})
    business_id = session.require_business()
    await emit(session, OfferMade(business_id=business_id, offer_id=offer.id), at=sends_at if sends_at > now else None)
    await emit(session, OfferLapses(business_id=business_id, offer_id=offer.id), at=offer.expires_at)
    return offer


async def cancel_request(session: BusinessSession, lead: Lead, *, actor: str, reason: str, now: datetime) -> None:
    """The offer or the visit is no more, and the lead is closed.

    Raises:
        NothingToChange: the lead is closed already.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if lead.closed_at is not None:
        raise NothingToChange(lead_id=lead.id)
    standing = await find_open_offer(session, lead.id)
    if standing is not None:
        await withdraw(session, standing)
    booking = await find_live_booking(session, lead.id, lock=True)
    if booking is not None:
        await cancel_booking(session, booking, actor=actor, reason=reason)
    move(session, lead, LeadStatus.cancelled, actor=actor, now=now)


async def finish_job(session: BusinessSession, booking: Booking, *, actor: str, now: datetime) -> None:
    """The visit has taken place and its lead is done."""
    lead = await get_lead(session, booking.lead_id, lock=True)
    await finish_visit(session, booking, actor=actor)
    move(session, lead, LeadStatus.done, actor=actor, now=now)
