"""Dangers in a message: what must be answered with an emergency number before anything else."""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from proli.knowledge.places import read_mentions
from proli.knowledge.reading.lexicon import listed, read_table, word_set
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.reading.signs import SignBook
from proli.knowledge.text import Token, tokens

_FILE: Final = "dangers.yaml"
_KIN: Final = word_set("בן בת אבא אמא סבא סבתא בבן בבת באבא")
_OWN: Final = word_set("שלי שלנו שלו שלה של בן בת אני הוא היא זוג דוד כבר רק גם לא")
_PREVENTION: Final = word_set("למנוע מניעת נגד בטיחות בדיקת לבדוק ביטוח prevent check test")

_SKIPPED: Final = word_set("לי לנו פה כאן אצלי אצלנו את כל ממש מאוד חזק the my our a an is very strong")


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger: whom to call, and whether somebody's life may depend on it."""

    id: str
    call: str
    life: bool


@lru_cache(maxsize=256)
def find_danger(text: str) -> Danger | None:
    """The gravest danger the text tells of; None when it is denied, over, or the words mean something harmless.

    "Not urgent at all" takes back everything but a danger to life. What is only called after people is nobody: a town
    named "Bat Yam" is no daughter, a kindergarten no child.
    """
    words = tokens(text)
    return _gravest(_without_names(text, words)) if _gravest(words) is not None else None


def _gravest(words: list[Token]) -> Danger | None:
    hits = _book().find(words)
    if any(hit.value == "over" for hit in hits):
        return None
    hits += _signs().find(words)
    calm, order = any(hit.value == "calm" for hit in hits), {name: at for at, name in enumerate(_dangers())}
    dangers = [_dangers()[hit.value] for hit in hits if hit.value in _dangers() and not _is_denied(words, hit)]
    if calm:
        dangers = [danger for danger in dangers if danger.life]
    return min(dangers, key=lambda danger: (not danger.life, order[danger.id]), default=None)


def _without_names(text: str, words: list[Token]) -> list[Token]:
    """The words with nothing in place of the names of towns, streets and things."""
    mentions, parts = read_mentions(text)
    towns = [(place.start, place.end) for place in (*mentions, *(part for part in parts if part.sure))]
    named = {at for hit in _called_after().find(words) for at in range(hit.first, hit.last)} | _of_streets(words)
    return [
        replace(word, text="")
        if at in named or any(start < word.end and word.start < end for start, end in towns)
        else word
        for at, word in enumerate(words)
    ]


def _of_streets(words: list[Token]) -> set[int]:
    """Where a street stands that is named after somebody: "בן יהודה 5"."""
    found: set[int] = set()
    for at, (first, second, third) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if first.text in _KIN and second.text.isalpha() and second.text not in _OWN and third.text.isdigit():
            found |= {at, at + 1}
    return found


@lru_cache(maxsize=256)
def find_danger_again(text: str, told: str) -> Danger | None:
    """The danger to life that was `told` of before, where the text names it again in however few words."""
    before = find_danger(told)
    if before is None or not before.life:
        return None
    words = tokens(text)
    hits = _book().find(words)
    if any(hit.value in ("over", "harmless") for hit in hits):
        return None
    named = (hit for hit in _names().find(words) if hit.value == before.id)
    return before if any(not _is_denied(words, hit) for hit in named) else None


def _is_denied(words: list[Token], hit: Hit[str]) -> bool:
    """ "אין ריח גז", "אין לי ריח גז": the whole negating phrase stands right before, so "יש לי" denies nothing."""
    before = [word.text for word in words[max(0, hit.first - 2) : hit.first]]
    if not before:
        return False
    return before[-1] in _denials() | _PREVENTION or " ".join(before) in _denials()


@cache
def _denials() -> frozenset[str]:
    phrases = listed(read_table(_FILE), "negators")
    return frozenset(" ".join(word.text for word in tokens(phrase)) for phrase in phrases)


@cache
def _dangers() -> dict[str, Danger]:
    table = read_table(_FILE)["dangers"]
    return {name: Danger(name, str(entry["call"]), bool(entry["life"])) for name, entry in table.items()}


@cache
def _book() -> PhraseBook[str]:
    table = read_table(_FILE)
    book = PhraseBook[str](skipped=_SKIPPED)
    for name, entry in table["dangers"].items():
        for phrase in listed(entry, "terms"):
            book.add(phrase, str(name))
    for kind in ("harmless", "over", "calm"):
        for phrase in listed(table, kind):
            book.add(phrase, kind)
    return book


@cache
def _called_after() -> PhraseBook[str]:
    book = PhraseBook[str]()
    for phrase in listed(read_table(_FILE), "called_after"):
        for prefix in ("", "ב", "מ", "ל"):
            book.add(f"{prefix}{phrase}", phrase)
    return book


@cache
def _names() -> PhraseBook[str]:
    book = PhraseBook[str]()
    for name, entry in read_table(_FILE)["dangers"].items():
        for phrase in listed(entry, "named"):
            book.add(phrase, str(name))
    return book


@cache
def _signs() -> SignBook[str]:
    book = SignBook[str]()
    for sign in read_table(_FILE)["signs"]:
        book.add(sign["all"], str(sign["danger"]), unless=list(sign.get("unless") or []))
    return book
