"""One thread as it is told: customers take their time, the agent answers in seconds, and what was said is noted."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from proli.accounts.actor import BY_AGENT, BY_CUSTOMER, Actor
from proli.conversations.models import Author, MessageKind, Owner
from proli.conversations.reasons import PersonReason
from proli.demo.diary import Diary
from proli.demo.homes import Terms, make_terms, needs_told
from proli.demo.life import Json, Life, Said, Visit
from proli.demo.office import STAFF, Office
from proli.demo.people import Speaks, as_written
from proli.demo.stories import Line, Scene, Story, phrases, written
from proli.demo.voices import ASKED, ASKED_OF_HOMES, CALLS, FEMALE, GREETINGS, MEDIA, PLAIN, file_url
from proli.knowledge.text import isolate
from proli.knowledge.trades import usual_urgency
from proli.leads.models import EntryKind, LeadStatus
from proli.mind.tools.business import PERSON_ANSWERS
from proli.scheduling.models import BookingStatus, EndReason


@dataclass(slots=True)
class Teller:
    rng: Random
    office: Office
    diary: Diary
    life: Life
    story: Story
    at: datetime
    decks: dict[tuple[str, Speaks], list[Scene]]
    """Scenes that have not been played yet, by their name and language."""
    opening: bool = False
    """Nothing is said that tells what it is about."""
    hurry: bool = False
    """The other side answers at once."""
    terms: Terms = field(init=False)
    wish: str = ""
    reply: list[str] = field(default_factory=list[str])
    waiting: list[Said] = field(default_factory=list[Said])
    told: Json = field(default_factory=dict[str, Any])
    tools: list[Json] = field(default_factory=list[Json])
    values: Mapping[str, Callable[[], str]] = field(init=False)
    shown: list[datetime] = field(default_factory=list[datetime])
    first_words: str = ""
    reason: PersonReason | None = None
    """Why a person is called, where the words alone do not say."""

    def __post_init__(self) -> None:
        self.terms = make_terms(self.rng, self.story.needs)
        self.values = self.make_values()

    # What stands in for names in lines

    def make_values(self) -> Mapping[str, Callable[[], str]]:
        life, office, language = self.life, self.office, self.life.person.answered_in
        home, speaks = life.person.home, life.person.speaks
        amount = self.terms.said(speaks)

        def of(code: str, **values: str) -> Callable[[], str]:
            return lambda: office.say(code, language, **values)

        codes = (
            "cancelled", "thanks", "handed_over", "complaint_taken", "callback_promised", "agent_failed", "team_calls",
            "no_times", "missed_call", "price_of_what", "danger_flood", "no_price",
        )  # fmt: skip
        asks = ("ask_city", "ask_address", "ask_time", "ask_trade", "ask_rooms", "ask_budget", "let_go")
        return {
            **{code: of(code) for code in codes},
            **{name: self.asking(name) for name in asks},
            "hello": lambda: "" if life.returning else office.say("hello", language, business=self.business),
            "danger_gas": of("danger_gas_leak", number="102"),
            "prices": lambda: office.price_lines(life.trade, language),
            "greet": self.greeting,
            "city": lambda: home.city,
            "bcity": lambda: f"ב{home.city}",
            "street": lambda: home.street,
            "address": lambda: as_written(self.rng, home),
            "rooms": lambda: str(self.terms.rooms),
            "budget": lambda: amount,
            "asking": lambda: amount,
            "wish": lambda: self.wish,
            "offer_times": lambda: office.times(self.shown, language, at=self.at),
            "staff": lambda: STAFF,
            "professional": lambda: life.professional.name if life.professional else STAFF,
        }

    @property
    def business(self) -> str:
        return isolate(self.office.business.name)

    @property
    def urgency(self) -> str:
        return usual_urgency(self.life.trade, self.story.issue)

    def asking(self, name: str) -> Callable[[], str]:
        return lambda: self.phrase(name)

    def greeting(self) -> str:
        speaks = self.life.person.speaks
        hour = self.at.astimezone(self.office.zone).hour
        if self.rng.random() < 0.6:
            return self.rng.choice(PLAIN[speaks])
        return next(words for words, until in GREETINGS[speaks] if hour < until)

    def phrase(self, name: str) -> str:
        """One of the phrases of that name."""
        return self.rng.choice(phrases(name, self.life.person.speaks, self.office.playbook.id))

    def write(self, line: str) -> str:
        professional = self.life.professional
        women = {
            "g": self.life.person.woman,
            "pf": professional is not None and professional.name.split()[0] in FEMALE,
            "sf": True,
        }
        return written(self.rng, line, self.values, women)

    # Who speaks

    def play(self, scene: Scene) -> None:
        """The lines are said one after the other; what the agent says waits for the customer's next line."""
        for line in scene:
            self.speak(line)

    def speak(self, line: Line) -> None:
        [(voice, words)] = line.items()
        match voice:
            case "a":
                self.answer(words)
            case "s":
                self.flush(Author.ai)
                self.answer(words)
                self.flush(Author.system)
            case "h":
                self.step_in(words)
            case "u":
                self.hear(words, voice)
                self.waiting.clear()
            case _:
                self.hear(words, voice)

    def hear(self, line: str, voice: str = "c") -> None:
        """The customer says it."""
        self.flush(Author.ai)
        last = self.life.messages[-1].author if self.life.messages else None
        if last is not None:
            self.at += self.burst_gap() if last is Author.contact else self.gap()
        kind, media = MEDIA.get(voice, (MessageKind.text, None))
        said = Said(Author.contact, kind, self.write(line), self.at, media=media and {**media, "url": file_url(voice)})
        self.life.messages.append(said)
        self.waiting.append(said)
        self.learn(line, said.text)

    def learn(self, line: str, words: str) -> None:
        """What the line tells of the request, to be noted with the next reply."""
        home, needs = self.life.person.home, needs_told(line, self.terms)
        if "{city}" in line or "{bcity}" in line:
            self.told["locality"] = home.locality
        if "{address}" in line or "{street}" in line:
            parts = (
                home.parts if "{address}" in line else {"street": home.parts["street"], "number": home.parts["number"]}
            )
            self.told |= {
                "address": home.address.line() if "{address}" in line else home.street,
                "address_parts": parts,
            }
        if needs:
            self.told["needs"] = {**self.known("needs", {}), **needs}
        if self.life.opened_at is None:
            self.first_words = f"{self.first_words}\n{words}".strip()

    def known(self, name: str, otherwise: Any) -> Any:
        return self.told.get(name, self.life.known.get(name, otherwise))

    def begin(self) -> None:
        """The first words have said what it is about."""
        story = self.story
        self.told |= {"trade": self.life.trade, "intent": story.intent}
        if story.issue:
            self.told["issue"] = story.issue
        if self.urgency != "normal":
            self.told["urgency"] = self.urgency
        if story.needs:
            self.told["needs"] = {**story.needs, **self.told.get("needs", {})}

    def answer(self, line: str) -> None:
        """The agent will say it, with whatever else it says before the customer speaks again."""
        asked = ASKED | (ASKED_OF_HOMES if self.office.playbook.subject == "home" else {})
        for mark, name in asked.items():
            if mark in line:
                self.life.asked = name
        if "{prices}" in line:
            self.tools.append({"tool": "list_prices", "arguments": {"trade": self.life.trade}, "outcome": {}})
        self.reply.append(line)

    def flush(self, author: Author) -> Said | None:
        """The agent's reply is said and what it has learnt is noted; nothing when there is nothing to say."""
        if not self.reply:
            return None
        self.at += timedelta(seconds=self.rng.uniform(3.5, 12))
        self.save()
        text = "\n".join(filter(None, map(self.write, self.reply)))
        said = Said(author, MessageKind.text, text, self.at, burst=list(self.waiting), tools=list(self.tools))
        for one in self.waiting:
            one.answered_at = self.at
        self.life.messages.append(said)
        self.bring_about("".join(self.reply))
        self.reply.clear()
        self.waiting.clear()
        self.tools.clear()
        return said

    def bring_about(self, lines: str) -> None:
        """What the reply tells of has happened: a person was called, or all was cancelled."""
        for mark, usual in CALLS.items():
            if mark in lines:
                reason = self.reason or usual
                self.life.call_for_person(reason, actor=BY_AGENT, at=self.at)
                if reason in PERSON_ANSWERS:
                    self.life.owner, self.life.owner_since = Owner.human, self.at
        if "{cancelled}" in lines or "{let_go}" in lines:
            self.cancel()

    def cancel(self) -> None:
        """The customer has cancelled."""
        visit = self.life.visit
        if visit is not None:
            visit.status, visit.actor, visit.ended_at = BookingStatus.cancelled, BY_CUSTOMER, self.at
            visit.reason = EndReason.called_off
            visit.reason_words = self.rng.choice(("השתנו התוכניות", "לא יהיו בבית", "הסתדרו בדרך אחרת"))
            self.diary.release(visit)
        self.life.move(LeadStatus.cancelled, actor=BY_CUSTOMER, at=self.at)
        self.life.asked, self.life.shown = None, []

    def save(self) -> None:
        """The request opens with the first reply, and keeps what was told since the last one."""
        life = self.life
        if life.opened_at is None:
            life.opened_at = self.at
            life.note(EntryKind.opened, actor=BY_AGENT, at=self.at)
            self.told["description"] = self.first_words
            if not self.opening:
                self.begin()
        if not self.told:
            return
        life.note(EntryKind.details, actor=BY_AGENT, at=self.at, details=dict(self.told))
        life.known |= self.told
        outcome = {"saved": dict(self.told), "problems": {}}
        self.tools.insert(0, {"tool": "save_details", "arguments": dict(self.told), "outcome": outcome})
        if life.status is LeadStatus.new and life.known.get("trade"):
            life.status = LeadStatus.contacted
        self.told.clear()

    def step_in(self, line: str) -> None:
        """A person of the business takes over and says it."""
        self.flush(Author.ai)
        self.at += timedelta(minutes=self.rng.uniform(1, 3) if self.hurry else self.rng.uniform(2, 14))
        if self.life.attention is not None:
            attended = {"of": self.life.attention}
            self.life.attention = None
            self.life.note(EntryKind.attended, actor=Actor.staff(STAFF), at=self.at, details=attended)
        if self.life.owner is Owner.ai:
            self.life.owner, self.life.owner_since = Owner.human, self.at
        for one in self.waiting:
            one.answered_at = self.at
        self.waiting.clear()
        self.life.messages.append(Said(Author.human, MessageKind.text, self.write(line), self.at))

    def notice(self, text: str, visit: Visit, code: str, *, at: datetime) -> None:
        """The system tells the customer something of the visit."""
        self.at = max(self.at, at)
        self.life.messages.append(Said(Author.system, MessageKind.text, text, self.at, about=(visit, code)))

    def finish(self) -> None:
        """The thread ends; nothing is left unsaid, and what needs no answer has none."""
        self.flush(Author.ai)
        for one in self.waiting:
            one.answered_at = one.at + timedelta(seconds=6)
        self.waiting.clear()

    # How long it takes

    def burst_gap(self) -> timedelta:
        return timedelta(seconds=self.rng.uniform(4, 12) if self.hurry else self.rng.uniform(6, 40))

    def gap(self) -> timedelta:
        """Most answer within a minute or two, a few much later."""
        if self.hurry:
            return timedelta(seconds=self.rng.uniform(7, 18))
        return timedelta(seconds=min(max(self.rng.lognormvariate(math.log(75), 0.9), 12), 480))
