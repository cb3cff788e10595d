"""Who phoned: some requests began with a call, some callers were missed and wrote, some asked how things stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import dropwhile
from random import Random
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

from proli.conversations.models import Author, MessageKind, Owner
from proli.demo.files import read_words
from proli.demo.life import Life, Outcome, PhoneCall, Said, Spoken
from proli.demo.office import STAFF, Office
from proli.knowledge.text import isolate
from proli.voice.rules import CallOutcome

SPEAKERS: Final = {"a": "agent", "c": "caller", "p": "person"}
FEWEST: Final = 4
MOST: Final = 10
"""So many messages a thread has at least, and at most where a call may come before them."""
SETTLED: Final = frozenset({Outcome.done, Outcome.booked})


class Scene(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str
    lines: list[dict[str, str]]


@cache
def scenes() -> Mapping[str, Scene]:
    return TypeAdapter(dict[str, Scene]).validate_python(read_words("calls"))


def phoned(lives: Sequence[Life], office: Office, rng: Random) -> list[PhoneCall]:
    """The calls of the last weeks, the first one first. What some began with is told in writing no more."""
    free = [life for life in reversed(lives) if may_phone(life, lives)]
    calls = [hidden(office)]
    for tell in (booked, missed, asked, dropped, booked, to_person, missed, asked, message_left, booked):
        found = next(((life, call) for life in free if (call := tell(life, office, rng)) is not None), None)
        if found is not None:
            calls.append(found[1])
            place = free.index(found[0])
            free = free[:place] + free[place + 1 :]
            free = free[1:] + free[:1]
    return sorted(calls, key=lambda call: call.began)


def may_phone(life: Life, lives: Sequence[Life]) -> bool:
    """Whether it is the only request of somebody with whom all is well, and who speaks Hebrew."""
    person = life.person
    return (
        life.outcome in SETTLED
        and life.visit is not None
        and life.owner is Owner.ai
        and life.attention is None
        and len(life.messages) <= MOST
        and person.speaks == "he"
        and sum(one.person.phone_e164 == person.phone_e164 for one in lives) == 1
    )


def hidden(office: Office) -> PhoneCall:
    began = office.now - timedelta(hours=20, minutes=13)
    return PhoneCall(None, CallOutcome.missed, began, None, began + timedelta(seconds=19))


def booked(life: Life, office: Office, rng: Random) -> PhoneCall | None:
    """The request was made in a call: what was written until a professional was asked was spoken instead."""
    if not life.proposals or life.visit is None or life.person.home.address.street in life.known["description"]:
        return None
    asked_at = life.proposals[0].sends_at
    lines = list(spoken("booking", life, office, rng, at=asked_at))
    length = lines[-2].ended_at - asked_at
    connected = asked_at - length
    lines = [moved(line, -length) for line in lines]
    later = (said for said in life.messages if said.at > asked_at)
    kept = list(dropwhile(lambda said: said.about is None, later))
    if len(kept) + 1 < FEWEST or kept[0].at < lines[-1].ended_at:
        return None
    call = PhoneCall(
        life, CallOutcome.finished, connected - timedelta(seconds=4), connected,
        lines[-1].ended_at + timedelta(seconds=2), filled("booking", life, office, asked_at), lines, True, True,
    )  # fmt: skip
    life.arrived_at = call.began
    if life.opened_at is not None:
        life.opened_at = max(life.opened_at, connected)
    for entry in life.entries:
        entry.at = max(entry.at, connected)
    life.messages = [note_of(call), *kept]
    return call


def missed(life: Life, office: Office, _: Random) -> PhoneCall | None:
    """Nobody was there; we have written at once, and they go on in writing."""
    began = life.messages[0].at - timedelta(seconds=100)
    call = PhoneCall(life, CallOutcome.missed, began, None, began + timedelta(seconds=22))
    return went_on(call, life, office, "missed_call")


def dropped(life: Life, office: Office, rng: Random) -> PhoneCall | None:
    """It broke off in mid-sentence."""
    connected = life.messages[0].at - timedelta(seconds=75)
    lines = list(spoken("dropped", life, office, rng, at=connected))
    began, ended = connected - timedelta(seconds=3), lines[-1].ended_at
    call = PhoneCall(life, CallOutcome.dropped, began, connected, ended, lines=lines)
    return went_on(call, life, office, "call_dropped")


def went_on(call: PhoneCall, life: Life, office: Office, code: str) -> PhoneCall | None:
    """The first thing in the thread is the call, and what we have written after it."""
    language = life.person.answered_in
    hello = office.say("hello", language, business=isolate(office.business.name))
    at = call.ended + timedelta(seconds=2)
    written = Said(Author.ai, MessageKind.text, f"{hello}\n{office.say(code, language)}", at, of_call=call)
    for said in life.messages:
        said.text = said.text.removeprefix(f"{hello}\n")
    life.arrived_at = call.began
    life.messages = [note_of(call), written, *life.messages]
    return call


def asked(life: Life, office: Office, rng: Random) -> PhoneCall | None:
    return of_visit("asking", life, office, rng, outcome=CallOutcome.finished)


def to_person(life: Life, office: Office, rng: Random) -> PhoneCall | None:
    return of_visit("to_person", life, office, rng, outcome=CallOutcome.transferred)


def message_left(life: Life, office: Office, rng: Random) -> PhoneCall | None:
    return of_visit("message", life, office, rng, outcome=CallOutcome.voicemail)


def of_visit(name: str, life: Life, office: Office, rng: Random, *, outcome: CallOutcome) -> PhoneCall | None:
    """Between the promise and the visit, in the middle of a day."""
    visit = life.visit
    assert visit is not None
    promised = max([visit.made_at, *(one.answered_at for one in life.proposals if one.answered_at)])
    connected = promised + timedelta(minutes=25)
    lines = list(spoken(name, life, office, rng, at=connected))
    ended = lines[-1].ended_at + timedelta(seconds=2)
    if ended > min(visit.slot.start, office.now) or not 8 <= connected.astimezone(office.zone).hour < 21:
        return None
    summary = filled(name, life, office, connected)
    began = connected - timedelta(seconds=4)
    return PhoneCall(life, outcome, began, connected, ended, summary, lines, True, outcome is CallOutcome.finished)


def note_of(call: PhoneCall) -> Said:
    """The call as it stands in the conversation, with what the caller said."""
    words = "\n".join(line.text for line in call.lines if line.speaker == "caller")
    return Said(Author.contact, MessageKind.call, words, call.began, answered_at=call.ended, of_call=call)


def spoken(name: str, life: Life, office: Office, rng: Random, *, at: datetime) -> Iterator[Spoken]:
    """The lines of a scene as long as they take to say, from a moment on."""
    began = at
    for line in scenes()[name].lines:
        ((who, words),) = line.items()
        text = fill(words, life, office, at)
        cut_off, text = text.endswith("-"), text.rstrip("-")
        latency = rng.randint(520, 1240) if who == "a" else None
        gap = timedelta(milliseconds=latency or rng.randint(400, 1500))
        start = began + (timedelta() if began == at else gap)
        began = start + timedelta(seconds=0.6 + 0.38 * len(text.split()))
        yield Spoken(SPEAKERS[who], text, start, began, cut_off, None if start == at else latency)


def moved(line: Spoken, by: timedelta) -> Spoken:
    return Spoken(line.speaker, line.text, line.at + by, line.ended_at + by, line.cut_off, line.latency_ms)


def filled(name: str, life: Life, office: Office, at: datetime) -> str:
    return fill(scenes()[name].summary, life, office, at)


def fill(words: str, life: Life, office: Office, at: datetime) -> str:
    visit, home = life.visit, life.person.home
    assert visit is not None
    values: Mapping[str, Callable[[], str]] = {
        "business": lambda: office.business.name,
        "trouble": lambda: trouble_of(life),
        "street": lambda: home.street,
        "city": lambda: home.city,
        "when": lambda: office.when(visit.slot.start, life.person.answered_in, at=at),
        "professional": lambda: isolate(visit.professional.name),
        "visit": lambda: "הביקור" if office.playbook.approval else "הפגישה",
        "staff": lambda: STAFF,
    }
    for name, value in values.items():
        if f"{{{name}}}" in words:
            words = words.replace(f"{{{name}}}", value())
    return words


def trouble_of(life: Life) -> str:
    """What it is about, in their first words."""
    said = life.known["description"].partition("\n")[0]
    return said if said[-1] in ".?!" else f"{said}."
