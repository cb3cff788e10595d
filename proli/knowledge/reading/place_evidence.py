"""What the words around a possible place name say about it: a home, a street, a person, a day, or nothing."""

import re
from dataclasses import dataclass
from typing import Final

from proli.knowledge.reading.gazetteer import TOWN_POPULATION, Form
from proli.knowledge.reading.lexicon import word_list, word_set
from proli.knowledge.text import Token

_NO_STREET: Final = word_list("no_street")
_HOME: Final = word_list("at_home")
_SETTLEMENT: Final = word_list("settlement")
_PROPERTY: Final = word_list("property")
_WE: Final = word_list("we")
_INTRODUCED: Final = word_list("introduced")
_STREET: Final = word_list("street")
_BOULEVARDS: Final = word_list("boulevards")
_ENGLISH_IN: Final = word_list("foreign_in")
_NEIGHBOURHOOD: Final = word_set("שכונת בשכונת משכונת שכונה בשכונה")
_SMALL_NUMBER: Final = re.compile(r"^\d{1,3}[א-ת]?$")
_BREAK: Final = re.compile(r"[,;?!\n]|\.(?:\s|$)")
_MANY: Final = 10
_STOP: Final = re.compile(r"[.!?\n]")
_STREET_MARKS: Final = word_set("רחוב רח ברחוב ברח שדרות שד סמטת דרכ street улица ул شارع")
_QUARTERS: Final = word_set(
    "נווה נוה רמת גבעת שכונת שכונה קרית קריית נאות רובע גני הדר אזור מרכז צפונ דרומ מזרח מערב כרמי"
)
_OF_STREETS: Final = word_set("שמות שמ כמה שני שתי מספר אין בלי בינ")
_STREET_AND_NUMBER: Final = re.compile(r",? [^\W\d]{2,}+(?:['\"-][^\W\d]++)?+(?: [^\W\d]{2,}+){0,2} \d{1,3}(?![\d:.])")
_NUMBERED: Final = re.compile(r"(?P<number>\d[\d.,]*)[\s-]?$")
_UNIT_INITIALS: Final = word_set('כ"ס ק"ג ק"מ ס"מ מ"מ מ"ר מ"ל ש"ח סמ"ק קמ"ש קו"ט')
"""Initials that are a unit after a number, whatever town they may stand for elsewhere."""
_MOST_HORSES: Final = 10
"""No machine of a household has more of them, and a house number above is one."""
_UNITS: Final = word_set("חדרימ חדר קומה מטר מעלות שקל אלפ מיליונ rooms")


@dataclass(frozen=True, slots=True)
class Around:
    """One possible place: the folded text, its words, and which of them are the name."""

    text: str
    words: list[Token]
    first: int
    last: int
    prefix: str
    asked: bool

    def before(self, back: int = 1) -> str:
        """The word so many places before the name, empty across a comma or at the start."""
        at = self.first - back
        if at < 0 or _BREAK.search(self.text[self.words[at].end : self.words[self.first].start]):
            return ""
        return self.words[at].text

    def after(self, on: int = 0) -> str:
        """The word so many places after the name, empty across a comma or at the end."""
        at = self.last + on
        if at >= len(self.words):
            return ""
        between = self.text[self.words[self.last - 1].end : self.words[at].start]
        return "" if _BREAK.search(between) else self.words[at].text

    def next_word(self) -> str:
        """The word after the name, also across a comma."""
        return self.words[self.last].text if self.last < len(self.words) else ""

    def is_clause(self) -> bool:
        """Nothing else stands between the marks around the name."""
        return not self.before() and not self.after()

    def clause_size(self) -> int:
        """How many words the clause around the name has, as far as it matters."""
        first, last = self.first, self.last
        while first > 0 and last - first < _MANY and not self._parted(first):
            first -= 1
        while last < len(self.words) and last - first < _MANY and not self._parted(last):
            last += 1
        return last - first

    def _parted(self, at: int) -> bool:
        """Whether a mark that ends a clause stands before the word."""
        return bool(_BREAK.search(self.text[self.words[at - 1].end : self.words[at].start]))

    def opens_address(self) -> bool:
        """A sentence that begins with the name and goes on to a street and its number: "שוהם אודם 10"."""
        opens = self.first == 0 or bool(
            _STOP.search(self.text[self.words[self.first - 1].end : self.words[self.first].start])
        )
        if self.words[self.first].text in _BOULEVARDS | _STREET_MARKS:
            return False
        return opens and not self.prefix and bool(_STREET_AND_NUMBER.match(self.text, self.words[self.last - 1].end))

    def is_sentence(self) -> bool:
        """The name is a whole sentence or message."""
        before = self.text[self.words[self.first - 1].end : self.words[self.first].start] if self.first else "."
        end = self.words[self.last - 1].end
        after = self.text[end : self.words[self.last].start] if self.last < len(self.words) else "."
        return not self.prefix and bool(_STOP.search(before)) and bool(_STOP.search(after))


def is_place(around: Around, form: Form) -> bool:
    """Whether the words mean the place, given how easily they mean something else."""
    if is_street(around) or around.before() in ("יומ", "ביומ", "ליומ") or _is_common_noun(around, form):
        return False
    if around.after() in ("לחודש", "בחודש") or _is_measure(around):
        return False
    if form.locality.population < TOWN_POPULATION and not around.prefix and _SMALL_NUMBER.match(around.after()):
        return False
    if form.kind == "clear":
        return True
    if form.locality.name == "שדרות" and _is_boulevard(around):
        return False
    return _answers(around, form) or _has_evidence(around, form)


def is_street(around: Around) -> bool:
    """A street is named after the place: "רחוב ירושלים 45"."""
    if around.prefix and around.prefix[-1] in "במ":
        return False
    return around.before() in _STREET


def is_house(around: Around) -> bool:
    """A house number follows the bare name, so that beside another place it is a street."""
    number = bool(_SMALL_NUMBER.match(around.after())) and around.after(1) not in _UNITS
    return number and not (around.prefix and around.prefix[-1] in "במל")


def _is_measure(around: Around) -> bool:
    """Initials of a unit after a number: "2.5 כ"ס" is horsepower; after a house number they are Kfar Saba."""
    start, word = around.words[around.first].start, around.words[around.first].text
    if around.prefix or around.last - around.first > 1 or word not in _UNIT_INITIALS:
        return False
    counted = _NUMBERED.search(around.text, max(0, start - 12), start)
    if counted is None:
        return False
    house = around.before(2) in _STREET_MARKS or around.before(3) in _STREET_MARKS
    return not counted["number"].isdigit() or not (house or int(counted["number"]) > _MOST_HORSES)


def _is_common_noun(around: Around, form: Form) -> bool:
    """ "ברחובות העיר" are streets and "באזור" is an area."""
    if form.locality.name == "רחובות":
        return around.before() in _OF_STREETS or (bool(around.prefix) and around.after().startswith("ה"))
    return form.kind == "bare" and bool(around.prefix)


def _answers(around: Around, form: Form) -> bool:
    """The bare name answers the question for the city."""
    if not around.asked or (around.before() in _INTRODUCED and not around.prefix):
        return False
    if around.before().isdigit() or (around.first and around.words[around.first - 1].text == "איזה"):
        return False
    alone = around.last - around.first == len(around.words)
    if form.kind in ("hard", "bare"):
        return alone or (not around.prefix and (not around.after() or around.after() == "ליד") and not around.before())
    return around.clause_size() <= 6 and (not around.prefix or around.prefix[-1] in "במ")


def _has_evidence(around: Around, form: Form) -> bool:
    kind, before = form.kind, around.before()
    settled = not around.prefix and (_is_settlement(before) or _follows_address(around) or around.after() == "ליד")
    if settled and not (kind in ("hard", "bare") and around.after() == "ליד"):
        return before not in _INTRODUCED
    if any(_is_settlement(around.before(back)) for back in (2, 3)) and before in ("זה", "היא", "הוא", "שלי"):
        return True
    if not around.prefix and around.next_word() in ("שכונה", "שכונת", "שכ'"):
        return True
    if not around.prefix and around.after()[:1] == "ה" and _is_settlement(around.after()[1:]):
        return True
    if kind == "bare":
        return around.is_clause() and not around.prefix and around.next_word() in _STREET_MARKS
    if around.next_word() in _STREET_MARKS and (around.prefix[-1:] in ("", "ב") or around.is_clause()):
        return before not in _INTRODUCED
    if kind == "word" and not around.prefix and around.is_clause():
        return True
    if _is_addressed(around, form):
        return True
    if kind == "lone" and around.is_sentence():
        return True
    return _lives_there(around, form)


def _opens_quarter(around: Around) -> bool:
    """ "לוד נווה ירק": a short sentence that goes on as names of quarters do."""
    return not around.prefix and not around.before() and around.clause_size() <= 4 and around.after() in _QUARTERS


def _is_addressed(around: Around, form: Form) -> bool:
    """Before a street and its number, or initials after them: "שוהם אודם 10", "פלורנטין 22 תא"."""
    if form.kind in ("name", "word") and (around.opens_address() or _opens_quarter(around)):
        return True
    initials = form.via == "alias" and around.last - around.first == 1 and len(around.words[around.first].text) <= 3
    return initials and not around.prefix and not around.after() and bool(_SMALL_NUMBER.match(around.before()))


def _lives_there(around: Around, form: Form) -> bool:
    before, prefix = around.before(), around.prefix[-1:]
    if before in _ENGLISH_IN or (before in _HOME and prefix in ("ב", "ל", "מ")):
        return True
    if prefix == "ב" and (any(around.before(back) in _PROPERTY for back in (1, 2, 3)) or _after_house(around)):
        return True
    if prefix == "ב" and (around.before(2) in _HOME or (before in _WE and form.kind != "hard")):
        return True
    if prefix == "מ" and (before in _WE or (form.kind == "name" and around.before(2) in _WE | _INTRODUCED)):
        return True
    if prefix == "ב" and before in _WE and form.kind == "hard" and not around.after():
        return True
    return prefix == "ב" and form.kind in ("word", "name")


def _is_settlement(word: str) -> bool:
    return word in _SETTLEMENT or (word[:1] in ("ב", "מ", "ל") and word[1:] in _SETTLEMENT)


def _follows_address(around: Around) -> bool:
    """ "הרצל 12, נשר": after a house number and a comma."""
    at = around.first - 1
    if at < 1 or "," not in around.text[around.words[at].end : around.words[around.first].start]:
        return False
    return bool(_SMALL_NUMBER.match(around.words[at].text))


def _after_house(around: Around) -> bool:
    """ "ברוטשילד 40 בראשון": after a street told with "in" and its number."""
    street = around.before(2)
    return (
        bool(_SMALL_NUMBER.match(around.before())) and len(street) > 4 and street[0] == "ב" and street not in _NO_STREET
    )


def _is_boulevard(around: Around) -> bool:
    following = around.after()
    return following in _BOULEVARDS or (bool(following) and bool(_SMALL_NUMBER.match(around.after(1))))


def tells_neighbourhood(word: str) -> bool:
    """The word announces a neighbourhood."""
    return word in _NEIGHBOURHOOD
