from proli.platform.jobs import Event


class BookingConfirmed(Event):
    """A visit is promised to both sides."""

    booking_id: int


class BookingCancelled(Event):
    """A visit that was promised will not be."""

    booking_id: int


class CustomerConfirmed(Event):
    """The customer has said that they will be there."""

    booking_id: int


class TimeSaid(Event):
    """The customer has said whether the time of a promised visit suits: that it does not, or, later, that it does."""

    booking_id: int
    suits: bool


class ProfessionalOnTheWay(Event):
    booking_id: int


class ProfessionalLate(Event):
    """A professional has said that a visit begins later than promised."""

    booking_id: int


class ProfessionalAtDoor(Event):
    """A professional waits at the door, and nobody opens: the customer is to hear. `message_id` is what told it."""

    booking_id: int
    message_id: int


class DoorUnanswered(Event):
    """Comes due when the customer should have opened."""

    booking_id: int
    message_id: int


class VisitStands(Event):
    """A visit that was in question will be: who was told otherwise is to hear, and its professional, who may know."""

    booking_id: int
    by_professional: bool


class VisitSettles(Event):
    """Staff have changed a visit: what is to be said of it is said once nobody takes it back any more."""

    booking_id: int


class VisitDone(Event):
    booking_id: int


class VisitReopened(Event):
    """A visit that was said to be done is not: whoever was told otherwise is to hear."""

    booking_id: int
