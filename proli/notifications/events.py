from datetime import datetime

from proli.platform.jobs import Event


class ReminderDue(Event):
    """Comes due when a customer should be reminded; `starts_at` is the visit's start when the reminder was set."""

    booking_id: int
    starts_at: datetime
    code: str


class StaffNeeded(Event):
    """A person should look at a lead."""

    lead_id: int
    reason: str
    key: str
