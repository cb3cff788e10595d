"""How good a visit was, by what its customer answers: a number, stars, or words."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from proli.knowledge.dangers import find_danger
from proli.knowledge.numbers import with_digits
from proli.knowledge.reading.lexicon import listed, read_table, word_list, word_set
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.text import Token, fold, tokens

__all__ = ["BEST", "MIDDLING", "POOR", "calls_for_person", "find_score"]

BEST: Final = 5
MIDDLING: Final = 3
POOR: Final = 2
_SCORES: Final = {"excellent": BEST, "good": 4, "middling": MIDDLING, "poor": POOR, "bad": 1}
_TURNED: Final = {5: 3, 4: 1, 3: 2, 2: 4, 1: 3}
"""What a word gives after "not"."""
_FILE: Final = "ratings.yaml"
_LONGEST: Final = 500
_NOT: Final = word_list("negations") | word_list("cannot")
_AGAINST: Final = word_set(
    "לא אל don't dont not never can't cannot won't couldn't wouldn't isn't wasn't weren't didn't не"
)
"""By which a recommendation is a reproach; "there is no more professional one" and "without doubt" are none."""
_REACH: Final = 5
_STARS: Final = "⭐🌟★"
_OUT_OF: Final = re.compile(
    r"(?<![\d.,/:-])(\d{1,3}(?:[.,]\d)?) ?(?:/|מתוכ ?-?|out of|of|из|من) ?(10|100|5)(?![\d/:]|[.,]\d)"
)
_STARRED: Final = re.compile(r"(?<![\d.,/:-])(\d{1,2}(?:[.,]\d)?) ?(?:כוכבימ|כוכב|stars?|звезд\w{0,2}|نجوم)(?!\w)")
_NUMBER: Final = re.compile(r"(?<![\d.,/:-])(\d{1,3}(?:[.,]\d)?)(%?)(?![\d/:]|[.,]\d)")
_OPENING: Final = re.compile(r" ?(?:\d{1,3}(?:[.,]\d)?)%? ?(?:$|[,.;!:\n(-]|(?:אבל|רק|כי|but|because|only)(?!\w))")
_NOBODY_CAME: Final = re.compile(
    r"(?<!\w)(?:לא (?:הגיע|בא|הופיע)[הו]?|הבריז[הו]?|nobody came|no one came|(?:never|(?:did not|didn't) (?:even )?)"
    r" ?(?:c[ao]me|arrived?|show(?:ed)?|turn(?:ed)? up)|no[- ]show|не (?:приехал|приш[её]?л)\w*|ما (?:[إا]ج[اى]|وصل))"
    r"(?!\w| (?:בזמנ|בשעה|מאוחר|on time|late|at the|вовремя))"
)
"""A complaint, whatever else is said; "did not come on time" is none of it."""
_THAT_NOT: Final = re.compile(r"(?<!\w)[וש]{1,2}לא(?!\w)")
"""A "not" behind "the truth is that"."""
_LONG_NUMBER: Final = re.compile(r"\d{4}")


def find_score(text: str, *, just_asked: bool) -> int | None:
    """What the words give, 1 to 5, as the answer to how a visit was; None when they are none, or ask or tell of more.

    With `just_asked` nothing was asked since: a bare number or a faint word ("5", "בסדר") is an answer too. Without it
    only words that speak of the visit are, so that "מצוין, תודה" to something else rates nothing.
    """
    if len(text) > _LONGEST or "?" in text or _LONG_NUMBER.search(text):
        return None
    told = _THAT_NOT.sub("לא", fold(with_digits(text, asked=just_asked)))
    words = tokens(told)
    if any(word.text in _words("asks") for word in words) or find_danger(text) is not None:
        return None
    if _NOBODY_CAME.search(told) is not None:
        return None
    found = _numbered(told, words, just_asked=just_asked)
    if found is None and "⭐" not in text and (just_asked or any(word.text in _words("of_visit") for word in words)):
        found = _worded(words) or (_faint(text, words) if just_asked else None)
    return found or _starred(text, words)


def calls_for_person(score: int, words: str) -> bool:
    """Whether somebody should call who gives this: few stars, or middling ones beside a complaint in their words."""
    return score <= POOR or (score == MIDDLING and bool(_complaints(tokens(words[:_LONGEST]))))


def _numbered(told: str, words: Sequence[Token], *, just_asked: bool) -> int | None:
    """ "4 מתוך 5", "10/10", "5 כוכבים" anywhere; a bare number that opens the answer or is all of it."""
    if (share := _OUT_OF.search(told)) is not None:
        return _of(share[1], int(share[2]))
    if (stars := _STARRED.search(told)) is not None:
        return _of(stars[1], BEST)
    numbers = _NUMBER.findall(told)
    if not just_asked or len(numbers) != 1:
        return None
    number, percent = numbers[0]
    alone = all(word.text in _words("small") or word.text[0].isdigit() for word in words)
    if not alone and _OPENING.match(told) is None:
        return None
    if percent or number == "100":
        return _of(number, 100)
    return _of(number, BEST if _value(number) <= BEST else 10)


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _of(number: str, most: int) -> int | None:
    """The share of `most` in fifths, halves rounded up, at least one; None when it is more than all."""
    value = _value(number)
    return None if value > most else max(1, int(value * BEST / most + 0.5))


def _starred(text: str, words: Sequence[Token]) -> int | None:
    """Stars drawn: as many as there are, beside whatever words."""
    stars = sum(text.count(star) for star in _STARS)
    return stars if 1 <= stars <= BEST and len(words) <= _LONGEST else None


def _worded(words: list[Token]) -> int | None:
    """What the clear words give together: good and bad are middling, but for praise with a small reservation."""
    hits, complaints = _book("clear").find(words), _complaints(words)
    if complaints:
        hits = [hit for hit in hits if not any(hit.first < one.last and one.first < hit.last for one in complaints)]
        hits = hits or _book("faint").find(words)
    scores = [_score_of(hit, words) for hit in hits]
    if not scores and _undenied(_phrases("unsolved").find(words), words):
        return None
    worth = _worth(words)
    scores += [] if worth is None else [worth]
    mild = worth == _SCORES["good"] or all(_is_mild(one, words) for one in complaints)
    good, bad = [one for one in scores if one > MIDDLING], [one for one in scores if one < MIDDLING]
    if complaints and not (good and mild):
        bad.append(MIDDLING if scores or mild else POOR)
    if good and bad:
        return MIDDLING
    if MIDDLING in scores:
        return 4 if good else min(bad, default=MIDDLING)
    if complaints and good:
        return 4
    return max(good) if good else min(bad, default=None)


def _worth(words: list[Token]) -> int | None:
    """What it gives that it was worth it, or was not; "it is worth asking" gives nothing."""
    hits = [
        hit for hit in _phrases("worth").find(words) if not any(one.text[:1] == "ל" for one in words[hit.last :][:1])
    ]
    if not hits:
        return None
    return _SCORES["good" if _undenied(hits, words) else "poor"]


def _complaints(words: list[Token]) -> list[Hit[None]]:
    """What is complained of in words, not denied: the price, lateness, a mess, that it was not solved."""
    found = [*_phrases("complaints").find(words), *_phrases("unsolved").find(words)]
    only_like = _words("only_like_complaints")
    return _undenied([hit for hit in found if hit.prefix != "ה" and words[hit.first].text not in only_like], words)


def _undenied(hits: list[Hit[None]], words: list[Token]) -> list[Hit[None]]:
    """Those that are not denied."""
    return [hit for hit in hits if not _is_none(_leading(hit, words))]


def _is_none(before: list[str]) -> bool:
    """Whether what stands before a complaint denies it, or makes a dear friend of what is dear."""
    return any(word in _NOT for word in before[-2:]) or bool({*before[-1:]} & _words("before_no_complaint"))


def _is_mild(hit: Hit[None], words: list[Token]) -> bool:
    """Whether a complaint is said to be a small one: "a bit late"."""
    near = words[max(0, hit.first - 2) : hit.first] + words[hit.last : hit.last + 2]
    return any(word.text in _words("mild") for word in near)


def _score_of(hit: Hit[int], words: Sequence[Token]) -> int:
    """The phrase's score, turned where a "not" stands up to two words before it in the same clause."""
    before = _leading(hit, words)
    if not before or before[-1] in _words("not_against"):
        return hit.value
    turned = any(word in _NOT for word in before[-2:])
    if hit.value > MIDDLING and _is_blame(hit, words):
        while before and before[-1] in _words("between"):
            before.pop()
        if before and before[-1] in _AGAINST:
            return POOR
    return _TURNED[hit.value] if turned else hit.value


def _leading(hit: Hit[int] | Hit[None], words: Sequence[Token]) -> list[str]:
    """The words right before the phrase, up to the last sign between them."""
    at = hit.first
    while at > max(0, hit.first - _REACH) and words[at].start - words[at - 1].end == 1:
        at -= 1
    return [word.text for word in words[at : hit.first]]


def _is_blame(hit: Hit[int], words: Sequence[Token]) -> bool:
    """Whether the phrase recommends, or calls professional: its opposite is a reproach."""
    return any(hit.first <= one.first and one.last <= hit.last for one in _phrases("blamed").find(list(words)))


def _faint(text: str, words: list[Token]) -> int | None:
    """A faint word or a sign, when nothing but small words stand beside it."""
    hits = _book("faint").find(words)
    spoken = {at for hit in hits for at in range(hit.first, hit.last)}
    if any(at not in spoken and word.text not in _words("small") for at, word in enumerate(words)):
        return None
    scores = [_score_of(hit, words) for hit in hits] or [score for sign, score in _signs().items() if sign in text]
    return min(scores, default=None)


@cache
def _words(name: str) -> frozenset[str]:
    return word_set(str(read_table(_FILE)[name]))


@cache
def _book(name: str) -> PhraseBook[int]:
    book = PhraseBook[int]()
    for level, score in _SCORES.items():
        for phrase in listed(read_table(_FILE)[name], level):
            book.add(phrase, score)
    return book


@cache
def _phrases(name: str) -> PhraseBook[None]:
    book = PhraseBook[None]()
    for phrase in listed(read_table(_FILE), name):
        book.add(phrase, None)
    return book


@cache
def _signs() -> dict[str, int]:
    return {sign: score for level, score in _SCORES.items() for sign in listed(read_table(_FILE)["signs"], level)}
