"""A contact's open request and its visit, as facts."""

from dataclasses import replace

from sqlalchemy import bindparam, select

from proli.leads.models import OPEN, Lead
from proli.mind.facts import Facts, Known, Standing
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking

OPEN_REQUEST = (
    select(Lead, Booking, Professional)
    .outerjoin(Booking, (Booking.lead_id == Lead.id) & Booking.status.in_(LIVE) & Booking.asks_until.is_(None))
    .outerjoin(Professional, Professional.id == Booking.professional_id)
    .where(Lead.contact_id == bindparam("contact_id"), Lead.status.in_(OPEN))
    .order_by((Lead.status != "booked").desc(), Lead.id.desc(), (Booking.status == "confirmed").asc())
    .limit(2)
)
"""With two rows of one lead, its promised visit comes second: another hour has been asked for."""


async def with_lead(session: BusinessSession, facts: Facts, contact_id: int) -> Facts:
    """The facts with the contact's open request and its slot as they stand now, in one query."""
    rows = (await session.execute(OPEN_REQUEST, {"contact_id": contact_id})).all()
    if not rows:
        return replace(facts, known=Known(), standing=None)
    lead, booking, professional = rows[0]
    promised = rows[1][1] if len(rows) > 1 and rows[1][0].id == lead.id else None
    return replace(facts, known=known_from(lead), standing=standing_from(booking, professional, promised))


def known_from(lead: Lead) -> Known:
    return Known(
        lead_id=lead.id,
        status=lead.status.value,
        trade=lead.trade,
        issue=lead.issue,
        description=lead.description,
        urgency=lead.urgency,
        locality=lead.locality,
        address=lead.address,
        address_parts=lead.address_parts,
        wish=lead.wish,
        name=lead.customer_name,
        intent=lead.intent,
        needs=lead.needs,
        attention=lead.attention,
    )


def standing_from(
    booking: Booking | None, professional: Professional | None, promised: Booking | None
) -> Standing | None:
    if booking is None or professional is None:
        return None
    return Standing(
        status=booking.status.value,
        starts_at=booking.starts_at,
        professional=professional.name,
        stays_at=promised.starts_at if promised is not None else None,
        on_the_way=booking.on_the_way_at is not None,
        expected_at=booking.expected_at,
        prompt=professional.prompt,
        phone=professional.phone_e164,
    )
