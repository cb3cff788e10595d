"""A professional does not work for days or hours: nothing more is booked then, and what stands is for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.dispatch.answering import Answered, answer_offer
from proli.dispatch.calendar import lock_visit
from proli.dispatch.events import ProfessionalAway, ProfessionalBack
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.actions import attend, call_for_person
from proli.leads.models import Lead
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.actions import block_hours, give_back_hours, give_up_day_off, take_day_off
from proli.professionals.errors import NoDayOff
from proli.professionals.rules import Span, Spans
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.on_the_day import let_stand, say_unable
from proli.scheduling.queries import find_promised, list_visits
from proli.scheduling.rules import Interval
from proli.scheduling.wall import opens_at


@dataclass(frozen=True, slots=True)
class DaysOff:
    """What it comes to that a professional takes days or hours off."""

    standing: Sequence[Booking]
    """Visits promised in them, which stay until people decide."""
    declined: Sequence[Answered]
    """Offers of visits in them."""


async def take_days_off(
    session: BusinessSession, professional_id: int, days: Sequence[date], *, actor: Actor, now: datetime
) -> DaysOff:
    """The professional is off on these days; see `be_away`."""
    zone = ZoneInfo((await get_business(session)).zone)
    off = sorted(set(days))
    for day in off:
        await take_day_off(session, professional_id, day)
    whole = [Interval(opens_at(day, 0, zone), opens_at(day + timedelta(days=1), 0, zone)) for day in off]
    return await be_away(session, professional_id, whole, actor=actor, now=now)


async def be_busy(
    session: BusinessSession, professional_id: int, day: date, blocked: Span, *, actor: Actor, now: datetime
) -> DaysOff:
    """The professional is off in these hours; see `be_away`."""
    zone = ZoneInfo((await get_business(session)).zone)
    await block_hours(session, professional_id, day, blocked)
    hours = Interval(opens_at(day, blocked[0], zone), opens_at(day, blocked[1], zone))
    return await be_away(session, professional_id, [hours], actor=actor, now=now)


async def be_free(
    session: BusinessSession, professional_id: int, day: date, spans: Spans, *, actor: Actor, now: datetime
) -> list[Booking]:
    """The professional works in these parts of the day after all. The visits that begin in them and were in question by
    that alone stand, and are returned: staff, and the customers who were told otherwise, will hear.
    """
    zone, back = ZoneInfo((await get_business(session)).zone), list[Booking]()
    await give_back_hours(session, professional_id, day, spans)
    for start, end in spans:
        hours = Interval(opens_at(day, start, zone), opens_at(day, end, zone))
        stand = await list_standing(session, professional_id, hours, now=now)
        back += [booking for booking in stand if booking.unable_at is None]
    for booking in back:
        lead = await get_lead(session, booking.lead_id, lock=True)
        await attend_to_away(session, lead, actor=actor, now=now)
        await let_stand(session, booking, by_professional=True)
    await tell_back(session, professional_id, [one.id for one in back])
    return back


async def be_away(
    session: BusinessSession, professional_id: int, hours: Sequence[Interval], *, actor: Actor, now: datetime
) -> DaysOff:
    """Offers of visits that begin in these hours are declined. The visits that stand in them wait for a person, and
    staff hear of them; nobody is on the way to one that is still ahead.
    """
    standing, offered = list[Booking](), list[int]()
    for one in hours:
        standing += await list_standing(session, professional_id, one, now=now)
        offered += await list_offered(session, professional_id, one, now=now)
    declined = [
        await answer_offer(
            session, offer_id=offer_id, professional_id=professional_id, actor=actor, accept=False, now=now
        )
        for offer_id in offered
    ]
    for booking in standing:
        lead = await get_lead(session, booking.lead_id, lock=True)
        call_about(session, lead, booking, reason=PersonReason.professional_off, actor=actor, now=now)
    await tell_away(session, professional_id, [booking.id for booking in standing])
    return DaysOff(standing, declined)


def call_about(
    session: BusinessSession, lead: Lead, booking: Booking, *, reason: PersonReason, actor: Actor, now: datetime
) -> None:
    """The visit, to which its professional does not come, waits for a person; in days and hours off nobody is on the
    way to one that is still ahead.
    """
    call_for_person(session, lead, reason, actor=actor, now=now)
    if reason == PersonReason.professional_off and booking.starts_at > now:
        booking.on_the_way_at = None


async def tell_away(
    session: BusinessSession, professional_id: int, booking_ids: Sequence[int], *, message_id: int | None = None
) -> None:
    """Staff will hear that these visits wait for their decision."""
    if booking_ids:
        away = ProfessionalAway(
            business_id=session.require_business(),
            professional_id=professional_id,
            booking_ids=tuple(booking_ids),
            message_id=message_id,
        )
        await emit(session, away)


async def be_unable(
    session: BusinessSession, professional_id: int, booking_ids: Sequence[int], *, message_id: int, actor: Actor,
    now: datetime,
) -> list[Booking]:  # fmt: skip
    """The professional cannot come to these visits of theirs, as they say in a message: those that stand are in
    question, wait for a person and are returned, and staff will hear of them.
    """
    unable = list[Booking]()
    for booking_id in sorted(booking_ids):
        lead, booking = await lock_visit(session, booking_id)
        if booking.professional_id == professional_id and booking.status == BookingStatus.confirmed:
            say_unable(booking, now=now)
            call_for_person(session, lead, PersonReason.professional_unable, actor=actor, now=now)
            unable.append(booking)
    await tell_away(session, professional_id, [one.id for one in unable], message_id=message_id)
    return unable


async def come_after_all(
    session: BusinessSession, professional_id: int, booking_ids: Sequence[int], *, actor: Actor, now: datetime
) -> list[Booking]:
    """The professional comes to these visits, of which they had said that they cannot; those are returned."""
    coming = list[Booking]()
    for booking_id in sorted(booking_ids):
        lead, booking = await lock_visit(session, booking_id)
        if booking.professional_id == professional_id and is_given_up(booking):
            await attend_to_away(session, lead, actor=actor, now=now)
            await let_stand(session, booking, by_professional=True)
            coming.append(booking)
    await tell_back(session, professional_id, [one.id for one in coming])
    return coming


async def leave_standing(session: BusinessSession, lead_id: int) -> None:
    """Staff have left the visit of the request as it is: it is in question no more, if it was by what its professional
    said.
    """
    await get_lead(session, lead_id, lock=True)
    booking = await find_promised(session, lead_id, lock=True)
    if booking is not None and is_given_up(booking):
        await let_stand(session, booking, by_professional=False)


def is_given_up(booking: Booking) -> bool:
    """Whether it is promised by somebody who has said that they cannot come."""
    return booking.status == BookingStatus.confirmed and booking.unable_at is not None


async def attend_to_away(session: BusinessSession, lead: Lead, *, actor: Actor, now: datetime) -> None:
    if lead.attention in (PersonReason.professional_off, PersonReason.professional_unable):
        await attend(session, lead, actor=actor, now=now)


async def tell_back(session: BusinessSession, professional_id: int, booking_ids: Sequence[int]) -> None:
    if booking_ids:
        back = ProfessionalBack(
            business_id=session.require_business(), professional_id=professional_id, booking_ids=tuple(booking_ids)
        )
        await emit(session, back)


async def give_up_days_off(
    session: BusinessSession, professional_id: int, days: Sequence[date], *, actor: Actor, now: datetime
) -> list[date]:
    """The professional works on these days after all; returns those that were off, or on which they could not come.
    People need not see to the visits of those days any more: staff and the customers who were told otherwise will hear.
    """
    zone, given_up, back = ZoneInfo((await get_business(session)).zone), list[date](), list[Booking]()
    for day in days:
        whole = Interval(opens_at(day, 0, zone), opens_at(day + timedelta(days=1), 0, zone))
        stand = await list_standing(session, professional_id, whole, now=now)
        try:
            await give_up_day_off(session, professional_id, day)
        except NoDayOff:
            stand = [booking for booking in stand if is_given_up(booking)]
            if not stand:
                continue
        given_up.append(day)
        back += stand
        for booking in stand:
            lead = await get_lead(session, booking.lead_id, lock=True)
            await attend_to_away(session, lead, actor=actor, now=now)
            await let_stand(session, booking, by_professional=True)
    await tell_back(session, professional_id, [one.id for one in back])
    return given_up


async def list_standing(
    session: BusinessSession, professional_id: int, within: Interval, *, now: datetime
) -> list[Booking]:
    """The promised visits that begin in the window and are not over."""
    found = await list_visits(session, professional_id, start=within.start, end=within.end)
    return [booking for booking in found if booking.over_at > now]


async def list_offered(
    session: BusinessSession, professional_id: int, within: Interval, *, now: datetime
) -> Sequence[int]:
    """The offers that the professional may answer, or will be sent, of visits that begin in the window."""
    offers = (
        select(Offer.id)
        .join(Booking, Booking.id == Offer.booking_id)
        .where(
            Offer.professional_id == professional_id,
            Offer.status == OfferStatus.open,
            Offer.expires_at > now,
            Booking.starts_at >= within.start,
            Booking.starts_at < within.end,
        )
        .order_by(Offer.id)
    )
    return (await session.scalars(offers)).all()
