"""Why a message did not go out: a code whose words the console has, beside what the provider said."""

import enum
from typing import Final, NamedTuple

from proli.platform.orm import CodeText


class SendFailure(enum.StrEnum):
    no_whatsapp = "no_whatsapp"
    """Nobody is on WhatsApp at that number."""
    quota = "quota"
    signed_out = "signed_out"
    """The business's own number is not connected."""
    unreachable = "unreachable"
    over_budget = "over_budget"
    """More than our own limits of a day allow."""
    refused = "refused"
    """Anything else for which it was not taken."""


class Unsent(NamedTuple):
    """What is kept of a message that did not go out, column by column."""

    failure: SendFailure
    error: str

    @property
    def brief(self) -> str:
        """What may be logged: the provider's own words repeat what was to be sent."""
        return self.error.partition(": ")[0]


FAILURE: Final = CodeText(SendFailure.refused)
