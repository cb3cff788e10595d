"""One spelling for text as people type it, and the isolates that keep it in order on a right-to-left screen."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Language = Literal["he", "en", "ru", "ar"]

_INVISIBLE: Final = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
_ISOLATES: Final = "\u2066\u2067\u2068\u2069\ufeff"
_QUOTES: Final = (
    dict.fromkeys(map(ord, "\u05f3\u2018\u2019\u201a\u201b`\u00b4\u2032\u02bc"), "'")
    | dict.fromkeys(map(ord, "\u05f4\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"')
    | dict.fromkeys(map(ord, "\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
)
_NIQQUD: Final = [*range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7]
_DROPPED: Final[dict[int, None]] = dict.fromkeys([*map(ord, _INVISIBLE + _ISOLATES), *_NIQQUD])
_UNSEEN: Final = dict.fromkeys(map(ord, _INVISIBLE + _ISOLATES)) | dict.fromkeys(map(ord, "\u00a0\u202f"), " ")
_PLAINER: Final = _QUOTES | _DROPPED
_TWO_QUOTES: Final = re.compile("'{2,}")
_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_TOKEN: Final = re.compile(r"[^\W_]+(?:['\"][^\W_]+)*'?")
TOP_DOMAINS: Final = frozenset({
    "com", "net", "org", "il", "io", "co", "me", "ly", "app", "info", "biz", "ru", "shop", "site", "online", "link",
    "pay", "gov", "uk", "de", "fr", "eu", "us", "xyz", "to", "gl", "cc", "tv", "ai", "dev", "page", "web", "store",
    "live", "club", "top", "pro", "click",
})  # fmt: skip
"""By which a word with dots is known for an address, when nothing else tells."""
_SCRIPTS: Final[tuple[tuple[Language, re.Pattern[str]], ...]] = (
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("en", re.compile(r"[A-Za-z]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
)


LONGEST_WORD: Final = 40
"""Letters of a word that are read; what is longer is no word."""
_LETTERS: Final = frozenset({"Lu", "Ll", "Lt", "Lo"})
_FILLER: Final = re.compile(
    r"(?<=\w)[ ,]+(?:(?:א+ה+|א+מ+ם+|א+מ{2,}|ה+מ+ם+|u+h+|u+m+|э{2,}|эм+)[ ,.]+(?:רגע |רגע, )?)+(?=\w)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word in its matching form, with its offsets in `normalise(text)`."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=512)
def normalise(text: str) -> str:
    """The same text in one spelling: NFKC, no bidi marks or niqqud, plain quotes and hyphens, single spaces."""
    return " ".join(_TWO_QUOTES.sub('"', _plain(text)).split())


def _plain(text: str) -> str:
    """NFKC both before and after the unseen is dropped: what it kept apart may be one letter, or a mark of another."""
    plain = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_PLAINER)
    return (
        plain if unicodedata.is_normalized("NFKC", plain) else unicodedata.normalize("NFKC", plain).translate(_QUOTES)
    )


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """`normalise(text)` in lower case with final letters folded; every offset stays where it was."""
    folded = normalise(text).translate(_FINALS)
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in folded)


def without_marks(text: str) -> str:
    """The text without marks of direction and other letters that nobody sees, and with plain spaces."""
    return text.translate(_UNSEEN)


def without_fillers(text: str) -> str:
    """The text without the sounds people make while they think: "ברחוב אה רגע קרן היסוד"."""
    return _FILLER.sub(" ", text)


def skeleton(word: str) -> str:
    """The folded word without geresh and with double yod and vav written once."""
    return word.replace("'", "").replace("יי", "י").replace("וו", "ו")


def tokens(text: str) -> list[Token]:
    """The words of a text as skeletons, in order."""
    return list(_tokens(text))


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[Token, ...]:
    """Kept for the many finders that look at one message; they hold texts of at most a few thousand letters."""
    return tuple(
        Token(skeleton(found[0][:LONGEST_WORD]), found.start(), found.end()) for found in _TOKEN.finditer(fold(text))
    )


def ltr(text: str) -> str:
    """The text in a left-to-right isolate, for phones, times and prices inside right-to-left text."""
    return f"\u2066{text}\u2069"


def isolate(text: str) -> str:
    """The text in an isolate that takes its direction from its own first strong letter."""
    return f"\u2068{text}\u2069"


def directed(text: str) -> str:
    """The text with a mark of its language's direction before each line that holds only isolates.

    A reader's screen takes the direction of a line from its first letter outside of isolates, and without one writes
    it from left to right.
    """
    language = language_of(text) if any(mark in text for mark in "\u2066\u2067\u2068") else None
    if language is None:
        return text
    mark = "\u200f" if language in {"he", "ar"} else "\u200e"
    return "\n".join(mark + line if _only_isolates(line) else line for line in text.split("\n"))


def _only_isolates(line: str) -> bool:
    depth, found = 0, False
    for letter in line:
        if letter in "\u2066\u2067\u2068":
            depth, found = depth + 1, True
        elif letter == "\u2069":
            depth = max(0, depth - 1)
        elif depth == 0 and unicodedata.bidirectional(letter) in {"L", "R", "AL"}:
            return False
    return found


@lru_cache(maxsize=512)
def scripts_of(text: str) -> frozenset[str]:
    """The scripts whose letters stand in the text: "Hebrew", "Latin", "Cyrillic", "Arabic", "Cjk" ..."""
    return frozenset(_script_of(letter) for letter in set(normalise(text)) if unicodedata.category(letter) in _LETTERS)


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "unknown").partition(" ")[0].capitalize()


def language_of(text: str) -> Language | None:
    """The language whose letters are most of the words; None without letters of a script we know.

    Addresses in the web and of mail, and codes that mix letters with digits, are in no language.
    """
    words = without_addresses(text)
    best: Language | None = None
    most = 0
    for language, pattern in _SCRIPTS:
        count = len(pattern.findall(words))
        if count > most:
            best, most = language, count
    return best


def without_addresses(text: str) -> str:
    """The text without links, addresses of mail and codes such as "WAN28282"."""
    return " ".join(_spoken_part(word) for word in text.split())


def _spoken_part(word: str) -> str:
    """What of a word in writing is words; letters of another script before an address are."""
    start = next((at for at, letter in enumerate(word) if letter.isascii() and letter.isalnum()), len(word))
    tail = word[start:]
    host = tail.partition("/")[0].rstrip(".,;:!?)\"'")
    top = host.rpartition(".")[2].lower()
    is_host = "." in host and (top in TOP_DOMAINS or "/" in tail) and host.isascii()
    coded = tail.isascii() and any(letter.isdigit() for letter in tail) and any(letter.isalpha() for letter in tail)
    return word[:start] if "://" in tail or "@" in tail or tail.startswith("www.") or is_host or coded else word
