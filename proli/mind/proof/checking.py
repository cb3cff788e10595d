"""No unproven words: what a reply claims is compared with what is committed."""

import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from proli.knowledge.numbers import with_digits
from proli.knowledge.text import normalise, scripts_of
from proli.knowledge.times import find_named_time
from proli.mind.facts import Standing
from proli.mind.proof.amounts import named_links, named_numbers, named_percents, named_prices, unknown_numbers
from proli.mind.proof.claims import HALF_DAY, Claim, clock_times, find_claims
from proli.mind.proof.form import OUR_SCRIPTS

__all__ = ["Proof", "Sources", "Unproven", "UnprovenKind", "named_prices", "unproven"]

TO_BE_TOLD = frozenset({"refund", "discount", "guarantee", "free", "paid", "document", "call"})
"""What no tool brings about: true only when the business has said so, or a person of it has."""
OF_THE_BUSINESS = TO_BE_TOLD - {"paid", "document", "call"}
COUNTED = frozenset({"refund", "discount", "guarantee"})
"""Effects whose numbers belong to them: ten per cent, two years."""
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Sources:
    """What may be repeated: links, numbers and percentages of texts that somebody else has written."""

    links: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()
    scripts: frozenset[str] = OUR_SCRIPTS

    @staticmethod
    def of(texts: Iterable[str], *, numbers: Iterable[str] = ()) -> "Sources":
        found = [named_in(text) for text in texts]
        return Sources(
            links=frozenset[str]().union(*(one.links for one in found)),
            numbers=frozenset(numbers).union(*(one.numbers for one in found)),
            percents=frozenset[str]().union(*(one.percents for one in found)),
            scripts=OUR_SCRIPTS.union(*(one.scripts for one in found)),
        )


@lru_cache(maxsize=1024)
def named_in(text: str) -> Sources:
    """What one text names; kept, as what was said before is read again in every turn."""
    return Sources(
        links=frozenset(named_links(text)),
        numbers=frozenset(named_numbers(text)),
        percents=frozenset(named_percents(text)),
        scripts=scripts_of(text),
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """What is committed and may therefore be said."""

    now: datetime
    zone: ZoneInfo
    standing: Standing | None = None
    cancelled: bool = False
    handed_over: bool = False
    said_before: frozenset[str] = frozenset()
    """The effects that our earlier messages told of."""
    prices_agorot: frozenset[int] = frozenset()
    times: frozenset[int] = frozenset()
    """Clock times that may be named, as minutes in a half of the day."""
    promised: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """The effects that the business's own words tell of, a guarantee or a discount, with the numbers in them."""
    sources: Sources = Sources()

    @property
    def proven(self) -> frozenset[str]:
        status = self.standing.status if self.standing else None
        said: set[str] = set()
        in_question = self.standing is not None and self.standing.in_question
        if in_question:
            said |= {"held", "sent", "person"}
        elif status == "confirmed":
            said |= {"booked", "coming", "held", "sent", "moved"}
        if status in {"held", "pending"}:
            said |= {"held", "sent"}
        if self.handed_over or "sent" in self.said_before:
            said.add("sent")
        if self.handed_over or "person" in self.said_before:
            said |= {"person", "call"}
        said |= (self.said_before & TO_BE_TOLD) | (self.promised.keys() & OF_THE_BUSINESS)
        if 0 in self.prices_agorot:
            said.add("free")
        if self.standing or self.cancelled or self.handed_over or "done" in self.said_before:
            said.add("done")
        if self.cancelled or (self.standing is None and "cancelled" in self.said_before):
            said.add("cancelled")
        if self.standing and self.standing.on_the_way and not in_question:
            said.add("on_the_way")
        return frozenset(said)


class UnprovenKind(enum.StrEnum):
    """What is wrong with words that may not be said."""

    effect = "effect"
    """They say that something has happened, which has not."""
    misdated = "misdated"
    """They name another time than the visit's."""
    prices = "prices"
    """They name prices that are not in the list."""
    times = "times"
    percentages = "percentages"
    links = "links"
    numbers = "numbers"
    letters = "letters"
    """They are written in letters that the customer does not use."""
    silent = "silent"
    """There are none."""
    other = "other"
    """One that a release after this one has written down."""


@dataclass(frozen=True, slots=True)
class Unproven:
    """Why words may not be said."""

    kind: UnprovenKind
    items: tuple[str, ...]
    """What nothing proves: effects, clock times, prices in agorot, and the like."""

    @classmethod
    def of(cls, kind: UnprovenKind, found: Iterable[str]) -> "Unproven":
        return cls(kind, tuple(sorted(found)))


def unproven(words: str, proof: Proof) -> Unproven | None:
    """Why these words, a reply or one sentence of it, may not be said; None when all that they say is true."""
    if not words:
        return Unproven(UnprovenKind.silent, ())
    claims = find_claims(words)
    lies = {claim.kind for claim in claims} - proof.proven
    if lies:
        return Unproven.of(UnprovenKind.effect, lies)
    misdated = {claim.kind for claim in claims if proof.standing and not fits(claim, proof.standing, proof)}
    if misdated:
        return Unproven.of(UnprovenKind.misdated, misdated)
    overdone = {claim.kind for claim in claims if claim.kind in COUNTED and not is_promised(claim, proof)}
    if overdone:
        return Unproven.of(UnprovenKind.effect, overdone)
    return invented(words, proof)


def invented(words: str, proof: Proof) -> Unproven | None:
    """Which price, time, percentage, link or number nobody has named before these words do."""
    prices = named_prices(words) - proof.prices_agorot
    if prices:
        return Unproven.of(UnprovenKind.prices, (str(agorot) for agorot in prices if agorot >= 0))
    known = proof.sources
    for kind, found in (
        (UnprovenKind.times, set(map(clock, set(clock_times(words)) - proof.times))),
        (UnprovenKind.percentages, named_percents(words) - known.percents),
        (UnprovenKind.links, named_links(words) - known.links),
        (UnprovenKind.numbers, unknown_numbers(words, known.numbers)),
        (UnprovenKind.letters, scripts_of(words) - known.scripts),
    ):
        if found:
            return Unproven.of(kind, found)
    return None


def is_promised(claim: Claim, proof: Proof) -> bool:
    """Whether the numbers of a promise are those that the business gives; one without numbers passes."""
    return claim.kind in proof.said_before or counts_in(claim.sentence) <= proof.promised.get(claim.kind, frozenset())


def promised_in(texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """The effects that texts tell of, each with the numbers of its sentences."""
    found: dict[str, frozenset[str]] = {}
    for claim in (claim for text in texts for claim in find_claims(text)):
        found[claim.kind] = found.get(claim.kind, frozenset()) | counts_in(claim.sentence)
    return found


def counts_in(text: str) -> set[str]:
    return set(NUMBERS.findall(with_digits(text)))


def fits(claim: Claim, standing: Standing, proof: Proof) -> bool:
    """Whether the hour and the day that a claim about the visit names are those of the visit, or those at which a
    professional who is late is expected.
    """
    if claim.kind not in {"booked", "coming", "held", "moved"}:
        return True
    told = [one.astimezone(proof.zone) for one in (standing.starts_at, standing.expected_at) if one is not None]
    times = clock_times(claim.sentence)
    named_times = times[-1:] if claim.kind == "moved" else times
    if times and not any((one.hour * 60 + one.minute) % HALF_DAY in named_times for one in told):
        return False
    named = day_of(claim.sentence, proof.now.astimezone(proof.zone))
    return named is None or named in {one.date() for one in told}


def day_of(sentence: str, today: datetime) -> date | None:
    """The day that a sentence names; None when it names an hour only, whose day would depend on the time of asking."""
    morning = today.replace(hour=0, minute=1)
    found = {
        wish.start.date() if wish and wish.start and wish.kind in {"exact", "day", "part"} else None
        for wish in (
            find_named_time(normalise(sentence), now=now) for now in (morning, morning.replace(hour=23, minute=59))
        )
    }
    return found.pop() if len(found) == 1 else None


def clock(minutes: int) -> str:
    return f"{minutes // 60 or 12}:{minutes % 60:02}"
