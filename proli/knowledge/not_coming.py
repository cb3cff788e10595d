"""Somebody reports work, or days off, and gives up a visit in the same words: "סיימתי אצל דנה, לרות לא אגיע"."""

import re
from collections.abc import Set
from typing import Final

from proli.knowledge.answers import find_answer
from proli.knowledge.giving_up import find_given_up
from proli.knowledge.hindered import is_hindered
from proli.knowledge.text import fold, normalise
from proli.knowledge.workday import WorkdayKind, read_workday

_CUTS: Final = re.compile(
    r"[,.;!\n]+ ?(?:ו(?=[לאב])|אבל |אז |but |and )?| - | (?=ול|ואל |ואת |ולא )ו?| (?:אבל|רק ש|ואז|but|and) "
    r"| (?=ל[א-ת]+ (?:אני )?לא )| (?=לא (?:אגיע|אספיק|מגיע|מגיעה|אוכל|אצליח) )"
)
_COMING: Final = re.compile(
    r"(?<!\w)ו?ש?(?:להגיע|אגיע|מגיעה?|לבוא|אבוא|אספיק|מספיקה?|להספיק|אהיה|come|coming|make it|get to|make)(?!\w)"
)
_NOT: Final = re.compile(r"(?<!\w)(?:ו?לא|אינ מצב|אינ סיכוי|can'?t|cannot|won'?t|not)(?!\w)")
_OF_OTHERS: Final = re.compile(r"(?<!\w)(?:ה?לקוחה?|החלק|השליח|היא|הוא|she|he|they)(?!\w)")
_PARTS: Final = frozenset[WorkdayKind]({"done", "unfinished", "late", "trouble", "off", "ill", "busy", "works"})
_FEW: Final = 14


def find_refused(text: str, kinds: Set[WorkdayKind]) -> tuple[str, str] | None:
    """What is said of a visit that somebody does not come to, and what is said beside it, which tells one of the kinds;
    None where the words do not part into these two.
    """
    if "?" in text or not read_workday(text).kinds & kinds:
        return None
    plain = normalise(text)
    cuts = [(plain[: one.start()].strip(), plain[one.end() :].strip()) for one in _CUTS.finditer(plain)]
    for first, second in [*cuts, *((second, first) for first, second in cuts)]:
        told = read_workday(first).kinds & _PARTS
        if first and second and told and told <= kinds and not refuses(first) and refuses(second):
            return second, first
    return None


def refuses(part: str) -> bool:
    """Whether a part of a message says that the speaker does not come, and tells nothing else of the day."""
    folded = fold(part)
    if read_workday(part).kinds & _PARTS or len(folded.split()) > _FEW or _OF_OTHERS.search(folded) is not None:
        return False
    if find_given_up(part) is not None or is_hindered(part):
        return True
    coming = _COMING.search(folded)
    denied = coming is not None and _NOT.search(folded[: coming.start()]) is not None
    return denied and find_answer(part) != "approve"
