"""A business's period in figures: leads, visits, and how soon customers hear. Each section is one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, cast, extract, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.models import NEVER_SENT, Conversation, Direction, Message
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadStatus
from proli.platform.db import CURRENT_BUSINESS, BusinessSession
from proli.reports.figures import DayCount, DayOfVisits, FirstResponse, LocalityCount, StageCount, TradeCount
from proli.reports.rules import Period
from proli.scheduling.models import Booking, BookingStatus, EndReason
from proli.scheduling.queries import WRITER

MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows: of these days, and of one professional or of all."""

    period: Period
    professional_id: int | None = None

    def holds(self, moment: InstrumentedAttribute[datetime], professional: Any) -> tuple[ColumnElement[bool], ...]:
        """The row's moment lies in the period, and it is of the professional.

        It also says whose row it is: the guard of the session does not look into a statement that only counts.
        """
        own = moment.class_.business_id == CURRENT_BUSINESS
        within = (own, moment >= self.period.start, moment < self.period.end)
        return within if self.professional_id is None else (*within, professional == self.professional_id)

    @property
    def former(self) -> "Scope":
        return Scope(self.period.former, self.professional_id)


@dataclass(frozen=True, slots=True)
class Leads:
    """The leads opened in a period, counted three ways."""

    by_day: list[DayCount]
    by_trade: list[TradeCount]
    by_locality: list[LocalityCount]

    @property
    def total(self) -> int:
        return sum(one.count for one in self.by_day)


def day_of(moment: InstrumentedAttribute[datetime], period: Period) -> ColumnElement[date]:
    """The date that the business's calendar showed then."""
    return cast(func.timezone(period.zone.key, moment), Date)


async def count_leads(session: BusinessSession, scope: Scope) -> Leads:
    """Leads by the day they were opened, by trade and by place, in one pass."""
    opened = (
        select(day_of(Lead.created_at, scope.period).label("day"), Lead.trade, Lead.locality)
        .where(*scope.holds(Lead.created_at, Lead.professional_id))
        .subquery()
    )
    ways = opened.c.day, opened.c.trade, opened.c.locality
    rows = (
        await session.execute(select(func.grouping(*ways), *ways, func.count()).group_by(func.grouping_sets(*ways)))
    ).all()
    days = {day: number for way, day, _, _, number in rows if way == 0b011}
    trades = {trade: number for way, _, trade, _, number in rows if way == 0b101}
    places = {place: number for way, _, _, place, number in rows if way == 0b110}
    return Leads(
        by_day=[DayCount(day=day, count=days.get(day, 0)) for day in scope.period.days],
        by_trade=[TradeCount(trade=trade, count=number) for trade, number in most_first(trades)],
        by_locality=[LocalityCount(locality=place, count=number) for place, number in most_first(places)[:MOST_PLACES]],
    )


def most_first(counts: Mapping[str | None, int]) -> list[tuple[str | None, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0] or ""))


def promised() -> ColumnElement[bool]:
    """Of a booking outer joined to its offer: both sides had agreed to it, whatever came of it."""
    agreed = (BookingStatus.pending, BookingStatus.confirmed, BookingStatus.done, BookingStatus.no_show)
    accepted = or_(Offer.id.is_(None), Offer.status == OfferStatus.accepted)
    return or_(Booking.status.in_(agreed), and_(Booking.status == BookingStatus.cancelled, accepted))


def with_offer() -> ColumnElement[bool]:
    # The lead is indexed and the booking is not.
    return and_(Offer.lead_id == Booking.lead_id, Offer.booking_id == Booking.id)


def stays() -> ColumnElement[bool]:
    """The booking was not given up for another hour."""
    return Booking.reason.is_distinct_from(EndReason.moved)


async def count_stages(session: BusinessSession, scope: Scope) -> list[StageCount]:
    """How far the leads opened in the period have come; whoever came far has come through all before."""
    opened = scope.holds(Lead.created_at, Lead.professional_id)
    slots = (
        select(Booking.lead_id, func.bool_or(promised()).label("promised"))
        .join(Lead, Lead.id == Booking.lead_id)
        .outerjoin(Offer, with_offer())
        .where(*opened)
        .group_by(Booking.lead_id)
        .subquery()
    )
    done = Lead.status == LeadStatus.done
    booked = or_(slots.c.promised, done)
    offered = or_(slots.c.lead_id.is_not(None), done)
    counted = select(
        func.count(),
        func.count().filter(or_(Lead.trade.is_not(None), offered)),
        func.count().filter(offered),
        func.count().filter(booked),
        func.count().filter(done),
    )
    row = (await session.execute(counted.outerjoin_from(Lead, slots, slots.c.lead_id == Lead.id).where(*opened))).one()
    stages = ("opened", "understood", "offered", "booked", "done")
    return [StageCount(stage=stage, count=count) for stage, count in zip(stages, row, strict=True)]


async def count_visits(session: BusinessSession, scope: Scope) -> list[DayOfVisits]:
    """Promised visits by the day they were to be, with what was taken for them."""
    visits = (
        select(
            day_of(Booking.starts_at, scope.period).label("day"),
            Booking.status,
            Booking.price_agorot,
            or_(Booking.moves > 0, Booking.replaces_id.is_not(None)).label("moved"),
        )
        .outerjoin(Offer, with_offer())
        .where(*scope.holds(Booking.starts_at, Booking.professional_id), promised(), stays())
        .subquery()
    )
    rows = await session.execute(
        select(
            visits.c.day,
            func.count(),
            func.count().filter(visits.c.status == BookingStatus.done),
            func.count().filter(visits.c.status == BookingStatus.cancelled),
            func.count().filter(visits.c.moved),
            func.coalesce(func.sum(visits.c.price_agorot).filter(visits.c.status == BookingStatus.done), 0),
        ).group_by(visits.c.day)
    )
    found = {day: counts for day, *counts in rows}
    counts = ((day, found.get(day, (0, 0, 0, 0, 0))) for day in scope.period.days)
    return [
        DayOfVisits(day=day, booked=booked, done=done, cancelled=off, moved=moved, revenue_agorot=int(taken))
        for day, (booked, done, off, moved, taken) in counts
    ]


async def count_booked(session: BusinessSession, period: Period) -> int:
    """Visits that were arranged in the period, for whatever day."""
    made = Scope(period).holds(Booking.created_at, Booking.professional_id)
    counted = select(func.count()).select_from(Booking).outerjoin(Offer, with_offer())
    return await session.scalar(counted.where(*made, promised(), stays())) or 0


async def measure_first_response(session: BusinessSession, scope: Scope) -> FirstResponse:
    """How long customers waited for our first words after theirs, by the first ones in the period.

    Per conversation two looks into the index of its thread.
    """
    asked = (
        select(Message.sent_at)
        .where(
            Message.conversation_id == Conversation.id,
            *Scope(scope.period).holds(Message.sent_at, None),
            Message.direction == Direction.inbound,
            Message.wants_answer.is_(True),
        )
        .order_by(Message.sent_at, Message.id)
        .limit(1)
        .lateral("asked")
    )
    told = (
        select(Message.sent_at)
        .where(
            Message.conversation_id == Conversation.id,
            Message.sent_at >= asked.c.sent_at,
            Message.direction == Direction.outbound,
            or_(Message.delivery.is_(None), Message.delivery.not_in(NEVER_SENT)),
        )
        .order_by(Message.sent_at, Message.id)
        .limit(1)
        .lateral("told")
    )
    waited = extract("epoch", told.c.sent_at - asked.c.sent_at)
    measured = select(
        func.percentile_cont(0.5).within_group(waited),
        func.percentile_cont(0.9).within_group(waited),
        func.count(told.c.sent_at),
        func.count(),
    )
    rows = await session.execute(
        measured.select_from(Conversation)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Business, Business.id == Conversation.business_id)
        .join(asked, true())
        .outerjoin(told, true())
        .where(
            Conversation.business_id == CURRENT_BUSINESS,
            Conversation.last_inbound_at >= scope.period.start,
            *of_customers(scope.professional_id),
        )
    )
    median, ninth, answered, asking = rows.one()
    return FirstResponse(
        median_s=rounded(median), p90_s=rounded(ninth), answered=answered, unanswered=asking - answered
    )


def of_customers(professional_id: int | None) -> list[ColumnElement[bool]]:
    """Conversations with customers; of one professional, those about leads that are theirs."""
    found: list[ColumnElement[bool]] = [WRITER == "customer"]
    if professional_id is not None:
        theirs = select(Lead.id).where(Lead.conversation_id == Conversation.id, Lead.professional_id == professional_id)
        found.append(theirs.exists())
    return found


def rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(float(seconds), 1)
