"""Phones told digit by digit or in pairs: "אפס חמישים וארבע, אחת שתיים שלוש ארבע חמש שש שבע"."""

import re
from itertools import takewhile
from typing import Final

from proli.knowledge.reading.number_words import ENGLISH_UNITS, UNITS, Word, read_hebrew, words_of

_ZEROS: Final = frozenset(("אפס", "zero", "oh", "ноль", "صفر"))
_RUSSIAN: Final = {
    "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9,
}  # fmt: skip
_DIGITS: Final = {word: value for word, value in (UNITS | ENGLISH_UNITS | _RUSSIAN).items() if value < 10}
_TWICE: Final = frozenset(("פעמיימ", "דאבל", "double"))
_PREFIXES: Final = ("ל", "ב", "ה", "מ")
_BETWEEN: Final = re.compile(r"[\s,.;:/-]*(?:ו-?)?")
_LOCAL: Final = re.compile(r"05\d{8}|07\d{8}|0[23489]\d{7}|1[78]00\d{6}")


def spoken_phones(folded_text: str) -> list[tuple[int, int, str]]:
    """(start, end, digits) of every phone of which at least three parts are told in words."""
    words = words_of(folded_text)
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        opens = _opens(words[at].text)
        told = (_told(folded_text, words, at) or _told(folded_text, words, at, pairs=True)) if opens else None
        if told is None:
            at += 1
            continue
        last, digits = told
        found.append((words[at].start, words[last - 1].end, digits))
        at = last
    return found


def spoken_digits(folded_text: str) -> str:
    """Every digit of an answer that is told in words, in pairs or in digits, in order: what was asked is a number."""
    return "".join(_parts(folded_text, pairs=True))


def trailing_digits(folded_text: str) -> str:
    """The digits that the text ends with, told in words or written, as far as nothing else stands between them.

    Pairs are not joined: the digit behind the tens may be the first of the next group.
    """
    ending = list(takewhile(bool, reversed(_parts(folded_text, pairs=False))))
    return "".join(reversed(ending))


def _parts(folded_text: str, *, pairs: bool) -> list[str]:
    """The digits of one word after another; empty for a word that stands for none. `pairs`: as in `_told`."""
    words = words_of(folded_text)
    parts, at = list[str](), 0
    while at < len(words):
        part, last = _pair(words, at) if pairs else _part(words, at)
        parts.append(part)
        at = max(last, at + 1)
    return parts


def _opens(word: str) -> bool:
    return word in _ZEROS or word.startswith("0") or (word.startswith(_PREFIXES) and word[1:] in _ZEROS)


def _told(text: str, words: list[Word], at: int, *, pairs: bool = False) -> tuple[int, str] | None:
    """One past the last word of the phone that begins here, and its digits; `pairs` joins "fifty four" to 54."""
    digits, spoken, index = "", 0, at
    while index < len(words) and len(digits) < 10:
        if index > at and not _BETWEEN.fullmatch(text[words[index - 1].end : words[index].start]):
            break
        part, last = _pair(words, index) if pairs else _part(words, index)
        if not part:
            break
        spoken += not words[index].text.isdigit()
        digits, index = digits + part, last
    if index < len(words) and words[index].text in _DIGITS and len(digits) == 10:
        return None
    return (index, digits) if spoken > 2 and _LOCAL.fullmatch(digits) else None


def _pair(words: list[Word], at: int) -> tuple[str, int]:
    """As `_part`, with the tens and the digit behind them as one: "fifty four" is 54."""
    part, last = _part(words, at)
    if len(part) == 2 and part.endswith("0") and last < len(words) and words[last].text in _DIGITS:
        return part[0] + str(_DIGITS[words[last].text]), last + 1
    return part, last


def _part(words: list[Word], at: int) -> tuple[str, int]:
    """The digits that the word here stands for with those that belong to it, and one past the last."""
    word = words[at].text
    if word in _ZEROS or (word.startswith(_PREFIXES) and word[1:] in _ZEROS):
        return "0", at + 1
    if word.isdigit():
        return word, at + 1
    if word in _TWICE and at + 1 < len(words):
        again, last = _part(words, at + 1)
        return (again * 2, last) if len(again) == 1 else ("", at)
    if word in _DIGITS and not (at + 1 < len(words) and words[at + 1].text in ("עשרה", "עשר", "מאות")):
        return str(_DIGITS[word]), at + 1
    reading = read_hebrew(words, at)
    return (str(reading.value), reading.last) if reading and reading.value < 1000 else ("", at)
