"""Who hears of what a professional has said of their own day: the customer who waits, and staff."""

from datetime import datetime

from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.dispatch.events import ProfessionalAway
from proli.dispatch.professionals_day import find_crowded
from proli.knowledge.text import isolate
from proli.notifications.actions import alert_staff, tell_professional, tell_staff
from proli.notifications.customers import announce_late, key_of, when_of
from proli.notifications.links import replan_links
from proli.notifications.queries import get_visit
from proli.notifications.timing import professional_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.professionals.queries import get_professional
from proli.scheduling.events import CustomerConfirmed, ProfessionalLate
from proli.scheduling.models import BookingStatus


async def tell_of_delay(session: BusinessSession, event: ProfessionalLate, *, now: datetime) -> None:
    """The customer knows the new hour, and staff the visit after it that has too little time left."""
    visit = await get_visit(session, event.booking_id)
    await announce_late(session, visit, now=now)
    expected_at = visit.booking.expected_at
    if expected_at is None or visit.booking.status != BookingStatus.confirmed:
        return
    crowded = await find_crowded(session, visit.booking, expected_at=expected_at)
    if crowded is not None:
        lead = (await get_visit(session, crowded.id)).lead
        key = f"crowded:{crowded.id}:{visit.booking.id}"
        await alert_staff(session, lead=lead, reason=PersonReason.visit_crowded, key=key, now=now)


async def tell_of_absence(
    session: BusinessSession, event: ProfessionalAway, *, public_url: str | None, now: datetime
) -> None:
    """Staff know which visits stand while their professional does not work, as they stand now, and where in the console
    each of the days is planned anew.
    """
    professional = await get_professional(session, event.professional_id)
    visits = [await get_visit(session, one) for one in event.booking_ids]
    still = [
        one
        for one in visits
        if one.booking.status == BookingStatus.confirmed and one.booking.professional_id == professional.id
    ]
    if not still:
        return
    business = await get_business(session)
    language = language_for(business.language)
    lines = [f"{when_of(one, now, language)} · {one.address} · {isolate(one.customer)}" for one in still]
    text = say("staff_away", language, professional=isolate(professional.name), visits="\n".join(lines))
    if public_url is not None:
        links = replan_links(public_url, business, [(professional.id, one.booking.starts_at) for one in still])
        text = text.followed_by(say("staff_away_link", language, links="\n".join(links)))
    ids = "-".join(str(one) for one in sorted(event.booking_ids)[:10])
    await tell_staff(session, text, key=f"away:{professional.id}:{ids}", now=now)


async def tell_of_confirmation(session: BusinessSession, event: CustomerConfirmed, *, now: datetime) -> None:
    """The professional knows that the customer will be there: at once, or when quiet hours and rest are over."""
    visit = await get_visit(session, event.booking_id)
    if visit.booking.status != BookingStatus.confirmed or visit.booking.starts_at <= now:
        return
    hears_at = professional_hears_at(visit, now=now)
    if hears_at > now:
        await emit(session, event, at=hears_at)
        return
    language = language_for(visit.professional.language)
    text = say("customer_confirmed", language, customer=isolate(visit.customer), when=when_of(visit, now, language))
    await tell_professional(session, visit, text, key=key_of(visit, "customer_confirmed"), now=now)
