"""A professional gives up a visit without a "no": "תבטלו לי את דנה", "אני מבריז מדנה", "cancel Dana for me"."""

import re
from typing import Final

from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.text import fold, tokens

_ASKED: Final = (
    r"(?:ת?בטל[וי]?|לבטל|ת?וריד[וי]?|הוריד[וי]?|להוריד|[תה]וציא[וי]?|להוציא|תסיר[וי]?|להסיר|תמחק[וי]?|למחוק)"
)
_LITTLE: Final = r"(?: (?:לי|אותי|נא|בבקשה|היומ|מחר|please))*"
_GIVES_UP: Final = re.compile(
    rf"(?<!\w)(?:ו?{_ASKED}{_LITTLE} (?:את |אותי |מ)(?!ה?(?:יומנ|לוז))"
    rf"|(?:ו?מבטלת?|ו?אבטל){_LITTLE} את "
    rf"|ו?(?:מבריזה?|אבריז|להבריז){_LITTLE} (?:את |ל|מ)"
    rf"|ו?(?:מדלגת?|אדלג|לדלג){_LITTLE} (?:על |את )"
    r"|(?:cancel|drop|remove|skip|skipping|ditch|ditching|bail on|bailing on|take me off|pull me off) "
    r"(?:my |the )?)-? ?"
)
_NOT: Final = re.compile(r"(?:(?<!\w)(?:אל|לא|בלי|don't|dont|not|never|didn't)|n't)(?: \w+)? ?$")
_ENDS: Final = re.compile(r"[,;!\n]|\.(?!\d)|(?<!\w)(?:כי|בגלל|because|since)(?!\w)")
_OF_CUSTOMER: Final = re.compile(
    r"(?<!\w)(?:הוא|היא|שהוא|שהיא|ה?לקוחה? (?:לא|ביקשה?|ביטלה?|רוצה)|(?:ש|ו)?(?:ביקשה?|ביטלה?|מבקשת?)"
    r"|לא (?:עונה|ענתה|ענה)|he|she|they|asked|cancelled|canceled)(?!\w)"
)
_OF_TAKEN_DAY: Final = re.compile(r"(?<!\w)ה?(?:חופשה?|מחלה)(?!\w)")
_FEW: Final = 14
_VISIT: Final = re.compile(
    r"(?:(?:ה|ל|מה|ב)?(?:ביקור|עבודה|פגישה|לקוחה?|תור|קריאה)|זה|אותו|אותה|it|that|this|visit|job|appointment"
    r"|customer|one)(?!\w)(?: (?:שלי|הזה|הזאת|הזו|הזאתי))?"
)
_OF: Final = re.compile(r" ?(?:של|אצל|אל|עמ|ב(?=רחוב )|with|at|of|for)(?!\w)(?![- ]*\d)[- ]{0,2}")
_COURTESY: Final = re.compile(
    r"(?: (?:for me|please|thanks|thank you|בשבילי|בבקשה|אחי|תודה|מהיומנ|מהלוז|off my list))+$"
)


def find_given_up(text: str) -> str | None:
    """The folded words of what somebody gives up, or asks to be taken from them; None where they give up nothing, ask,
    doubt, or speak of what a customer wants.
    """
    folded = fold(text)
    words = {word.text for word in tokens(text)}
    if "?" in text or len(words) > _FEW or words & word_list("unsure") or _OF_CUSTOMER.search(folded):
        return None
    found = _GIVES_UP.search(folded)
    if found is None or _NOT.search(folded[: found.start()]) is not None or _OF_TAKEN_DAY.search(folded):
        return None
    return _COURTESY.sub("", _ENDS.split(folded[found.end() :])[0].strip()) or None


def without_visit(given_up: str) -> str | None:
    """What follows a word that says no more than that it is a visit, empty when nothing does; None without such."""
    found = _VISIT.match(given_up)
    if found is None:
        return None
    rest = given_up[found.end() :]
    of = _OF.match(rest)
    return rest[of.end() :] if of is not None else rest.strip()
