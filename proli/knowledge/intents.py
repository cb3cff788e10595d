"""What a message wants or answers: yes, no, a choice, a person, a price, to be left alone."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final, Literal, cast

from proli.knowledge.reading.lexicon import listed, read_table, word_list, word_set
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.text import Token, fold, tokens

Intent = Literal[
    "yes", "no", "cancel", "reschedule", "human", "price", "thanks", "greeting", "opt_out",
    "done", "on_my_way", "today_jobs", "help", "wrong_number", "abuse",
]  # fmt: skip

_FILE: Final = "intents.yaml"
_NOT: Final = word_list("negations")
_WANTING: Final = word_set("רוצה רוצים צריך צריכה צריכים מעוניין מעוניינת want need")
_OPENING: Final = re.compile(r"^([^,.!;]+)[,.!;]")
_LONG: Final = 8


@dataclass(frozen=True, slots=True)
class _Cue:
    intent: str
    place: str


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
    if "yes" in found and "no" in found and rest and rest[0].text in _NOT:
        found.discard("yes")
    return frozenset(cast("set[Intent]", found & set(read_table(_FILE)["intents"])))


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


_ORDINALS: Final[dict[str, int]] = {
    word: at
    for at, group in enumerate(
        (
            "ראשון ראשונה הראשון הראשונה first 1st",
            "שני שניה שנייה השני השניה השנייה second 2nd",
            "שלישי שלישית השלישי השלישית third 3rd",
            "רביעי רביעית הרביעי הרביעית fourth 4th",
            "חמישי חמישית החמישי החמישית fifth 5th",
        )
    )
    for word in word_set(group)
}
_LAST: Final = word_set("אחרון אחרונה האחרון האחרונה last")
_CARDINALS: Final[dict[str, int]] = {
    "אחת": 0, "אחד": 0, "שתימ": 1, "שנימ": 1, "שתים": 1, "שלוש": 2, "שלושה": 2, "ארבע": 3, "ארבעה": 3, "חמש": 4,
    "חמישה": 4, "one": 0, "two": 1, "three": 2, "four": 3, "five": 4, "א": 0, "ב": 1, "ג": 2, "ד": 3, "ה": 4,
}  # fmt: skip
_OPTION: Final = word_list("choice_nouns")
_CHOICE_TALK: Final = word_list("choice_talk")
_KEYCAP: Final = re.compile(r"([0-9])\ufe0f?\u20e3")
_ARTICLE: Final = "ה"


def find_choice(text: str, *, count: int) -> int | None:
    """Which of `count` offered things the text picks, from zero; None unless exactly one is picked clearly."""
    words = tokens(_KEYCAP.sub(r" \1 ", text))
    if count < 1 or not words or len(words) > _LONG or any(word.text in _NOT for word in words) or ":" in text:
        return None
    named = fold(_KEYCAP.sub(r" \1 ", text))
    picks = {_pick(words, at, count) for at in range(len(words))} - {None}
    if len(picks) != 1 or re.search(r"\d\s*[-./]\s*\d", named):
        return None
    chosen = picks.pop()
    return chosen if chosen is not None and 0 <= chosen < count else None


def _pick(words: list[Token], at: int, count: int) -> int | None:
    word, before = words[at].text, words[at - 1].text if at else ""
    others = [other.text for place, other in enumerate(words) if place != at]
    small_talk = all(other in _CHOICE_TALK or other in _OPTION for other in others)
    option = before in _OPTION or before[1:] in _OPTION
    if word.isdigit() and len(word) < 4:
        return int(word) - 1 if option or small_talk else None
    if word in _CARDINALS and (option or (not others and len(word) > 1)):
        return _CARDINALS[word]
    said = word[1:] if word[:1] in "לבו" and word[1:2] == _ARTICLE else word
    definite = said.startswith(_ARTICLE) or word.isascii()
    if said in _LAST and (definite or small_talk) and (small_talk or not word.isascii() or "the" in others):
        return count - 1
    if said in _ORDINALS and small_talk and (definite or option or not others):
        return _ORDINALS[said]
    return None


_APPROVE: Final = word_list("approve")
_DECLINE: Final = word_list("decline")
_UNSURE: Final = word_list("unsure")
_NO_PROBLEM: Final = re.compile(r"(?:אינ|בלי|ללא) (?:שומ )?בע(?:י){1,2}ה|no problem|no worries")


def find_answer(text: str) -> Literal["approve", "decline"] | None:
    """A professional's answer to an offer; None when it is unclear, conditional, a question, or says both."""
    folded = _NO_PROBLEM.sub(" ok ", fold(text))
    words = [token.text for token in tokens(folded)]
    if "?" in folded or any(word in _UNSURE for word in words):
        return None
    yes = any(word in _APPROVE for word in words) or any(mark in text for mark in ("👍", "✅", "👌"))
    no = any(word in _DECLINE for word in words) or any(mark in text for mark in ("👎", "❌", "🚫"))
    denied = any(a in _NOT and b in _APPROVE for a, b in pairwise(words))
    if denied and len(words) <= 4:
        return "decline"
    if yes == no or len(words) > _LONG:
        return None
    return "approve" if yes else "decline"
