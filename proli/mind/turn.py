"""What there is to answer, and what is known when it is read."""

from dataclasses import dataclass
from datetime import datetime

from proli.mind.facts import Facts


@dataclass(frozen=True, slots=True)
class Turn:
    conversation_id: int
    contact_id: int
    key: str
    message_ids: tuple[int, ...]
    facts: Facts
    history: tuple[tuple[str, str], ...]
    """What was said before, oldest first: ("in" or "out", words)."""
    inbound: tuple[tuple[str, datetime], ...] = ()
    """All that the contact has said, the burst included, with when it was written, oldest first."""
    taps: tuple[int, ...] = ()
    """Those of the messages that may mean a button."""
    grown: bool = False
    """As much has been said since the conversation's summary as a model is shown."""
    frugal: bool = False
    """The day's requests to models are used up: the rules agent answers."""
