"""Which texts of `playbooks/spoken.yaml` are said when."""

from dataclasses import dataclass
from typing import Final

from proli.voice.rules import CallOutcome, TransferReason

WAITS: Final = ("call_wait_1", "call_wait_2", "call_wait_3")
ASKS_IF_THERE: Final = ("call_there_1", "call_there_2")
GREETINGS: Final = {
    "elsewhere": ("call_elsewhere", CallOutcome.finished),
    "withheld": ("call_withheld", CallOutcome.finished),
    "nowhere": ("call_trouble", CallOutcome.missed),
}
"""What is said to those with whom no talk begins, and what their call came to."""
NOBODY_FREE: Final = {"customer": "call_nobody_free", "taken": "call_nobody_free_message"}
"""What is said to those who come back, as nobody has taken their call."""
RUNG: Final = frozenset({TransferReason.asked, TransferReason.danger, TransferReason.trouble})
"""Why people were rung whom the caller was waiting for."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last words on a line, and what the call came to; None where the caller is then asked to leave word."""

    code: str
    outcome: CallOutcome | None
