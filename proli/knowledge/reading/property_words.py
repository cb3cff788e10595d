"""Kinds of property and wishes, found by their words and turned off by negation."""

import re
from functools import cache
from typing import Final

from proli.knowledge.reading.lexicon import listed, read_table
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.reading.time_words import pattern
from proli.knowledge.text import Token, tokens

_FILE: Final = "property.yaml"
_NEGATION: Final = pattern(
    r"ו?(?:בלי|ללא|מבלי|אין|לא|אינה|אינו|without|no|not|don'?t|doesn'?t|dont|isn'?t|нет|без|не|بدون|بلا|مش|ما)"
)
_NOT_WISHED: Final = pattern(
    r"(?:זה |זה ממש |הוא |היא )?(?:לא|פחות|אינ\w*) (?:חובה|קריטי\w*|חיוני\w*|חשוב\w*|הכרחי\w*|צריכ\w*|צריך"
    r"|נחוצ\w*|מעניינ\w*|רלוונטי\w*|משנה|חייב\w*|בעיה|תנאי|דרוש\w*|נדרש\w*|מחייב\w*)"
    r"|אין צורך|אין חובה|(?:is |are )?(?:not|isn'?t|aren'?t) (?:a must|necessary|needed|important|required"
    r"|critical|essential)|(?:is )?optional"
    r"|doesn'?t matter|don'?t care|не важно|не важен|не нужн\w*|не обязательно|مش ضروري|مو ضروري"
)
_REFUSES: Final = re.compile(rf"^\W*{_NOT_WISHED.pattern}")
_INSISTS: Final = pattern(
    r"(?:לא|אי|אין) (?:אפשר(?: לנו| לי)?|מוותר\w*|נוותר|אוותר|מתפשר\w*|ניתן|באה בחשבון|בא בחשבון|רלוונטי"
    r"|שורד\w*|מסתדר\w*|חי|חיה|חיים|יכול\w*|מסוגל\w*|רלוונטית|מעוניינ\w*|מעניינ\w*|לוקח\w*|נכנס\w*"
    r"|מוכנ\w*)(?: \w+){0,2} (?:בלי|ללא|על)"
    r"|לא (?:בלי|ללא)|not without|can'?t (?:do|live) without|no way without"
)
_ONLY: Final = pattern(r"לא רק|not only|not just|אין לי בעיה|אין בעיה|לא רחוק|לא יותר|לא פחות")
_ASKS: Final = re.compile(
    r"^\W*(?:ו|והאמ |האמ |אז )?(?:יש|is there|does it have|are there|есть ли|في)(?: (?:שמ|בה|לה|בדירה"
    r"|בבניינ|בבנינ|גמ|an?|any|לדירה|בנכס)){0,2}\s"
)
_STARTS_WISH: Final = re.compile(
    r"(?:^|\s)(?:ו?עמ|חוצ מ\S*|ו?מלבד|ו?כולל|ו?כנ|חובה|חייב\S*|רוצ\S+|צריכ\S*|רק|with|must|need|want|אבל|ורצוי|רצוי|עדיפ)(?!\w)"
)
_NO_FLAT: Final = re.compile(r"(?<!\w)ה?ב?(?:שכר|בעל[תי]?|מעבר|הובלת)\s$")
"""Words of a rent, an owner or a removal and no flat: "שכר דירה"."""
_YOUR_OFFICE: Final = re.compile(r"\s(?:שלכ|שלכמ|ה?תיוו?כ|your)(?!\w)")
_OUR_OFFICE: Final = pattern(
    r"(?:יש (?:לכמ |שמ |אצלכמ )?)?(?:חני+ה |חניי?ות |איפה חונימ )?(?:אצלכמ|אליכמ) [בל]?ה?משרד|ל?ב?ה?משרד (?:שלכמ|אצלכמ)"
    r"|(?:יש (?:לכמ |שמ |אצלכמ )?)?(?:חני+ה|חניי?ות) (?:ליד|מול|באזור|קרוב ל|אצלכמ|ב)\s?ה?(?:משרד|סניפ)(?: שלכמ)?"
    r"|יש לכמ (?:חני+ה|מעלית|נגישות)(?= ?[?.!,]| ?$)|אצלכמ יש (?:חני+ה|מעלית)"
    r"|(?:(?:is there |do you have |any )*parking (?:near|at|by|next to|around|in) (?:your|the)|(?:at|to|in) (?:your|the)|your) (?:office|branch)(?= ?[?.!,]| ?$)"
    r"|(?:есть ли |есть )?(?:парковка )?(?:у вас в|возле вашего|в вашем|около вашего) офис\w*|ваш\w* офис\w*"
    r"|(?:في )?(?:موقف |مواقف )?(?:عندكم (?:في |ب)?(?:ال)?مكتب|(?:في |ب)?(?:ال)?مكتب (?:عندكم|تبعكم)|مكتبكم)"
)
"""Where the business itself sits, and what there is at it; no wish for a property."""
_SEEN: Final = pattern(
    r"(?:שלט|שילוט|מודעה|פלקט|הודעה|sign|ad|notice|banner|вывеск\w*|объявлени\w*|табличк\w*|لافتة|يافطة|إعلان|اعلان)"
    r"(?: [^\s.,!?]+){0,4}? (?:(?:על|מעל|ליד) ה?|ב|(?:on|in|at|outside|by|from) (?:the |an? |your )?|(?:на|в) |(?:على|في) (?:ال)?)"
    r"(?:מרפסת|חלון|חצר|גדר|בניין|שער|גינה|חניה|חנייה|גג|מעקה|מחסן|כניסה|balcony|window|fence|garden|terrace|porch|yard|gate|roof"
    r"|parking|balcon\w*|балкон\w*|окн\w*|забор\w*|شرفة|بلكون\w*|شباك)"
)
"""Where somebody saw that a home is offered; no wish for one."""
_OWNER: Final = re.compile(r"(?<!\w)(?:אני|אנחנו|אנו) ה?בעל(?:ת|י|ימ של)?\s$")
_NEED: Final = re.compile(
    r"^(?:\s(?:חובה|חייב\S*|צריכ\S*|רוצ\S*|מוכרח\S*|עמ|רק|a must|have to|need\S*|want\S*|must(?: have)?|with)(?!\w))+"
)
_HOUSE_CUE: Final = pattern(
    r"(?:ל?מחפש\w*|לקנות|לשכור|קונ\w+|רוצ\w+|למכור|מוכר\w*|משכיר\w*|להשכיר|רכישת|קני?ית|מכירת"
    r"|מעוני?י?נ\w* ב?|מעוניי?נים בלרכוש|לרכוש|צריכ\w*|יש לי|יש לנו|יש לכם|דירה או|דירה/|או) ?(?:את )?ה?ב?בית"
    r"|ה?בית (?:\w+ ){0,3}(?:לקני?יה|לקניה|לרכישה|להשכרה|למכירה|לשכירות)|ה?בית (?:עם (?:גינה|חצר|\d)|ל?השכרה"
    r"|למכירה|להשכיר|שלי|שלנו|\d)"
)
_NOT_A_HOUSE: Final = pattern(
    r"ה?בית (?:ספר|כנסת|אבות|קפה|חולים|מרקחת|שמש|שאן|דגן|אל|אריה|יצחק|חנן|ג'ן|נקופה|זית|שערים|לחם|עריף|ברל"
    r"|הכרם|וגן|משותף|דין|ועד)|ועד ה?בית|בעל\w* ה?בית|בבית|מהבית"
)


@cache
def _types() -> PhraseBook[str]:
    return _book("types")


@cache
def _features() -> PhraseBook[str]:
    return _book("features")


def _book(name: str) -> PhraseBook[str]:
    book: PhraseBook[str] = PhraseBook()
    table = read_table(_FILE)[name]
    for value in table:
        for phrase in listed(table, value):
            book.add(phrase, value)
    return book


def without_our_office(folded: str) -> str:
    """The text with blanks where it speaks of the business's own office, or of where a sign was seen.

    Every offset stays where it was.
    """
    for expression in (_OUR_OFFICE, _SEEN):
        folded = expression.sub(lambda found: " " * len(found[0]), folded)
    return folded


def find_type(text: str, *, asked: bool) -> str | None:
    """The kind of property that the folded text is about, the more particular before "a flat"."""
    text = re.sub(r"([א-ת])\1+(?!\w)", r"\1", text)
    words = tokens(text)
    found = [hit.value for hit in _types().find(words) if not _is_other(text, words, hit)]
    special = [value for value in found if value not in ("apartment", "storage")]
    house = "private_house" if _is_house(text, asked=asked) else None
    if special:
        return special[0]
    if "apartment" in found:
        return "apartment"
    return house or (found[0] if found else None)


def _is_other(text: str, words: list[Token], hit: Hit[str]) -> bool:
    """The words stand for something else here: a place ("גן"), a store room that goes with a flat, what is refused."""
    before = text[: words[hit.first].start]
    if re.search(
        r"(?<!\w)(?:לא|ולא|אינ|not an?|not|בלי|instead of|במקומ|ליד|מעל|קרוב ל|מתחת ל|near|next to|above)\s?-?(?:ה)?$",
        before,
    ):
        return True
    if hit.value == "apartment" and _NO_FLAT.search(before) and not _is_owned(before, text[words[hit.last - 1].end :]):
        return True
    if hit.value == "apartment" and re.match(
        r"\s?(?:מספר )?-?\d+(?!\s?(?:חד|ח|\.|-|מ|\d|ש))", text[words[hit.last - 1].end :]
    ):
        return bool(re.search(r"(?:קומה|כניסה|\d)\s?,?\s?$", before))
    if hit.value == "office" and (
        hit.prefix in ("מ", "מה", "ממ") or _YOUR_OFFICE.match(text[words[hit.last - 1].end :])
    ):
        return True
    if hit.value == "storage":
        return bool(re.search(r"(?:עמ|\+|כולל|ו|חניה|with|and|plus)\s?,?$", before)) or hit.prefix.startswith("ו")
    return hit.value == "private_house" and words[hit.first].text == "house" and "open house" in text


def _is_owned(before: str, after: str) -> bool:
    """ "אני בעל דירה בחיפה": the flat is what this is about."""
    return bool(_OWNER.search(before)) and after.startswith(" ב")


def _is_house(text: str, *, asked: bool) -> bool:
    left = _NOT_A_HOUSE.sub(" ", text)
    return bool(_HOUSE_CUE.search(left)) or (asked and re.fullmatch(r"\W*ה?בית\W*", text) is not None)


def find_features(clauses: list[str]) -> dict[str, bool]:
    """Each wish that the clauses name, and whether it is one: False for "no need of" and "without"."""
    found: dict[str, bool] = {}
    refused = False
    last: list[str] = []
    for clause in clauses:
        words = tokens(clause)
        hits = [hit for hit in _features().find(words) if not _is_kind(clause, words, hit)]
        if not hits:
            if _REFUSES.match(clause):
                found |= dict.fromkeys(last, False)
            refused = False if len(words) > 1 else refused
            continue
        if (asks := _ASKS.match(clause)) and words[hits[0].first].start <= asks.end() and hits[0].value != "pets":
            continue
        last = [hit.value for hit in hits]
        named = sum(hit.last - hit.first for hit in hits)
        bare = named == len(words) and not _STARTS_WISH.search(clause)
        refused = _is_refused(clause, words, hits[0]) or (refused and bare)
        for hit in hits:
            found[hit.value] = not (refused if bare else _is_refused(clause, words, hit))
    return found


def _is_kind(clause: str, words: list[Token], hit: Hit[str]) -> bool:
    """A store room that is itself what is looked for, and a garage or a shelter that is only nearby."""
    before = clause[: words[hit.first].start]
    if hit.value == "storage":
        return bool(re.search(r"(?:מחפש\S*|לשכור|להשכיר|לקנות|צריכ\S*|looking for an?|rent an?)\s$", before))
    return bool(re.search(r"(?:ליד|קרוב ל|near|close to)\s?-?$", before))


def _is_refused(clause: str, words: list[Token], hit: Hit[str]) -> bool:
    before, after = clause[: words[hit.first].start], clause[words[hit.last - 1].end :]
    if _INSISTS.search(before):
        return False
    if re.match(r"\s(?:ממש |בכלל )?(?:לא|no|нет)\s*[.,!\n]*$", after):
        return True
    later = _NOT_WISHED.search(after)
    if later and not _STARTS_WISH.search(after[: later.start()]) and not _opens_wish(after[later.end() :]):
        return True
    negations = list(_NEGATION.finditer(_ONLY.sub(lambda only: " " * len(only[0]), before)))
    return bool(negations) and not _STARTS_WISH.search(_NEED.sub("", before[negations[-1].end() :]))


def _opens_wish(text: str) -> bool:
    """A wish follows at once, so that "no need of" before it is said of that one."""
    words = tokens(text)[:3]
    return any(hit.first == 0 for hit in _features().find(words))
