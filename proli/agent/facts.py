"""What is known when a turn begins: the same for a model, which reads it as text, and for the rules agent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from proli.conversations.models import MessageKind
from proli.playbooks.loader import Playbook


@dataclass(frozen=True, slots=True)
class Known:
    """A lead as far as it is known; empty when there is none."""

    lead_id: int | None = None
    status: str = "none"
    trade: str | None = None
    issue: str | None = None
    urgency: str = "normal"
    locality: str | None = None
    address: str | None = None
    wish: dict[str, Any] | None = None
    name: str | None = None

    @property
    def half_told(self) -> bool:
        """The wished hour is known, but not whether it is of the morning or the evening."""
        return bool(self.wish and self.wish.get("ambiguous"))

    def missing(self, playbook: Playbook) -> list[str]:
        """Required fields that are not known, in the order they are asked for."""
        have = {
            "trade": self.trade,
            "locality": self.locality,
            "address": self.address,
            "time": None if self.half_told else self.wish,
            "name": self.name,
        }
        return [field for field in playbook.required if not have[field]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The slot that the lead holds or was promised."""

    status: str
    starts_at: datetime
    professional: str
    on_the_way: bool = False
    prompt: str = ""
    """What the professional wants the agent to know."""


@dataclass(frozen=True, slots=True)
class Said:
    """One unanswered message."""

    message_id: int
    kind: MessageKind
    text: str
    button_id: str | None
    media: dict[str, Any] | None

    @property
    def unopened(self) -> bool:
        """Whether there is a file that could not be had: too big, gone, or not to be loaded."""
        return bool(self.media and self.media.get("error"))


@dataclass(frozen=True, slots=True)
class Done:
    """A tool call of this turn with what it returned; nothing when it failed."""

    tool: str
    arguments: Mapping[str, Any]
    outcome: Mapping[str, Any]
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    business: str
    playbook: Playbook
    zone: ZoneInfo
    now: datetime
    language: str
    known: Known
    standing: Standing | None
    asked: str | None
    """The field our last reply asked for."""
    offered: tuple[datetime, ...]
    """The times our last reply offered, in the order shown."""
    said: tuple[Said, ...]
    first_contact: bool
    done: tuple[Done, ...] = ()
    """What an earlier try of this turn has already brought about."""

    @property
    def local_now(self) -> datetime:
        return self.now.astimezone(self.zone)

    @property
    def text(self) -> str:
        """The whole burst as one text."""
        return "\n".join(said.text for said in self.said if said.text)
