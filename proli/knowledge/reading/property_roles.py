"""Who writes (buyer, renter, seller, landlord) and which deal it is."""

import re
from typing import Final, Literal, NamedTuple

from proli.knowledge.reading.property_clauses import Clause, Deal, Side
from proli.knowledge.reading.property_prices import Prices, is_advert
from proli.knowledge.reading.time_words import pattern

Role = Literal["buyer", "tenant", "seller", "landlord"]

_SEEKING: Final[dict[Deal, Role]] = {"sale": "buyer", "rent": "tenant"}
_OFFERING: Final[dict[Deal, Role]] = {"sale": "seller", "rent": "landlord"}
_ANSWERS: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("seller", pattern(r"ל?מוכר(?:ת|ים)?|למכור|seller|sell|selling|продаю|продавец|продать")),
    ("landlord", pattern(r"ל?משכיר(?:ה|ים)?|להשכיר (?:החוצה|את \w+|לאחרים|לאנשים)|(?<!לא )(?<!לא ה)(?:אני "
        r"|אנחנו )?ה?בעלים|בעל(?:ת"
        r"|י)? ה?(?:דירה|בית|נכס)|landlord|owner|rent out|сдаю|сдать")),
    ("tenant", pattern(
        r"ל?שוכר(?:ת|ים)?|לשכור|[לב]?שכירות|[לב]?ה?שכרה|להשכרה|השכרה|להשכיר|דייר(?:ת"
        r"|ים)?|rent|renting|to rent|rental|tenant|renter|lease|снять|аренд\w*|снимать|ايجار|إيجار|للايجار|للإيجار"
        r"|اجار"
        )),
    ("buyer", pattern(
        r"ל?קונ(?:ה|ים)|לקנות|[לב]?קני?יה|[לב]?קני?ה|[לב]?רכישה|לרכוש|רוכש(?:ת|ים)?|buy"
        r"|buyer|buying|purchase|купить|покупк\w*|شراء|للشراء|اشتري"
        )),
)  # fmt: skip
_SALE: Final = pattern(r"[לב]?מכירה|sale|for sale|продажа|للبيع|بيع")
_SWITCH: Final = pattern(r"בעצם|סליחה|התכוונתי|טעות|actually|sorry|i mean|вернее")
_LETS: Final = pattern(r"ל?ה?השכיר|השכרה|להשכרה|rent")
_SHORT: Final = 6


class Answer(NamedTuple):
    """What a direct answer tells."""

    role: Role | None
    deal: Deal | None


def answered(folded: str, asked: str | None, known: Role | None, side: Side | None) -> Answer:
    """The answer to "buy or rent?" or "who are you?" when the text is a short one."""
    if asked not in ("deal_type", "role") or len(folded.split()) > _SHORT:
        return Answer(None, None)
    found: list[Role] = [role for role, expression in _ANSWERS if expression.search(folded)]
    if "landlord" in found:
        found = [role for role in found if role != "tenant"]
    if len(found) == 1:
        deal: Deal = "sale" if found[0] in ("buyer", "seller") else "rent"
        offering = known in ("seller", "landlord") or side == "offers"
        if asked == "role" and found[0] == "tenant" and offering and _LETS.search(folded):
            return Answer("landlord", deal)
        return Answer(
            (_OFFERING if offering else _SEEKING)[deal]
            if asked == "deal_type" and found[0] in ("buyer", "tenant")
            else found[0],
            deal,
        )
    if not found and _SALE.search(folded):
        role: Role | None = (
            "buyer"
            if side == "seeks" or known in ("buyer", "tenant")
            else "seller"
            if side == "offers" or asked == "role"
            else None
        )
        return Answer(role, "sale")
    return Answer(None, None)


def joint_deal(clauses: list[Clause], own: list[Clause], folded: str) -> Deal | None:
    """The deal that the clauses of the need name, or else any clause but one about the home of today."""
    for group in (own, [clause for clause in clauses if clause.side != "lives"]):
        named: list[Deal] = [clause.deal for clause in group if clause.deal]
        if named:
            return named[-1] if len(set(named)) == 1 or _SWITCH.search(folded) else None
    return None


def find_role(
    folded: str,
    clauses: list[Clause],
    deal: Deal | None,
    *,
    prices: Prices,
    known: Role | None,
    known_side: Side | None,
) -> Role | None:
    """The role that the sides of the clauses and the deal make; who names only a deal is taken to look for one."""
    sides = [clause.side for clause in clauses]
    if "seeks" in sides:
        return _SEEKING[deal] if deal else None
    if "offers" in sides:
        named: list[Deal] = [clause.deal for clause in clauses if clause.side == "offers" and clause.deal]
        offered = named[0] if named else deal
        return _OFFERING[offered] if offered else None
    if known:
        return known
    if deal is None:
        return None
    asks = prices.asking is not None or is_advert(folded)
    if known_side == "offers" or (not prices.bounded and known_side is None and asks):
        return _OFFERING[deal]
    return _SEEKING[deal]
