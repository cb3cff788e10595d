from proli.platform.jobs import Event


class OfferMade(Event):
    """A lead is proposed to a professional; the message goes out when the event comes due."""

    offer_id: int


class OfferLapses(Event):
    """Comes due at the moment an offer expires."""

    offer_id: int


class OfferWithdrawn(Event):
    """The offer was taken back before the professional answered: the professional is to hear."""

    offer_id: int


class AnswerNotComing(Event):
    """Staff took the offer back and asked nobody else: the customer, who was promised the answer, is to hear."""

    offer_id: int


class NobodyLeft(Event):
    """Everybody who could take the lead at the promised hour has declined or kept silent."""

    lead_id: int


class ProfessionalAway(Event):
    """A professional does not come to visits that stand, as they do not work then or have said so in a message: staff
    are to hear of these.
    """

    professional_id: int
    booking_ids: tuple[int, ...]
    message_id: int | None = None


class ProfessionalBack(Event):
    """A professional comes after all to visits that were in question: staff are to hear of these."""

    professional_id: int
    booking_ids: tuple[int, ...]


class RoomAgain(Event):
    """A visit that a delay at the one before it had crowded has its time again: staff are to hear."""

    booking_id: int


class RoomNeeded(Event):
    """An emergency found nobody who is free: staff are to hear whom they could ask to move. `key` is of the alarm."""

    lead_id: int
    key: str


class MoveAsked(Event):
    """A customer is to be asked whether another hour or professional suits them; `entry_id` is of the timeline."""

    entry_id: int


class MoveAskLapses(Event):
    """Comes due when a customer who was asked to move should have answered."""

    entry_id: int
