"""Phones, names and prices in a message."""

import re
from typing import Final

import phonenumbers

from proli.knowledge.errors import BadPhone
from proli.knowledge.intents import find_intents
from proli.knowledge.places import find_places
from proli.knowledge.reading.lexicon import read_words, word_list
from proli.knowledge.text import Token, fold, normalise, tokens
from proli.knowledge.trades import find_trade

_ISRAELI: Final = re.compile(r"^\+972(?:5\d{8}|[23489]\d{7}|7\d{8}|1[78]00\d{6})$")
_WHATSAPP: Final = re.compile(r"@(?:c\.us|s\.whatsapp\.net)\b")
_NO_PHONE: Final = re.compile(r"\S+@(?:g\.us|lid|newsletter|broadcast)\b")
_DIGIT_WORDS: Final = dict(
    zip("אפס אחת שתיימ שלוש ארבע חמש שש שבע שמונה תשע".split(), "0123456789", strict=True)  # noqa: SIM905
) | {"שתימ": "2"}
_SPOKEN: Final = re.compile(rf"(?:(?:{'|'.join(_DIGIT_WORDS)})[\s,.-]+){{8,}}(?:{'|'.join(_DIGIT_WORDS)})")
_STARTS: Final = ("0", "+", "972", "(0")


def find_phone(text: str) -> str | None:
    """The first phone number in the text, in E.164; foreign numbers only when written with a plus."""
    plain = _SPOKEN.sub(_digits, fold(_WHATSAPP.sub(" ", _NO_PHONE.sub(" ", normalise(text)))))
    for found in phonenumbers.PhoneNumberMatcher(plain, "IL", phonenumbers.Leniency.POSSIBLE):
        if found.raw_string.lstrip().startswith(_STARTS) and not plain[: found.start].rstrip().endswith(("₪", "$")):
            number = _e164(found.number)
            if number is not None:
                return number
    return None


def parse_phone(text: str, *, region: str = "IL") -> str:
    """The number in E.164.

    Raises:
        BadPhone: the text is no number that can be dialled.
    """
    plain = normalise(text)
    if _NO_PHONE.search(plain):
        raise BadPhone(text)
    digits = _WHATSAPP.sub("", plain)
    if digits.isdigit() and digits.startswith("972"):
        digits = f"+{digits}"
    try:
        number = _e164(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException as error:
        raise BadPhone(text) from error
    if number is None:
        raise BadPhone(text)
    return number


def _e164(number: phonenumbers.PhoneNumber) -> str | None:
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.country_code == 972:
        return written if _ISRAELI.match(written) else None
    return written if phonenumbers.is_possible_number(number) else None


def _digits(found: re.Match[str]) -> str:
    return "".join(_DIGIT_WORDS[word] for word in re.findall(r"[א-ת]+", found[0]))


_INTRODUCTION: Final = re.compile(
    r"(?<![\w'\"])(?:קוראימ לי|השמ שלי(?: (?:זה|הוא))?|שמי(?: הוא)?|שמ:|שמ מלא:?|my name is|my name's|name:"
    r"|меня зовут|اسمي)[\s:,-]+"
)
_PRESENTATION: Final = re.compile(
    r"(?<![\w'\"])(?:(?:היי?|שלומ),? )?(?:אני|כאנ|מדברת?|זאת|זו|זה|i am|i'm|im|this is|it's|это|я"
    r"|انا)[\s:,]+(?=[^\W\d])"
)
_STOP: Final = word_list("not_a_name")
_BEFORE_PHONE: Final = re.compile(
    r"(?:^|[,.;:?!\n] ?)(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{2,})?)[\s,:-]+(?=\+?0?[\d-]{9,})"
)
_WORD: Final = re.compile(r"^[^\W\d_]+(?:['\-][^\W\d_]+)*$")
_LONGEST_NAME: Final = 3


def find_name(text: str, *, asked: bool = False) -> str | None:
    """The name a person gives as their own; with `asked`, also a bare answer of one to three words that is a name."""
    plain, folded = normalise(text), fold(text)
    if found := _INTRODUCTION.search(folded):
        return _name_at(plain, found.end(), trusted=True)
    for found in _PRESENTATION.finditer(folded):
        if name := _name_at(plain, found.end(), trusted=False):
            return name
    if found := _BEFORE_PHONE.search(plain):
        name = found["name"].strip()
        if _key(name.split()[0]) in read_words("given_names.txt"):
            return name
    return _bare_name(plain) if asked else None


def _name_at(plain: str, start: int, *, trusted: bool) -> str | None:
    """The name that begins here: one word, or more up to a word that is no name or the end of the clause."""
    clause = re.split(r"[,.;:?!()]| - ", plain[start:], maxsplit=1)[0]
    words = clause.split()
    kept = words[: next((at for at, word in enumerate(words) if not _is_name_word(word, first=at == 0)), len(words))]
    if not kept or (not trusted and not _is_surely_name(kept[0])):
        return None
    if not trusted and plain[start + len(clause) :].startswith("?"):
        return None
    return " ".join(kept if len(kept) <= _LONGEST_NAME else kept[:1])


def _is_surely_name(word: str) -> bool:
    return _key(word) in read_words("given_names.txt") or (word[:1].isupper() and word.isascii() and len(word) > 2)


def _bare_name(plain: str) -> str | None:
    words = plain.strip(" .,!;:-").split()
    known = bool(words) and _key(words[0]) in read_words("given_names.txt")
    if known and len(words) <= _LONGEST_NAME + 1:
        words = words[: next((at for at, word in enumerate(words) if at and _is_origin(word)), len(words))]
    if not 1 <= len(words) <= _LONGEST_NAME or not all(_is_name_word(word, first=known) for word in words):
        return None
    if not known and (find_intents(plain) or find_trade(plain) or find_places(plain)):
        return None
    return " ".join(words)


def _is_name_word(word: str, *, first: bool) -> bool:
    """The word may be part of a name; after the first, places, trades and "from ..." end it."""
    if not _WORD.match(word) or _key(word) in _STOP or len(word) < 2:
        return False
    return first or _key(word) in read_words("given_names.txt") or not _means_something(word)


def _is_origin(word: str) -> bool:
    return word.startswith(("מה", "ממ")) and len(word) > 4


def _means_something(word: str) -> bool:
    """The word is a place, a trade or an origin rather than a surname."""
    return _is_origin(word) or bool(find_trade(word) or find_places(word))


def _key(word: str) -> str:
    found: list[Token] = tokens(word)
    return found[0].text if found else ""


_NUMBER: Final = (
    r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?|\d+(?:\.\d{{1,2}})?)(?:\s?(?P<{0}x>אלפ|אלפימ|k"
    r"|מיליונ|מליונ|million)(?!\w))?"
)
_SIGN: Final = r"(?:₪|ש\"?ח|שקל(?:ימ)?|nis|ils|shekels?)"
_PRICE: Final = re.compile(rf"{_SIGN}\s?{_NUMBER.format('a')}|{_NUMBER.format('b')}\s?{_SIGN}(?![\wא-ת])")
_SCALE: Final = {"אלפ": 1000, "אלפימ": 1000, "k": 1000, "מיליונ": 1_000_000, "מליונ": 1_000_000, "million": 1_000_000}
_MOST: Final = 15


def find_prices(text: str) -> list[int]:
    """The amounts of shekels written in the text, in agorot and in order."""
    prices: list[int] = []
    for found in _PRICE.finditer(fold(text)):
        name = "a" if found["a"] else "b"
        digits = found[name].replace(",", "")
        if len(digits) <= _MOST:
            whole, _, part = digits.partition(".")
            agorot = int(whole) * 100 + int(part.ljust(2, "0") or 0)
            prices.append(agorot * _SCALE.get(found[name + "x"] or "", 1))
    return prices
