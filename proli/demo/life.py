"""What one request will have been before any of it is a row: the teller fills it, the store writes it."""

import enum
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from proli.accounts.actor import BY_CUSTOMER, Actor
from proli.conversations.models import Author, MessageKind, Owner
from proli.conversations.reasons import PersonReason
from proli.demo.people import Person
from proli.dispatch.models import OfferStatus
from proli.leads.models import EntryKind, LeadStatus
from proli.professionals.models import Professional
from proli.scheduling.models import BookingStatus, EndReason
from proli.scheduling.rules import Interval
from proli.voice.rules import CallOutcome

type Json = dict[str, Any]


class Outcome(enum.StrEnum):
    """What comes of a request."""

    done = "done"
    called_off = "called_off"
    """Booked, and cancelled by the customer."""
    no_show = "no_show"
    cancelled = "cancelled"
    """Cancelled before anything was booked."""
    booked = "booked"
    offered = "offered"
    contacted = "contacted"
    new = "new"


@dataclass(slots=True, eq=False)
class Visit:
    professional: Professional
    slot: Interval
    made_at: datetime
    status: BookingStatus = BookingStatus.held
    actor: Actor = BY_CUSTOMER
    reason: EndReason | None = None
    reason_words: str = ""
    on_the_way_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(slots=True, eq=False)
class Proposal:
    """An offer to one professional."""

    visit: Visit
    sends_at: datetime
    expires_at: datetime
    status: OfferStatus = OfferStatus.open
    answered_at: datetime | None = None


@dataclass(slots=True)
class Entry:
    kind: EntryKind
    actor: Actor
    at: datetime
    details: Json
    proposal: Proposal | None = None


@dataclass(slots=True, eq=False)
class Said:
    author: Author
    kind: MessageKind
    text: str
    at: datetime
    media: Json | None = None
    answered_at: datetime | None = None
    about: tuple[Visit, str] | None = None
    """Of a notice: the visit, and what it says of it."""
    of_call: "PhoneCall | None" = None
    """The call that it notes, or after which it was written."""
    burst: list["Said"] = field(default_factory=list["Said"])
    """Of an agent's reply: the messages it answers."""
    tools: list[Json] = field(default_factory=list[Json])


@dataclass(slots=True, eq=False)
class Life:
    """One request with its part of the conversation."""

    person: Person
    trade: str
    outcome: Outcome
    arrived_at: datetime
    returning: bool
    attention: PersonReason | None = None
    status: LeadStatus = LeadStatus.new
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    known: Json = field(default_factory=dict[str, Any])
    """The lead's details, by the names of its columns."""
    professional: Professional | None = None
    owner: Owner = Owner.ai
    owner_since: datetime | None = None
    asked: str | None = None
    shown: list[datetime] = field(default_factory=list[datetime])
    messages: list[Said] = field(default_factory=list[Said])
    entries: list[Entry] = field(default_factory=list[Entry])
    proposals: list[Proposal] = field(default_factory=list[Proposal])
    visits: list[Visit] = field(default_factory=list[Visit])
    rankings: list[tuple[datetime, list[Json]]] = field(default_factory=list[tuple[datetime, list[Json]]])

    def note(self, kind: EntryKind, *, actor: Actor, at: datetime, details: Json | None = None) -> Entry:
        entry = Entry(kind, actor, at, details or {})
        self.entries.append(entry)
        return entry

    def move(self, status: LeadStatus, *, actor: Actor, at: datetime) -> None:
        """As `leads.actions.move` writes it down."""
        if status == self.status:
            return
        self.note(EntryKind.status, actor=actor, at=at, details={"from": self.status.value, "to": status.value})
        self.status = status
        self.closed_at = at if status in {LeadStatus.done, LeadStatus.cancelled} else None

    def call_for_person(self, reason: PersonReason, *, actor: Actor, at: datetime) -> None:
        self.attention = reason
        self.note(EntryKind.attention, actor=actor, at=at, details={"reason": reason})

    @property
    def visit(self) -> Visit | None:
        """The visit that was promised."""
        kept = [one for one in self.visits if one.reason not in {EndReason.declined, EndReason.expired}]
        return kept[-1] if kept else None


@dataclass(frozen=True, slots=True)
class Spoken:
    speaker: str
    text: str
    at: datetime
    ended_at: datetime
    cut_off: bool
    latency_ms: int | None


@dataclass(slots=True, eq=False)
class PhoneCall:
    """One call, and what of it stands in writing."""

    life: Life | None
    """Whose it was; None of somebody who hides their number."""
    outcome: CallOutcome
    began: datetime
    connected: datetime | None
    ended: datetime
    summary: str = ""
    lines: list[Spoken] = field(default_factory=list[Spoken])
    about_lead: bool = False
    recorded: bool = False
