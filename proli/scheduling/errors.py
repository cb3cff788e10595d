from proli.platform.errors import NotFound, ProliError


class SlotTaken(ProliError):
    """Another live booking of the same professional overlaps the slot."""


class SlotInPast(ProliError):
    """The slot begins no later than now."""


class LeadHasBooking(ProliError):
    """The lead already has a live booking."""


class BookingNotFound(NotFound):
    """No such booking in this business."""


class BookingNotLive(ProliError):
    """The booking has ended: it is done, cancelled, or its hold has been released."""


class VisitNotChangeable(ProliError):
    """The visit has begun, or is over, or its request is closed: by writing, a person can still change it."""


class TooEarly(ProliError):
    """A visit is neither set out for nor finished so long before its start."""


class BookingNotDone(ProliError):
    """The visit has not taken place, so there is nothing to rate."""


class BadScore(ProliError):
    """A rating is a whole number from 1 to 5."""

    status = 422


class BadRest(ProliError):
    """A rest policy that cannot be: an unknown entry, or a value it cannot have."""

    status = 422
