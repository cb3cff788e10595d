"""A person's own name in a message, never what they need, where they are or what they do."""

import re
from typing import Final

from proli.knowledge.intents import find_intents
from proli.knowledge.places import find_places
from proli.knowledge.reading.beside import ends
from proli.knowledge.reading.lexicon import read_words, word_list
from proli.knowledge.text import Token, fold, normalise, tokens
from proli.knowledge.trades import find_trade

_INTRODUCTION: Final = re.compile(
    r"(?<![\w'\"])(?:קוראימ לי|השמ שלי(?: (?:זה|הוא))?|שמי(?: הוא)?|שמ:|שמ מלא:?|איש קשר:?|השמ:?(?= )"
    r"|my name is|my name's|name:"
    r"|меня зовут|اسمي)[\s:,-]+"
)
_PRESENTATION: Final = re.compile(
    r"(?<![\w'\"])(?:(?:היי?|שלומ),? )?(?:אני|כאנ|פה|מדברת?|זאת|זו|זה|i am|i'm|im|this is|it's|its|это|я"
    r"|انا|أنا)[\s:,]+(?=[^\W\d])"
)
_SPEAKING: Final = re.compile(
    r"(?:^|[,.!?] ?|(?:היי?|שלומ|אהלנ) )(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{2,})?) (?:מדברת?|כאנ|speaking|here)(?!\w)"
)
_SIGNED: Final = re.compile(
    r"(?:תודה(?: רבה)?(?: מראש)?|בברכה|בתודה|thanks|thank you|regards|спасибо"
    r"|شكرا)[\s,.!-]+(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{2,})?)[\s.!]*$"
)
_STOP: Final = word_list("not_a_name") | read_words("not_names.txt")
_POLITE: Final = re.compile(
    r"(?<![\s,.!-])[\s,.!-]*(?:תודה(?: רבה)?|בבקשה|נעים מאוד|thanks|thank you|please|спасибо)[\s.!]*$", re.IGNORECASE
)
_ADJECTIVE: Final = re.compile(r"(?:ing|ed|ish|ese|ian|ican)$")
_BEFORE_PHONE: Final = re.compile(
    r"(?:^|[,.;:?!\n] ?)(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{2,})?)[\s,:-]+(?=\+?0?[\d-]{9})"
)
_CLAUSE_END: Final = re.compile(r"(?<=[\s,:-])(?P<name>[^\W\d_]{2,}+(?: [^\W\d_]{2,}+)?)(?=\s*(?:$|[.,;!?\n]))")
_PHONE_END: Final = re.compile(r"(?<!\d)\+?0?[\d-]{9,}[\s,:-]+$")
_GREETED_FROM: Final = re.compile(
    r"(?:^|[.!\n] ?)(?:היי?|שלומ|אהלנ|הלו|בוקר טוב|ערב טוב|צהריימ טובימ|hi|hello)(?: לכמ)?[\s,!.]+"
    r"(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{2,})?) (?=מ[^\W\d_]|from )"
)
_LAST: Final = re.compile(r"(?:[.!?\n]|[-,] ?)\s*(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{2,})?)[\s.!]*$")
_SENTENCE: Final = re.compile(
    r"[.!?;\n]|,(?=\s)|\s(?=(?:ו?אני|ו?אנחנו|אבל|ו?אפשר|ואני|ויש|רק|ו?תחזר\S*|ו?תתקשר\S*|and|but) )"
)
_ORIGINS: Final = re.compile(
    r"מה?ו?ו?(?:ועד|חברת|חברה|משרד|דירה|קומה|רחוב|בניינ|בנינ|בית|מוסד|גנ|עירי+ה|קיבוצ|מושב|שכונת|אזור|צוות|הנהלת|הנהלה"
    r"|מרפאת|מרפאה|מסעדת|קליניקת|מלונ|חנות|פה|שמ|למעלה|למטה)$"
)
_WORD: Final = re.compile(r"^[^\W\d_]+(?:['\-][^\W\d_]+)*'?$")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]+")
_LONGEST_NAME: Final = 3
_REACH: Final = 120
"""No name is longer."""
_SIGNED_AFTER: Final = 4
_LEAST_AFTER_AND: Final = 2
_COMMON: Final = frozenset(("דוד", "אור", "גל", "שמש", "ימ", "תמר"))
"""Given names that also stand alone as a thing."""


def find_name(text: str, *, asked: bool = False) -> str | None:
    """The name a person gives as their own; with `asked`, also a bare answer of one to three words that is a name."""
    plain, folded = normalise(text), fold(text)
    if found := _INTRODUCTION.search(folded):
        return _name_at(plain, found.end(), trusted=True)
    for found in _PRESENTATION.finditer(folded):
        if name := _name_at(plain, found.end(), trusted=False):
            return name
    for found in (_BEFORE_PHONE.search(folded), _after_phone(folded), _SPEAKING.search(folded), _SIGNED.search(folded)):
        if found and (name := _listed_name(plain[found.start("name") : found.end("name")])):
            return name
    if name := _before_origin(plain, folded) or _signature(plain, folded):
        return name
    if not asked:
        return None
    return _bare_name(plain) or _answered_first(plain, folded)


def _after_phone(folded: str) -> re.Match[str] | None:
    """Who a clause ends with, right after a phone."""
    return next((one for one in _CLAUSE_END.finditer(folded) if ends(_PHONE_END, folded, one.start())), None)


def _before_origin(plain: str, folded: str) -> str | None:
    """ "היי, נילי מוועד הבית": who is greeted is not said to be from somewhere."""
    found = _GREETED_FROM.search(folded)
    if not found:
        return None
    rest = plain[found.end() : found.end() + _REACH]
    from_there = _is_origin(rest.split()[0]) or _opens_with_place(rest) or folded.startswith("from ", found.end())
    return _listed_name(plain[found.start("name") : found.end("name")]) if from_there else None


def _signature(plain: str, folded: str) -> str | None:
    """A known given name that stands alone as the last sentence of a message of several words."""
    found = _LAST.search(folded)
    if not found or len(folded[: found.start()].split()) < _SIGNED_AFTER or not found[0].strip(" .!,-"):
        return None
    name = plain[found.start("name") : found.end("name")]
    if _key(name) in _COMMON or folded[found.start()] in ",-" or find_places(name) or find_trade(name):
        return None
    words = name.split()
    given = read_words("given_names.txt")
    if len(words) > 1 and _key(words[1]) not in given and find_intents(name):
        return None
    return _listed_name(name)


def _answered_first(plain: str, folded: str) -> str | None:
    """The name that opens an answer which goes on: "שמעון. אפשר לדבר איתי רק בבוקר"."""
    cut = _SENTENCE.search(folded)
    first = plain[: cut.start()] if cut else ""
    return _bare_name(first) if first.split() and _key(first.split()[0]) in read_words("given_names.txt") else None


def _opens_with_place(text: str) -> bool:
    return any(place.start == 0 for place in find_places(text))


def _name_at(plain: str, start: int, *, trusted: bool) -> str | None:
    """The name that begins here: one word, or more up to a word that is no name or the end of the clause."""
    clause = re.split(r"[,.;:?!()]| - ", plain[start : start + _REACH], maxsplit=1)[0]
    words = clause.split()[: _LONGEST_NAME + 1]
    kept = words[: next((at for at in range(len(words)) if not _goes_on(words, at)), len(words))]
    if not kept or (not trusted and not _is_surely_name(kept[0])):
        return None
    if not trusted and plain[start + len(clause) :].startswith("?"):
        return None
    return " ".join(kept if len(kept) <= _LONGEST_NAME else kept[:1])


def _goes_on(words: list[str], at: int) -> bool:
    """Whether the word is still of the name: no place of several words begins here."""
    if not _is_name_word(words[at], first=at == 0):
        return False
    return not at or not words[at].startswith(("מ", "ב")) or not _opens_with_place(" ".join(words[at : at + 3]))


def _ends_name(words: list[str], at: int) -> bool:
    return _is_origin(words[at]) or (words[at].startswith("מ") and _opens_with_place(" ".join(words[at : at + 3])))


def _listed_name(name: str) -> str | None:
    """The words from a known given name on: "דנה לוי"; None when the first is none."""
    words = name.split()
    if _key(words[0]) not in read_words("given_names.txt") or _key(words[0]) in _STOP:
        return None
    return " ".join(word for at, word in enumerate(words) if _is_name_word(word, first=at == 0))


def _is_surely_name(word: str) -> bool:
    if _key(word) in read_words("given_names.txt"):
        return True
    if word[:1].isupper() and _CYRILLIC.fullmatch(word):
        return len(word) > 2 and not _means_something(word)
    return word[:1].isupper() and word.isascii() and len(word) > 2 and not _ADJECTIVE.search(word)


def _bare_name(plain: str) -> str | None:
    words = _POLITE.sub("", plain).strip(" .,!;:-").split()
    known = bool(words) and _key(words[0]) in read_words("given_names.txt")
    if known and len(words) <= _LONGEST_NAME + 1:
        words = words[: next((at for at in range(1, len(words)) if _ends_name(words, at)), len(words))]
    if not 1 <= len(words) <= _LONGEST_NAME or not all(_is_name_word(word, first=known) for word in words):
        return None
    if not known and (find_intents(plain) or find_trade(plain) or find_places(plain)):
        return None
    return " ".join(words)


def _is_name_word(word: str, *, first: bool) -> bool:
    """The word may be part of a name; after the first, places, trades and "from ..." end it."""
    if not _WORD.match(word) or _key(word) in _STOP or len(word) < 2:
        return False
    if first or _key(word) in read_words("given_names.txt"):
        return True
    return not _means_something(word) and not _goes_on_after_and(word)


def _goes_on_after_and(word: str) -> bool:
    """ "משה ויש לי": what is joined on by "and" and would end a name by itself, ends it."""
    key = _key(word)
    if not key.startswith("ו") or len(key) <= _LEAST_AFTER_AND:
        return False
    thing = key[1] == "ה" and len(key) > 2 * _LEAST_AFTER_AND
    return thing or key[1:] in _STOP or _means_something(key[1:])


def _is_origin(word: str) -> bool:
    return (word.startswith(("מה", "ממ")) and len(word) > 4) or _ORIGINS.match(fold(word)) is not None


def _means_something(word: str) -> bool:
    """The word is a place, a trade or an origin rather than a surname."""
    return _is_origin(word) or bool(find_trade(word) or find_places(word))


def _key(word: str) -> str:
    found: list[Token] = tokens(word)
    return found[0].text if found else ""
