"""What conversations need of a channel, which stands above them: each one puts itself down here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from proli.platform.media import Media
from proli.platform.runtime import Runtime


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a message, as its provider has told of it."""

    message_id: int
    chat_id: str
    external_id: str | None
    media: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    file: Media
    address: str | None = None
    """Where the provider has it now, when that is news."""


class Reach(Protocol):
    """How a provider reaches people and keeps what they send."""

    def chat_id_of(self, phone_e164: str) -> str:
        """Where the provider delivers what is meant for a phone."""
        ...

    async def load_file(self, runtime: Runtime, credentials: Mapping[str, str], sent: SentFile) -> LoadedFile:
        """The file, from wherever the provider has it now.

        Raises:
            MediaUnavailable: it cannot be had, or no more.
        """
        ...


REACHES: dict[str, Reach] = {}
"""By provider. One that nobody has put down is a fault."""


def chat_id_of(provider: str, phone_e164: str) -> str:
    """The provider's address of the chat with a phone."""
    return REACHES[provider].chat_id_of(phone_e164)
