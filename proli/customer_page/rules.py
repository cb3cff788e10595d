"""What a customer may still do with a visit."""

from datetime import datetime
from typing import Literal

from proli.notifications.queries import VisitDetails
from proli.scheduling.actions import may_customer_change
from proli.scheduling.models import BookingStatus

State = Literal["waiting", "confirmed", "in_question", "done", "cancelled", "no_show"]


def state_of(visit: VisitDetails, *, now: datetime) -> State:
    """Where it stands; `waiting` for a professional's approval, `in_question` while people decide if it will be."""
    if visit.in_question(now):
        return "in_question"
    match visit.booking.status:
        case BookingStatus.held | BookingStatus.pending:
            return "waiting"
        case BookingStatus.confirmed:
            return "confirmed"
        case BookingStatus.done:
            return "done"
        case BookingStatus.cancelled:
            return "cancelled"
        case BookingStatus.no_show:
            return "no_show"


def can_change(visit: VisitDetails, *, now: datetime) -> bool:
    """Whether it may be moved or called off: its request is open, and customers may still change it."""
    return visit.lead.closed_at is None and may_customer_change(visit.booking, now=now)
