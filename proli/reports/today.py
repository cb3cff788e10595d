"""What needs somebody now, and how the week goes."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, select

from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.lists import IN_DANGER
from proli.conversations.models import Conversation, Delivery, Message
from proli.conversations.queries import unanswered
from proli.conversations.reasons import ANSWERED_IN_WRITING, PersonReason
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import OPEN, EntryKind, Lead, LeadEntry
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.reports.people import count_ratings
from proli.reports.queries import Scope, count_booked, count_leads, measure_first_response
from proli.reports.rules import Period
from proli.reports.schemas import (
    AttentionLine,
    ExpiringLine,
    FailedLine,
    Figures,
    HandedLine,
    StuckLine,
    Today,
    VisitLine,
)
from proli.reports.waiting import CUSTOMER, stuck, waits_for_person
from proli.scheduling.models import Booking, BookingStatus

MOST: Final = 50
MOST_SHOWN: Final = 20
SOON: Final = timedelta(minutes=10)
FAILED_LATELY: Final = timedelta(days=7)
PRESSING: Final = case((Lead.urgency == "emergency", 1), else_=0)


async def get_today(session: BusinessSession, *, now: datetime) -> Today:
    """The business as it stands this moment."""
    zone = ZoneInfo((await get_business(session)).zone)
    return Today(
        zone=zone.key,
        attention=await list_attention(session),
        handed=await list_handed(session),
        failed=await list_failed(session, now=now),
        expiring=await list_expiring(session, now=now),
        stuck=await list_stuck(session, now=now),
        visits=await list_visits_of(session, days_to(now, 1, zone)),
        figures=await count_week(session, now=now, zone=zone),
    )


def days_to(now: datetime, days: int, zone: ZoneInfo) -> Period:
    """So many days, the last of them today."""
    today = now.astimezone(zone).date()
    return Period(today - timedelta(days=days - 1), today, zone)


async def list_attention(session: BusinessSession) -> list[AttentionLine]:
    called = (
        select(func.max(LeadEntry.at))
        .where(LeadEntry.lead_id == Lead.id, LeadEntry.kind == EntryKind.attention)
        .scalar_subquery()
    )
    since = func.coalesce(called, Lead.changed_at)
    rows = await session.execute(
        select(Lead, CUSTOMER, since)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(Lead.attention.is_not(None))
        .order_by((Lead.attention == PersonReason.danger).desc(), PRESSING.desc(), since.desc())
        .limit(MOST)
    )
    return [
        AttentionLine(
            id=lead.id,
            name=name,
            reason=lead.attention or PersonReason.other,
            in_writing=lead.attention in ANSWERED_IN_WRITING,
            since=at,
            conversation_id=lead.conversation_id,
        )
        for lead, name, at in rows
    ]


async def list_handed(session: BusinessSession) -> list[HandedLine]:
    since = func.least(Conversation.called_at, func.min(Message.sent_at))
    open_leads = (Lead.contact_id == Conversation.contact_id, Lead.status.in_(OPEN))
    pressing = select(func.coalesce(func.max(PRESSING), 0)).where(*open_leads).scalar_subquery()
    rows = await session.execute(
        select(Conversation.id, Contact.name, Conversation.called_for, since, func.count(Message.id))
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Message, and_(Message.conversation_id == Conversation.id, *unanswered()))
        .where(waits_for_person())
        .group_by(Conversation.id, Contact.name)
        .order_by(IN_DANGER.desc(), pressing.desc(), since.desc())
        .limit(MOST)
    )
    return [
        HandedLine(conversation_id=conversation_id, name=name, reason=reason, since=at, unanswered=count)
        for conversation_id, name, reason, at, count in rows
    ]


async def list_failed(session: BusinessSession, *, now: datetime) -> list[FailedLine]:
    rows = await session.execute(
        select(Message, Contact.name)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Message.delivery == Delivery.failed, Message.sent_at > now - FAILED_LATELY)
        .order_by(Message.sent_at.desc())
        .limit(MOST_SHOWN)
    )
    return [
        FailedLine(
            id=one.id, conversation_id=one.conversation_id, name=name, failure=one.failure, sent_at=one.sent_at
        )
        for one, name in rows
    ]  # fmt: skip


async def list_expiring(session: BusinessSession, *, now: datetime) -> list[ExpiringLine]:
    rows = await session.execute(
        select(Offer, CUSTOMER, Professional.name)
        .join(Lead, Lead.id == Offer.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .join(Professional, Professional.id == Offer.professional_id)
        .where(Offer.status == OfferStatus.open, Offer.expires_at <= now + SOON)
        .order_by(Offer.expires_at)
        .limit(MOST)
    )
    return [
        ExpiringLine(
            id=offer.id, lead_id=offer.lead_id, name=name, professional_id=offer.professional_id,
            professional=professional, expires_at=offer.expires_at,
        )
        for offer, name, professional in rows
    ]  # fmt: skip


async def list_stuck(session: BusinessSession, *, now: datetime) -> list[StuckLine]:
    rows = await session.execute(
        select(Lead, CUSTOMER)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(stuck(now))
        .order_by(Lead.changed_at)
        .limit(MOST_SHOWN)
    )
    return [
        StuckLine(
            id=lead.id, name=name, status=lead.status, changed_at=lead.changed_at,
            conversation_id=lead.conversation_id,
        )
        for lead, name in rows
    ]  # fmt: skip


async def list_visits_of(session: BusinessSession, period: Period) -> list[VisitLine]:
    starts = Booking.starts_at
    rows = await session.execute(
        select(Booking, Lead, CUSTOMER, Professional.name)
        .join(Lead, Lead.id == Booking.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .join(Professional, Professional.id == Booking.professional_id)
        .where(starts >= period.start, starts < period.end, Booking.status != BookingStatus.cancelled)
        .order_by(starts, Booking.id)
    )
    return [
        VisitLine(
            id=one.id, lead_id=lead.id, starts_at=one.starts_at, ends_at=one.ends_at, status=one.status,
            professional_id=one.professional_id, professional=professional, name=name, locality=lead.locality,
            address=lead.address,
        )
        for one, lead, name, professional in rows
    ]  # fmt: skip


async def count_week(session: BusinessSession, *, now: datetime, zone: ZoneInfo) -> Figures:
    week, month = days_to(now, 7, zone), days_to(now, 30, zone)
    days = (await count_leads(session, Scope(days_to(now, 14, zone)))).by_day
    counts = [one.count for one in days]
    return Figures(
        leads_today=counts[-1],
        leads_week=sum(counts[7:]),
        leads_former_week=sum(counts[:7]),
        booked_week=await count_booked(session, week),
        booked_former_week=await count_booked(session, week.former),
        median_first_response_s_week=(await measure_first_response(session, Scope(week))).median_s,
        median_first_response_s_former_week=(await measure_first_response(session, Scope(week.former))).median_s,
        rating_month=(await count_ratings(session, Scope(month))).average,
        rating_former_month=(await count_ratings(session, Scope(month.former))).average,
        per_day=days,
    )
