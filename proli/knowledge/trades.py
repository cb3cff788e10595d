"""Which trade a message is for, what is wrong, and how pressing it is."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, Literal

from proli.knowledge.dangers import Danger, find_danger
from proli.knowledge.reading.changed_mind import CHANGED
from proli.knowledge.reading.lexicon import listed, read_table
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.reading.quantities import find_quantity
from proli.knowledge.reading.time_words import fold_source
from proli.knowledge.reading.trade_clues import (
    FILE,
    SKIPPED,
    Clue,
    clue_words,
    find_clues,
    is_in_passing,
    joins,
    scores_of,
    trade_table,
)
from proli.knowledge.text import Token, fold, normalise

__all__ = [
    "URGENT",
    "Danger",
    "TradeMatch",
    "Urgency",
    "find_danger",
    "find_trade",
    "find_trades",
    "find_urgency",
    "issue_name",
    "list_trades",
    "professional_word",
    "trade_name",
]

Urgency = Literal["low", "normal", "high", "emergency"]
URGENT: Final = frozenset[Urgency | None]({"high", "emergency"})
"""What cannot wait its turn: less time to answer an offer, the earliest hour first, and it is said."""

_ENOUGH: Final = 2
_CHANGED: Final = re.compile(
    fold_source(
        rf"[\s,.!-]*(?:{CHANGED}|סליחה|טעות|התכוונתי|sorry|i mean|actually)(?!\w)[\s,.!-]*"
        r"(?:(?:אני |זה |צריך |צריכה |תביא[וי]? |תשלח[וי]? |תעש[הוי] |לי |את |need |an? |the )[\s,]*){0,4}ל?"
    )
)
"""What stands between a professional and the one who is wanted instead."""
_ORDER: Final[tuple[Urgency, ...]] = ("low", "normal", "high", "emergency")


@dataclass(frozen=True, slots=True)
class TradeMatch:
    """A trade, what is wrong if the text says so, the words that told, and how many things it is about if said."""

    trade: str
    issue: str | None
    urgency: Urgency
    source: str
    quantity: int | None = None


def find_trade(text: str) -> TradeMatch | None:
    """The trade the text is most clearly about, with the issue it names; None when nothing is clear enough."""
    matches = find_trades(text)
    return matches[0] if matches else None


@lru_cache(maxsize=256)
def find_trades(text: str) -> tuple[TradeMatch, ...]:
    """The jobs the text tells of, as they are told: the clearest, and others that words join to it ("וגם ...")."""
    words = clue_words(text)
    hits = _settled(text, words, _meant(words, find_clues(text, words)))
    scores = scores_of(words, hits)
    best = max(scores, key=lambda trade: scores[trade], default=None)
    if best is None or scores[best] < _ENOUGH:
        return ()
    own = {trade: [hit for hit in hits if hit.value.trade == trade] for trade in scores}
    others = [trade for trade in scores if trade != best and _is_another(words, own[best], own[trade], scores[trade])]
    ordered = sorted([best, *others], key=lambda trade: own[trade][0].first)
    return tuple(_match(text, words, trade, own[trade]) for trade in ordered)


def _meant(words: list[Token], hits: list[Hit[Clue]]) -> list[Hit[Clue]]:
    """The clues without those named in passing, unless nothing clear is left then."""
    meant = [hit for hit in hits if not is_in_passing(words, hit)]
    clear = max(scores_of(words, meant).values(), default=0) >= _ENOUGH
    return meant if clear else hits


def _settled(text: str, words: list[Token], hits: list[Hit[Clue]]) -> list[Hit[Clue]]:
    """The clues without a professional who was named before another was settled on: "an electrician, no, a plumber"."""
    people = [hit for hit in hits if hit.value.kind == "people"]
    folded = fold(text)
    gone = {
        one.value.trade
        for one, other in pairwise(people)
        if one.value.trade != other.value.trade
        and _CHANGED.fullmatch(folded, words[one.last - 1].end, words[other.first].start)
    }
    return [hit for hit in hits if hit.value.trade not in gone]


def _is_another(words: list[Token], first: list[Hit[Clue]], other: list[Hit[Clue]], score: float) -> bool:
    """Whether the clues of another trade are a job of their own: strong, apart from the first's, and joined to it."""
    strong = [hit for hit in other if hit.value.kind in ("people", "objects", "sign", "terms")]
    if score < _ENOUGH or not strong:
        return False
    start, end = min(hit.first for hit in strong), max(hit.last for hit in strong)
    left, right = min(hit.first for hit in first), max(hit.last for hit in first)
    if end <= left:
        return joins(words, end, left + 1)
    return right <= start and joins(words, right, start + 1)


def _match(text: str, words: list[Token], trade: str, hits: list[Hit[Clue]]) -> TradeMatch:
    issue = _issue(hits)
    first, last = min(hit.first for hit in hits), max(hit.last for hit in hits)
    source = normalise(text)[words[first].start : words[last - 1].end]
    return TradeMatch(trade, issue, _urgency(text, trade, issue), source, find_quantity(words))


def trade_name(trade: str, language: str) -> str:
    """What the trade is called: "אינסטלציה"; English for languages we have no word in."""
    entry = trade_table()[trade]
    return str(entry["he"] if language == "he" else entry["en"])


def professional_word(trade: str, language: str) -> str:
    """What a person of the trade is called: "אינסטלטור"."""
    person = trade_table()[trade]["person"]
    return str(person["he"] if language == "he" else person["en"])


def issue_name(trade: str, issue: str, language: str) -> str | None:
    """What the issue is called; None when the trade has no such issue."""
    entry = trade_table()[trade]["issues"].get(issue) if trade in trade_table() else None
    return None if entry is None else str(entry["he"] if language == "he" else entry["en"])


def list_issues(trade: str) -> list[str]:
    """The ids of a trade's issues; none for a trade that is not of this table."""
    return list(trade_table()[trade]["issues"]) if trade in trade_table() else []


def list_trades() -> list[str]:
    """The ids of all trades."""
    return list(trade_table())


@lru_cache(maxsize=256)
def find_urgency(text: str) -> Urgency | None:
    """How pressing the text says it is; None when it does not say."""
    if find_danger(text) is not None:
        return "emergency"
    said = {hit.value for hit in _urgency_book().find(clue_words(text))}
    return "low" if "low" in said else "high" if "high" in said else None


def usual_urgency(trade: str, issue: str | None) -> Urgency:
    """How pressing the trouble usually is, whatever the words say."""
    if issue is None or issue not in list_issues(trade):
        return "normal"
    usual: Urgency = trade_table()[trade]["issues"][issue].get("urgency", "normal")
    return usual


def _urgency(text: str, trade: str, issue: str | None) -> Urgency:
    """What the words say over what the fault usually is: pressing words raise, easy words lower, danger decides."""
    usual = usual_urgency(trade, issue)
    said = find_urgency(text)
    if usual == "emergency" and said != "emergency":
        usual = "high"
    if said is None or said == "low":
        return said or usual
    return _ORDER[max(_ORDER.index(said), _ORDER.index(usual))]


def _issue(hits: list[Hit[Clue]]) -> str | None:
    """The issue told by the longest phrase: a symptom before the mere name of a thing, an emergency before the rest."""
    told = [hit for hit in hits if hit.value.issue is not None]
    best = max(told, key=_weight, default=None)
    return best.value.issue if best else None


def _weight(hit: Hit[Clue]) -> tuple[bool, int, bool, int]:
    clue = hit.value
    grave = trade_table()[clue.trade]["issues"][clue.issue]["urgency"] == "emergency"
    size = 3 if clue.kind == "sign" else hit.last - hit.first
    return clue.kind in ("terms", "sign"), size, grave, -hit.first


@cache
def _urgency_book() -> PhraseBook[str]:
    book = PhraseBook[str](skipped=SKIPPED)
    for level in ("high", "low", "nothing"):
        for phrase in listed(read_table(FILE)["urgency"], level):
            book.add(phrase, level)
    return book
