"""A contact's earlier requests and visits: as facts for a turn, and in a few plain lines where no model can say it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.leads.models import Lead, LeadStatus
from proli.mind.facts import Past
from proli.mind.standing import ContactColumn, instant
from proli.platform.db import BusinessSession
from proli.playbooks.trades import say_issue, say_trade
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus

NEWEST = 5
NOTHING = "עדיין לא נפתחה פנייה."
STAGES = {
    LeadStatus.new: "פנייה שנפתחה",
    LeadStatus.contacted: "פנייה שפרטיה בבירור",
    LeadStatus.offered: "פנייה שממתינה לאישור",
    LeadStatus.booked: "פנייה שנקבע לה מועד",
    LeadStatus.done: "פנייה שטופלה",
    LeadStatus.cancelled: "פנייה שבוטלה",
}
VISITS = {
    BookingStatus.held: "מועד שמור",
    BookingStatus.pending: "מועד שממתין",
    BookingStatus.confirmed: "נקבע",
    BookingStatus.done: "היה ביקור",
}


_PAST: Final = """
    SELECT coalesce(jsonb_agg(to_jsonb(past)), '[]') FROM (
        SELECT lead.trade, lead.issue, lead.locality, lead.address, lead.address_parts, lead.status,
               professional.id AS professional_id, professional.name AS professional, booking.starts_at AS visited_at
        FROM leads AS lead
        LEFT JOIN bookings AS booking ON booking.lead_id = lead.id AND booking.status IN ('confirmed', 'done')
        LEFT JOIN professionals AS professional ON professional.id = booking.professional_id
        WHERE lead.contact_id = {contact_id} AND lead.status IN ('done', 'booked') ORDER BY lead.id DESC LIMIT 3
    ) AS past
"""


def past_of(contact: ContactColumn) -> str:
    """A query of the contact's newest requests that came to a visit, as one value."""
    return _PAST.format(contact_id=contact)


def past_from(rows: Sequence[Mapping[str, Any]]) -> tuple[Past, ...]:
    """What `past_of` found, as facts."""
    return tuple(
        Past(
            trade=row["trade"],
            issue=row["issue"],
            locality=row["locality"],
            address=row["address"],
            address_parts=row["address_parts"],
            professional_id=row["professional_id"],
            professional=row["professional"],
            visited_at=instant(row["visited_at"]) if row["visited_at"] else None,
            status=row["status"],
        )
        for row in rows
    )


async def records_of(session: BusinessSession, contact_id: int, zone: ZoneInfo) -> str:
    """The newest requests, the oldest of them first, a line each; never empty."""
    rows = (
        await session.execute(
            select(Lead, Booking, Professional.name)
            .outerjoin(Booking, (Booking.lead_id == Lead.id) & Booking.status.in_(VISITS))
            .outerjoin(Professional, Professional.id == Booking.professional_id)
            .where(Lead.contact_id == contact_id)
            .order_by(Lead.id.desc(), Booking.id.desc())
            .limit(NEWEST)
        )
    ).all()
    return "\n".join(line_of(lead, booking, name, zone) for lead, booking, name in reversed(rows)) or NOTHING


def line_of(lead: Lead, booking: Booking | None, professional: str | None, zone: ZoneInfo) -> str:
    """ "23.11.2070: פנייה שנקבע לה מועד; אינסטלטור, נזילה; רמת גן, ביאליק 30; נקבע ב-24.11.2070 16:00 עם יוסי"."""
    parts = [
        STAGES[lead.status],
        joined(lead.trade and say_trade(lead.trade, "he"), issue_of(lead)),
        joined(lead.locality, lead.address),
        visit_of(booking, professional, zone) if booking else "",
    ]
    return f"{day_of(lead.created_at, zone)}: {'; '.join(filter(None, parts))}"


def issue_of(lead: Lead) -> str | None:
    """The issue by its name, or else what the customer called it."""
    named = say_issue(lead.trade, lead.issue, "he")
    return named or lead.description[:80] or None


def visit_of(booking: Booking, professional: str | None, zone: ZoneInfo) -> str:
    starts_at = booking.starts_at.astimezone(zone)
    whom = f" עם {professional}" if professional else ""
    return f"{VISITS[booking.status]} ב-{day_of(starts_at, zone)} {starts_at:%H:%M}{whom}"


def joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def day_of(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day}.{local.month}.{local.year}"
