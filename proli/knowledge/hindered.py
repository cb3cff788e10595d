"""Why somebody cannot come, where that is all they say: "קראו לי למילואים", "הילד חולה", "הרכב במוסך", "a funeral"."""

import re
from typing import Final

from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.text import fold, tokens

_KIN: Final = (
    r"ה?(?:ילדה?|ילדימ|ילדות|קטנה?|קטנימ|בנ|בת|תאומימ|תינוקת?|אישה|אשה|אשתי|בעלי|בנ זוגי|בת זוגי|אמא|אבא|אימא|סבתא|סבא)"
    r"(?: שלי| שלנו)?"
)
_POORLY: Final = (
    r"(?:חולה|חולימ|חולות|חלה|חלתה|חלו|קודחת?|מקיאה?|במיונ|בבית חולימ|בבי\"?ח|אושפזה?|מאושפזת?|התאשפזה?|נפצעה?"
    r"|עמ חומ|(?:יש|עלה) (?:לו|לה|להמ) חומ|העלתה? חומ|לא (?:מ?ר?גישה?|חשה?) ?ב?טוב)"
)
_OPENS: Final = r"(?:^|(?<=[,.;!\n-])|(?<=[,.;!\n-] )|(?<=אני )|(?<=היומ )|(?<=כבר )|(?<=ממש )|(?<=סליחה )|(?<=אחי ))"
_CAR: Final = r"ה?(?:רכב|אוטו|אוטו שלי|טנדר|מסחרית|משאית|קטנוע|טרנזיט|וואנ|ואנ)(?: שלי| שלנו)?"
_HINDERED: Final = re.compile(
    rf"(?<!\w)(?:{_KIN} {_POORLY}"
    r"|[בלמ]?מילואימ|צו ?-?(?:8|שמונה)|גויסתי|הקפיצו אותי|גייסו אותי"
    rf"|{_OPENS}לא (?:מ?ר?גישה?|חשה?) (?:ב?טוב|כל ככ טוב)|אני (?:מקיאה?|במיונ|בבית חולימ|מאושפזת?)"
    r"|(?:נתפס|תפוס|נתפסו) לי ה?גב|(?:שברתי|נקעתי|פתחתי) את ה?(?:יד|רגל|אצבע|ראש)|נשברה לי ה?(?:יד|רגל)"
    r"|יש לי (?:קורונה|שפעת|חיידק|דלקת\w*|וירוס)|חיובית? לקורונה"
    rf"|(?:יש לי |ב|אני ב|היומ יש |פתאומ |ל)?לו+יה(?: של)?|(?:יושבת?|אני ב)(?: ב)? ?שבעה"
    rf"|נפטרה? (?:לי |לנו )?{_KIN}|מתה? לי {_KIN}|{_KIN} נפטרה?"
    rf"|{_CAR} (?:אצל ה?מוסכ|ב?מוסכ|במוסכ|אצל ה?פחח|בפחחות|בטסט|בתיקונ|מושבתת?|הושבתה?|נגנבה?|נגנב לי|נגררה?)"
    rf"|(?:גנבו|גררו|השביתו|לקחו) לי את {_CAR}|(?:שללו|לקחו) לי (?:את )?ה?רישיונ"
    r"|(?:נתקעתי|נשארתי|אני|היומ|תקועה?) בלי (?:רכב|אוטו|מכונית)"
    r"|אינ לי (?:רכב|אוטו|מכונית|במה להגיע|איכ להגיע|עמ מה להגיע)"
    r"|אינ (?:לי )?(?:גנ|בייביסיטר|סידור|עמ מי להשאיר)(?: היומ)?(?: ל\w+| את \w+)?"
    r"|(?:my |the )?(?:kids?|son|daughter|child|children|baby|wife|husband|mom|mum|dad|mother|father)"
    r"(?:'s| is| are| has| have|'re)(?: got)? (?:sick|ill|(?:a )?fever|in (?:the )?(?:hospital|er))"
    r"|reserve duty|reserves|called up|miluim|tzav 8|funeral|shiva|passed away"
    r"|(?:i'?m|i am) (?:in|at) (?:the )?(?:hospital|er)|(?:not feeling|don'?t feel) (?:well|good|great)"
    r"|throwing up|(?:have|got) (?:covid|corona|the flu|flu)"
    r"|(?:my |the )?(?:car|van|truck)(?:'s| is)? (?:in|at) the (?:garage|shop|mechanic'?s?)"
    r"|(?:my |the )?(?:car|van|truck) (?:was |got |is )?(?:stolen|towed)"
    r"|(?:no|without a|don'?t have a|have no|haven'?t got a) (?:car|van|truck|ride))(?!\w)"
)
_OF_OTHERS: Final = re.compile(
    r"(?<!\w)(?:ו?[הל]?ל?לקוח\w*|ה?דיירת?|ה?שכנה?|היא|שלה|שלו|שלהמ|לה"
    r"|customer\w*|client\w*|tenant|neighbou?r|she|her|his)(?!\w)"
)
_COMES: Final = re.compile(
    r"(?<!\w)(?<!לא )(?:ו?אגיע|מגיעה?|אבוא|בדרכ|אאחר|מאחרת?|אספיק|מספיקה?|אסתדר|מסתדרת?|חזרתי|יצא מ\w+|חזר מ\w+"
    r"|coming|on my way|i'?ll (?:come|be there|make it)|late|is back|back from)(?!\w)"
)
_DENIED: Final = re.compile(
    r"(?<!\w)(?:(?:כבר )?(?:לא|אינ) (?:ב|ל|חולה)?|בוטל\w* |ביטלו (?:לי )?(?:את )?(?:ה|ל)?"
    r"|no more |not (?:in|on) |cancelled )$"
)
_LATER: Final = re.compile(
    r"(?<!\w)(?:(?:מ|ב|ל)?ה?(?:שבוע|חודש|שנה) ה?באה?|ב?עוד (?:\d|שבוע|חודש|יומיימ)\w*|בקרוב"
    r"|next (?:week|month)|soon)(?!\w)"
)
_LONGEST: Final = 18


def is_hindered(text: str) -> bool:
    """Whether the words tell what keeps the speaker from working, and neither ask, doubt it, nor say that they come."""
    folded, words = fold(text), {word.text for word in tokens(text)}
    if "?" in text or len(folded.split()) > _LONGEST or words & word_list("unsure"):
        return False
    if _OF_OTHERS.search(folded) is not None or _COMES.search(folded) is not None:
        return False
    return any(_DENIED.search(folded[: found.start()]) is None for found in _HINDERED.finditer(folded))


def is_of_later(text: str) -> bool:
    """Whether they tell of a time to come that is no day: "צו 8 משבוע הבא"."""
    return _LATER.search(fold(text)) is not None
