"""Which texts of `playbooks/spoken.yaml` are said when."""

from typing import Final

from proli.voice.rules import CallOutcome

WAITS: Final = ("call_wait_1", "call_wait_2", "call_wait_3")
ASKS_IF_THERE: Final = ("call_there_1", "call_there_2")
GREETINGS: Final = {
    "elsewhere": ("call_elsewhere", CallOutcome.finished),
    "withheld": ("call_withheld", CallOutcome.finished),
    "nowhere": ("call_trouble", CallOutcome.missed),
}
"""What is said to those with whom no talk begins, and what their call came to."""
