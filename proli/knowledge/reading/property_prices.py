"""Which amounts of a message are a budget and which a price that is asked."""

import re
from dataclasses import dataclass, replace
from typing import Final

from proli.knowledge.money import Deal, Money
from proli.knowledge.reading.beside import ends
from proli.knowledge.reading.property_clauses import Clause
from proli.knowledge.reading.time_words import pattern

_NEITHER: Final = frozenset(("equity", "mortgage", "salary", "fees", "deposit", "works", "current", "listing"))
_ADVERT: Final = re.compile(r"\W*(?:למכירה|להשכרה|for sale|for rent|продается|сдается)\W")
_VACANT: Final = re.compile(
    r"(?<!\w)(?:פנויה?|מתפנה|פינוי|כניסה) (?:מיידית?|מידית?|גמיש|מ(?:ה)?-?\d|ב-?\d|במהלכ|בתחילת|בסופ|מתחילת|מאמצע)|(?<!\w)בלי (?:תיוו?כ|מתוו?כימ)(?!\w)"
    r"|available (?:immediately|from|now)"
)
"""How an advertisement says that a home stands empty."""
_LISTED: Final = re.compile(
    r"\W*(?:דיר\w+|בית|פנטהאוז|יחידת דיור|סטודיו|דופלקס)[^.?!\n]{0,40}(?:להשכרה|למכירה)[^?]*(?<!\w)קומה \d"
)
"""Who looks for a home does not tell its floor."""
_SEARCHES: Final = re.compile(r"\?|(?<!\w)(?:עד|תקציב\w*|מקסימומ|up to|max|budget|до)(?!\w)")
_LISTING: Final = re.compile(
    r"(?:עדיינ|עוד) (?:פנוי|רלוונט|רלבנט|זמינ|אקטואל|קיימ|במכירה|מוצע)"
    r"|(?:ה|ב|ל)(?:דירה|נכס|בית) ש(?:אתמ |את )?(?:פרסמ|מפרסמ|מפורסמ|ראי)"
    r"|still (?:available|relevant|for)"
    r"|еще актуальн|ещё актуальн"
)
_WANTS_TO_LET: Final = pattern(
    r"(?:רוצ\w+|מעוני?י?נ\w*|צריכ\w*|מבקש\w*|אפשר|איך|ניתן|חושב\w*|שוקל\w*) (?:ל?\w+ )?להשכיר(?! או)"
)
_BEFORE_NOW: Final = re.compile(r"(?<!\w)(?:במקומ|instead of|down from|up from|вместо|بدل) ?$")
"""What the price was."""
_LEAST_PRICE: Final = 100_000
_OFFERING: Final = frozenset(("seller", "landlord"))


@dataclass(frozen=True, slots=True)
class Prices:
    """What may be spent and what is asked; `bounded` when a budget is among them."""

    budget_min: int | None = None
    budget_max: int | None = None
    asking: int | None = None
    currency: str | None = None

    @property
    def bounded(self) -> bool:
        return self.budget_min is not None or self.budget_max is not None


def add_prices(
    folded: str, clauses: list[Clause], money: list[Money], *, deal: Deal | None, role: str | None, asked: str | None
) -> Prices:
    """The budget and the asking price; of several amounts of one kind the last holds."""
    prices = Prices()
    listing = _LISTING.search(folded)
    seeking = any(clause.side == "seeks" for clause in clauses)
    offers = role in _OFFERING or asked == "asking_price" or is_advert(folded)
    shared = any(one.purpose != "share" for one in money)
    for one in money:
        if ends(_BEFORE_NOW, folded, one.start) and len(money) > 1:
            continue
        if listing and one.purpose is None and one.minimum is None:
            continue
        if one.purpose == "share" and shared:
            continue
        only = asked in ("budget", "asking_price") and len(money) == 1
        if (one.purpose in _NEITHER and not only) or _is_of_other_deal(one, deal):
            continue
        clause = next((clause for clause in clauses if clause.start <= one.start < clause.end), None)
        side = clause.side if clause else None
        if side == "lives" and one.purpose != "budget":
            continue
        offering = side == "offers" or (side is None and offers and not seeking)
        if one.purpose != "budget" and (offering or one.purpose == "asking") and asked != "budget":
            if side == "seeks" and one.purpose == "asking":
                continue
            prices = replace(prices, asking=one.amount, currency=one.currency)
        else:
            prices = _with_budget(prices, one)
    return prices


def is_advert(folded: str) -> bool:
    """The text offers as an advertisement does and asks nothing: "למכירה דירת 3 חדרים ב-1.1 מיליון"."""
    offers = _ADVERT.match(folded) or _WANTS_TO_LET.search(folded) or _VACANT.search(folded) or _LISTED.match(folded)
    return bool(offers) and not _SEARCHES.search(folded)


def _is_of_other_deal(one: Money, deal: Deal | None) -> bool:
    """A sum that no home is sold for, in a sale; one that nobody pays a month, in a rent."""
    if deal == "sale":
        return one.monthly or one.amount < _LEAST_PRICE
    return deal == "rent" and one.currency == "ILS" and one.amount < 300


def _with_budget(prices: Prices, one: Money) -> Prices:
    if one.minimum is not None and one.maximum is not None:
        return replace(prices, budget_min=one.minimum, budget_max=one.maximum, currency=one.currency)
    if one.maximum is None:
        most = prices.budget_max if prices.budget_max and one.minimum and prices.budget_max > one.minimum else None
        return replace(prices, budget_min=one.minimum, budget_max=most, currency=one.currency)
    least = prices.budget_min if prices.budget_min and prices.budget_min < one.maximum else None
    return replace(prices, budget_min=least, budget_max=one.maximum, currency=one.currency)
