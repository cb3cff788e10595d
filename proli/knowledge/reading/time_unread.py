"""What looks like part of a date and was not understood: "3 בדצמבער", "31.11", "ביום שליש". Beside it no hour is of today."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from proli.knowledge.reading.time_scan import Scan
from proli.knowledge.reading.time_words import EN_WEEKDAYS, HE_WEEKDAYS, MONTHS, fold_source, pattern

_HEBREW_MONTHS: Final = frozenset(
    fold_source("תשרי חשון חשוון מרחשוון כסלו כסליו טבת שבט אדר ניסן אייר סיון סיוון תמוז אב אלול עומר").split()
)
_DAY: Final = r"(?:[12]?\d|3[01]|[א-ל](?:'|\"[א-ט])|ט\"[וז])"
_NAMED: Final = re.compile(
    rf"(?<![\w.:/\"'])(?:[בלמהו]-? ?|עד ה?-? ?)?{_DAY}(?:st|nd|rd|th)?(?: |-)?(?:of )?(?P<in>[בל]-? ?)?"
    r"(?P<word>[^\W\d_]{2,15})(?P<mark>['\".]?)(?!\w)"
)
"""A day's number and a word that may be a month."""
_AN_HOUR: Final = r"(?=,? (?:בשעה|ב-? ?\d|at \d|@ ?\d|в \d|ב(?:שמונה|תשע|עשר|אחת|שתיימ|שלוש|ארבע|חמש|שש|שבע)(?!\w)))"
_BESIDE_HOUR: Final = re.compile(
    rf"(?<![\w.:/-])(?:(?:[בל]-? ?)?\d{{1,2}}(?:-| ?ל-? ?|\\)\d{{1,2}}|ה-? ?(?:[12]?\d|3[01])|\d{{1,2}}(?:st|nd|rd|th))"
    rf"(?![\w./:]){_AN_HOUR}"
)
""" "3-12", "3 ל-12", "ה-15": a date where an hour follows."""
_NUMERIC: Final = re.compile(r"(?<![\w.,:/-])(?:[בלמה]-? ?|on |by )\d{1,2}[./\\]\d{1,2}(?![\w/:%]|[.,-]\d)")
_AFTER: Final = pattern(
    r"(?:ב?עוד|תוך|בתוך|in) (?:כמה|מספר|איזה|a few|a couple of|several) (?:ימים|שבועות|יום|שבוע|חודשים|days|weeks)"
    r"|через (?:несколько|пару) (?:дней|недель)|בל\"ג בעומר|ל\"ג בעומר"
)
_WEEKDAY: Final = re.compile(
    r"(?<!\w)(?:[בלמו]{0,2}-?יומ (?P<he>[^\W\d_]{3,8})|(?P<en>[a-z]{4,9}day|tom+[a-z]{3,7}))(?!\w)"
)
_NO_WEEKDAY: Final = frozenset("today midday holiday birthday everyday workday payday someday weekday noonday".split())  # noqa: SIM905


def _by_first(words: Iterator[str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        found[word[0]].append(word)
    return {first: tuple(listed) for first, listed in found.items()}


_LONG_MONTHS: Final = _by_first(word for word in MONTHS if len(word) >= 4 and word.isalpha())
_LONG_WEEKDAYS: Final = _by_first(word for word in (*HE_WEEKDAYS, *EN_WEEKDAYS, "tomorrow") if len(word) >= 4)


def find_unread(scan: Scan) -> list[tuple[int, int]]:
    """Where in the scan such words stand; the letters already understood are not looked at."""
    found = [match.span() for match in _NAMED.finditer(scan.left) if _is_month(match)]
    found += [match.span() for match in _WEEKDAY.finditer(scan.left) if _is_weekday(match)]
    for expression in (_BESIDE_HOUR, _AFTER):
        found += [match.span() for match in expression.finditer(scan.left)]
    return sorted(found)


def _is_month(match: re.Match[str]) -> bool:
    """A month of the Hebrew year, the beginning of a month's name with a mark, or a name with a slip in it."""
    word, said_in = match["word"], bool(match["in"])
    stem = word[1:] if not said_in and word[:1] in "בל" and len(word) > 2 else word
    if stem in _HEBREW_MONTHS:
        return said_in or stem != word or not match[0].lstrip(fold_source("בלמהו- "))[:1].isdigit()
    return any(_is_near(one, _LONG_MONTHS, begun=bool(match["mark"])) for one in {word, stem})


def _is_weekday(match: re.Match[str]) -> bool:
    word = match["he"] or match["en"]
    return word not in _NO_WEEKDAY and _is_near(word, _LONG_WEEKDAYS, begun=bool(match["he"]))


def _is_near(word: str, names: dict[str, tuple[str, ...]], *, begun: bool) -> bool:
    """Whether the word is one of the names with a slip of the finger, or begins one where `begun`."""
    allowed = 2 if len(word) >= 6 else 1
    return any(
        (begun and len(word) >= 2 and name.startswith(word))
        or (len(word) >= 4 and DamerauLevenshtein.distance(word, name, score_cutoff=allowed) <= allowed)
        for name in names.get(word[0], ())
    )
