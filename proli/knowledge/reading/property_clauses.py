"""Who does what in a message about property: clauses in which somebody looks for a home, offers one or lives in one."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from proli.knowledge.reading.time_words import pattern

Side = Literal["seeks", "offers", "lives"]
Deal = Literal["sale", "rent"]

_CUT: Final = re.compile(
    r",(?!\d)|[;!?\n()،؟]|\.(?!\d)|\s-\s| (?=(?:ו?אבל|אלא|ואז|ואח\"כ|ואחר כך|ובמקביל|במקביל|כדי|בשביל|but"
    r"|then|чтобы|но) )"
    r"| (?=ו(?:ב?מקביל|גם|מחפש|רוצ|קונ|לקנות|לרכוש|לשכור|צריכ|מעוניינ|עובר|לעבור|מבקש|דורש|בעצמ|היא|הוא|מוכר|למכור))"
    r"| (?=and (?:buy|look|then|also|we|i|want|need|it|sell))|(?<=[א-ת]) (?=(?:מחפשי?מ?|מחפשת) )"
)
_MINE: Final = r"(?:ה?דירה|ה?בית|ה?נכס|ה?יחידה|ה?פנטהאוז|ה?וילה|ה?קוטג'?|ה?מגרש|ה?משרד|ה?חנות)"
_SELL: Final = pattern(
    r"(?:רוצ\w+|צריכ\w*|מעוניי?נ\w*|חושב\w*|שוקל\w*|החלטנו|החלטתי|מתכננ\w+|הולכ\w+|ו?אז|צריך"
    r"|כדי)? ?(?:על )?ו?למכור|מתכוונ\w+ למכור"
    r"|ו?(?:אני |אנחנו |אנו )?מוכר(?:ת|ים|ות)?|מכירת ה?\w+|לפני מכירה|[ולהב]{0,2}הערכת (?:שווי|שוי|מחיר)"
    r"|כמה שוו?ה (?:ה?\w+ )?(?:ש?לי|ש?לנו|ה?דירה|ה?בית|ה?נכס)"
    r"|(?:יש לי|יש לנו|יש ברשותי|יש ברשותנו) .{0,40}למכירה|" + _MINE + r" (?:שלי|שלנו|של \w+) .{0,12}למכירה"
    r"|(?:מחפש\w*|צריכ\w*|תמצאו|תביאו|למצוא|מציאת|להביא|יש לכם) (?:לי |לנו )?(?:קונה|קונים)"
    r"|לפרסם .{0,25}למכירה|ו?מעוני?י?נ\w* למכור"
    r"|יש ברשותי|יש ברשותנו|כמה (?:אפשר|ניתן|נוכל|אוכל) לקבל (?:עליה|עליו|על ה\w+|בשביל\w*)|כמה (?:היא"
    r"|הוא) שווה|מה ה?שווי|לדעת כמה שווה"
    r"|בלעדיות|(?:i'?m|we'?re|am|are|want to|like to|to|looking to|thinking of|need to)? ?sell(?:ing)?"
    r"|valuation|for sale by owner"
    r"|(?:what|how much)(?: is| are)? (?:it|they|she)(?:'s| is| are)? worth|what it's worth|بيعه|بيعها"
    r"|أفكر في بيع\w*|كم يساوي\w*"
    r"|how much is my|what is my (?:apartment|house|home) worth|list my|(?:i|we) have .{0,40}for sale"
    r"|продать|продаю|продаём|продаем|продажа|بيع|ابيع|للبيع عندي|(?:عندي|عندنا|عنا) .{0,40}للبيع"
)
_LET: Final = pattern(
    r"ו?(?:אני |אנחנו )?משכיר(?:ה|ים|ות)?|(?:יש לי|יש לנו|יש ברשותי|יש ברשותנו) .{0,40}(?:להשכרה|להשכיר)"
    r"|כמה (?:שכר דירה |שכירות )?(?:אפשר|כדאי|ניתן) (?:לבקש|לקחת)"
    r"|להשכיר (?:את|אות[הו]|ל\w+ את)|להשכיר (?:\w+ ){0,3}(?:שלי|שלנו|של \w+|שבבעלותי|בבעלותי|בבעלותנו)"
    r"|" + _MINE + r" (?:שלי|שלנו|של \w+) .{0,12}(?:להשכרה|להשכיר)"
    r"|(?:מחפש\w*|צריכ\w*|תמצאו|תביאו|למצוא|מציאת|להביא|יש לכם) (?:לי |לנו )?"
    r"(?:שוכר|שוכרת|שוכרים|דייר|דיירת|דיירים)"
    r"|ו?(?:שוכר|שוכרת|שוכרים|דייר|דיירת|דיירים) (?:רציני|אמין|טוב|שקט|מסודר)\w*"
    r"|(?:ש)?(?:ימצא|יביא|תמצא|תביא|מוצא|למצוא)\w* (?:לי |לנו )?(?:שוכר\w*|דייר\w*)"
    r"|(?:אני|אנחנו) (?:ה?בעלים(?: של)?|בעל(?:ת|י)? ה?דירות)|להשכיר החוצה|(?:אני|אנחנו) בעל(?:ת|י)? (?:ה?דירה"
    r"|ה?נכס|ה?בית)|לפרסם .{0,25}להשכרה|rent(?:ing)? (?:\w+ ){0,3}?out"
    r"|let(?:ting)? (?:out|my|our)|(?:i'?m|i am|as|am) (?:a|the|an?) (?:landlord|owner)|rent my|renting my"
    r"|(?:find|looking for|need) (?:a )?tenants?|(?:i|we) have .{0,40}for rent|lease out|сдать|сдаю|сдаём"
    r"|сдаем|(?:عندي|عندنا|عنا) .{0,40}(?:للايجار|للإيجار|للاجار|للأجار)|أؤجر|اجر شقتي"
)
_SEEK: Final = pattern(
    r"ו?(?:מחפש|מחפשת|מחפשים|מחפשות|מחפס\w*|מחפשין|בחיפוש|חיפוש|לחפש|מחפסת)|ו?מעוני?י?נ\w* (?:ב|לקנות"
    r"|לשכור|לרכוש|לראות|לקבל|גם ב)\w*"
    r"|אשמח ל(?!פגיש|דבר|שיח|תאם|קבוע|הערכ|עזר|ייעוץ|יעוץ|דעת|תשוב|חזר|קבוע)\w+|(?:אפשר|אשמח) (?:לשמוע|לקבל|לדעת|לראות)|יש לכ[םןו]?|יש אצלכם|יש (?:משהו|דירה|דירות|בתים)"
    r"|תמצאו לי|ו?רוצ\w+ (?:א+[המ]+ |יעני )?(?:דירה|דירת|לעבור|להחליף|משהו)"
    r"|ו?(?:צריך|צריכה|צריכים) (?:דירה|בית|מקום|סטודיו|משרד|חנות|מחסן|יחידה|\d)"
    r"|looking (?:for|to (?:buy|rent))|searching|search for|in search|interested in"
    r"|need an? (?:\w+ )?(?:apartment|flat|place|house|home|studio|office)|do you have|want an? \w+|ищу|ищем|нужна"
    r"|нужен|хотим|интересует"
    r"|بدي(?! (?:مليون|ملايين|\d))|ابحث|أبحث|دور على|بدور|محتاج|نبحث"
)
_BUY: Final = pattern(
    r"[ול]?(?:לקנות|נקנה|אקנה|קונה|קונים|לרכוש|רוכש|רוכשת|רוכשים|לרכישה|רכישה|רכישת|קני?יה|קני?ית|לקני?יה|לקני?ית"
    r"|ברכישת|בקני?ית|להשקעה|כהשקעה|דירה ראשונה|דירתנו הראשונה|משפר\w* דיור|לשפר דיור|משקיע\w*)"
    r"|לקנייה|קונה דירה|buy|buying|purchase|purchasing|invest\w*|first home|купить|куплю|покупк\w*"
    r"|покупаем|хотим купить|شراء|اشتري|للشراء|نشتري"
)
_HIRE: Final = pattern(
    r"ו?(?:או להשכיר|להשכיר או|לשכור|נשכור|נשכיר דירה|אשכור|שוכר|שוכרת|שוכרים|לשכירות|שכירות|בשכירות|לסאבלט|סאבלט|סבלט"
    r"|שותפים|שותף|שותפה|ל?דירת שותפים)"
    r"|to rent|renting|rent|lease|sublet|roommates?|снять|сниму|снимем|аренд\w*|استئجار|استأجر"
    r"|إيجار|ايجار|للايجار|للإيجار|اجار"
)
_LIVE: Final = pattern(
    r"ו?(?:היום |כרגע |כיום )?(?:אני |אנחנו )?(?:גר|גרה|גרים|גרות|מתגורר\w*) (?:היום |כרגע |כיום "
    r"|עכשיו )?(?:ב|עם)\S*|עוזבי?ם? \S+|(?:כרגע|היום|כיום) (?:יש לנו|אנחנו ב|אני ב|בשכירות)\S*"
    r"|(?:currently|now) (?:live|living|rent|renting|in)|we live in|i live in|живём|живем|живу"
)
_NOT_BUYER: Final = pattern(
    r"(?:מחפש\w* מי ש\w+|מחפש\w*|צריכ\w*|תמצאו|תביאו|ו?ה?י?מ?ביא\w*|יש לכם|יש) (?:לי |לנו |אפ |אפילו |שומ )*"
    r"(?:קונה|קונים|שוכר|שוכרת|שוכרים|דייר\w*)(?: ל\w+)?"
)
_OTHERS: Final = pattern(
    r"ה?בעל(?:ת|י)? ה?(?:דירה|בית)(?: שלי| שלנו| שלו)? "
    r"(?:מוכר\w*|רוצ\w+ למכור|החליט\w* למכור|עומד\w* למכור|צריכ? את ה\w+|מכרה?)"
    r"|(?:my|our|the) (?:landlord|owner)(?: is|'s)? (?:selling|wants to sell|going to sell|sold)"
    r"(?: \w+ (?:apartment|place|flat))?"
)
"""What the owner of their present home does."""
_YOURS: Final = pattern(
    r"ש(?:אתם|אתן|את|אתה) (?:מוכר|משכיר|משווק|מציע)\w*|ש(?:יש|נמצאת?|מופיעה?) אצלכם|(?:that )?you(?:'re| are)? "
    r"(?:sell|rent|list|offer)\w*|(?:которую )?вы (?:прода|сда)\w+"
)
"""What the agency itself sells or lets: whoever speaks of it wants it."""
_YOURS_RENT: Final = pattern(r"משכיר\w*|rent\w*|сда\w+")
_MY_ADVERT: Final = pattern(
    r"(?:ת?עלו|תעלה|תעלי|להעלות|ל?פרסם|תפרסמ\w*|לרענן|תרעננו|תחדשו|לחדש|לעדכן|תעדכנ\w*|תחזירו)(?: \S+){0,3}? "
    r"(?:מודעה|פרסום|המודעה|הפרסום|המודעות)(?: \S+){0,4} (?:שלי|שלנו)"
    r"|(?:repost|re-?list|renew|update|refresh|publish|put up)(?: \w+){0,3} (?:ad|listing|advert)(?: \w+){0,3} (?:my|our) \w+"
    r"|(?:repost|re-?list|renew|update|refresh|publish) (?:my|our)(?: \w+)? (?:ad|listing|advert)"
    r"|(?:обновите|разместите|опубликуйте)(?: \S+){0,2} объявление(?: \S+){0,3} мо\S+"
)
"""Who has us publish their own home offers it."""
_NOT_DEAL: Final = pattern(
    r"(?:לא|ולא|not) (?:ל|ב|for |to )?(?:ה?שכרה|שכירות|לשכור|שכור|קני?יה|קנות|לקנות|מכירה|רכישה|rent|buy"
    r"|sale|להשכרה|למכירה)"
)
_SALE_WORDS: Final = pattern(
    r"ל?מכירה|for sale|sale|משכנתא\w*|הון עצמי|טאבו|מיליון|מליון|million|mortgage|миллион\w*|ипотек\w*"
    r"|للبيع|مليون|продаж\w*|прода[её]тся"
)
_RENT_WORDS: Final = pattern(
    r"ל?השכרה|להשכיר|לחודש|לחודשיים|שכ\"?ד|שכר דירה|דמי שכירות|for rent|per month|a month|monthly|в месяц|сда[её]тся"
    r"|بالشهر|شهري\w*"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of folded text from `start` to `end`, who speaks of what in it, and the deal it names."""

    text: str
    start: int
    side: Side | None
    deal: Deal | None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_clauses(folded: str, *, side: Side | None = None) -> list[Clause]:
    """The clauses of a text; one that names no side goes on with that of the clause before it."""
    clauses: list[Clause] = []
    start = 0
    for end in [*(cut.start() for cut in _CUT.finditer(folded)), len(folded)]:
        if text := folded[start:end]:
            found, deal = _side(text), find_deal(text)
            side = found or (None if side == "lives" else side)
            clauses.append(Clause(text, start, side, deal))
        start = end
    return clauses


def _side(text: str) -> Side | None:
    if _YOURS.search(text):
        return "seeks"
    text = _OTHERS.sub(" ", text)
    if _SELL.search(text) or _LET.search(text) or _MY_ADVERT.search(text):
        return "offers"
    wanted = _NOT_BUYER.sub(" ", text)
    if _SEEK.search(wanted) or _BUY.search(wanted):
        return "seeks"
    if _LIVE.search(text):
        return "lives"
    return "seeks" if _HIRE.search(text) else None


def find_deal(text: str) -> Deal | None:
    """Whether the words are of a sale or of a rent; those of doing so count before those beside it."""
    if yours := _YOURS.search(text):
        return "rent" if _YOURS_RENT.search(yours[0]) else "sale"
    text = _NOT_DEAL.sub(" ", _OTHERS.sub(" ", text))
    if _LET.search(text):
        return "rent"
    sells, hires = _SELL.search(text) or _BUY.search(_NOT_BUYER.sub(" ", text)), _HIRE.search(text)
    if bool(sells) != bool(hires):
        return "sale" if sells else "rent"
    if sells:
        return None
    sale, rent = _SALE_WORDS.search(text), _RENT_WORDS.search(text)
    return None if bool(sale) == bool(rent) else "sale" if sale else "rent"
