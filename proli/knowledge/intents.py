"""What a message wants or answers: yes, no, a choice, a person, a price, to be left alone."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Literal, cast

from proli.knowledge.contact_ways import refuses_calls_alone
from proli.knowledge.reading.choices import find_choice
from proli.knowledge.reading.cues import cues_of
from proli.knowledge.reading.lexicon import listed, read_table, word_list, word_set
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.text import Token, fold, tokens

__all__ = ["Intent", "find_choice", "find_intents"]

Intent = Literal[
    "yes", "no", "cancel", "reschedule", "human", "price", "thanks", "greeting", "opt_out", "opt_in",
    "done", "on_my_way", "today_jobs", "help", "wrong_number", "abuse", "same_as_before",
    "question_facts",
]  # fmt: skip

_FILE: Final = "intents.yaml"
_OPTING_OUT: Final = "opting_out.yaml"
_NOT: Final = word_list("negations")
_WANTING: Final = word_set("רוצה רוצים צריך צריכה צריכים מעוניין מעוניינת want need")
_OPENING: Final = re.compile(r"^([^,.!;]+)[,.!;]")


@dataclass(frozen=True, slots=True)
class _Cue:
    intent: str
    place: str


@lru_cache(maxsize=256)
def find_intents(text: str) -> frozenset[Intent]:
    """Every intent the text shows."""
    words = tokens(text)
    hits = _book().find(words)
    rest = _without_politeness(words, hits)
    never = {hit.value.intent for hit in hits if hit.value.place == "never"}
    found = {hit.value.intent for hit in hits if _holds(hit, words, rest)}
    found |= _opening(text)
    found |= {intent for intent, marks in _emoji().items() if any(mark in text for mark in marks) and len(words) <= 3}
    found -= never
    asks = asks_for_no_messages(text)
    if asks is not None:
        found = found | {"opt_out"} if asks else found - {"opt_out"}
    if "opt_out" in found:
        found.discard("opt_in")
    if "yes" in found and "no" in found and rest and rest[0].text in _NOT:
        found.discard("yes")
    return frozenset(cast("set[Intent]", found & set(read_table(_FILE)["intents"])))


def asks_for_no_messages(text: str) -> bool | None:
    """Whether whole sentences ask to be written to no more; False where they only sound like it, None of all others."""
    cues, folded = cues_of(_OPTING_OUT), fold(text)
    rest = cues["not_meant"].sub(" ", folded)
    if cues["asks"].search(rest):
        return True
    return None if rest == folded and not refuses_calls_alone(text) else False


def _opening(text: str) -> set[str]:
    """The yes or no that is the first clause: "סגור, נתראה מחר"."""
    clause = _OPENING.match(fold(text))
    words = tokens(clause[1]) if clause else []
    whole = [hit for hit in _book().find(words) if hit.last - hit.first == len(words) and not hit.prefix]
    return {hit.value.intent for hit in whole if hit.value.intent in ("yes", "no") and hit.value.place == "whole"}


def _holds(hit: Hit[_Cue], words: list[Token], rest: list[Token]) -> bool:
    place, span = hit.value.place, words[hit.first : hit.last]
    negatable = bool(_intents()[hit.value.intent].get("negatable")) if hit.value.intent in _intents() else False
    if negatable and _is_negated(words, hit.first):
        return False
    if place == "whole":
        return span == words or (not hit.prefix and span == rest)
    if place == "start":
        return not hit.prefix and (hit.first == 0 or span[0] in rest[:1])
    return place == "anywhere"


def _is_negated(words: list[Token], at: int) -> bool:
    """ "לא לבטל", "לא רוצה לבטל"."""
    before = [word.text for word in words[max(0, at - 2) : at]]
    return bool(before) and (before[-1] in _NOT or (before[0] in _NOT and before[-1] in _WANTING))


def _without_politeness(words: list[Token], hits: list[Hit[_Cue]]) -> list[Token]:
    polite = {at for hit in hits if hit.value.place == "polite" for at in range(hit.first, hit.last)}
    return [word for at, word in enumerate(words) if at not in polite]


def _intents() -> dict[str, dict[str, Any]]:
    return read_table(_FILE)["intents"]


@cache
def _emoji() -> dict[str, tuple[str, ...]]:
    return {intent: tuple(listed(entry, "emoji")) for intent, entry in _intents().items()}


@cache
def _book() -> PhraseBook[_Cue]:
    book = PhraseBook[_Cue]()
    for intent, entry in _intents().items():
        for place in ("whole", "start", "anywhere", "never"):
            for phrase in listed(entry, place):
                book.add(phrase, _Cue(intent, place))
    for phrase in listed(read_table(_FILE), "politeness"):
        book.add(phrase, _Cue("", "polite"))
    return book
