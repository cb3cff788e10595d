"""What pages show of offers and visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.contacts.models import Contact
from proli.dispatch.models import Offer, Ranking
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.rules import Interval

LONGEST_VISIT: Final = timedelta(hours=16)
SHOWN: Final = (
    BookingStatus.held,
    BookingStatus.pending,
    BookingStatus.confirmed,
    BookingStatus.done,
    BookingStatus.no_show,
)
MOST_VISITS: Final = 2000
MOST_OF_A_LEAD: Final = 50

type VisitRow = tuple[Booking, Lead, Contact, str]
"""A visit, what is asked for, who asked, and the professional's name."""


async def list_calendar(
    session: BusinessSession, window: Interval, *, professional_id: int | None = None, booking_id: int | None = None
) -> Sequence[VisitRow]:
    """The visits that touch the window, by their beginning; of one professional, or one visit alone."""
    statement = (
        select(Booking, Lead, Contact, Professional.name)
        .join(Lead, Lead.id == Booking.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .join(Professional, Professional.id == Booking.professional_id)
        .where(
            Booking.starts_at > window.start - LONGEST_VISIT,
            Booking.starts_at < window.end,
            Booking.ends_at > window.start,
            Booking.status.in_(SHOWN),
        )
        .order_by(Booking.starts_at, Booking.id)
        .limit(MOST_VISITS)
    )
    if professional_id is not None:
        statement = statement.where(Booking.professional_id == professional_id)
    if booking_id is not None:
        statement = statement.where(Booking.id == booking_id)
    return [(booking, lead, contact, name) for booking, lead, contact, name in await session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Arranged:
    """Whom a lead was offered to, its visits, and the newest ranking; the newest first."""

    offers: Sequence[tuple[Offer, str, datetime]]
    """Each with the professional's name and the hour."""
    visits: Sequence[tuple[Booking, str]]
    ranking: Ranking | None


async def get_arranged(session: BusinessSession, lead_id: int) -> Arranged:
    """How the lead was arranged so far, in three queries."""
    offers = await session.execute(
        select(Offer, Professional.name, Booking.starts_at)
        .join(Professional, Professional.id == Offer.professional_id)
        .join(Booking, Booking.id == Offer.booking_id)
        .where(Offer.lead_id == lead_id)
        .order_by(Offer.id.desc())
        .limit(MOST_OF_A_LEAD)
    )
    visits = await session.execute(
        select(Booking, Professional.name)
        .join(Professional, Professional.id == Booking.professional_id)
        .where(Booking.lead_id == lead_id)
        .order_by(Booking.id.desc())
        .limit(MOST_OF_A_LEAD)
    )
    newest = select(Ranking).where(Ranking.lead_id == lead_id).order_by(Ranking.id.desc()).limit(1)
    return Arranged(
        offers=[(offer, name, starts_at) for offer, name, starts_at in offers],
        visits=[(booking, name) for booking, name in visits],
        ranking=await session.scalar(newest),
    )
