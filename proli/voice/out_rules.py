"""Calls that we make: why, how often, and what an answer is."""

import enum
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final


class CallPurpose(enum.StrEnum):
    """Why we call somebody."""

    callback = "callback"
    """They have asked for it, or the business's own people want it."""
    reminder = "reminder"
    """They have a visit, and cannot be reminded in writing."""
    other = "other"
    """One that a release after this one has written down."""


class CallOutState(enum.StrEnum):
    """How far a call that we make has come."""

    waiting = "waiting"
    ringing = "ringing"
    """The provider was asked to ring them; what came of it is not known yet."""
    talked = "talked"
    word_left = "word_left"
    """A machine has answered, and was told who had called."""
    unreached = "unreached"
    """Nobody has answered, however often we have rung."""
    doubtful = "doubtful"
    """Nobody knows whether they were rung: they are not rung again."""
    off = "off"
    """It is not wanted any more, or cannot be."""
    other = "other"
    """One that a release after this one has written down."""


GAPS: Final[Mapping[CallPurpose, Sequence[timedelta]]] = {
    CallPurpose.callback: (timedelta(minutes=10), timedelta(hours=1)),
    CallPurpose.reminder: (timedelta(minutes=15),),
    CallPurpose.other: (),
}
"""After each try without an answer the next one waits longer; behind the last one there is none."""
RINGS_S: Final = 25
"""So long they are rung."""
BUSY_WITH_US: Final = timedelta(minutes=3)
"""Who is on a call with us is not rung before."""
NOT_TAKEN: Final = timedelta(minutes=1)
"""When the provider takes no calls, it is asked again after so long, as often as it takes."""
DOUBT: Final = timedelta(minutes=10)
"""A call of which nothing was heard for so long may have been made, or not."""
LATER: Final = timedelta(hours=2)
"""Who asks to be called later, and not when."""
STALE: Final = timedelta(hours=12)
"""So long after the hour that was asked for a call is of no use any more."""


def next_try(purpose: CallPurpose, tries: int, *, now: datetime) -> datetime | None:
    """When they are rung again after so many tries; None when no more."""
    gaps = GAPS[purpose]
    return now + gaps[tries - 1] if 0 < tries <= len(gaps) else None


def is_machine(answered_by: str) -> bool:
    """Whether the provider has heard a machine; of what it does not know somebody may be there."""
    return answered_by.startswith(("machine", "fax"))


def takes_word(answered_by: str) -> bool:
    """Whether a machine has said its own, and listens now."""
    return answered_by.startswith("machine_end")
