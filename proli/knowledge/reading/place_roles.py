"""What a mention of a place is for: the job, the home, from where, to where, whose it is, what happens there."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, Literal

from proli.knowledge.place_matches import Mention
from proli.knowledge.reading.changed_mind import CHANGED
from proli.knowledge.reading.time_words import pattern

Deal = Literal["sell", "seek"]

_BREAK: Final = re.compile(
    r"[,;!?\n]|\.(?=\s|$)|(?<!\w)(?:אבל|אלא|ובמקביל|ואז|but|и|а|но|and|(?=ו(?:רוצ|מחפש|לקנות|לרכוש|לעבור|עובר|לשכור|קונ|מעוניינ|מוכר|למכור|הדירה|הבית|צריכ))"
    r")(?!\w)|\s(?=ו(?:רוצ|מחפש|לקנות|לרכוש|לעבור|עובר|לשכור|קונ|מעוניינ|מוכר|למכור|הדירה |הבית |צריכ))"
)
_REACH: Final = 160
_END: Final = r"(?:\s+(?:ב|ה|in|at|в|за|ב-))?\s*-?\s*$"
_NOT: Final = re.compile(
    r"(?<!\w)(?:ו?לא|not|no longer in|не|مش|ليس)(?:\s+(?:גר\w*|ב?עיר|in|at|from|в|из|من|في))?\s*[במלה]?-?\s*$"
)
_NEAR: Final = re.compile(
    r"(?<!\w)(?:ו?ליד|סמוכ(?:ה|ימ)?\s+ל|צמוד\w*\s+ל|קרוב(?:ה|ימ|ות)?\s+ל|(?:דקות|דקה|שעה|ק\"?מ|שעתיימ)(?:\s+נסיעה)?\s+מ|לכיוונ|בכיוונ"
    r"|בדרכ\s+[למ]|בדרכ\s+חזרה\s+[למ]|near|close to|next to|outside|возле|около|недалеко от|рядом с|قرب|جنب|بجانب)\s*-?\s*$"
)
_PAST: Final = re.compile(
    r"(?<!\w)(?:עברנו|עברתי|עבר|עברה|גרתי|גרנו|היינו|הייתי|בעבר|פעמ|moved|used to live|переехали?|раньше|كنت|كنا)"
    r"(?:\s+(?:דירה|גר(?:ה|ימ)?|לאחרונה|עכשיו|from|in|из|в|בינתיימ|שבוע שעבר|من|في))*\s*(?:ב|מ|from|in|из|в|من|في)?-?\s*$"
)
_RECORDED: Final = re.compile(
    r"(?<!\w)(?:רשומ|רשומה|רשומימ|מופיע|כתוב)(?:\s+(?:אצלכמ|לכמ|לי|לכ|אצלכ|במערכת|שמ))*\s+[בהל]?-?\s*$"
)
_WORK: Final = re.compile(
    r"(?<!\w)(?:עובד(?:ת|ימ)?|לומד(?:ת|ימ)?|בעבודה|משרת(?:ת)?|חוזר(?:ת|ימ)?|נתקעתי|טס(?:ה|ימ)?|בטיול|בחופשה"
    r"|(?:(?:אני|אנחנו|ו?הוא|ו?היא|בעלי|אשתי|כרגע|עכשיו|עדיינ|כבר)\s+|^\s*)תקוע(?:ה|ימ)?|work|working"
    r"|studying|(?:(?:i'?m|i am|we'?re|we are)\s+|^\s*)stuck|работаю|учусь)(?:\s+\S+){0,2}?\s+(?:[במל]|in|at|from|в|на)?-?\s*$"
)
_RELATION: Final = (
    r"(?:אמא|אבא|סבתא|סבא|השכנ(?:ה|ימ)?|שכנ(?:ה)?|חבר(?:ה|ימ)?|החבר(?:ה)?|אח|אחי|אחות|אחותי|הבנ|הבת|בנ דוד|דודה|דוד|חמותי|גיסתי|גיסי"
    r"|הורימ|ההורימ|הורי|אשתי|בעלי|היא|הוא|המ|הנ|קבלנ|קרובימ|משפחה|mother|mom|dad|father|sister|brother|friend|neighbor|neighbour"
    r"|мама|папа|сестра|брат|друг|соседка|امي|ابوي|اخوي)"
)
_OTHERS: Final = re.compile(
    rf"(?<!\w)[והש]?{_RELATION}(?:\s+(?:שלי|שלנו|שלו|my|моя|мой|גר(?:ה|ימ)?|נמצא(?:ת|ימ)?|באה?|מגיעה?|lives?|is|живет))*"
    r"\s*(?:[במ]|from|in|из|в|من|في)?-?\s*$"
)
_OF_WRITER: Final = re.compile(
    r"(?<!\w)ו?(?:אני|אנחנו|אנו|i'?m|i am|we'?re|we are|i live|we live|я|мы)"
    r"(?:\s+(?:גר(?:ה|ימ)?|נמצא(?:ת|ימ)?|жив\w+))?\s*(?:ב|in|at|в)?-?\s*$"
)
_AWAY: Final = re.compile(
    r"(?<!\w)(?:אני (?:בעצמי|עצמי|אישית)(?: (?:גר(?:ה)?|נמצא(?:ת)?))?|я (?:сам|сама)(?: (?:живу|нахожусь))?|i (?:live |am )?myself(?: live| am)?"
    r"|i'?m (?:currently|abroad))\s+(?:ב|in|в)?-?\s*$"
)
"""Where the writer is while the job is elsewhere."""
_COMING: Final = re.compile(
    r"(?<!\w)(?:באימ|באה?|מגיע(?:ה|ימ)?|נוסע(?:ת|ימ)?|יוצא(?:ת|ימ)?|במקור|מקורי(?:ת)?|נולדתי|originally|coming)(?:\s+במקור)?\s+(?:מ|ב|from|in|из)?-?\s*$"
    r"|(?<!\w)(?:כותב(?:ת|ימ)?|מתקשר(?:ת|ימ)?|מדבר(?:ת|ימ)?|writing|calling|пишу|звоню)\s+(?:\S+\s+)?(?:מ|from|из)\s*-?\s*$"
)
_ORIGIN: Final = re.compile(
    r"(?<!\w)(?:זוג|משפחה|משפחת \S+|אנחנו|אני|סטודנט\w*|ילד(?:ימ)?|צעיר(?:ימ)?|נשוי(?:ימ)?|(?:פלוס|\+) ?\d)\s+(?:במקור )?מ-?$"
)
_LIVING: Final = pattern(r"גר(?:ה|ימ|ות)?|מתגורר\w*|live|living|живу|живем|ساكن|عايش")
_HERE: Final = pattern(
    r"ו?ש?(?:אצלי|אצלנו|אצל ה?הורימ|אצל (?:אמא|אבא|סבתא)|ה?דייר\w*|ה?שוכר\w*|אצלה|אצלו|ה?דירה|ה?בית|ה?כתובת|נמצא\w*|לקוח\w*|הנכס|העסק|ה?משרד|ה?חנות|זה|המקומ|ה?צימר|ה?מחסנ|ה?מסעדה|ה?וילה|כאנ|פה|תגיע\w*|תבוא\w*"
    r"|להגיע|לבוא|שיבוא|שיגיע|עכשיו|היומ אנחנו|לעבודה|עבודה|תקלה|נזילה|פיצוצ|now|apartment|house|the job|address|office|shop|квартира|дом|адрес"
    r"|сейчас|بيتي|البيت|الشقه|العنوان)"
)
_INSTEAD: Final = re.compile(r"(?<!\w)(?:אלא|אלה|but|а)\s*(?:ב|in|в)?-?\s*$")
_FROM: Final = re.compile(
    r"(?<!\w)(?:from|из|с|من|מעיר|מתוכ|מה?(?:דירה|בית|משרד|חנות|עבודה|מחסנ)\w*(?:\s+(?:שלי|שלנו|הישנ\w*))?\s+ב?)\s*-?\s*$"
)
_FROM_FAR: Final = re.compile(
    r"\bfrom\b(?:(?!\bto\b)[^.;!?]){0,60}$|(?<!\w)מה?(?:דירה|בית)(?:(?!\sל)[^.;!?]){0,30}\sב$"
)
_TO: Final = re.compile(
    r"(?<!\w)(?:to|into|до|אל|الى|إلى|ل|לעיר|לכיוונ|עד|לה?(?:דירה|בית|משרד|חנות|מחסנ)\w*(?:\s+(?:שלי|שלנו|חדשה?|החדשה?))?\s+ב?)\s*-?\s*$"
)
_RUSSIAN_TO: Final = re.compile(r"(?<!\w)в\s*$")
_ADDRESS: Final = re.compile(r"^[\s,]*(?:ב?רחוב|רח'|רח\s|שד'|שדרות|street|улица|ул|شارع)")
SORRY: Final = pattern(
    rf"{CHANGED}|סליחה|סורי|טעות|תיקונ|התכוונתי|רגע לא|לא לא|אופס|אוי|sorry|i mean|i meant|actually|correction|oops|точнее|вернее|ошиблась?|ошибся|извините"
    r"|قصدي|عفوا|اسف|لا لا"
)
SELL: Final = pattern(
    r"[ושל]?(?:(?:[לנמא]?שימ\w* |יוצא\w* )(?:אותה |אותו )?למכירה|ל?מכור|(?<!שאתמ )מוכר(?:ת|ימ)?|[נאת]מכור|למכירת|מכרנו|הערכת? (?:ה?שווי|מחיר)|ה?שווי|שווה|שמאות|להעריכ|בלעדיות)|sell|selling|valuation"
    r"|appraisal|worth|продать|продаю|продаем|продажу|оценить|оценк\w+|ابيع|نبيع|بيع|للبيع|تقييم"
)
_SEEK: Final = pattern(
    r"[ושל]?(?:ל?קנות|קונה|קונימ|לקני?יה|קניית|נקנה|ל?רכוש|ל?רכישה|רכישת|מחפש\w*|חיפוש|ל?שכור|שכירות|בשכירות|לשכירות|להשכרה|שוכר\w*|לעבור|עוברימ|עוברת"
    r"|מעוניי?נ\w* ב\w+|מתעניינ\w*|חולמימ|משקיע|להשקיע|להשקעה)|buy|buying|rent|renting|looking|search\w*|find|purchase|moving|куп\w+|снять|сним\w+|ищ\w+"
    r"|аренд\w*|شراء|اشتري|استاجر|للايجار|للاجار|بدور|ابحث|عم بدور"
)
_LET: Final = pattern(r"[ושל]?(?:ל?השכיר|משכיר(?:ה|ימ)?)|rent out|сдать|сдаю")


@dataclass(frozen=True)
class Scene:
    """One mention within its text (folded)."""

    text: str
    mention: Mention

    @cached_property
    def clause(self) -> tuple[int, int]:
        """Where the clause around the mention starts and ends."""
        breaks = _breaks(self.text)
        before = bisect_right(breaks, self.mention.start, key=lambda one: one[1]) - 1
        after = bisect_left(breaks, self.mention.end, key=lambda one: one[0])
        return breaks[before][1] if before >= 0 else 0, breaks[after][0] if after < len(breaks) else len(self.text)

    @cached_property
    def before(self) -> str:
        """The clause before the name, its prefix included, as far as it may tell what the name is for."""
        end = self.mention.start + len(self.mention.prefix)
        return self.text[max(self.clause[0], end - _REACH) : end]

    @cached_property
    def further(self) -> str:
        """Up to eighty letters before the name, whatever stands between."""
        end = self.mention.start + len(self.mention.prefix)
        return self.text[max(0, end - 80) : end]

    @cached_property
    def after(self) -> str:
        return self.text[self.mention.end : self.mention.end + 40]

    @property
    def is_out(self) -> bool:
        """The place is denied, left, near, or only where somebody works or was recorded."""
        if _PAST.search(self.before) and self.mention.prefix[-1:] != "ל":
            return True
        return any(expression.search(self.before) for expression in (_NOT, _NEAR, _RECORDED, _WORK))

    @property
    def is_others(self) -> bool:
        """Where somebody else is from, or where the writer comes from on the way."""
        if self.mention.prefix.endswith("ב") and _HERE.search(self.before):
            return False
        return any(expression.search(self.before) for expression in (_COMING, _OTHERS, _AWAY))

    @property
    def is_of_relatives(self) -> bool:
        """Where somebody close to the writer is, as is told of them."""
        return self.is_others and _OTHERS.search(self.before) is not None

    @property
    def is_of_writer(self) -> bool:
        """Where the writer is, as is told of them and of nothing else."""
        return _OF_WRITER.search(self.before) is not None

    @property
    def is_origin(self) -> bool:
        """Where the writers are from: "זוג מחולון"."""
        return self.mention.prefix.endswith("מ") and bool(_ORIGIN.search(self.before))

    @property
    def is_from(self) -> bool:
        return self.mention.prefix.endswith("מ") or bool(_FROM.search(self.before) or _FROM_FAR.search(self.further))

    @property
    def is_to(self) -> bool:
        return self.mention.prefix.endswith("ל") or bool(_TO.search(self.before))

    @property
    def is_russian_to(self) -> bool:
        return bool(_RUSSIAN_TO.search(self.before))

    @property
    def lives(self) -> bool:
        return bool(_LIVING.search(self.before))

    @property
    def is_here(self) -> bool:
        """Whether the words before it say that the job is there."""
        return bool(_HERE.search(self.before)) or bool(_INSTEAD.search(self.further))

    def weight(self, *, search: bool) -> int:
        """How much speaks for this being the place of the request."""
        living = self.lives and not self.is_here
        return (
            (0 if self.is_from else 1)
            + 2 * self.is_here
            + bool(_ADDRESS.search(self.after))
            - 3 * self.is_others
            - (living and search)
        )

    def deal(self) -> Deal | None:
        """What happens there: the nearest word of selling or seeking in the clause, then before it, then after it."""
        verbs, at = _verbs(self.text), self.mention.start
        start, end = self.clause
        first = bisect_left(verbs, at, key=lambda verb: verb[0])
        later = bisect_right(verbs, at, key=lambda verb: verb[0])
        beside = [*verbs[max(first - 1, 0) : first], *verbs[first : later + 1]]
        inside = [verb for verb in beside if start <= verb[0] < end]
        if inside:
            return min(inside, key=lambda verb: abs(verb[0] - at))[1]
        if later < len(verbs) and (not first or self.lives):
            return verbs[later][1]
        return verbs[first - 1][1] if first else None


@lru_cache(maxsize=16)
def _breaks(text: str) -> list[tuple[int, int]]:
    """Where clauses end, from and to."""
    return [found.span() for found in _BREAK.finditer(text)]


@lru_cache(maxsize=16)
def _verbs(text: str) -> list[tuple[int, Deal | None]]:
    kinds: tuple[tuple[re.Pattern[str], Deal | None], ...] = ((SELL, "sell"), (_SEEK, "seek"), (_LET, None))
    found: list[tuple[int, Deal | None]] = [
        (one.start(), deal) for expression, deal in kinds for one in expression.finditer(text)
    ]
    return sorted(found, key=lambda verb: verb[0])


def street_openers(folded: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Where the mentions begin that open the name of a street: "מודיעין עילית, נתיבות המשפט 30".

    Such a one stands right behind the town it is in, unless that is only where the writer lives or comes from.
    """
    return frozenset(
        following.start
        for one, following in pairwise(mentions)
        if not following.prefix and folded[one.end : following.start] in (", ", " ")
        and _IN_STREET.match(folded, following.end) and one.prefix in ("", "ב")
        and not (Scene(folded, one).lives or Scene(folded, one).is_of_writer)
    )  # fmt: skip


_IN_STREET: Final = re.compile(r" ה[א-ת]{2,} \d{1,3}(?![\d:.])")
