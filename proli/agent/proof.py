"""No unproven words: what a reply claims is compared with what is committed."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from proli.agent.claims import HALF_DAY, Claim, clock_times, find_claims
from proli.agent.facts import Standing
from proli.knowledge.people import find_prices
from proli.knowledge.text import fold, normalise
from proli.knowledge.times import find_named_time

UNSIGNED = re.compile(
    r"(?:מחיר|עלות|עול[הימ]{1,2}|[תי]עלה|יעלו|costs?|price|fee|charge)\S*(?: \S+){0,2}? ?(?<![\d₪.,])(\d{2,5})"
    r"(?![\d:./]| ?(?:₪|ש\"?ח|שקל|nis|ils|דקות|שעות|minutes|hours))"
)
SIGNED = re.compile(r"[$€£] ?(\d[\d,]{0,14})|(\d[\d,]{0,14}) ?(?:dollars?|euros?|דולר|יורו|[$€£])")
SPELLED = re.compile(
    r"(?<![א-ת])[בל]?-?(?:מאה|מאתיימ|\S{3,5} מאות|אלפ(?:יימ)?|עשר(?:ימ)?|(?:שלוש|ארבע|חמיש|שיש|שבע|שמונ|תשע)ימ)"
    r"(?: ו\S+)? ?(?:שקל|ש\"ח)"
)
FREE = re.compile(
    r"(?<![א-ת])(?:ב?חינמ|ללא עלות|בלי עלות|ללא תשלומ)(?![א-ת])|free of charge|\bfor free\b|no charge|at no cost"
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

    @property
    def proven(self) -> frozenset[str]:
        status = self.standing.status if self.standing else None
        said: set[str] = set()
        if status == "confirmed":
            said |= {"booked", "coming", "held", "sent", "moved"}
        if status in {"held", "pending"}:
            said |= {"held", "sent"}
        if self.handed_over or "sent" in self.said_before:
            said.add("sent")
        if self.handed_over or "person" in self.said_before:
            said.add("person")
        if self.cancelled or (self.standing is None and "cancelled" in self.said_before):
            said.add("cancelled")
        if self.standing and self.standing.on_the_way:
            said.add("on_the_way")
        return frozenset(said)


def unproven(reply: str, proof: Proof) -> str | None:
    """Why the reply may not be sent, or None when all it says is true."""
    claims = find_claims(reply)
    lies = {claim.kind for claim in claims} - proof.proven
    if lies:
        return f"claims {', '.join(sorted(lies))} without the effect"
    misdated = {claim.kind for claim in claims if proof.standing and not fits(claim, proof.standing, proof)}
    if misdated:
        return f"claims {', '.join(sorted(misdated))} at another time than the visit's"
    invented = named_prices(reply) - proof.prices_agorot
    if invented:
        return f"names prices that are not in the list: {sorted(invented)}"
    unknown = set(clock_times(reply)) - proof.times
    if unknown:
        return f"names times from nowhere: {', '.join(sorted(map(clock, unknown)))}"
    return None


def fits(claim: Claim, standing: Standing, proof: Proof) -> bool:
    """Whether the hour and the day that a claim about the visit names are those of the visit."""
    if claim.kind not in {"booked", "coming", "held", "moved"}:
        return True
    starts = standing.starts_at.astimezone(proof.zone)
    times = clock_times(claim.sentence)
    if times and (starts.hour * 60 + starts.minute) % HALF_DAY not in (times[-1:] if claim.kind == "moved" else times):
        return False
    named = day_of(claim.sentence, proof.now.astimezone(proof.zone))
    return named is None or named == starts.date()


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


def named_prices(text: str) -> set[int]:
    """The prices a text names, in agorot; negative where it is no amount of shekels, or spelled out in words."""
    folded = fold(text)
    prices = set(find_prices(text))
    prices |= {int(found[1]) * 100 for found in UNSIGNED.finditer(folded)}
    prices |= {-int((found[1] or found[2]).replace(",", "")) for found in SIGNED.finditer(folded)}
    if FREE.search(folded):
        prices.add(0)
    if SPELLED.search(folded):
        prices.add(-1)
    return prices


def clock(minutes: int) -> str:
    return f"{minutes // 60 or 12}:{minutes % 60:02}"
