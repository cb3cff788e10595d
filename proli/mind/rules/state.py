"""Where the rules agent stands in a turn: what is known, what was heard, what has been done."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from proli.knowledge.address_corrections import doubts_address, says_more
from proli.knowledge.reading.taken_back import takes_back
from proli.knowledge.requests import WEAK
from proli.knowledge.text import normalise
from proli.mind.choices import CANCEL
from proli.mind.facts import Done, Facts, Known
from proli.mind.hearing.burst import Heard
from proli.mind.rules.business_facts import facts_asked_for

CORRECTION: Final = re.compile(
    r"(?:^|[.!,\n] ?)(?:(?:אוי|רגע|אה|סליחה|oh|wait|sorry),? ){0,4}"
    r"(?:לא,? (?:סליחה|בעצם|רגע|ב|ל|ה)|בעצם|טעות|טעיתי|התבלבלתי|סליחה,? (?:ב|ל|ה|לא)"
    r"|actually|no,? (?:sorry|wait|make)|sorry,? (?:i meant|make|no)|нет,? |точнее|لا،? )",
    re.IGNORECASE,
)
"""How somebody takes back what they have just said."""
FOR_VISITOR: Final = frozenset({"phone", "other_phones"})
"""What is kept of a request and not told to whoever comes."""
DECIDES: Final = frozenset({"trade", "locality", "wish", "urgency"})
"""The details by which it is decided who can come when."""


@dataclass(frozen=True, slots=True)
class Call:
    tool: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class State:
    facts: Facts
    heard: Heard
    done: tuple[Done, ...]
    """All that this turn has brought about, by earlier tries too."""
    ran: tuple[Done, ...] = ()
    """Of these, what this try has done itself: an earlier one may have heard fewer words."""

    def last(self, tool: str) -> Done | None:
        return next((done for done in reversed(self.done) if done.tool == tool), None)

    def outcome(self, tool: str) -> Mapping[str, Any] | None:
        done = self.last(tool)
        return None if done is None else done.outcome

    def asks_for(self, *kinds: str) -> bool:
        """Whether this very burst asks for one of these."""
        return self.heard.request is not None and self.heard.request.kind in kinds

    @property
    def reopened(self) -> dict[str, Any] | None:
        """What is known of the request that this turn has opened again, under the names of `Known`."""
        return (self.outcome("restore_request") or {}).get("known")

    @property
    def saved(self) -> dict[str, Any]:
        """What this turn has saved."""
        saved: dict[str, Any] = {}
        for done in self.done:
            if done.tool == "save_details":
                saved |= done.outcome.get("saved", {})
        return saved

    @property
    def known(self) -> Known:
        """What is known by now, with what this turn has saved."""
        names = {"customer_name": "name"}
        fields = {names.get(name, name): value for name, value in self.saved.items()}
        base = Known() if self.is_new_request else self.facts.known
        return replace(base, **{name: value for name, value in fields.items() if hasattr(base, name)})

    @property
    def missing(self) -> list[str]:
        """What to ask for, in order; somebody in danger is not asked which trade it is."""
        missing = self.known.missing(self.facts.playbook)
        return [field for field in missing if field != "trade" or not self.in_danger]

    @property
    def in_danger(self) -> bool:
        """Whether it is urgent beyond any trade."""
        return self.known.urgency == "emergency" or (self.heard.danger is not None and self.heard.danger.life)

    @property
    def is_new_request(self) -> bool:
        """Another job than the one that is booked."""
        if self.facts.known.status != "booked" or self.facts.asked not in (None, "trade", "time", CANCEL):
            return False
        if self.asks_for("complaint"):
            return False
        trade, request = self.heard.trade, self.heard.request
        if trade is not None and (self.heard.as_before or trade.trade != self.facts.known.trade):
            return True  # "as it was" alone is said of the visit that stands
        goals = self.facts.playbook.goals.values()
        plain = request is not None and request.strength > WEAK
        asked = [goal for goal in goals if plain and request is not None and request.kind in goal.intents]
        own = self.facts.playbook.goal_for(self.facts.known.intent)
        return self.facts.playbook.trade is not None and any(goal is not own for goal in asked)

    @property
    def wants_number(self) -> bool:
        """Whether the number of the house is asked for: once, when the street was told without it."""
        known = self.facts.known.address_parts or {}
        asked = self.facts.asked == "address" and bool(known.get("street"))
        if asked or self.facts.standing is not None or not self.facts.is_done_here(self.known.trade):
            return False
        return self.known.wants_number(self.facts.playbook, self.heard.address)

    @property
    def place_unclear(self) -> bool:
        """Whether the address is said to be wrong, and not what it is."""
        told = self.heard.address is not None or self.heard.cities or "address" in self.saved
        return not told and doubts_address(self.facts.text)

    @property
    def asks_anew(self) -> bool:
        """Whether this burst names a time, or tells what the request still wanted or what decides who can come.

        A wish of before that could not be met is not asked for again by whatever is said next.
        """
        if (
            self.heard.wish is not None
            or self.reopened is not None
            or self.is_new_request
            or self.saved.keys() & DECIDES
        ):
            return True
        if self.facts.asked not in (None, "time", CANCEL):
            return True
        return bool(self.facts.known.missing(self.facts.playbook))

    @property
    def wants_other_time(self) -> bool:
        """The slot that stands should be another one: said so, or answered when asked for the new time."""
        if self.facts.standing is None or self.is_new_request or self.heard.of_visit == "keeps":
            return False
        answers = self.facts.asked == "time" and self.heard.wish is not None
        moves = "reschedule" in self.heard.intents or self.asks_for("reschedule")
        return answers or moves or self.heard.of_visit in ("moves", "refuses") or self.changes_mind

    @property
    def is_for_people(self) -> bool:
        """Whether something is said to the visit that stands, of which nothing has come: only people can act on it."""
        if self.facts.standing is None or self.is_new_request or self.wants_other_time:
            return False
        if self.heard.of_visit != "says" or self.place_unclear or self.is_noted:
            return False
        facts = (self.outcome("business_facts") or {}).get("facts", {})
        answered = self.outcome("list_prices") or facts_asked_for(self.facts.text, facts)
        return not answered and not self.is_taken_in

    @property
    def is_noted(self) -> bool:
        """Whether all that was said is for whoever comes, who will read it."""
        return self.facts.noted is not None and self.facts.noted.alone

    @property
    def is_taken_in(self) -> bool:
        """Whether what was saved in this turn is all there is to the burst."""
        kept = self.saved.keys() - {"intent"}
        if not kept or self.heard.card or any(name in self.heard.needs for name in FOR_VISITOR):
            return False
        addresses = (self.known.address, self.facts.known.address)
        return "address" not in kept or not says_more(self.facts.text, besides=addresses)

    @property
    def changes_mind(self) -> bool:
        """Another time is named in a correction, or another exact hour while the first waits for the professional."""
        standing, wish = self.facts.standing, self.heard.wish
        if standing is None or wish is None or wish.start is None or wish.start == standing.starts_at:
            return False
        waiting = standing.status == "held" and wish.kind == "exact" and self.heard.of_visit != "asks"
        return waiting or takes_back(self.facts.text) or bool(CORRECTION.search(normalise(self.facts.text)))


type Move = Call | Say
type Rule = Callable[[State], Move | None]
