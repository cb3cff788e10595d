"""Which trade a message is for, what is wrong, and how pressing it is."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from proli.knowledge.dangers import Danger, find_danger
from proli.knowledge.reading.lexicon import listed, read_table
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.text import Token, normalise, tokens

__all__ = [
    "Danger",
    "TradeMatch",
    "Urgency",
    "find_danger",
    "find_trade",
    "find_urgency",
    "issue_name",
    "list_trades",
    "professional_word",
    "trade_name",
]

Urgency = Literal["low", "normal", "high", "emergency"]

_FILE: Final = "trades.yaml"
_WEIGHTS: Final[dict[str, float]] = {"people": 4, "objects": 3, "terms": 2, "beside": 3, "weak": 1}
_ENOUGH: Final = 2
_ORDER: Final[tuple[Urgency, ...]] = ("low", "normal", "high", "emergency")


@dataclass(frozen=True, slots=True)
class TradeMatch:
    """A trade, what is wrong if the text says so, and the words that told."""

    trade: str
    issue: str | None
    urgency: Urgency
    source: str


@dataclass(frozen=True, slots=True)
class _Clue:
    trade: str
    issue: str | None
    kind: str


def find_trade(text: str) -> TradeMatch | None:
    """The trade the text is most clearly about, with the issue it names; None when nothing is clear enough."""
    words = tokens(text)
    hits = _book().find(words)
    scores = _scores(words, hits)
    best = max(scores, key=lambda trade: scores[trade], default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    own = [hit for hit in hits if hit.value.trade == best]
    issue = _issue(own)
    start, end = words[min(hit.first for hit in own)].start, words[max(hit.last for hit in own) - 1].end
    return TradeMatch(best, issue, _urgency(text, best, issue), normalise(text)[start:end])


def trade_name(trade: str, language: str) -> str:
    """What the trade is called: "אינסטלציה"; English for languages we have no word in."""
    entry = _trades()[trade]
    return str(entry["he"] if language == "he" else entry["en"])


def professional_word(trade: str, language: str) -> str:
    """What a person of the trade is called: "אינסטלטור"."""
    person = _trades()[trade]["person"]
    return str(person["he"] if language == "he" else person["en"])


def issue_name(trade: str, issue: str, language: str) -> str | None:
    """What the issue is called; None when the trade has no such issue."""
    entry = _trades()[trade]["issues"].get(issue) if trade in _trades() else None
    return None if entry is None else str(entry["he"] if language == "he" else entry["en"])


def list_trades() -> list[str]:
    """The ids of all trades."""
    return list(_trades())


def find_urgency(text: str) -> Urgency | None:
    """How pressing the text says it is; None when it does not say."""
    if find_danger(text) is not None:
        return "emergency"
    said = {hit.value for hit in _urgency_book().find(tokens(text))}
    return "low" if "low" in said else "high" if "high" in said else None


def _urgency(text: str, trade: str, issue: str | None) -> Urgency:
    """What the words say over what the fault usually is: pressing words raise, easy words lower, danger decides."""
    usual: Urgency = _trades()[trade]["issues"][issue]["urgency"] if issue else "normal"
    said = find_urgency(text)
    if usual == "emergency" and said != "emergency":
        usual = "high"
    if said is None or said == "low":
        return said or usual
    return _ORDER[max(_ORDER.index(said), _ORDER.index(usual))]


def _scores(words: list[Token], hits: list[Hit[_Clue]]) -> dict[str, float]:
    """How clearly the words speak for each trade; the same words count once for a trade."""
    best: defaultdict[str, dict[tuple[int, int], float]] = defaultdict(dict)
    for hit in hits:
        weight = _WEIGHTS[hit.value.kind] + 0.5 * (hit.last - hit.first - 1)
        spans = best[hit.value.trade]
        at = (hit.first, hit.last)
        spans[at] = max(weight, spans.get(at, 0))
    scores = {trade: sum(spans.values()) for trade, spans in best.items()}
    said = " " + " ".join(word.text for word in words) + " "
    for rule in _beside():
        alone = any(hit.last - hit.first == 1 and words[hit.first].text.endswith(rule.word) for hit in hits)
        if alone and any(f"{cue} " in said for cue in rule.cues):
            scores[rule.trade] = scores.get(rule.trade, 0) + _WEIGHTS["beside"]
    told = {hit.value.trade for hit in hits}
    return {trade: score for trade, score in scores.items() if trade in told}


def _issue(hits: list[Hit[_Clue]]) -> str | None:
    """The issue told by the longest phrase: a symptom before the mere name of a thing, an emergency before the rest."""
    told = [hit for hit in hits if hit.value.issue is not None]
    best = max(told, key=_weight, default=None)
    return best.value.issue if best else None


def _weight(hit: Hit[_Clue]) -> tuple[bool, int, bool, int]:
    clue = hit.value
    grave = _trades()[clue.trade]["issues"][clue.issue]["urgency"] == "emergency"
    return clue.kind == "terms", hit.last - hit.first, grave, -hit.first


@dataclass(frozen=True, slots=True)
class _Beside:
    trade: str
    issue: str | None
    word: str
    cues: tuple[str, ...]


@cache
def _beside() -> tuple[_Beside, ...]:
    return tuple(
        _Beside(
            str(rule["trade"]),
            rule.get("issue"),
            _plain(str(rule["word"])),
            tuple(_plain(str(cue)) for cue in rule["with"]),
        )
        for rule in read_table(_FILE)["beside"]
    )


def _plain(phrase: str) -> str:
    return " ".join(token.text for token in tokens(phrase))


def _trades() -> dict[str, dict[str, Any]]:
    return read_table(_FILE)["trades"]


@cache
def _book() -> PhraseBook[_Clue]:
    book = PhraseBook[_Clue]()
    for trade, entry in _trades().items():
        for kind in ("people", "objects", "weak"):
            for phrase in listed(entry, kind):
                book.add(phrase, _Clue(trade, None, kind))
        for issue, detail in entry["issues"].items():
            for kind in ("terms", "weak"):
                for phrase in listed(detail, kind):
                    book.add(phrase, _Clue(trade, issue, kind))
    for rule in _beside():
        book.add(rule.word, _Clue(rule.trade, rule.issue, "weak"))
    return book


@cache
def _urgency_book() -> PhraseBook[str]:
    book = PhraseBook[str]()
    for level in ("high", "low", "nothing"):
        for phrase in listed(read_table(_FILE)["urgency"], level):
            book.add(phrase, level)
    return book
