from proli.platform.jobs import Event


class CallEnded(Event):
    """A call is over; its row says what it came to."""

    call_id: int


class CallTaken(Event):
    """A person of the business has taken a call."""

    call_id: int
    transfer_id: int


class CallLedAway(Event):
    """A person of the business takes over a call that is under way."""

    call_id: int
    transfer_id: int


class RecordingThere(Event):
    """The provider has a recording."""

    recording_id: int


class CallLapses(Event):
    """By now a call is over, unless its line is open."""

    call_id: int


class CallOutDue(Event):
    """Comes due when somebody is to be rung."""

    call_out_id: int


class CallOutOver(Event):
    """A call that we make has come to something; its row says to what."""

    call_out_id: int
