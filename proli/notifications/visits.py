"""Both sides of a visit know how it stands: told once, by the rows as they are at the moment of telling."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from proli.accounts.actor import ActorKind
from proli.notifications.actions import accepted_words, tell_professional
from proli.notifications.customers import bring_news, key_of, when_of
from proli.notifications.events import ProfessionalNewsDue
from proli.notifications.links import VisitLinks
from proli.notifications.queries import VisitDetails, get_visit
from proli.notifications.timing import professional_hears_at, reminders_of
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_when
from proli.professionals.queries import get_professional
from proli.scheduling.models import BookingStatus
from proli.scheduling.queries import get_booking

MOVED_TO: Final = "visit_moved_to"
CALLED_OFF: Final = "visit_cancelled_professional"


@dataclass(frozen=True, slots=True)
class LastTold:
    """The hour and the professional that both sides know of."""

    starts_at: datetime
    professional_id: int


async def tell_how_it_stands(
    session: BusinessSession, *, booking_id: int, now: datetime, links: VisitLinks | None = None
) -> dict[datetime, str]:
    """Both sides know of the visit, its move or its end, unless they do; returns when the customer is to be reminded.

    What was done and taken back before anybody was told is not told at all.
    """
    visit = await get_visit(session, booking_id)
    match visit.booking.status:
        case BookingStatus.confirmed:
            return await tell_confirmed(session, visit, now=now, links=links)
        case BookingStatus.cancelled:
            await tell_off(session, visit, now=now)
        case BookingStatus.done:
            await bring_news(session, visit, "done", now=now, links=links)
        case _:
            pass
    return {}


async def tell_confirmed(
    session: BusinessSession, visit: VisitDetails, *, now: datetime, links: VisitLinks | None
) -> dict[datetime, str]:
    booking, told = visit.booking, await what_was_told(session, visit)
    if told == LastTold(booking.starts_at, booking.professional_id) and booking.told_starts_at is not None:
        return {}
    await bring_news(session, visit, "confirmed" if told is None else "moved", now=now, links=links)
    if told is None or told.professional_id != booking.professional_id:
        await tell_professional(session, visit, accepted_words(visit, now), key=key_of(visit, "details"), now=now)
    if told is not None:
        await tell_of_move(session, visit, told, now=now)
    booking.told_starts_at, booking.told_professional_id = booking.starts_at, booking.professional_id
    return reminders_of(visit, now=now)


async def what_was_told(session: BusinessSession, visit: VisitDetails) -> LastTold | None:
    """What both sides last heard of the visit, or of the one in whose place it stands."""
    booking = visit.booking
    if booking.told_starts_at is None and booking.replaces_id is not None:
        booking = await get_booking(session, booking.replaces_id)
    if booking.told_starts_at is None or booking.told_professional_id is None:
        return None
    return LastTold(booking.told_starts_at, booking.told_professional_id)


async def tell_of_move(session: BusinessSession, visit: VisitDetails, told: LastTold, *, now: datetime) -> None:
    """The professional knows the new hour; one who has the visit no more knows that."""
    by_staff = visit.booking.actor.kind is ActorKind.staff
    code = "visit_rescheduled_professional" if by_staff else "visit_moved_professional"
    same = told.professional_id == visit.booking.professional_id
    await professional_hears(
        session,
        ProfessionalNewsDue(
            business_id=session.require_business(),
            booking_id=visit.booking.id,
            code=MOVED_TO if same else code,
            professional_id=told.professional_id,
            starts_at=told.starts_at,
        ),
        now=now,
    )


async def tell_off(session: BusinessSession, visit: VisitDetails, *, now: datetime) -> None:
    """Both sides know that a visit they know of will not be. The customer is told when it was not their own wish."""
    booking = visit.booking
    if booking.told_starts_at is None:
        return
    news = ProfessionalNewsDue(
        business_id=session.require_business(),
        booking_id=booking.id,
        code=CALLED_OFF,
        professional_id=booking.told_professional_id,
        starts_at=booking.told_starts_at,
    )
    await professional_hears(session, news, now=now)
    await bring_news(session, visit, "off", now=now)


async def professional_hears(session: BusinessSession, news: ProfessionalNewsDue, *, now: datetime) -> None:
    """The professional is told now, or when quiet hours and rest are over."""
    visit = await visit_of(session, news)
    hears_at = professional_hears_at(visit, now=now)
    if hears_at <= now:
        await tell_professional_news(session, news, now=now)
    else:
        await emit(session, news, at=hears_at)


async def visit_of(session: BusinessSession, news: ProfessionalNewsDue) -> VisitDetails:
    """The visit with the professional whom the news concerns."""
    visit = await get_visit(session, news.booking_id)
    if news.professional_id in (None, visit.professional.id):
        return visit
    return replace(visit, professional=await get_professional(session, news.professional_id or 0))


async def tell_professional_news(session: BusinessSession, news: ProfessionalNewsDue, *, now: datetime) -> None:
    """The professional knows, if it is still true."""
    visit = await visit_of(session, news)
    booking, language = visit.booking, language_for(visit.professional.language)
    theirs = booking.status == BookingStatus.confirmed and booking.professional_id == visit.professional.id
    if theirs != (news.code == MOVED_TO):
        return
    was = say_when(news.starts_at or booking.starts_at, now=now, zone=visit.zone, language=language)
    when = when_of(visit, now, language)
    text = (
        say(MOVED_TO, language, was=was, when=when, address=visit.address)
        if theirs
        else say(news.code, language, when=was, address=visit.address)
    )
    what = "moved_to" if theirs else "off"
    await tell_professional(session, visit, text, key=key_of(visit, what), now=now)
