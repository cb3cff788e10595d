"""Amounts of money in a message: their bounds, their currency and what they are for."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from proli.knowledge.numbers import with_digits
from proli.knowledge.reading.amounts import Amount, find_amounts
from proli.knowledge.reading.beside import before, ends
from proli.knowledge.reading.bounds import Bound, bound_after, bound_before
from proli.knowledge.reading.money_purposes import Purpose, find_purpose
from proli.knowledge.reading.time_words import pattern
from proli.knowledge.text import fold

__all__ = ["Deal", "Money", "Purpose", "find_money"]

Deal = Literal["sale", "rent"]

RENT_MOST: Final = 25_000
SALE_LEAST: Final = 400_000
_YEARS: Final = range(2020, 2040)

_RANGE: Final = re.compile(r"\s?(?:-|עד|ועד|או|/|to|or|до|или|حتى)\s?-?\s?")
_TO: Final = re.compile(r"\s?(?:(?:שקל(?:ימ)?|₪) )?(?:ל-?|עד ?|ועד |ו-?|-|to|and|и|до|ل|و)\s?-?\s?")
_FROM: Final = re.compile(r"(?:בינ|מ-?|נע בינ|from|between|от|между|من|بين)\s?-?\s?$")
_CUE: Final = pattern(
    r"ו?[בהלש]?ה?תקציב\w*|ו?ה?מחיר|budget|asking|price|бюджет|ميزانية|ميزانيتي|שכר דירה|שכ\"?ד|דמי שכירות"
    r"|מבקשי?ם?|דורשי?ם?"
)
_ABOUT: Final = re.compile(
    r"(?:סביב(?:ות)?(?: ה)?-?|בסביבות(?: ה)?-?|בערכ|בגדול|around|about|approx\w*|~|около|حوالي)\s?-?$"
)
_WANT: Final = re.compile(r"(?<!\w)(?:רוצ(?:ה|ימ|ות)|אומר(?:ת|ימ)?|מבקש(?:ת|ימ)?|דורש(?:ת|ימ)?)(?: עלי\w| בערכ)? ?$")
_MOVING: Final = re.compile(r"כניסה|להיכנס|להכנס|לעבור|תאריכ|פינוי|החוזה|move|entry")
_CAPPED: Final = re.compile(r"(?:מקסימומ|מקס'?|לא יותר מ-?|לכל היותר|max|no more than|не более)[\s:-]*$")
"""Bounds of amounts alone; "until" may also stand before a date."""
_SWITCH: Final = re.compile(
    r"[\s,.]*(?:(?:ו?בעצמ|סליחה|טעות|לא|התכוונתי|או|אולי|אפילו|גג|מקסימומ|עד|תיקונ|sorry|actually|i mean"
    r"|maybe|or|max)[\s,]*)+(?:ל|ש)?-?(?:עד )?"
)
_ROOMS_BEFORE: Final = re.compile(r"(?:חדרימ|חד'?|rooms?)[\s,.]*(?:(?:אלא|סליחה|בעצמ|but|sorry)[\s,]*)?$")
_NOT_IT: Final = re.compile(r"(?<!\w)(?<!אמ )(?<!רגע )(?<!אה )(?<!אוי )ו?(?:לא|not) $")
_MILLIONS_SPOKEN: Final = re.compile(r"^\W*([1-9]) ([1-9])00\W*$")
""" "ארבע מאתיים" as an answer is 4.2 million."""
_THOUSANDS_SPOKEN: Final = re.compile(r"(?<![\d.,-])([1-9]) ([1-9](?:00|50))(?![\d.,]|\s?(?:אלפ|thousand|k))")
""" "ארבע שמונה מאות" of a rent is 4,800."""
_ADDRESS: Final = re.compile(
    r"(?:קומה|קומת|דירה מספר|בניינ|בנינ|כניסה|מספר|מס'?|רחוב \w+|רח' \w+|גיל|בנ|בת|שנת|שעה|בשעה|floor|apt|age|кв)\s*-?$"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of its currency.

    A single amount without a bound is its own maximum. `purpose` is None when the text does not tell it. The offsets
    are those of `with_digits(text)`.
    """

    minimum: int | None
    maximum: int | None
    currency: str
    purpose: Purpose | None
    monthly: bool
    start: int
    end: int

    @property
    def amount(self) -> int:
        """The amount itself, or the upper end of a span."""
        return self.maximum or self.minimum or 0


@dataclass(frozen=True, slots=True)
class _Span:
    low: Amount | None
    high: Amount | None
    start: int
    end: int

    @property
    def amount(self) -> Amount:
        found = self.high or self.low
        assert found is not None
        return found


def find_money(text: str, *, deal: Deal | None = None, asked: bool = False, home: bool = False) -> list[Money]:
    """The amounts of the text, in order.

    `asked` says that an amount was just asked for, so that bare numbers count; `deal` tells what they mean: 2.4 is
    millions of a sale and 6 is thousands of a rent. `home` says that the text is about a home, so that a number that
    can only be a rent or a price counts.
    """
    folded = fold(with_digits(text, asked=asked))
    if asked and deal != "rent":
        folded = _MILLIONS_SPOKEN.sub(r"\1.\2 מיליונ", folded)
    if asked and deal == "rent":
        folded = _THOUSANDS_SPOKEN.sub(r"\1\2", folded)
    found: list[Money] = []
    amounts = _with_scale_after(folded, find_amounts(folded))
    millions = any(amount.scale == 1_000_000 for amount in amounts)
    for span in _spans(folded, amounts):
        if asked and found and (_is_other_count(folded, span) or _is_denied(folded, span, found[-1])):
            continue
        money = _read(folded, span, deal, asked=asked, home=home, millions=millions)
        if money:
            found.append(money)
    return found


def _with_scale_after(folded: str, amounts: list[Amount]) -> list[Amount]:
    """ "עד 2.4, מיליון כמובן": a scale said by itself is that of the small number before it."""
    joined: list[Amount] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        alone = amount.number == 1 and amount.scale > 1 and not re.search(r"\d", folded[amount.start : amount.end])
        if last and alone and last.is_bare and last.value < 100 and len(folded[last.end : amount.start].split()) <= 4:
            joined[-1] = last.scaled(amount.scale)
        else:
            joined.append(amount)
    return joined


def _is_other_count(folded: str, span: _Span) -> bool:
    """A small number after an amount that sets right how many rooms: "3500, אופס לא 3 חדרים, 4"."""
    return span.amount.is_bare and span.amount.value < 15 and bool(ends(_ROOMS_BEFORE, folded, span.start))


def _is_denied(folded: str, span: _Span, former: Money) -> bool:
    """ "2.4 million of course, not a thousand"; a number of the same size after "not" is a correction."""
    like = former.amount / 10 < span.amount.value < former.amount * 10
    return not like and span.amount.value >= 100 and bool(ends(_NOT_IT, folded, span.start))


def _spans(folded: str, amounts: list[Amount]) -> list[_Span]:
    spans: list[_Span] = []
    at = 0
    while at < len(amounts):
        first = amounts[at]
        second = amounts[at + 1] if at + 1 < len(amounts) else None
        if second and _is_range(folded, first, second):
            low = first.scaled(_scale_of(first, second)) if first.scale == 1 and first.currency is None else first
            spans.append(_Span(low, second, first.start, second.end))
            at += 2
        else:
            spans.append(_bounded(folded, _corrected(folded, spans[-1].amount, first) if spans else first))
            at += 1
    return spans


def _corrected(folded: str, former: Amount, amount: Amount) -> Amount:
    """The bare number that takes the place of an amount has its scale: "2.4 million, sorry, 2.6"."""
    if amount.scale > 1 or former.scale == 1 or not former.number / 3 < amount.number < former.number * 3:
        return amount
    return amount.scaled(former.scale) if _SWITCH.fullmatch(folded[former.end : amount.start]) else amount


def _is_range(folded: str, first: Amount, second: Amount) -> bool:
    gap = folded[first.end : second.start]
    opened = bool(_FROM.search(before(folded, first.start)))
    if not (_RANGE.fullmatch(gap) or (opened and _TO.fullmatch(gap))):
        return False
    low = first.number * _scale_of(first, second) if first.scale == 1 else first.value
    return low < second.value and low * 10 >= second.value


def _scale_of(first: Amount, second: Amount) -> int:
    return second.scale if first.number * 10 < second.value else 1


def _bounded(folded: str, amount: Amount) -> _Span:
    bound, end = bound_after(folded, amount.end) or (bound_before(folded, amount.start), amount.end)
    if bound in (Bound.least, Bound.above):
        return _Span(amount, None, amount.start, end)
    return _Span(None, amount, amount.start, end)


def _read(folded: str, span: _Span, deal: Deal | None, *, asked: bool, home: bool, millions: bool) -> Money | None:
    amount = span.amount
    scale = 1
    if amount.is_bare:
        ahead = before(folded, span.start).rstrip(" -")
        if not asked and _ADDRESS.search(ahead):
            return None
        scale = _meant_scale(folded, span, deal, asked=asked, home=home, millions=millions)
        if not scale:
            return None
    elif amount.scale == 1 and amount.currency is None and amount.value < 500:
        return None
    return Money(
        minimum=round(span.low.value * scale) if span.low else None,
        maximum=round(span.high.value * scale) if span.high else None,
        currency=amount.currency or (span.low.currency if span.low else None) or "ILS",
        purpose=find_purpose(folded, span.start, span.end),
        monthly=amount.monthly,
        start=span.start,
        end=span.end,
    )


def _meant_scale(folded: str, span: _Span, deal: Deal | None, *, asked: bool, home: bool, millions: bool) -> int:
    """What a bare number is to be multiplied by; 0 when it is no money."""
    ahead = before(folded, span.start)
    value, written = span.amount.value, span.amount.number
    clause = re.split(r"[,;!?\n]|\.(?!\d)", ahead)[-1]
    named = asked or bool(_CUE.search(clause))
    capped = bound_before(folded, span.start) in (Bound.most, Bound.below)
    bound = capped or bool(_ABOUT.search(ahead)) or bool(_WANT.search(ahead))
    if value >= 1000:
        if written in _YEARS and not named:
            return 0
        return _large_scale(value, deal, named=named or bound, home=home)
    if value < 100:
        if deal == "rent" and _CAPPED.search(ahead) and written >= 1.5:
            return 1000
        priced = (
            bound
            and (home or deal == "sale")
            and deal != "rent"
            and (written % 1 or millions)
            and not _MOVING.search(clause)
        )
        if not (named or priced):
            return 0
        return _small_scale(written, deal if named or deal else "sale")
    if (named or bound) and (deal == "sale" or (deal is None and value >= 400)):
        return 1000
    return 1 if named and deal == "rent" and value >= 500 else 0


def _large_scale(value: float, deal: Deal | None, *, named: bool, home: bool) -> int:
    if value >= 300_000:
        return 1 if named or home or value % 10_000 == 0 else 0
    if value > 40_000:
        return 1 if named else 0
    if deal == "sale":
        return 1000 if named and value >= 700 and value <= 30_000 else 0
    round_rent = value % 50 == 0 and 1200 <= value <= RENT_MOST
    return 1 if named or (home and round_rent) else 0


def _small_scale(number: float, deal: Deal | None) -> int:
    if deal == "sale":
        return 1_000_000 if 0.3 <= number <= 60 else 0
    if deal == "rent":
        return 1000 if number >= 1 else 0
    return 1_000_000 if 0.6 <= number < 4 else 1000 if 4 <= number <= 20 else 0
