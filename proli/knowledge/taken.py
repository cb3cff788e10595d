"""What was taken for the work, where it is told as a bare number: in the report of it, or to put it right."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final, Literal

from proli.knowledge.numbers import with_digits
from proli.knowledge.reading.lexicon import read_table, word_set
from proli.knowledge.text import fold, tokens
from proli.knowledge.workday import read_workday

LEAST, MOST = 50, 20_000
"""Shekels that a bare number may be."""
_AT_END: Final = 200
"""Above this, and round, a number may be the price for nothing but standing at the end."""
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER: Final = re.compile(
    r"(?:(?<![\w.:/,%+-])|(?<=(?<!\w)ב)|(?<=(?<!\w)ב-)|(?<=, )|(?<=,))(?<!\d)(\d{1,6})(?![\w:/%]| ?%|\.\d|-\d)"
)
_BEFORE: Final = re.compile(r"(?<!\w)(?:ב-? ?|for )$")
_CLAUSE: Final = re.compile(r"[,.;!\n]| - ")
_NOT_IT: Final = re.compile(r"(?:(?<!\w)(?:ו?לא|במקומ|not|instead of)(?: של| ב)?)[ -]?$")
_JUST_NOW: Final = range(-15, 91)
"""How many minutes ago an hour is when a number written like it may be that hour."""


@dataclass(frozen=True, slots=True)
class PutRight:
    """A price in shekels that takes the place of another."""

    price: int
    instead_of: int | None
    by: Literal["price", "mistake", "little"]
    """How plainly the words speak of a price: by its name, of some mistake, or by the number alone."""


def plain_digits(text: str) -> str:
    """`with_digits(text)` without commas of thousands."""
    return _THOUSANDS.sub("", with_digits(text))


def find_taken(
    text: str, *, other_numbers: Collection[int] = (), at: datetime | None = None
) -> tuple[int, tuple[int, int]] | None:
    """The price in a report of work done, with where it stands in `plain_digits(text)`; None where no number, or more
    than one, can be it. `at` is when it was said, local; `other_numbers` are known to be something else.
    """
    plain = plain_digits(text)
    found = [
        (int(one[1]), one.span(1))
        for one in _NUMBER.finditer(plain)
        if LEAST <= int(one[1]) <= MOST and int(one[1]) not in other_numbers and not _is_hour(one[1], at)
    ]
    fits = [one for one in found if _is_price(fold(plain), *one)]
    return fits[0] if len(fits) == 1 else None


def find_maybe(text: str) -> int | None:
    """The one number in a report that may be a price, and may be something else: "התקנתי דוד 150"."""
    folded = fold(plain_digits(text))
    found = list(_NUMBER.finditer(folded))
    if len(found) != 1 or not LEAST <= int(found[0][1]) <= MOST:
        return None
    before, after = folded[: found[0].start()], folded[found[0].end() :]
    leading = [word.text for word in tokens(_CLAUSE.split(before)[-1])]
    following = [word.text for word in tokens(_CLAUSE.split(after)[0])]
    if following[:1] and following[0] in _set("taken", "counted"):
        return None
    sized = leading[-2:] and set(leading[-2:]) & _set("taken", "sized")
    return int(found[0][1]) if sized or (not following and int(found[0][1]) % 10 == 0 and not _other(leading)) else None


def _other(leading: list[str]) -> bool:
    return not leading or bool(set(leading[-2:]) & _set("taken", "other_number"))


def find_put_right(text: str) -> PutRight | None:
    """The price of "טעות, 540", "לא 450, 540" or "המחיר היה 540"; None when the words say anything else."""
    folded = fold(plain_digits(text))
    numbers = list(_NUMBER.finditer(folded))
    if "?" in text or len(numbers) not in (1, 2) or len(re.findall(r"\d+", folded)) != len(numbers):
        return None
    words = {word.text for word in tokens(folded) if not word.text.isdigit()}
    words = {word for word in words if not word.strip("ב").isdigit()}
    priced, mistaken = words & _set("putting_right", "price"), words & _set("putting_right", "mistake")
    if words - priced - mistaken - _set("putting_right", "little"):
        return None
    denied = [one for one in numbers if _NOT_IT.search(folded[: one.start()].rstrip(" "))]
    if len(numbers) == 2 and len(denied) != 1:
        return None
    price = next((one for one in numbers if one not in denied), numbers[0])
    instead_of = int(denied[0][1]) if len(numbers) == 2 else None
    return PutRight(int(price[1]), instead_of, "price" if priced else "mistake" if mistaken else "little")


def _is_hour(number: str, at: datetime | None) -> bool:
    """Whether the number is written like an hour that has just been: "סיימתי 1630"."""
    hour, minute = int(number) // 100, int(number) % 100
    if at is None or len(number) != 4 or hour > 23 or minute > 59:
        return False
    return 60 * (at.hour - hour) + at.minute - minute in _JUST_NOW


def _is_price(folded: str, number: int, span: tuple[int, int]) -> bool:
    before, after = _BEFORE.sub("", folded[: span[0]]), folded[span[1] :]
    leading = [word.text for word in tokens(_CLAUSE.split(before)[-1])]
    trailing, following = [word.text for word in tokens(after)], [word.text for word in tokens(_CLAUSE.split(after)[0])]
    if following[:1] and following[0] in _set("taken", "counted"):
        return False
    if leading and leading[-1] in _set("taken", "took"):
        return True
    if all(word in _set("taken", "little") or _says_done(word) for word in leading):
        return bool(leading) or all(word in _set("taken", "paid") for word in following)
    last = all(word in _set("taken", "paid") for word in trailing)
    return (
        last
        and number > _AT_END
        and number % 10 == 0
        and not set(leading[-2:]) & (_set("taken", "other_number") | _set("taken", "sized"))
    )


def _says_done(word: str) -> bool:
    return "done" in read_workday(word).kinds


@cache
def _set(table: str, name: str) -> frozenset[str]:
    return word_set(str(read_table("workday.yaml")[table][name]))
