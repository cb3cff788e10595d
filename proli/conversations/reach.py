"""What conversations need of a channel, which stands above them: each one puts itself down here."""

from collections.abc import Callable

CHAT_IDS: dict[str, Callable[[str], str]] = {}
"""By provider: where it delivers what is meant for a phone."""


def chat_id_of(provider: str, phone_e164: str) -> str:
    """The provider's address of the chat with a phone. A provider that nobody has put down is a fault."""
    return CHAT_IDS[provider](phone_e164)
