"""What a text says has happened or will: found by the words of each effect, less what takes a claim back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.reading.word_patterns import Match, Patterns, Word, forms, is_listed, make_patterns, read_words
from proli.knowledge.text import fold, normalise

SENTENCES: Final = re.compile(r"(?<=[.!?؟…])[\s\u2066-\u2069]+|\n+")
GIFTS: Final = frozenset({"discount", "guarantee", "free"})
"""What is promised is given, whatever the customer has to do for it."""
GIVEN: Final = frozenset({"refund", "discount"})
PROMISES: Final = GIFTS | {"coming", "on_the_way", "call", "refund"}
"""Effects that may be said of the future; the others have happened or have not."""
ASKING: Final = frozenset({"is", "are", "was", "were", "did", "do", "does", "has", "have", "will", "האמ", "هل"})
ONLY_NEXT_TO: Final = frozenset({"עד", "אחרי", "לאחר", "לפני", "بعد"})
"""Conditions only right before a claim or before a clause: "אחרי שנקבע", not "אחרי בדיקה נקבע"."""
WHEN: Final = ("כש", "וכש", "שכש", "לכש")
FUTURE: Final = re.compile(r"ש?[יתנ]\w{2,}|ש\w*")
HOUR_WORDS: Final = "שתימ עשרה|אחת עשרה|שתיימ עשרה|שתיימ|אחת|שלוש|ארבע|חמש|שש|שבע|שמונה|תשע|עשר"  # longest first
HOURS: Final = {
    "אחת": 1, "שתיימ": 2, "שלוש": 3, "ארבע": 4, "חמש": 5, "שש": 6, "שבע": 7, "שמונה": 8, "תשע": 9, "עשר": 10,
    "אחת עשרה": 11, "שתימ עשרה": 12, "שתיימ עשרה": 12,
}  # fmt: skip
PART: Final = r"(?: ?(?:בבוקר|בערב|בצהריימ|בצוהריימ|אחה\"צ|אחר הצהריימ|אחרי הצהריימ|בלילה|am\b|pm\b|a\.m|p\.m|o'clock))"
NAMED_CLOCK: Final = re.compile(
    r"(?<![\d:./])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\d:])"
    r"|(?:שעה |at )(?P<h2>1?\d|2[0-3])(?!\d|[:./]\d|[%/]| ?(?:דקות|ש\"ח|₪|minutes))"
    rf"|(?<![\d./-])(?P<h3>1?\d|2[0-3]){PART}"
    r"|(?<![א-ת])[בל]-?(?P<h4>1?\d|2[0-3])(?=[!?,]|\.(?!\d)|$)"
    rf"|(?<![א-ת])(?:שעה |[בל])(?P<w>{HOUR_WORDS})(?P<half> וחצי)?(?={PART}|[!?,.]|$)"
    rf"|(?<![א-ת])(?P<w2>{HOUR_WORDS})(?={PART})"
)
SPOKEN: Final = re.compile(rf"(?<!\d)(\d{{1,2}})(?:[:.](\d{{2}}))?(?!\d)|(?<![א-ת])\S{{0,2}}?({HOUR_WORDS})(?![א-ת])")
HALF_DAY: Final = 720


@dataclass(frozen=True, slots=True)
class Claim:
    """An effect that a sentence says has happened."""

    kind: str
    sentence: str


@cache
def context(name: str) -> frozenset[str]:
    """The words of one list of contexts."""
    return read_words(str(read_table("claims.yaml")["contexts"][name]))


@cache
def patterns() -> Patterns:
    table = read_table("claims.yaml")
    quoted = str(table["contexts"]["quoted"]).split("|")
    return make_patterns(
        {**table["claims"], "quoted": quoted},
        table["lists"],
        clause_words=context("clause"),
        denials=context("not") | {"not", "never", "no"},
    )


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in SENTENCES.split(text) if normalise(sentence)]


def find_claims(text: str) -> list[Claim]:
    """The effects that a text says have happened; what is denied, asked or only foreseen is none."""
    found = [Claim(kind, sentence) for sentence in sentences_of(text) for kind in kinds_of(sentence)]
    unbroken = joined_lines(text)
    if unbroken != text:
        seen = {claim.kind for claim in found}
        found += [Claim(k, one) for one in sentences_of(unbroken) for k in kinds_of(one) if k not in seen]
    return found


def joined_lines(text: str) -> str:
    """The text with those lines in one that a sentence may have been broken into."""
    lines = text.split("\n")
    joined = lines[0]
    for line in lines[1:]:
        flows = joined[-1:].isalnum() and line[:1].isalnum()
        joined += (" " if flows else "\n") + line
    return joined


@lru_cache(maxsize=2048)
def kinds_of(sentence: str) -> tuple[str, ...]:
    """The kinds of what a sentence claims; kept, as what was said before is read again in every turn."""
    words = patterns().words_of(sentence)
    asks = sentence.rstrip().endswith(("?", "؟"))
    matches = list(patterns().find(words))
    quotes = [match.last for match in matches if match.kind == "quoted"]
    claimed = [
        match for match in matches if match.kind != "quoted" and is_claimed(match, words, asks=asks, quotes=quotes)
    ]
    given = [match for match in claimed if match.kind in GIVEN]
    kinds = dict.fromkeys(match.kind for match in claimed if not is_of_what_is_given(match, given))
    if "cancelled" in kinds and "booked" in kinds and called_off(words, matches):
        del kinds["booked"]
    special = {"moved", "document"} & set(kinds)
    return tuple(kind for kind in kinds if not ((kind == "sent" and special) or (kind == "done" and len(kinds) > 1)))


def is_of_what_is_given(match: Match, given: Sequence[Match]) -> bool:
    """Whether what is "approved" is no visit but money: "we have approved your refund"."""
    return match.kind == "booked" and any(one.first <= match.first < one.last for one in given)


def is_claimed(match: Match, words: Sequence[Word], *, asks: bool, quotes: Sequence[int]) -> bool:
    clause = words[match.first].clause
    before = [word.text for word in words[: match.first] if word.clause == clause]
    promise = match.kind in PROMISES
    return not (
        words[match.first].text.startswith(WHEN)
        or is_denied(before, promise=promise)
        or is_of_something_else(match, words, before)
        or (asks and is_asked(match, words))
        or any(is_quoted(at, match, words) for at in quotes)
        or (promise and is_subject(match.kind, words))
        or (match.kind not in GIFTS and is_ahead(words) and not is_own(match, words))
    )


def has(word: str, name: str) -> bool:
    """Whether the word, whatever is joined to it, stands in a list of contexts."""
    plain, loose = forms(word)
    return any(is_listed(one, context(name)) for one in (*plain, *loose))


def is_denied(before: Sequence[str], *, promise: bool) -> bool:
    """Whether the words before a claim in its clause take it back, or make it depend on something."""
    close = [word for word in before if word not in context("filler")][-1:]
    return (
        any(is_listed(word, context("not")) for word in close)
        or any(is_listed(word, context("denied")) and not is_undenied(after) for word, after in followed(before[-5:]))
        or any(is_condition(word, after) for word, after in followed(before[-4:]))
        or (any(has(word, "wished") for word in before[-4:]) if promise else is_modal(before))
    )


def followed(words: Sequence[str]) -> list[tuple[str, str]]:
    """Each word with the one after it, empty after the last."""
    return list(zip(words, [*words[1:], ""], strict=True)) if words else []


def is_undenied(after: str) -> bool:
    """ "No problem" denies nothing."""
    return after in context("undenied")


def is_condition(word: str, after: str) -> bool:
    if word.startswith(WHEN):
        return True
    if not any(is_listed(form, context("condition")) for form in forms(word)[0]):
        return False
    return word not in ONLY_NEXT_TO or not after or after.startswith(("ש", "אשר"))


def is_modal(before: Sequence[str]) -> bool:
    """Whether a verb that only may be governs the claim: "can be booked", not "can confirm that it is booked"."""
    for word in reversed(before[-4:]):
        if word in context("finite"):
            return False
        if word in context("modal"):
            return True
    return False


def is_of_something_else(match: Match, words: Sequence[Word], before: Sequence[str]) -> bool:
    """A price that is set, details that were kept, a message that is still to be sent, what the customer sent."""
    word, after = words[match.first].text, [one.text for one in words[match.last : match.last + 1]]
    match match.kind:
        case "booked":
            return any(has(one, "price") for one in before[-2:])
        case "held":
            return any(has(one, "details") for one in before[-4:])
        case "sent" | "person" | "document":
            if word.endswith("נשלח") and (not before or any(one in context("to_come") for one in after)):
                return True
            return any(one in context("by_you") for one in before[-2:])
        case _:
            return False


def is_subject(kind: str, words: Sequence[Word]) -> bool:
    """Whether a promise depends on an approval or, unless something is given, on anything at all."""
    lists = ["approval"] if kind in GIFTS else ["approval", "subject_to"]
    return any(has(word.text, name) for word in words for name in lists if word.text != "confirmed")


def is_asked(match: Match, words: Sequence[Word]) -> bool:
    """Whether the clause of a claim is the one that ends in the question mark; "does that suit?" asks nothing of it."""
    clause = words[match.first].clause
    if words[-1].clause != clause or words[match.last - 1].clause != clause:
        return False
    opens = next(word.text for word in words if word.clause == clause)
    tagged = any(word.text in context("tag") for word in words[max(match.last, len(words) - 3) :])
    return not tagged or opens in ASKING


def is_quoted(at: int, match: Match, words: Sequence[Word]) -> bool:
    """Whether what is said back begins at the claim: "you wrote that it was booked"."""
    between = [word.text for word in words[at : match.first + 1]]
    if not 0 < len(between) <= 6 or words[at - 1].clause != words[match.first].clause:
        return False
    return any(word.startswith("ש") or word in {"that", "it", "you", "что", "ان", "כי"} for word in between)


def is_ahead(words: Sequence[Word]) -> bool:
    """Whether the sentence begins with a condition that is still to come true."""
    opening = [word.text for word in words if word.clause == words[0].clause][:8]
    if opening[:1] in (["רק"], ["only"]):
        opening = opening[1:]
    if not opening or any(word in context("to_know") for word in opening):
        return False
    first, rest = opening[0], opening[1:3]
    return (
        first in context("ahead")
        or first.startswith(WHEN)
        or (first in context("ahead_future") and any(FUTURE.fullmatch(word) for word in rest))
    )


def is_own(match: Match, words: Sequence[Word]) -> bool:
    """Whether a claim is about what we ourselves have done, which no condition before it unsays."""
    said = words[match.first].text
    near = words[max(0, match.first - 3) : match.last]
    return said.endswith(("תי", "נו")) or any(word.text in context("own") for word in near)


def called_off(words: Sequence[Word], matches: Sequence[Match]) -> bool:
    """Whether all that was booked here is what was cancelled: "the visit that was booked is cancelled"."""
    return all(words[match.first].text.startswith("ש") for match in matches if match.kind == "booked")


def clock_times(text: str) -> list[int]:
    """The clock times a text names, as minutes in a half of the day: whether morning or evening is left open."""
    found: list[int] = []
    for match in NAMED_CLOCK.finditer(fold(text)):
        digits = match["h"] or match["h2"] or match["h3"] or match["h4"]
        hour = int(digits) if digits else HOURS[match["w"] or match["w2"]]
        minute = int(match["m"] or 0) + (30 if match["half"] else 0)
        found.append((hour * 60 + minute) % HALF_DAY)
    return found


def spoken_times(text: str) -> set[int]:
    """Every time a text might mean: each number that can be an hour, with its quarters."""
    times: set[int] = set()
    for match in SPOKEN.finditer(fold(text)):
        hour = int(match[1]) if match[1] else HOURS[match[3]]
        if hour <= 24:
            quarters = {0, 15, 30, 45, int(match[2] or 0)}
            times |= {(hour * 60 + minute) % HALF_DAY for minute in quarters} | {(hour * 60 - 15) % HALF_DAY}
    return times
