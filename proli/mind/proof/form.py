"""Whether a model's words are words to a customer: no machine talk, nothing cut, in a language the customer reads.

What is wrong is said in a few words for the trace; a rung whose answer has such a fault has failed.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.text import Language, fold, language_of, normalise, scripts_of, without_addresses
from proli.mind.facts import Facts
from proli.mind.instructions import guidance_frame, template
from proli.mind.proof.marks import to_whatsapp

OUR_SCRIPTS: Final = frozenset({"Hebrew", "Latin"})
"""Scripts of names, brands and addresses, whatever the customer writes in."""
LONGEST: Final = 1500
MOST_ALIKE: Final = 3
"""The same line or sentence so often is a model that does not stop."""
MOST_IN_A_ROW: Final = 4
FEWEST_COMMON: Final = 2
LEAKED_WORDS: Final = 8
"""So many words in a row of our instructions are no answer to anybody."""
_TAG: Final = re.compile(
    r"</?[A-Za-z_|!/][\w|:-]{0,40}(?:\s[^<>\n]{0,200})?/?>|<\|[^<>\n]{0,80}\|>|</?[א-ת][^<>\n]{0,40}>"
)
_LINK_TAG: Final = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,500}>")
_BREAK: Final = re.compile(r"<br ?/?>")
_ROLE: Final = re.compile(
    r"^[\s*_>#-]{0,8}(?:assistant|ai|bot|system|user|human|customer|response|reply|final answer|thought|thinking"
    r"|reasoning|analysis|action|observation|tool|function|עוזר|עוזרת|סוכן|בוט|לקוח|לקוחה|משתמש|תשובה|תגובה"
    r"|ассистент|пользователь|ответ|المساعد|المستخدم)[*_]{0,2} ?:",
    re.MULTILINE,
)
_PLACEHOLDER: Final = re.compile(
    r"\{\{?[^{}\n]{1,60}\}?\}|\[[^\[\]\n]{1,60}\](?!\()|\$\{|%s\b|%\([a-z_]{1,30}\)s|_{3,}|\b[xX]{3,}\b|\d[xX]{2,}|[xX]{2,}\d"
    r"|[xX]{1,2}:[xX]{2}|\blorem ipsum\b|\btodo\b|\btbd\b|\bn/a\b|\bundefined\b|\bnull\b|\bnan\b|\[object "
)
_IDENTIFIER: Final = re.compile(r"(?<![\w@./])[a-z]{2,20}(?:_[a-z]{2,20}){1,4}(?![\w@/=-]|\.\w)")
_CALL: Final = re.compile(
    r"\b(?:functions?|tools?|api|default_api)\.[a-z_]{2,40}|\b[a-z]{2,30}(?:_[a-z]{1,30}){0,4}\([a-z_]{1,30} ?="
)
_JSON: Final = re.compile(r"[{\[]\s{0,20}[\"'][\w -]{1,60}[\"']\s{0,5}[:,\]]|[\"']\w{1,40}[\"']\s{0,5}:\s{0,5}[{\[]")
_ISO: Final = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d")
_SPOILT: Final = re.compile("[\ufffd\x00-\x08\x0b-\x1f]|\\\\u[0-9a-fA-F]{4}|\\\\n")
_SENTENCE: Final = re.compile(r"[.!?…\n]+")
_ENDS_OPEN: Final = re.compile(r"[,(\[{\-–—/&=]$|(?:^|[\s\"'])[\"']$")
_SMILEY: Final = re.compile(r"[:;=]-?[()]+|[()]+-?[:;=]")
_WORD: Final = re.compile(r"[^\W_]+(?:['\"][^\W_]+)*")
_UNFINISHED: Final = re.compile(r"[א-ת]{2,}[כמנצ]$")
"""A Hebrew word never ends in these letters: they have another shape there."""


class BadForm(ValueError):
    """A model's words are none that a customer can be sent; the reason is given."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked of the words to one customer."""

    languages: frozenset[str]
    """Those that the customer writes, and the one that the conversation is held in."""
    playbook: str = ""
    scripts: frozenset[str] = OUR_SCRIPTS
    """Those that a word may be in: of names and brands, and the customer's own."""

    def said(self, text: str) -> str:
        """The words as they are sent, in WhatsApp's marks.

        Raises:
            BadForm: they cannot be sent.
        """
        plain = _BREAK.sub("\n", text.strip())
        for fault in self.faults(plain):
            raise BadForm(fault)
        sent = to_whatsapp(plain)
        if not _WORD.search(sent) and not any(ord(letter) > 0x2600 for letter in sent):
            raise BadForm("no words")
        return sent

    def faults(self, text: str) -> Iterator[str]:
        if len(text) > LONGEST:
            yield f"{len(text)} characters"
            return
        yield from machine_talk(text)
        yield from unfilled(text)
        yield from cut_or_stuck(text)
        if leaks(text, self.playbook):
            yield "words of the instructions"
        if strange := scripts_of(text) - self.scripts:
            yield f"letters the customer does not write: {', '.join(sorted(strange))}"
        language = language_spoken(text)
        if language is not None and language not in self.languages:
            yield f"in {language} to a customer who writes {', '.join(sorted(self.languages))}"


def machine_talk(text: str) -> Iterator[str]:
    """What is meant for a program: calls, tags, JSON, names of values, who speaks."""
    if is_json(text) or _JSON.search(text):
        yield "JSON"
    if _CALL.search(text) or _IDENTIFIER.search(text):
        yield "a call written as text"
    if _TAG.search(_LINK_TAG.sub(" ", text)):
        yield "a tag"
    if _ROLE.search(text.lower()):
        yield "the name of a role"
    if _ISO.search(text):
        yield "a time for programs"
    if _SPOILT.search(text):
        yield "spoilt characters"


def is_json(text: str) -> bool:
    """Whether the text, or what stands in a fence, is a value for a program."""
    bare = text.strip("` \n").removeprefix("json").strip()
    if bare[:1] not in "{[" or not bare:
        return False
    try:
        json.loads(bare)
    except ValueError:
        return False
    return True


def unfilled(text: str) -> Iterator[str]:
    """A place that should have been filled: [NAME], {{city}}, <שם>, XX:XX."""
    if _PLACEHOLDER.search(text.lower()):
        yield "a placeholder"


def cut_or_stuck(text: str) -> Iterator[str]:
    """Words that break off, and words that come again and again."""
    if is_cut(text):
        yield "cut off"
    counts = Counter(said for one in _SENTENCE.split(text) if len(said := fold(one).strip(" -*•")) > 2)
    words = [word[0] for word in _WORD.finditer(fold(text))]
    in_a_row = any(len(set(words[at : at + MOST_IN_A_ROW])) == 1 for at in range(len(words) - MOST_IN_A_ROW + 1))
    if in_a_row or any(count >= MOST_ALIKE for count in counts.values()):
        yield "the same again and again"


def is_cut(text: str) -> bool:
    """Whether the last sentence breaks off: at a mark that opens, or a word after which another must come."""
    end = _SMILEY.sub(" ", text).rstrip().rstrip("*_~`\u2066\u2067\u2068\u2069").rstrip()
    if _ENDS_OPEN.search(end) or end.endswith(":"):
        return True
    if end.count("(") > end.count(")") or text.count("```") % 2:
        return True
    last = (normalise(end).split() or [""])[-1].lower()
    return bool(_UNFINISHED.search(last)) or last in dangling()


@cache
def dangling() -> frozenset[str]:
    """Words that never end a sentence: and, the, of, with."""
    return frozenset(str(read_table("form.yaml")["dangling"]).split())


def leaks(text: str, playbook: str) -> bool:
    """Whether a run of our instructions stands in the text."""
    words = [word[0] for word in _WORD.finditer(fold(text))]
    runs = (tuple(words[at : at + LEAKED_WORDS]) for at in range(len(words) - LEAKED_WORDS + 1))
    return any(run in secret(playbook) for run in runs)


@cache
def secret(playbook: str) -> frozenset[tuple[str, ...]]:
    """Every run of words in what a model is told before the facts of its turn."""
    words = [word[0] for word in _WORD.finditer(fold(f"{template(playbook) if playbook else ''}\n{guidance_frame()}"))]
    return frozenset(tuple(words[at : at + LEAKED_WORDS]) for at in range(len(words) - LEAKED_WORDS + 1))


def language_spoken(text: str) -> Language | None:
    """The language that most of the text's own words are in; None without any.

    Names, brands and addresses in Latin letters are nobody's language: a word counts as English when it is a common one
    or begins with a small letter, and among words of another language only where several common ones are.
    """
    counts: Counter[Language] = Counter()
    common = 0
    for found in _WORD.finditer(without_addresses(normalise(text))):
        word = found[0]
        known = word.lower() in english()
        language = language_of(word)
        if language is not None and (language != "en" or known or word[0].islower()):
            counts[language] += 1
            common += known
    if len(counts) > 1 and common < FEWEST_COMMON:
        del counts["en"]
    return max(counts, key=lambda one: counts[one]) if counts else None


@cache
def english() -> frozenset[str]:
    return frozenset(str(read_table("form.yaml")["english"]).split())


def form_for(facts: Facts, history: Sequence[tuple[str, str]]) -> Form:
    """What is asked of the words of this turn: the language is that of what the customer has written last."""
    said = [facts.text, *(words for direction, words in reversed(history) if direction == "in")]
    theirs = next((found for words in said if (found := language_of(words)) is not None), None)
    return Form(
        frozenset(one for one in (facts.language, theirs) if one is not None),
        facts.playbook.id,
        OUR_SCRIPTS.union(*map(scripts_of, said)),
    )
