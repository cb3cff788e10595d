"""What somebody whom we have rung says to "is this a good moment?"."""

import re
from typing import Final, Literal

from proli.knowledge.answers import is_consent
from proli.knowledge.intents import find_intents
from proli.knowledge.text import fold

type Moment = Literal["good", "bad", "who"]
_LONGEST: Final = 80
_SHORT: Final = 4
_BAD: Final = re.compile(
    r"(?<!\w)(?:(?:ממש |זה )?לא (?:(?:זמנ|כל ככ|ממש|הכי|ככ) )?(?:כל ככ|ממש|נוח|טוב|עכשיו|יכול\w*|פנוי\w*"
    r"|זמינ\w*|מתאימ|הזמנ)|עסוק\w*|נוהגת?|בנהיגה|באמצע|בישיבה|בפגישה|בעבודה|בשיעור"
    r"|אחר ככ|מאוחר יותר|יותר מאוחר|בהזדמנות|פעמ אחרת|ש?ת(?:תקשר|חזר|חזור)\w*|אפשר (?:מחר|בערב|אחרי|בשעה|ב?עוד)"
    r"|not (?:now|really|a good|good)|busy|driving|in a meeting|at work|later|another time"
    r"|call (?:me )?(?:back|again|later|at|in|tomorrow|tonight)|can'?t (?:talk|speak))(?!\w)"
)
_GOOD: Final = re.compile(
    r"(?<!\w)(?:כנ+|בטח|בכיפ|בשמחה|ת?דברי?|אפשר|יש לי (?:רגע|דקה|זמנ)|זה זמנ (?:טוב|נוח|בסדר)|נוח|מצוינ"
    r"|סבבה|אוקיי?|קדימה|yes|yeah|sure|go ahead|ok(?:ay)?|it is|fine|of course)(?!\w)"
)
_WHO: Final = re.compile(
    r"(?:הלו|כנ|שלומ)?[ ,]*(?:מי (?:זה|זאת|זו|מדבר(?:ת|ימ)?|את\w?)|מה|הלו|מאיפה|לא שמעתי"
    r"|who (?:is (?:this|it|that|calling)|are you)|what|hello|sorry)"
    r"(?: (?:בבקשה|please))?[ ?.!,]*"
)


def read_moment(text: str) -> Moment | None:
    """Whether it is, or that they want to know who calls; None when they speak of something else already."""
    folded = fold(text)
    if len(folded) > _LONGEST:
        return None
    if _WHO.fullmatch(folded):
        return "who"
    if _BAD.search(folded) or find_intents(text) == frozenset({"no"}):
        return "bad"
    if is_consent(text) or (_GOOD.search(folded) and len(folded.split()) <= _SHORT):
        return "good"
    return None
