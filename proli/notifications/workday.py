"""Who hears of what a professional has said of their own day: the customer who waits, and staff."""

from collections.abc import Sequence
from datetime import datetime
from textwrap import shorten

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.conversations.reasons import PersonReason
from proli.dispatch.events import ProfessionalAway, ProfessionalBack, RoomAgain
from proli.dispatch.professionals_day import find_crowded_by
from proli.knowledge.text import isolate
from proli.notifications.actions import MOST_TOLD, alert_staff, tell_professional, tell_staff
from proli.notifications.customers import announce_late, key_of, when_of
from proli.notifications.links import replan_links
from proli.notifications.queries import VisitDetails, get_visit
from proli.notifications.standing import find_in_question_since
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
    crowded = await find_crowded_by(session, visit.booking)
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
    name, visits_told = isolate(professional.name), lines_of(still, language, now=now)
    text = say("staff_away", language, professional=name, visits=visits_told)
    key = "-".join(str(one) for one in sorted(event.booking_ids)[:10])
    if event.message_id is not None:
        said = (await session.get_one(Message, event.message_id)).text
        words = isolate(shorten(said, MOST_TOLD, placeholder="…"))
        text = say("staff_unable", language, professional=name, visits=visits_told, words=words)
        key = f"said:{event.message_id}"
    if public_url is not None:
        links = replan_links(public_url, business, [(professional.id, one.booking.starts_at) for one in still])
        text = text.followed_by(say("staff_away_link", language, links="\n".join(links)))
    await tell_staff(session, text, key=f"away:{professional.id}:{key}", now=now)


def lines_of(visits: Sequence[VisitDetails], language: str, *, now: datetime) -> str:
    return "\n".join(f"{when_of(one, now, language)} · {one.address} · {isolate(one.customer)}" for one in visits)


async def tell_of_return(session: BusinessSession, event: ProfessionalBack, *, now: datetime) -> None:
    """Staff know which visits stand after all and need no decision any more."""
    professional, business = await get_professional(session, event.professional_id), await get_business(session)
    visits = [await get_visit(session, one) for one in event.booking_ids]
    stand = [one for one in visits if one.booking.status == BookingStatus.confirmed and not one.in_question(now)]
    if not stand:
        return
    language = language_for(business.language)
    told = lines_of(stand, language, now=now)
    text = say("staff_back", language, professional=isolate(professional.name), visits=told)
    since = await find_in_question_since(session, stand[0].lead) or now
    await tell_staff(session, text, key=f"back:{stand[0].booking.id}:{since:%Y-%m-%dT%H:%MZ}", now=now)


async def tell_of_room_again(session: BusinessSession, event: RoomAgain, *, now: datetime) -> None:
    """Staff know that a visit is crowded no more, if it is so by now."""
    visit = await get_visit(session, event.booking_id)
    if visit.booking.status != BookingStatus.confirmed or visit.lead.attention == PersonReason.visit_crowded:
        return
    language = language_for((await get_business(session)).language)
    told = lines_of([visit], language, now=now)
    text = say("staff_room_again", language, professional=isolate(visit.professional.name), visits=told)
    await tell_staff(session, text, key=f"room:{visit.booking.id}:{now:%Y-%m-%dT%H:%MZ}", now=now)


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
