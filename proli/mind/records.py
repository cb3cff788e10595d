"""A contact's earlier requests and visits: as facts for a turn, and in a few plain lines where no model can say it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from proli.leads.models import Lead, LeadStatus
from proli.mind.facts import Past
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


CAME_TO = (BookingStatus.confirmed, BookingStatus.done)
PAST = (
    select(Lead, Booking, Professional)
    .outerjoin(Booking, (Booking.lead_id == Lead.id) & Booking.status.in_(CAME_TO))
    .outerjoin(Professional, Professional.id == Booking.professional_id)
    .where(Lead.contact_id == bindparam("contact_id"), Lead.status.in_((LeadStatus.done, LeadStatus.booked)))
    .order_by(Lead.id.desc())
    .limit(3)
)


async def list_past(session: BusinessSession, contact_id: int) -> tuple[Past, ...]:
    """The contact's newest requests that came to a visit."""
    rows = (await session.execute(PAST, {"contact_id": contact_id})).all()
    return tuple(
        Past(
            trade=lead.trade,
            issue=lead.issue,
            locality=lead.locality,
            address=lead.address,
            address_parts=lead.address_parts,
            professional_id=professional.id if professional else None,
            professional=professional.name if professional else None,
            visited_at=booking.starts_at if booking else None,
            status=lead.status.value,
        )
        for lead, booking, professional in rows
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
