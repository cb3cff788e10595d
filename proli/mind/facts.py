"""What is known when a turn begins: the same for a model, which reads it as text, and for the rules agent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from proli.conversations.models import MessageKind
from proli.conversations.reasons import NOT_HELD, PersonReason
from proli.knowledge.address import Address
from proli.knowledge.cards import Card
from proli.knowledge.pins import Pin, find_pin, make_pin
from proli.knowledge.reading.chat_headers import without_headers
from proli.knowledge.said import burst_as_said
from proli.mind.choices import NO_WORDS, Choice, LastWords, Picked
from proli.mind.given_up import GivenUp
from proli.playbooks.loader import Playbook
from proli.playbooks.texts import say


@dataclass(frozen=True, slots=True)
class Known:
    """A lead as far as it is known; empty when there is none."""

    lead_id: int | None = None
    status: str = "none"
    trade: str | None = None
    issue: str | None = None
    description: str = ""
    urgency: str = "normal"
    locality: str | None = None
    address: str | None = None
    address_parts: Mapping[str, Any] | None = None
    wish: dict[str, Any] | None = None
    name: str | None = None
    intent: str | None = None
    needs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    attention: PersonReason | None = None
    """Why a person is needed already."""

    @property
    def not_held(self) -> bool:
        """Whether its visit did not take place, as the professional says, and people arrange what follows."""
        return self.attention in NOT_HELD

    @property
    def half_told(self) -> bool:
        """The wish is known but for one thing: of which half of the day the hour is, or which of two days is meant."""
        return bool(self.wish and (self.wish.get("ambiguous") or self.wish.get("days")))

    @property
    def names_house(self) -> bool:
        """Whether the address leads anywhere: a floor or an apartment alone does not."""
        parts = self.address_parts
        return not parts or any(parts.get(name) for name in ("street", "number"))

    def wants_number(self, playbook: Playbook, told: Address | None) -> bool:
        """Whether only the number of the house is missing from an address that was just `told`, and is wanted."""
        parts = self.address_parts or {}
        street_alone = told is not None and told.street is not None and told.number is None and not parts.get("number")
        goal = playbook.goal_for("emergency" if self.urgency == "emergency" else self.intent)
        return street_alone and "address" in goal.required and not playbook.is_known("address", self.needs)

    def missing(self, playbook: Playbook) -> list[str]:
        """Required fields that are not known, in the order they are asked for."""
        have = {
            "trade": self.trade,
            "city": self.locality,
            "address": self.address if self.names_house else None,
            "time": None if self.half_told else self.wish,
            "name": self.name,
        }
        goal = playbook.goal_for("emergency" if self.urgency == "emergency" else self.intent)
        return [name for name in goal.required if not (have.get(name) or playbook.is_known(name, self.needs))]


@dataclass(frozen=True, slots=True)
class Standing:
    """The slot that the lead holds or was promised."""

    status: str
    starts_at: datetime
    professional: str
    stays_at: datetime | None = None
    """When the promised visit is that stands until this slot is approved in its place."""
    on_the_way: bool = False
    in_question: bool = False
    """Whether it was promised by somebody who is away then, and people must decide."""
    unsettled: bool = False
    """Whether its time has passed, and people look into how it went."""
    refused: bool = False
    """Whether they have said that its time does not suit, and have not taken that back."""
    expected_at: datetime | None = None
    """When the professional comes, who has said that it will be later than promised."""
    prompt: str = ""
    """What the professional wants the agent to know."""
    phone: str | None = None
    """The professional's, which the customer is told once the visit is confirmed."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something was said for whoever comes, and is kept with the visit."""

    how: str
    """What becomes of it; see `notifications.for_visit.Reaches`."""
    professional: str
    alone: bool
    """Whether nobody else need read what was said."""


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier request of the contact that came to a visit, past or to come."""

    trade: str | None
    issue: str | None
    locality: str | None
    address: str | None
    address_parts: Mapping[str, Any] | None
    professional_id: int | None
    professional: str | None
    visited_at: datetime | None
    status: str

    def as_json(self) -> dict[str, Any]:
        """What a model is shown."""
        return {
            "trade": self.trade,
            "issue": self.issue,
            "city": self.locality,
            "address": self.address,
            "professional": self.professional,
            "visited_at": self.visited_at,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Said:
    """One unanswered message."""

    message_id: int
    kind: MessageKind
    text: str
    button_id: str | None
    media: dict[str, Any] | None
    sent_at: datetime | None = None
    """When it was written, by the provider's clock; None for what is said now."""

    @property
    def words(self) -> str:
        """The text without what was copied with it out of another chat; what stands on a card is nobody's words."""
        return "" if self.kind == MessageKind.contact else without_headers(self.text)

    @property
    def pin(self) -> Pin | None:
        """The point on the map that was shared, as such or in a link."""
        if self.kind == MessageKind.location and self.media:
            return make_pin(self.media.get("latitude"), self.media.get("longitude"))
        return find_pin(self.text)

    @property
    def unopened(self) -> bool:
        """Whether there is a file that could not be had: too big, gone, or not to be loaded."""
        return bool(self.media and self.media.get("error"))

    @property
    def transcribed(self) -> bool:
        """Whether the text is what was heard in a voice note."""
        return bool(self.media and self.media.get("transcribed"))

    @property
    def silent(self) -> bool:
        """Whether this is a recording in which nothing can be heard."""
        return bool(self.media and self.media.get("silent"))

    @property
    def unheard(self) -> bool:
        """Whether this is a voice note that nobody has listened to yet, with or without success."""
        tried = self.media is not None and "transcribed" in self.media
        return self.kind == MessageKind.audio and not (self.text or self.unopened or tried)


@dataclass(frozen=True, slots=True)
class Done:
    """A tool call of this turn with what it returned; nothing when it failed."""

    tool: str
    arguments: Mapping[str, Any]
    outcome: Mapping[str, Any]
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the business has written for models to go by, below our rules."""

    number: int
    text: str
    edit: int | None = None
    """The version of a draft that is being tried; None once it is published."""


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
    cards: tuple[Card, ...] = ()
    """The cards of contacts that were shared of late, the burst's included."""
    shown_at: datetime | None = None
    """When our last words were written."""
    intent: str | None = None
    """What the conversation was about before this turn."""
    misses: int = 0
    """How many turns in a row, before this one, have brought nothing we understood."""
    past: tuple[Past, ...] = ()
    """The contact's earlier requests, the newest first."""
    opted_out: bool = False
    """Whether they want to hear from us only in answer to what they ask."""
    given_up: tuple[GivenUp, ...] = ()
    """What they have cancelled of late, the newest first."""
    summary: str = ""
    """What was said before the messages a model is shown."""
    own_texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    """Words of the business and its playbook in place of the common ones."""
    done: tuple[Done, ...] = ()
    """What an earlier try of this turn has already brought about."""
    guidance: Guidance | None = None
    contact_phone: str | None = None
    trades_done: frozenset[str] | None = None
    """The trades of which somebody in the business takes requests; None where that is not known."""
    hours: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """When the business is open: weekday, "0" for Sunday, to its first and last minute; empty where it is not known."""
    choices: tuple[Choice, ...] = ()
    """The contact's open requests where there are several; `known` and `standing` are of the one that is meant."""
    last: LastWords = NO_WORDS
    asked_at: tuple[Said, ...] = ()
    """The words at which we asked which request is meant, or whether to cancel, where that was our last question."""
    begun: Known | None = None
    """The request that is still being told, where the burst is about another one."""
    picked: Picked | None = None
    """What the burst wants of which of these; None until it is read."""
    noted: Noted | None = None
    """What was kept in this turn of what the burst says for whoever comes."""
    aloud: bool = False
    """What is replied is spoken, not read."""

    @property
    def people(self) -> frozenset[str]:
        """The names of those who are asked or expected to come."""
        standing = [self.standing.professional] if self.standing is not None else []
        return frozenset((*standing, *(one.professional for one in self.choices if one.professional)))

    @property
    def unclear(self) -> bool:
        """Whether it has to be asked which request is meant."""
        return self.picked is not None and self.picked.unclear

    def is_done_here(self, trade: str | None) -> bool:
        """Whether anybody takes requests of the trade."""
        return trade is None or self.trades_done is None or trade in self.trades_done

    @property
    def local_now(self) -> datetime:
        return self.now.astimezone(self.zone)

    def say(self, code: str, /, **values: Any) -> str:
        """The words of `code` in the language of the conversation, as this business says them."""
        return say(code, self.language, self.own_texts, **values)

    @property
    def text(self) -> str:
        """The whole burst as one text, as far as a person can have said it."""
        return "\n".join(said.words for said in self.as_said().said if said.words)

    def as_said(self) -> "Facts":
        """These facts with the messages as they are read."""
        texts = burst_as_said([one.text for one in self.said])
        said = tuple(replace(one, text=text) for one, text in zip(self.said, texts, strict=True))
        return self if said == self.said else replace(self, said=said)
