"""Reads for dispatch: who could take a lead, and which offers are out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Message
from proli.conversations.queries import unanswered
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.rules import Candidate, Excluded
from proli.knowledge.places import Locality, distance_km, find_locality
from proli.knowledge.trades import URGENT
from proli.leads.models import ASKED_OR_BOOKED, Lead
from proli.platform.db import BusinessSession, locked
from proli.playbooks.loader import get_playbook
from proli.professionals.models import Professional
from proli.professionals.queries import list_for_trades
from proli.scheduling.calendars import base_of, calendar_of, closed_to, may_be_asked_at
from proli.scheduling.models import Booking
from proli.scheduling.queries import list_busy
from proli.scheduling.rules import Calendar, Interval, free_slots, is_free

FAIR_DAYS = 7
DAY = timedelta(days=1)
SLOTS_PER_CANDIDATE = 40
SKEW = timedelta(minutes=2)
"""How far the clock that stamps a professional's messages may stand behind ours."""
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """When: an exact start, or any free slot that begins within a window."""

    within: Interval
    exact: bool

    @classmethod
    def at(cls, start: datetime) -> "Wish":
        return cls(Interval(start, start + timedelta(minutes=1)), exact=True)


async def list_candidates(
    session: BusinessSession,
    lead: Lead,
    *,
    wish: Wish,
    business: Business,
    now: datetime,
    most: int = SLOTS_PER_CANDIDATE,
) -> list[Candidate]:
    """Everybody who can be asked for the lead, with what the ranking needs and at most so many slots. Four queries.

    What is held or promised to the lead itself is in nobody's way.
    """
    able = await list_able(session, lead, business)
    if not able:
        return []
    ids, place = [one.id for one in able], find_locality(lead.locality or "")
    around = Interval(wish.within.start - DAY, wish.within.end + DAY)
    busy = await list_busy(session, ids, within=around, besides=lead.id)
    asks = get_playbook(business.playbook).approval
    jobs = await count_open_jobs(session, ids, besides=lead.id)
    offers = await count_recent_offers(session, ids, since=now - timedelta(days=FAIR_DAYS))
    refused = await list_refusals(session, lead.id, starts_at=wish.within.start) if wish.exact else {}

    def calendar(one: Professional) -> Calendar:
        emergency = lead.urgency == "emergency"
        closed = closed_to(one, business, within=wish.within, place=place, emergency=emergency)
        return calendar_of(one, busy[one.id], zone=ZoneInfo(business.zone), closed=closed)

    def slots_of(one: Professional) -> tuple[Interval, ...]:
        answers_by = time_to_answer(one, business, lead, now=now).end if asks else now
        return slots_for(calendar(one), wish, earliest=answers_by, most=most, now=now)

    return [
        Candidate(
            professional_id=one.id,
            name=one.name,
            rating_sum=one.rating_sum,
            rating_count=one.rating_count,
            distance_km=distance(one, place),
            open_jobs=jobs.get(one.id, 0),
            max_open_jobs=one.max_open_jobs,
            recent_offers=offers.get(one.id, 0),
            slots=slots_of(one),
            excluded=refused.get(one.id),
            buffer_minutes=one.buffer_minutes,
        )
        for one in able
    ]


async def list_able(session: BusinessSession, lead: Lead, business: Business) -> list[Professional]:
    """Who takes requests, does the lead's trade and comes to its place; nobody while one of the two is not known."""
    if lead.trade is None or lead.locality is None:
        return []
    trades = get_playbook(business.playbook).takers_of(lead.trade, business.related_trades)
    return [one for one in await list_for_trades(session, trades) if suits(one, lead, business)]


def time_to_answer(professional: Professional, business: Business, lead: Lead, *, now: datetime) -> Interval:
    """From when the professional may be asked, outside of quiet hours and rest, until when an answer is waited for."""
    place = find_locality(lead.locality or "")
    asked_at = may_be_asked_at(professional, business, place=place, emergency=lead.urgency == "emergency", now=now)
    minutes = business.urgent_offer_minutes if lead.urgency in URGENT else business.offer_minutes
    return Interval(asked_at, asked_at + timedelta(minutes=minutes))


def slots_for(calendar: Calendar, wish: Wish, *, earliest: datetime, most: int, now: datetime) -> tuple[Interval, ...]:
    """What of the wish can be had, none of it before `earliest`."""
    start = max(wish.within.start, earliest)
    if wish.exact:
        visit = Interval(wish.within.start, wish.within.start + timedelta(minutes=calendar.policy.length_minutes))
        return (visit,) if visit.start == start and is_free(calendar, visit, now=now) else ()
    if start >= wish.within.end:
        return ()
    within = Interval(start, wish.within.end)
    return tuple(free_slots(calendar, within=within, now=now, limit=most))


def distance(professional: Professional, place: Locality | None) -> float | None:
    base = base_of(professional)
    return None if base is None or place is None else distance_km(base, place)


def suits(professional: Professional, lead: Lead, business: Business) -> bool:
    """Whether the professional takes requests, does the lead's trade and comes to its place.

    What is not known of the lead hinders nobody.
    """
    if lead.trade is not None:
        takers = get_playbook(business.playbook).takers_of(lead.trade, business.related_trades)
        if not set(professional.trades) & set(takers):
            return False
    place = find_locality(lead.locality or "")
    return professional.active and (lead.locality is None or serves(professional, lead.locality, place))


def serves(professional: Professional, locality: str, place: Locality | None) -> bool:
    if locality in professional.localities:
        return True
    km = distance(professional, place)
    return km is not None and professional.radius_km is not None and km <= professional.radius_km


async def count_open_jobs(session: BusinessSession, ids: Sequence[int], *, besides: int) -> dict[int, int]:
    """How many leads each has been offered or is booked for, `besides` the lead of this id."""
    counted = await session.execute(
        select(Lead.professional_id, func.count())
        .where(
            Lead.professional_id.in_(ids),
            Lead.status.in_(ASKED_OR_BOOKED),
            Lead.id != besides,
        )
        .group_by(Lead.professional_id)
    )
    return {professional_id: count for professional_id, count in counted if professional_id is not None}


async def count_recent_offers(session: BusinessSession, ids: Sequence[int], *, since: datetime) -> dict[int, int]:
    counted = await session.execute(
        select(Offer.professional_id, func.count())
        .where(Offer.professional_id.in_(ids), Offer.sends_at >= since)
        .group_by(Offer.professional_id)
    )
    return dict(counted.all())


async def list_refusals(session: BusinessSession, lead_id: int, *, starts_at: datetime) -> dict[int, Excluded]:
    """Who declined this lead at this hour, and who let it pass; at another hour they are asked again."""
    found = await session.execute(
        select(Offer.professional_id, Offer.status)
        .join(Booking, Booking.id == Offer.booking_id)
        .where(
            Offer.lead_id == lead_id,
            Offer.status.in_((OfferStatus.declined, OfferStatus.expired)),
            Booking.starts_at == starts_at,
        )
    )
    return {professional_id: Excluded(status) for professional_id, status in found}


async def find_offer(session: BusinessSession, offer_id: int, *, lock: bool = False) -> Offer | None:
    statement = select(Offer).where(Offer.id == offer_id)
    return await session.scalar(locked(statement) if lock else statement)


async def find_open_offer(session: BusinessSession, lead_id: int) -> Offer | None:
    return await session.scalar(
        select(Offer).where(Offer.lead_id == lead_id, Offer.status == OfferStatus.open).with_for_update()
    )


async def list_open_offers(session: BusinessSession, professional_id: int, *, at: datetime) -> Sequence[Offer]:
    """Offers the professional had been sent by then and could still answer."""
    return (
        await session.scalars(
            select(Offer)
            .where(
                Offer.professional_id == professional_id,
                Offer.status == OfferStatus.open,
                Offer.sends_at <= at + SKEW,
                Offer.expires_at > at,
            )
            .order_by(Offer.id)
        )
    ).all()


async def find_last_offer(session: BusinessSession, professional_id: int, *, at: datetime) -> Offer | None:
    """The newest offer of any status sent by then: what a late word most likely answers."""
    return await session.scalar(
        select(Offer)
        .where(Offer.professional_id == professional_id, Offer.sends_at <= at + SKEW)
        .order_by(Offer.id.desc())
        .limit(1)
    )


async def is_answer_waiting(session: BusinessSession, offer: Offer, *, now: datetime) -> bool:
    """Whether the professional has said something in the offer's time that nobody has read yet.

    What lies unread for longer than PATIENCE after the offer's end holds it up no more.
    """
    if offer.expires_at + PATIENCE <= now:
        return False
    unread = (
        select(Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Professional, Professional.phone_e164 == Contact.phone_e164)
        .where(
            Professional.id == offer.professional_id,
            *unanswered(),
            Message.sent_at >= offer.sends_at - SKEW,
            Message.sent_at < offer.expires_at,
        )
    )
    return await session.scalar(unread.limit(1)) is not None


async def find_last_offer_of_lead(session: BusinessSession, lead_id: int) -> Offer | None:
    return await session.scalar(select(Offer).where(Offer.lead_id == lead_id).order_by(Offer.id.desc()).limit(1))
