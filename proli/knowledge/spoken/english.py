"""Rules by which written English is said, in the order in which they are applied."""

import re
from functools import cache
from typing import Final

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.spoken import nouns
from proli.knowledge.spoken.clock import (
    date_in_english,
    hour_in_english,
    part_in_english,
    weekday_in_english,
)
from proli.knowledge.spoken.number_words import MOST, digits_in_english, in_english
from proli.knowledge.spoken.signs import LINK, MAIL, SIGNS, Match, Rule
from proli.knowledge.spoken.telephone import PHONE, phone_in_english

_FREE: Final = r"(?<![\w.,:/₪$€])"
_AMOUNT: Final = r"(?:\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,9})(?:\.\d{1,2})?(?!\d)"
_SIGN: Final = {"shekels": "₪", "shekel": "₪", "₪": "₪", "$": "$", "dollars": "$", "€": "€", "euros": "€"}
_HOUR: Final = r"(?P<h{0}>[01]?\d|2[0-4]):(?P<m{0}>[0-5]\d)(?![\d:])"
_HALF: Final = r"(?: ?(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w))?"
_DAY: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])[./](?P<m>0?[1-9]|1[0-2])(?:[./](?P<y>(?:20)?\d\d))?(?![\d./]\d|\d)"
_WEEKDAY: Final = r"(?P<day>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday|s|rs)?)(?!\w)"


@cache
def _abbreviations() -> dict[str, str]:
    return dict(read_table("spoken.yaml")["english_abbreviations"])


def _shorts() -> re.Pattern[str]:
    known = "|".join(re.escape(short) for short in sorted(_abbreviations(), key=len, reverse=True))
    return re.compile(rf"(?i:(?<![\w.])(?P<short>{known})(?!\w))")


def _of_day(hour: int, half: str | None) -> int:
    return hour % 12 + (12 if half.startswith("p") else 0) if half else hour


def _hour(found: Match) -> str:
    hour = _of_day(int(found["h1"]), found["half"])
    return f"{hour_in_english(hour, int(found['m1']))} {part_in_english(hour)}"


def _hours(found: Match) -> str:
    first, second = int(found["h1"]), _of_day(int(found["h2"]), found["half"])
    head = "" if found["half"] or part_in_english(first) == part_in_english(second) else " " + part_in_english(first)
    to = " to " if found["to"].strip() == "-" else found["to"]
    end = f"{hour_in_english(second, int(found['m2']))} {part_in_english(second)}"
    return f"{hour_in_english(first, int(found['m1']))}{head}{to}{end}"


def _bare_hour(found: Match) -> str:
    hour = _of_day(int(found["h"]), found["half"])
    return f"{hour_in_english(hour, 0)} {part_in_english(hour)}"


def _date(found: Match) -> str:
    year = int(found["y"]) if found["y"] else None
    said = date_in_english(int(found["d"]), int(found["m"]), year + 2000 if year and year < 100 else year)
    return f"{weekday_in_english(found['day'])}, {said}" if "day" in found.re.groupindex else said


def _money(found: Match) -> str:
    sign = found["s1"] or found["s2"]
    return nouns.money_in_english(found["a"], _SIGN[sign.strip().lower()]) if sign else found[0]


def _number(found: Match) -> str:
    whole, _, fraction = found["a"].replace(",", "").partition(".")
    if fraction:
        return nouns.decimal_in_english(whole, fraction)
    long = "," not in found["a"] and (len(whole) > 5 or whole.startswith("0"))
    return digits_in_english(whole) if long or int(whole) > MOST else in_english(int(whole))


def _percent(found: Match) -> str:
    return f"{_number(found)} percent"


def _range(found: Match) -> str:
    return f"{in_english(int(found['a']))} to {in_english(int(found['b']))}"


_FULL_DATE: Final = r"(?P<d>[12]?\d|3[01])[./](?P<m>[1-9])[./](?P<y>(?:20)?\d\d)(?!\d)"
_LATE_DATE: Final = r"(?P<d>[12]?\d|3[01])[./](?P<m>1[0-2])(?:[./](?P<y>(?:20)?\d\d))?(?![\d.]\d|\d|%)"
_BARE_HOUR: Final = r"(?P<h>1[0-2]|[1-9]) ?(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w)"
_BETWEEN: Final = r"(?P<to> ?- ?| to | or | and | until )"
_COIN: Final = r"(?P<s2> ?(?:₪|\$|€)| (?:shekels?|dollars|euros)(?!\w))"

RULES: Final[tuple[Rule, ...]] = (
    (MAIL, lambda found: f"{found[1]} at {found[2]}".replace(".", " dot ")),
    (LINK, lambda _: "a link"),
    (_shorts(), lambda found: _abbreviations()[found["short"].lower()]),
    (re.compile(rf"{_FREE}{PHONE}"), lambda found: phone_in_english(found["phone"])),
    (re.compile(rf"{_FREE}(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"), _date),
    (re.compile(rf"{_WEEKDAY},? {_DAY}"), _date),
    (re.compile(rf"{_FREE}(?:{_LATE_DATE})"), _date),
    (re.compile(rf"{_FREE}(?:{_FULL_DATE})"), _date),
    (re.compile(rf"{_FREE}{_HOUR.format(1)}{_BETWEEN}{_HOUR.format(2)}{_HALF}", re.I), _hours),
    (re.compile(rf"{_FREE}{_HOUR.format(1)}{_HALF}", re.I), _hour),
    (re.compile(rf"{_FREE}{_BARE_HOUR}", re.I), _bare_hour),
    (re.compile(rf"{_FREE}(?P<s1>[₪$€] ?)?(?P<a>{_AMOUNT}){_COIN}?", re.I), _money),
    (re.compile(rf"{_FREE}(?P<a>{_AMOUNT}) ?%"), _percent),
    (re.compile(rf"{_FREE}(?P<a>\d{{1,4}}) ?- ?(?P<b>\d{{1,4}})(?![\d-])"), _range),
    (re.compile(rf"(?P<a>{_AMOUNT}|\d+)"), _number),
    (re.compile(r" ?& ?"), lambda _: " and "),
    (re.compile(r" ?\+ ?"), lambda _: " plus "),
    *SIGNS,
)
