"""What a professional wants on the way: the address or the phone of a customer, or that a customer be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from proli.knowledge.reading.lexicon import word_set
from proli.knowledge.text import fold, tokens

_DETAIL: Final = re.compile(
    r"(?<!\w)(?:[הבל]?כתובת|לאנ אני (?:נוסעת?|צריכה?(?: לנסוע| להגיע)?)"
    r"|איפה (?:זה|הביקור|העבודה|היא גרה|הוא גר|גרה?)"
    r"|(?:ב?איזה|מה ה)ה? ?(?:קומה|דירה|רחוב)|[הבל]?טלפונ|[הבל]?פלאפונ|[הבל]?נייד|ה?מספר(?: ה?טלפונ| ה?נייד)?"
    r"|address|where is (?:it|that)|(?:phone|cell|mobile)(?: number)?|number)(?!\w)"
)
_LITTLE: Final = word_set(
    "מה מהי מהו תשלח תשלחי תשלחו שלח שלחי שלחו לשלוח תן תני תנו לי את של שלה שלו אצל אל ל ה ב זה אפשר לקבל צריך צריכה "
    "אין איבדתי שכחתי תזכיר תזכירי תזכירו היי שלום אחי בבקשה תודה רגע דחוף עכשיו שוב יש איזה איך אני נוסע נוסעת הבא "
    "הבאה לבא ביקור הביקור לביקור לקוח הלקוח ללקוח לקוחה הלקוחה ללקוחה עבודה העבודה בשעה מדויקת המדויקת "
    "what whats what's is the me send give can you i get need lost please hey hi again of for to her his customer "
    "customer's client next job visit now asap my s at"
)
_FEW: Final = 10
_NAME: Final = r"[\w'\"]+(?: (?!ש|כי|i'?m|i |that|know|we)[\w']+)?"
_TELL: Final = re.compile(
    r"(?<!\w)(?:ת?גידי?|ת?גידו|ת?ודיעי?|תודיעו|ת?מסרי?|תמסור|תמסרו|ת?כתבי?|תכתוב|תכתבו|ת?עדכני?|תעדכנו|תגיד"
    r"|tell|let|message|text) (?:נא |בבקשה |please )?"
    rf"(?!לי(?!\w))(?P<whom>(?:ל|את )-? ?{_NAME}|(?!לי|me|us){_NAME})(?: know)?,? ?(?:ש-?|:|כי |that )? ?(?P<what>.*)"
)
_TO_CUSTOMER: Final = re.compile(
    r"(?:ל|את )?-? ?(?:ה?לקוחה?|ל?לקוחה?|ה|ו|לה|לו|אותה|אותו|her|him|the customer|customer)$"
)
_OUTSIDE: Final = re.compile(
    r"(?<!\w)ש?(?:אני |i'?m |i am )?(?:כבר |already |just )?"
    r"(?:בחוצ|למטה|בדלת|ליד ה(?:דלת|בית|בניינ)|מתחת ל\w+|בכניסה|פה|כאנ|הגעתי"
    r"|outside|downstairs|at the door|here|arrived)(?!\w)"
)
_NOT_OUTSIDE: Final = re.compile(r"(?<!\w)(?:לא|אמ|כש\w*|עוד|in|when|if|not|אגיע|מגיעה?)(?!\w)")
_FEW_OUTSIDE: Final = 7


@dataclass(frozen=True, slots=True)
class ToTell:
    """What a customer is to be told."""

    whom: str
    """The folded words of whom, and of what; `customer` where they name nobody."""
    customer: bool
    what: str
    outside: bool
    """Whether it is that the professional is at the door."""


def asks_for_details(text: str, names: Sequence[str]) -> bool:
    """Whether the words ask for the address or the phone of a visit, and say nothing else; `names` are those by which
    visits may be called.
    """
    folded = fold(text)
    found = _DETAIL.search(folded)
    words = [word.text for word in tokens(f"{folded[: found.start()]} {folded[found.end() :]}")] if found else []
    if found is None or len(words) > _FEW:
        return False
    known = {word.text for name in names for word in tokens(name)}
    known |= {prefix + name for name in known for prefix in ("ל", "של", "ב")}
    return all(word in _LITTLE or word.isdigit() or word in known for word in words)


def find_to_tell(text: str) -> ToTell | None:
    """Whom news is for, what it is, and whether it is that somebody is at the door; None where nobody is to be told."""
    folded = fold(text)
    found = _TELL.search(folded)
    if found is None or "?" in text or not found["what"].strip():
        return None
    what = found["what"].strip()
    outside = _OUTSIDE.search(what) is not None and _NOT_OUTSIDE.search(what) is None
    customer = any(_TO_CUSTOMER.match(one) for one in _wholes(found["whom"]))
    return ToTell(found["whom"], customer, what, outside and len(tokens(what)) <= _FEW_OUTSIDE)


def _wholes(whom: str) -> list[str]:
    words = whom.split()
    return [" ".join(words[:count]) for count in (1, 2)]
