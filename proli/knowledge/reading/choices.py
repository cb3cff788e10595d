"""Which of several offered things a customer chooses: by number, by order, as the earlier or later, or by its hour."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from proli.knowledge.reading.lexicon import word_list, word_set
from proli.knowledge.text import Token, fold, tokens

_NOT: Final = word_list("negations")
_LONG: Final = 8
_CLAUSE: Final = re.compile(r"[.,!;\n]+")
_CORRECTED: Final = re.compile(
    r"(?:^|[\s,.])(?:בעצמ|אופס|סליחה|רגע|טעות|התכוונתי|actually|sorry|i mean|ой|вернее)[\s,.]+(?:(?:לא|no|not)[\s,.]+)?"
)
_EARLIER: Final = word_set(
    "מוקדם המוקדם מוקדמת המוקדמת הקודם earlier earliest sooner soonest пораньше раньше ранний раннее الابكر الأبكر ابكر بكير"
)
_LATER: Final = word_set(
    "מאוחר המאוחר מאוחרת המאוחרת מאוחרים later latest позже попозже поздний позднее المتاخر المتأخر الاخير الأخير"
)
_OTHER: Final = word_set("אחר אחרת אחרים משהו another other different else другое آخر")
_HOUR: Final = re.compile(
    r"(?<![\d:./])(?:ב|ל|ה|at |в )?-? ?(?:(?:שעה|השעה|בשעה|hour) )?(\d{1,2})(?::(\d{2}))?(?: ?(am|pm))?(?![\d:/]|\.\d)"
)
_HOUR_TALK: Final = word_list("choice_talk") | word_set(
    "מתאימ מתאימה לנו בשעה שעה השעה ב של יהיה אחלה מעולה בצהרימ בערב בבוקר אחהצ אחר הצהרימ at o'clock fits perfect "
    "am pm в подходит удобно давайте хорошо الساعة مناسب منيح על סגור יאללה נסגור אז קבענו פה"
)


_ORDINALS: Final[dict[str, int]] = {
    word: at
    for at, group in enumerate(
        (
            "ראשון ראשונה הראשון הראשונה first 1st",
            "שני שניה שנייה השני השניה השנייה second 2nd",
            "שלישי שלישית השלישי השלישית third 3rd",
            "רביעי רביעית הרביעי הרביעית fourth 4th",
            "חמישי חמישית החמישי החמישית fifth 5th",
        )
    )
    for word in word_set(group)
}
_MIDDLE: Final = word_set(
    "אמצעי אמצעית האמצעי האמצעית באמצע שבאמצע middle средний средняя среднее среднюю الوسط الاوسط الأوسط"
)
_LAST: Final = word_set("אחרון אחרונה האחרון האחרונה last")
_CARDINALS: Final[dict[str, int]] = {
    "אחת": 0, "אחד": 0, "שתימ": 1, "שנימ": 1, "שתים": 1, "שלוש": 2, "שלושה": 2, "ארבע": 3, "ארבעה": 3, "חמש": 4,
    "חמישה": 4, "one": 0, "two": 1, "three": 2, "four": 3, "five": 4, "א": 0, "ב": 1, "ג": 2, "ד": 3, "ה": 4,
}  # fmt: skip
_OPTION: Final = word_list("choice_nouns")
_CHOICE_TALK: Final = word_list("choice_talk") | word_set("בעצמ אופס סליחה actually sorry ой")
_KEYCAP: Final = re.compile(r"([0-9])\ufe0f?\u20e3")
_ARTICLE: Final = "ה"
_CALM: Final = (
    _CHOICE_TALK
    | _OPTION
    | word_set("יותר היותר מבינ השנימ השניימ מביניהמ מבניהמ שביניהמ מהשנימ appointment more of two вариант موعد")
)


def find_choice(text: str, *, count: int, offered: Sequence[datetime] = ()) -> int | None:
    """Which of `count` offered things the text picks, from zero; None unless exactly one is picked clearly.

    `offered` are the times offered, local, in their order: with them "the later one" and "at 12" are understood.
    What corrects itself ("the first. Actually, the later one") means what it says last.
    """
    meant = _CORRECTED.split(fold(text))[-1] or text
    chosen = _chosen(meant, count, offered)
    if chosen is not None:
        return chosen
    clauses = [clause for clause in _CLAUSE.split(meant) if _names_one(clause)]
    picks = {_chosen(clause, count, offered) for clause in clauses} - {None}
    return picks.pop() if len(picks) == 1 else None


def points_elsewhere(text: str) -> bool:
    """Whether the text speaks of an earlier, a later or another one, whichever it is."""
    return bool({word.text for word in tokens(text)} & (_EARLIER | _LATER | _OTHER))


def _chosen(text: str, count: int, offered: Sequence[datetime]) -> int | None:
    numbered = _numbered(text, count)
    return _by_time(text, offered) if numbered is None and len(offered) == count else numbered


def _names_one(clause: str) -> bool:
    """ "המאוחר יותר": a clause beside others has to point at a thing, not only hold a number or a day."""
    words = [word.text for word in tokens(clause)]
    return any(word.startswith(_ARTICLE) or word == "the" for word in words) and not any(map(str.isdigit, words))


def _by_time(text: str, offered: Sequence[datetime]) -> int | None:
    """ "The earlier one" of the offered times, or the only one that stands at the hour named."""
    said = {word.text for word in tokens(text)}
    early, late = bool(said & _EARLIER), bool(said & _LATER)
    if said & _NOT or len(said) > _LONG or not offered or "?" in text:
        return None
    if early != late:
        small = said - _EARLIER - _LATER
        pick = min(offered) if early else max(offered)
        return (
            offered.index(pick) if all(word in _CALM or len(word) < 2 for word in small) and len(offered) > 1 else None
        )
    if early or not all(word.isdigit() or word in _HOUR_TALK or word.lstrip("לב").isdigit() for word in said):
        return None
    named = {_matching(hour, offered) for hour in _HOUR.finditer(text)}
    return named.pop() if len(named) == 1 else None


def _matching(said: re.Match[str], offered: Sequence[datetime]) -> int | None:
    """The only offered time at an hour: "at 4" is at four in the afternoon where nothing is offered at four at night."""
    hour, minute = int(said[1]), int(said[2] or 0)
    hours = {hour} if hour > 12 else {hour % 12, hour % 12 + 12}
    fitting = [at for at, time in enumerate(offered) if time.hour in hours and (time.minute == minute)]
    return fitting[0] if len(fitting) == 1 else None


def _numbered(text: str, count: int) -> int | None:
    words = tokens(_KEYCAP.sub(r" \1 ", text))
    if count < 1 or not words or len(words) > _LONG or any(word.text in _NOT for word in words) or ":" in text:
        return None
    named = fold(_KEYCAP.sub(r" \1 ", text))
    picks = {_pick(words, at, count) for at in range(len(words))} - {None}
    if len(picks) != 1 or re.search(r"\d\s*[-./]\s*\d", named):
        return None
    chosen = picks.pop()
    return chosen if chosen is not None and 0 <= chosen < count else None


def _pick(words: list[Token], at: int, count: int) -> int | None:
    word, before = words[at].text, words[at - 1].text if at else ""
    others = [other.text for place, other in enumerate(words) if place != at]
    small_talk = all(other in _CHOICE_TALK or other in _OPTION for other in others)
    option = before in _OPTION or before[1:] in _OPTION
    if word.isdigit() and len(word) < 4:
        return int(word) - 1 if option or small_talk else None
    if word in _CARDINALS and (option or (not others and len(word) > 1)):
        return _CARDINALS[word]
    said = word[1:] if word[:1] in "לבו" and word[1:2] == _ARTICLE else word
    definite = said.startswith(_ARTICLE) or word.isascii()
    if said in _LAST and (definite or small_talk) and (small_talk or not word.isascii() or "the" in others):
        return count - 1
    if said in _MIDDLE and count % 2 and (small_talk or "the" in others):
        return count // 2
    if said in _ORDINALS and small_talk and (definite or option or not others):
        return _ORDINALS[said]
    return None
