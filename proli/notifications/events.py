from datetime import datetime
from typing import Literal

from proli.conversations.reasons import PersonReason, StaffNews
from proli.platform.jobs import Event


class ReminderDue(Event):
    """Comes due at `planned_at`, when a customer should be reminded; `starts_at` is the visit's start at its making."""

    booking_id: int
    starts_at: datetime
    code: str
    planned_at: datetime | None = None


class CustomerNewsDue(Event):
    """Comes due when a customer may be told what happened in quiet hours or rest."""

    booking_id: int
    news: Literal["confirmed", "moved", "off", "done"]


class ProfessionalNewsDue(Event):
    """Comes due when a professional may be told that a visit will not be, or be elsewhere; `code` says in which words.

    `professional_id` and `starts_at` are whose it was and when, where that is not what the booking says.
    """

    booking_id: int
    code: str
    professional_id: int | None = None
    starts_at: datetime | None = None


class StaffNeeded(Event):
    """A person should look at a lead."""

    lead_id: int
    reason: PersonReason
    key: str


class PersonNeeded(Event):
    """A person should look at a conversation."""

    conversation_id: int
    reason: PersonReason | StaffNews
    key: str
    lead_id: int | None = None
    """The request that is meant, where it is known to be this one."""
