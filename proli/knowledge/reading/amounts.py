"""Amounts of money as written: digits with a scale and a currency, and the bare numbers that may be amounts."""

import re
from dataclasses import dataclass, replace
from typing import Final

from proli.knowledge.reading.number_words import FEMININE
from proli.knowledge.reading.time_words import folded

_THOUSAND: Final = r"אלפימ|אלפ|א'|אש\"?ח|thousands?|grand|k|тыс\w*|к|آلاف|الاف|ألف|الف"
_MILLION: Final = (
    r"מיליונימ|מיליונ|מליונימ|מליונ|מילונ|מלינ|מיליו|מיל'?|מלש\"ח|מ'|millions?|mill|mil|mln|mio|m|млн|миллион\w*|лям\w*"
    r"|ملايين|مليون"
)
_ONE_MILLION: Final = r"מיליונ|מליונ|מילונ|מיל'|a million|миллион|مليون"
_SIGNS: Final = {
    "ILS": r"₪|ש\"?ח|שקלימ|שקל|nis|ils|shekels?|шекел\w*|шек|شيكل|شيقل|شاقل",
    "USD": r"\$|usd|dollars?|דולרימ|דולר|долл\w*|دولار",
    "EUR": r"€|eur|euros?|יורו|אירו|евро|يورو",
    "GBP": r"£|gbp|pounds?|פאונד|ליש\"ט",
}
_CURRENCY: Final = "|".join(_SIGNS.values())
_NUMBER: Final = r"\d{1,3}(?:[,']\d{3})+(?![\d])|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?: \d{3}){2}|\d+(?:[.,]\d{1,3})?(?!\d)"
_COUNTED: Final = (
    r"(?!\s?-?\s?(?:ו-?חצי )?(?:ה?חד|ח(?!\w)|ח'|מטר|מ\"ר|מר(?!\w)|sq|קומ|דקות|דקה|שני|שנה|שעות|ילד|נפש"
    r"|חודש|ימימ|אנש|דונמ|איש"
    r"|חיות|כלב|חתול|מקומות|חניות|מרפס|בנינ|דירות|%|אחוז|br|bed|room|meter|sqm|min|year|month|kid|people|child|floor"
    r"|комн|-?х? ?комн|кв|м2|лет|мин|этаж|غرف|غرفة|متر|ק\"מ|km|[:/]\d))"
)
_AMOUNT: Final = re.compile(
    rf"(?<![\d.,:/a-z])(?:(?P<before>{_CURRENCY})\s?)?(?:"
    rf"(?P<part>חצי|רבע|שלושת רבעי|3 רבעי|half a|quarter|пол|نصف)[\s-]?(?:{_ONE_MILLION}|million)(?!\w)"
    rf"|(?:(?P<millions>{_NUMBER})(?P<mhalf>\s?ו-?חצי| and a half)?\s?-?(?:{_MILLION})"
    rf"|(?<![\w])[הבלמכו]?-?(?:{_ONE_MILLION}))(?!\w)"
    rf"(?:(?P<half>\s?ו-?\s?חצי| and a half| с половиной|\s?ونص\w*)(?!\w)|(?P<quarter>\s?ו-?רבע| and a quarter)(?!\w)"
    rf"|(?P<tenths>\s[1-9](?=\s*(?:$|[,.!?;\n]|(?:גג|מקס\w*|בערכ|אולי|אבל|לכל היותר|או|וזהו|לא יותר|tops"
    rf"|max)(?!\w)))|\s?ו-?(?:[1-9]|שתיימ|שלוש|ארבע|חמש|שש|שבע|שמונה|תשע))(?!\w|[.,]\d|\s?(?:מאות|אלפ)){_COUNTED}"
    rf"|(?P<threequarters>\s?ו-?3 רבעי?\w*)"
    rf"|,?\s(?:ו-?\s?|and |و ?)?(?P<more>\d{{3}}(?:,?000)?|\d\d(?:,?000)?)(?!\d|\.\d)"
    rf"{_COUNTED}(?:\s?(?:{_THOUSAND})(?!\w))?)?"
    rf"|(?P<thousands>{_NUMBER})(?P<thalf>\s?ו-?חצי)?\s?-?(?:{_THOUSAND})(?!\w)"
    rf"(?:(?P<fivehundred>\s?ו-?\s?חצי)(?!\w)|\s(?:ו-?\s?)?(?P<rest>\d{{3}})(?!\d|\.\d){_COUNTED})?"
    rf"|(?P<bare>{_NUMBER})(?P<bhalf>\s?ו-?חצי(?!\w))?{_COUNTED}"
    rf")(?:\s?(?P<after>{_CURRENCY})(?![א-תa-z]))?"
)
_MONTHLY: Final = re.compile(
    r"\s*(?:ש\"?ח|₪)?\s*(?:לחודש|בחודש|חודשי|כל חודש|per month|a month|/ ?mo(?:nth)?|/ ?חודש|monthly|pm\b"
    r"|p/?m\b|в месяц|بالشهر|شهري)"
)
_HIDDEN: Final = re.compile(
    r"(?<!\d)(?:\+?972|0)[\d -]{8,12}(?!\d)|(?<!\d)\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?!\d)|\d{1,2}:\d\d"
    r"|(?<!\d)\d{1,2}/\d{1,2}(?!\d)"
)
_MOST: Final = 10**12
"""Nobody speaks of more money, nor could it be kept."""
_QUARTERS: Final = folded(
    {"חצי": 2, "רבע": 1, "3 רבעי": 3, "שלושת רבעי": 3, "half a": 2, "quarter": 1, "пол": 2, "نصف": 2}
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that may be money; `scale` is 1 for a bare number, `value` is number times scale."""

    number: float
    scale: int
    value: float
    currency: str | None
    monthly: bool
    start: int
    end: int

    @property
    def is_bare(self) -> bool:
        """Neither a scale, nor a currency, nor "a month" marks it as money."""
        return self.scale == 1 and self.currency is None and not self.monthly

    def scaled(self, scale: int) -> "Amount":
        """The same number in thousands or millions."""
        return replace(self, scale=scale, value=self.number * scale)


def find_amounts(folded_text: str) -> list[Amount]:
    """Every amount and every bare number that may be one, in order; phones, dates and hours are none."""
    text = _HIDDEN.sub(lambda found: "_" * len(found[0]), folded_text)
    amounts = (_read(text, found) for found in _AMOUNT.finditer(text))
    return [amount for amount in amounts if amount.value <= _MOST]


def _read(text: str, found: re.Match[str]) -> Amount:
    number, scale, more = _parts(found)
    monthly = _MONTHLY.match(text, found.end())
    sign = found["before"] or found["after"]
    currency = next((code for code, signs in _SIGNS.items() if sign and re.fullmatch(signs, sign)), None)
    start = next((found.start(name) for name in ("before", "part", "millions", "thousands", "bare") if found[name]), -1)
    value = number * scale + more
    return Amount(
        number, scale, value, currency, monthly is not None, start if start >= 0 else found.start(),
        monthly.end() if monthly else found.end(),
    )  # fmt: skip


def _parts(found: re.Match[str]) -> tuple[float, int, float]:
    """The number, what it is multiplied by, and what is added to the product."""
    if found["part"]:
        return _QUARTERS[found["part"]] / 4, 1_000_000, 0
    if found["thousands"]:
        more = 500 if found["fivehundred"] else int(found["rest"] or 0)
        return to_number(found["thousands"]) + (0.5 if found["thalf"] else 0), 1000, more
    if found["bare"]:
        return to_number(found["bare"]) + (0.5 if found["bhalf"] else 0), 1, 0
    number = to_number(found["millions"], decimal=True) if found["millions"] else 1
    if found["more"]:
        more = int(found["more"].replace(",", ""))
        return number, 1_000_000, more if more >= 1000 else more * 1000
    if found["tenths"]:
        tenth = found["tenths"].strip().lstrip("ו-")
        return number, 1_000_000, 100_000 * (int(tenth) if tenth.isdigit() else FEMININE[tenth])
    quarters = 2 if found["half"] else 1 if found["quarter"] else 3 if found["threequarters"] else 0
    return number + (0.5 if found["mhalf"] else 0), 1_000_000, quarters * 250_000


def to_number(written: str, *, decimal: bool = False) -> float:
    """2.4, 2,4, 2,350,000, 2.350.000 and 1 800 000; "2.350" is decimal before millions and two thousand without."""
    plain = written.replace(" ", "").replace("'", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}", plain):
        return float(plain.replace(",", "").replace(".", ""))
    if not decimal and re.fullmatch(r"[1-9]\d?\.\d{3}", plain):
        return float(plain.replace(".", ""))
    return float(plain.replace(",", "."))
