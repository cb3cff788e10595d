"""What a provider can tell us, in one shape for all providers. Every webhook parses to exactly one of these."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from proli.conversations.failures import Unsent
from proli.conversations.models import Delivery, MessageKind, NumberHealth


@dataclass(frozen=True, slots=True)
class Received:
    """A contact said something."""

    external_id: str
    chat_id: str
    sent_at: datetime
    phone_e164: str | None
    """None when the provider hides the phone; the contact is then known by `chat_id`."""
    name: str = ""
    kind: MessageKind = MessageKind.text
    text: str = ""
    button_id: str | None = None
    quoted_external_id: str | None = None
    media: dict[str, Any] | None = field(default=None)
    wants_answer: bool = True


@dataclass(frozen=True, slots=True)
class HumanSaid:
    """Somebody typed on the business's own phone: the conversation is theirs now."""

    external_id: str
    chat_id: str
    sent_at: datetime
    phone_e164: str | None
    kind: MessageKind = MessageKind.text
    text: str = ""
    media: dict[str, Any] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Echo:
    """A message that we sent through the API, as the provider shows it back."""

    external_id: str
    chat_id: str
    sent_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """How far one of our messages has come."""

    external_id: str
    chat_id: str
    delivery: Delivery
    unsent: Unsent | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """A contact changed the words of an earlier message."""

    external_id: str
    chat_id: str
    sent_at: datetime
    target_external_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A contact took an earlier message back."""

    chat_id: str
    sent_at: datetime
    target_external_id: str


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """The number itself is in another state; `said` is the provider's own word for it."""

    health: NumberHealth
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us, and why: a group, a device report, our own menu shown back."""

    reason: str


type Incoming = Received | HumanSaid | Echo | StatusChanged | Edited | Deleted | AccountChanged | Ignored
