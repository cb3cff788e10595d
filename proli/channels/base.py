"""What a channel can do, and the three ways in which a request to its provider can fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import ClassVar, Protocol

from proli.conversations.buttons import LONGEST_BUTTON, MOST_BUTTONS
from proli.conversations.failures import SendFailure, Unsent
from proli.conversations.models import NumberHealth
from proli.conversations.outbox import Parcel
from proli.conversations.reach import Reach
from proli.platform.runtime import Runtime


class NotSent(Exception):
    """A message is not known to have gone out; `failure` is why.

    `after_s` is in how many seconds it may be tried again, where the provider has said so.
    """

    usual: ClassVar = SendFailure.refused

    def __init__(self, said: str, failure: SendFailure | None = None, *, after_s: float | None = None) -> None:
        self.unsent = Unsent(failure or self.usual, said)
        super().__init__(self.unsent.brief)
        self.after_s = after_s


class SendRefused(NotSent):
    """The provider has not taken the message and never will: a bad address, a spent quota, a removed number."""


def retry_after_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """The wait that an answer's `Retry-After` asks for, as seconds or as a date (RFC 9110, 10.2.3)."""
    said = headers.get("retry-after", "").strip()[:40]
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return max((parsedate_to_datetime(said) - now).total_seconds(), 0)
    except (ValueError, TypeError):
        return None  # no date, or one without a zone


class SendDelayed(NotSent):
    """The provider has certainly not taken the message now, and may take it later."""

    usual = SendFailure.unreachable


class SendInDoubt(NotSent):
    """Nobody knows whether the provider has the message: the answer was lost. It must be asked before trying again."""

    usual = SendFailure.unreachable


@dataclass(frozen=True, slots=True)
class ButtonLimits:
    """How many buttons a provider shows below a message, and how long they may be."""

    most: int
    longest: int

    def __post_init__(self) -> None:
        if self.most < MOST_BUTTONS or self.longest < LONGEST_BUTTON:
            raise ValueError("Messages are written for more buttons, or longer ones, than this channel shows.")

    def allow(self, parcel: Parcel) -> bool:
        return 1 <= len(parcel.buttons) <= self.most and all(
            0 < len(button.text) <= self.longest for button in parcel.buttons
        )


def numbered(parcel: Parcel) -> str:
    """The words of the parcel with its choices numbered below, so that they can be answered where no button shows."""
    choices = [f"{number}. {button.text}" for number, button in enumerate(parcel.buttons, start=1)]
    return parcel.text.strip() + "\n\n" * bool(choices) + "\n".join(choices)


@dataclass(frozen=True, slots=True)
class Credential:
    """Something that whoever connects a number has to tell; a secret is not asked for among arguments."""

    name: str
    about: str
    secret: bool = False
    default: str | None = None


class CredentialsRefused(Exception):
    """What was told cannot be the credentials of a number; the words say what they look like."""


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A number to be connected: the provider's name for it, what is sealed, and what its webhooks show."""

    external_id: str
    credentials: Mapping[str, str]
    webhook_token: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """How a number is at this moment: in our word, in the provider's, and what to do where it does not work."""

    health: NumberHealth
    said: str
    todo: str = ""


class Channel(Reach, Protocol):
    """One provider's way of reaching people. Stateless: what it needs comes with the parcel.

    Only here is it known what the provider calls a chat or a state, how many choices it shows and how it sends a text
    of ours.
    """

    needs: Sequence[Credential]
    """What it takes to connect a number by hand; nothing where numbers come into being by themselves."""

    def number_of(self, given: Mapping[str, str]) -> NewNumber:
        """The number that was told of, by the names of `needs`.

        Raises:
            CredentialsRefused
        """
        ...

    async def look(self, runtime: Runtime, credentials: Mapping[str, str]) -> Seen:
        """How the number is now, asked of the provider.

        Raises:
            SendRefused, SendDelayed, SendInDoubt: it cannot be asked.
        """
        ...

    async def send(self, runtime: Runtime, parcel: Parcel) -> str:
        """The provider has the message, under the id returned.

        Raises:
            SendRefused, SendDelayed, SendInDoubt.
        """
        ...

    async def find_sent(
        self, runtime: Runtime, parcel: Parcel, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """The provider's id of this parcel if an attempt begun at `since` did arrive; None when it surely did not.

        `known` are the ids of the conversation's other messages: the same words may have been said before.

        Raises:
            SendDelayed: the provider cannot say now.
        """
        ...
