"""Rules by which written Hebrew is said, in the order in which they are applied."""

import re
from functools import cache
from typing import Final

from proli.knowledge.reading.gazetteer import rows_of
from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.spoken import nouns
from proli.knowledge.spoken.clock import date_in_hebrew, hour_in_hebrew, part_in_hebrew, weekday_in_hebrew
from proli.knowledge.spoken.number_words import MOST, digits_in_hebrew, in_hebrew
from proli.knowledge.spoken.signs import LINK, MAIL, SIGNS, Match, Rule
from proli.knowledge.spoken.telephone import PHONE, phone_in_hebrew

_PRE: Final = r"(?<![\w.,:/₪$€])(?P<pre>[ובלמהכש]{1,3}-?)?"
_NUMBER: Final = r"\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,9}"
_AMOUNT: Final = rf"(?:{_NUMBER})(?:\.\d{{1,2}})?(?!\d)"
_HOUR: Final = r"(?P<h{0}>[01]?\d|2[0-4]):(?P<m{0}>[0-5]\d)(?![\d:])"
_PART: Final = r"(?P<part> (?:בבוקר|בצהריים|אחר הצהריים|אחרי הצהריים|לפני הצהריים|בערב|בלילה|לפנות בוקר))?"
_TO: Final = r"(?P<to> ?- ?| עד | ועד | ל-?| ול-?| או (?:ב-?)?)"
_DAY: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])[./](?P<m>0?[1-9]|1[0-2])(?:[./](?P<y>(?:20)?\d\d))?(?![\d./]\d|\d)"
_UNIT: Final = r"(?! ?(?:%|₪|אחוז|מיליון|אלף|שקל|חדרים|מטר|קילו|שעות|דונם|מתוך|כוכבים))"
_SIGN: Final = {"שקל": "₪", "שקלים": "₪", "₪": "₪", "$": "$", "דולר": "$", "€": "€", "יורו": "€"}
_COIN: Final = r"(?:₪|\$|€|שקלים|שקל|דולר|יורו)(?!\w)"
_LABEL: Final = 12
"""Letters before a number in which the word that it names is looked for."""
_SCALE: Final = r"(?P<scale> ?(?:אלף|מיליון|מיליארד)(?!\w))"


def _pre(found: Match) -> str:
    return (found["pre"] or "").rstrip("-")


def _between(found: Match) -> str:
    """The word between the ends of a range."""
    to = found["to"].strip()
    return " עד " if to in ("-", "עד") else f" {to.rstrip('-')}{' ' if to in ('או', 'ועד') else ''}"


def _abbreviation(found: Match) -> str:
    return found["pre"] + _abbreviations()[found["short"]]


@cache
def _abbreviations() -> dict[str, str]:
    """Those of the table, and towns that are written with a mark: "ת״א"."""
    towns = {row["alias"]: row["name"] for row in rows_of("locality_aliases.csv") if '"' in row["alias"]}
    return towns | dict(read_table("spoken.yaml")["abbreviations"])


def _shorts() -> re.Pattern[str]:
    known = "|".join(re.escape(short) for short in sorted(_abbreviations(), key=len, reverse=True))
    return re.compile(rf"(?<![\w\"'])(?P<pre>[ובלמהכש]{{0,3}})(?P<short>{known})(?![\w\"])")


def _hour(found: Match) -> str:
    hour, minute = int(found["h1"]), int(found["m1"])
    return f"{_pre(found)}{hour_in_hebrew(hour, minute)}{found['part'] or ' ' + part_in_hebrew(hour)}"


def _hours(found: Match) -> str:
    first, second = int(found["h1"]), int(found["h2"])
    part = found["part"] or " " + part_in_hebrew(second)
    same = part_in_hebrew(first) == part_in_hebrew(second) or 12 <= first < second < 18
    head = "" if found["part"] or same else " " + part_in_hebrew(first)
    start, end = hour_in_hebrew(first, int(found["m1"])), hour_in_hebrew(second, int(found["m2"]))
    return f"{_pre(found)}{start}{head}{_between(found)}{end}{part}"


def _weekday(found: Match) -> str:
    last = f" עד {weekday_in_hebrew(found['last'])}" if found["last"] else ""
    return f"{found['day']} {weekday_in_hebrew(found['letter'])}{last}"


def _date(found: Match) -> str:
    year = int(found["y"]) if found["y"] else None
    said = date_in_hebrew(int(found["d"]), int(found["m"]), year + 2000 if year and year < 100 else year)
    return said if found.re is not _DAY_AND_DATE else f"{found['day']}, ה{said}"


def _dated(found: Match) -> str:
    return _pre(found) + _date(found)


def _money_range(found: Match) -> str:
    written = found["s1"] or found["s2"] or found["s3"] or found["s4"]
    if not written:
        return found[0]
    sign = _SIGN[written.strip()]
    low = nouns.money_in_hebrew(found["a"], sign, bare=True)
    return f"{_pre(found)}{low}{_between(found)}{nouns.money_in_hebrew(found['b'], sign)}"


def _money(found: Match) -> str:
    written = found["s1"] or found["s2"]
    return _pre(found) + nouns.money_in_hebrew(found["a"], _SIGN[written.strip()]) if written else found[0]


def _scaled(found: Match) -> str:
    """ "₪2.4 מיליון": the scale before the currency."""
    written = (found["s1"] or found["s2"] or "").strip()
    coin = f" {nouns.coin_in_hebrew(_SIGN[written])}" if written else ""
    return _pre(found) + nouns.scaled_in_hebrew(found["a"], found["scale"].strip()) + coin


def _percent(found: Match) -> str:
    return _pre(found) + nouns.percent_in_hebrew(found["a"])


def _counted(found: Match) -> str:
    said = None if _is_named(found) else nouns.count_in_hebrew(found["a"], found["noun"])
    return found[0] if said is None else _pre(found) + said


def _is_named(found: Match) -> bool:
    """Whether the number is the name of what stands before it."""
    before = found.string[max(0, found.start() - _LABEL) : found.start()].split()
    return bool(before) and nouns.is_label(before[-1])


def _counted_range(found: Match) -> str:
    said = nouns.count_in_hebrew(found["b"], found["noun"])
    gender = nouns.gender_of(found["noun"])
    if said is None or gender is None:
        return found[0]
    second = said if not said.startswith(("שתי ", "שני ")) else f"{in_hebrew(2, gender)} {found['noun']}"
    return f"{_pre(found)}{in_hebrew(int(found['a']), gender)}{_between(found)}{second}"


def _range(found: Match) -> str:
    return f"{_pre(found)}{in_hebrew(int(found['a']))}{_between(found)}{in_hebrew(int(found['b']))}"


def _flat(found: Match) -> str:
    return f"{found['street']} {in_hebrew(int(found['a']))}, דירה {in_hebrew(int(found['b']))}"


def _number(found: Match) -> str:
    whole, _, fraction = found["a"].replace(",", "").partition(".")
    if fraction:
        return _pre(found) + nouns.decimal_in_hebrew(whole, fraction)
    long = "," not in found["a"] and (len(whole) > 5 or whole.startswith("0"))
    return _pre(found) + (digits_in_hebrew(whole) if long or int(whole) > MOST else in_hebrew(int(whole)))


def _code(found: Match) -> str:
    return f"{found['what']}{found['sign']}{digits_in_hebrew(found['digits'])}"


def _mail(found: Match) -> str:
    return f"{found[1]} שטרודל {found[2]}".replace(".", " נקודה ").replace("_", " קו תחתון ").replace("-", " מקף ")


_DAY_AND_DATE: Final = re.compile(rf"(?P<day>יום \w{{2,6}}|שבת),? (?:ה-)?{_DAY}")
_SIGNED: Final = rf"(?P<s1>(?:₪|\$|€) ?)?(?P<a>{_AMOUNT})"

_FULL_DATE: Final = r"(?P<d>[12]?\d|3[01])[./](?P<m>[1-9]|1[0-2])[./](?P<y>(?:20)?\d\d)(?!\d)"
_LATE_DATE: Final = rf"(?P<d>[12]?\d|3[01])\.(?P<m>1[0-2])(?P<y>)(?![\d.]\d|\d){_UNIT}"
"""Without a year, in a month of two digits: no decimal is written so."""
_NOUN: Final = r" (?P<noun>[א-ת]{2,12})(?![\w'\"])"
_WEEKDAYS: Final = r"(?<!\w)(?P<day>[ובלמהכש]{0,2}(?:יום|ימים)) (?P<letter>[א-ו])'?(?:-(?P<last>[א-ו])'?)?(?!\w)"
_CODE: Final = r"(?P<what>תעודת זהות|קוד|ח\.פ\.?|מספר(?=:? [1-9]))(?P<sign>:? )(?P<digits>\d{4,10})(?![\d,.]\d|\d)"
_OPENED: Final = r"(?P<pre>(?<!\w)[ובלמהכש]{1,3}-?)?"

RULES: Final[tuple[Rule, ...]] = (
    (MAIL, _mail),
    (LINK, lambda _: "קישור"),
    (_shorts(), _abbreviation),
    (re.compile(_WEEKDAYS), _weekday),
    (re.compile(_CODE), _code),
    (re.compile(rf"{_PRE}(?<!\*){PHONE}"), lambda found: _pre(found) + phone_in_hebrew(found["phone"])),
    (re.compile(rf"{_PRE}(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"), _dated),
    (_DAY_AND_DATE, _date),
    (re.compile(rf"(?<!\w)(?P<pre>[ובלמהכש]{{1,2}}-|תאריך |היום |מחר |עד ){_DAY}{_UNIT}"), _dated),
    (re.compile(rf"{_PRE}(?:{_FULL_DATE})"), _dated),
    (re.compile(rf"{_PRE}(?:{_LATE_DATE})"), _dated),
    (re.compile(rf"{_PRE}{_HOUR.format(1)}{_TO}{_HOUR.format(2)}{_PART}"), _hours),
    (re.compile(rf"{_PRE}{_HOUR.format(1)}{_PART}"), _hour),
    (
        re.compile(rf"{_PRE}{_SIGNED}(?P<s2> ?{_COIN})?{_TO}(?P<s3>(?:₪|\$|€) ?)?(?P<b>{_AMOUNT})(?P<s4> ?{_COIN})?"),
        _money_range,
    ),
    (re.compile(rf"{_PRE}{_SIGNED}{_SCALE}(?P<s2> ?{_COIN})?"), _scaled),
    (re.compile(rf"{_PRE}{_SIGNED}(?P<s2> ?{_COIN})?"), _money),
    (re.compile(rf"{_PRE}(?P<a>{_AMOUNT}) ?(?:%|אחוזים|אחוז)"), _percent),
    (re.compile(rf"{_PRE}(?P<a>\d{{1,4}}){_TO}(?P<b>{_AMOUNT}){_NOUN}"), _counted_range),
    (re.compile(rf"{_PRE}(?P<a>{_AMOUNT}){_NOUN}"), _counted),
    (re.compile(r"(?P<street>[א-ת'\"]{2,20}) (?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\d/])"), _flat),
    (re.compile(rf"{_PRE}(?P<a>\d{{1,4}})(?P<to> ?- ?)(?P<b>\d{{1,4}})(?![\d-])"), _range),
    (re.compile(rf"{_OPENED}(?P<a>{_AMOUNT}|\d+)"), _number),
    (re.compile(r"(?<=[א-ת])/(?=[א-ת])"), lambda _: " או "),
    (re.compile(r" ?& ?"), lambda _: " ו"),
    (re.compile(r" ?\+ ?"), lambda _: " ועוד "),
    *SIGNS,
)
