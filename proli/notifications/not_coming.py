"""The customer who was promised an answer knows that it is not coming, and what comes next."""

from datetime import datetime

from proli.dispatch.events import AnswerNotComing
from proli.dispatch.models import OfferStatus
from proli.dispatch.queries import find_offer, find_open_offer
from proli.leads.models import LeadStatus
from proli.notifications.customers import stays_as_it_was, tell_customer, when_of
from proli.notifications.offer_buttons import offer_key
from proli.notifications.queries import VisitDetails, find_customer_conversation, get_visit
from proli.notifications.timing import customer_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.scheduling.models import BookingStatus, EndReason
from proli.scheduling.queries import find_promised, get_booking


async def tell_not_coming(session: BusinessSession, event: AnswerNotComing, *, now: datetime) -> None:
    """The customer is told, unless somebody else was asked or booked meanwhile; not in quiet hours or rest."""
    offer = await find_offer(session, event.offer_id)
    if offer is None or offer.status != OfferStatus.withdrawn:
        return
    visit = await get_visit(session, offer.booking_id)
    text = await words_for(session, visit, now=now)
    if text is None:
        return
    conversation = await find_customer_conversation(session, visit.lead)
    wrote_at = conversation.last_inbound_at if conversation else None
    hears_at = customer_hears_at(visit, wrote_at=wrote_at, now=now)
    if hears_at > now:
        await emit(session, event, at=hears_at)
        return
    await tell_customer(session, visit, text, key=f"{offer_key(offer.id)}:not_coming", now=now)


async def words_for(session: BusinessSession, visit: VisitDetails, *, now: datetime) -> str | None:
    """How it stands, of the hour that was asked for; None when the customer hears, or has heard, something else."""
    lead, asked = visit.lead, visit.booking
    if lead.status == LeadStatus.cancelled:
        return visit.say("cancelled")
    if lead.closed_at is not None or await find_open_offer(session, lead.id) is not None:
        return None
    wanted, team = when_of(visit, now, visit.language), visit.say("nobody_left_none")
    promised = await find_promised(session, lead.id)
    if promised is not None and promised.id == asked.replaces_id:
        return await stays_as_it_was(session, visit, promised, times=team, now=now)
    if promised is not None or await was_called_off(session, asked.replaces_id):
        return None
    return visit.say("offer_taken_back", when=wanted, times=team)


async def was_called_off(session: BusinessSession, booking_id: int | None) -> bool:
    """Whether the visit that should have moved is off, of which the customer hears by itself."""
    if booking_id is None:
        return False
    visit = await get_booking(session, booking_id)
    return visit.status == BookingStatus.cancelled and visit.reason != EndReason.moved
