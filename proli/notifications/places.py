"""Whoever was asked to come, or has promised to, knows where to."""

from datetime import datetime

from proli.dispatch.queries import find_open_offer
from proli.leads.events import PlaceChanged
from proli.leads.queries import get_lead
from proli.notifications.actions import place_words, request_words, tell_professional
from proli.notifications.customers import when_of
from proli.notifications.queries import get_visit
from proli.notifications.timing import professional_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.scheduling.models import Booking
from proli.scheduling.queries import find_promised, get_booking


async def tell_of_place_changed(session: BusinessSession, event: PlaceChanged, *, now: datetime) -> None:
    """The professional with the visit, and the one whose offer has gone out, know the place as it now is.

    In their quiet hours and rest they are told when these are over.
    """
    lead, later = await get_lead(session, event.lead_id), list[datetime]()
    for booking in await list_told(session, lead.id, now=now):
        visit = await get_visit(session, booking.id)
        hears_at = professional_hears_at(visit, now=now)
        if hears_at > now:
            later.append(hears_at)
            continue
        language = language_for(visit.professional.language)
        text = say(
            "place_changed",
            language,
            issue=request_words(lead, language),
            when=when_of(visit, now, language),
            place=place_words(visit, language),
        )
        await tell_professional(session, visit, text, key=f"booking:{booking.id}:place:{lead.version}", now=now)
    if later:
        await emit(session, event, at=min(later))


async def list_told(session: BusinessSession, lead_id: int, *, now: datetime) -> list[Booking]:
    """The visits of the lead whose professionals have read a place; an offer still to be sent will tell it itself."""
    offer, promised = await find_open_offer(session, lead_id), await find_promised(session, lead_id)
    asked = await get_booking(session, offer.booking_id) if offer is not None and offer.sends_at <= now else None
    return [booking for booking in (promised, asked) if booking is not None]
