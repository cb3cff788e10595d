"""What a professional tells of the work of a visit: what was done, and what was taken for it."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from proli.dispatch.professionals_day import Work
from proli.knowledge.money import find_money
from proli.knowledge.numbers import with_digits
from proli.knowledge.taken import find_taken, plain_digits
from proli.knowledge.text import normalise
from proli.knowledge.workday import is_free, read_workday

MOST_SHEKELS: Final = 1_000_000
_NUMBER: Final = re.compile(r"(?<![\w.:/-])(\d{1,6})(?![\w.:/-])")
_FOR: Final = re.compile(r"(?:(?<!\w)ב-?|(?<!\w)for ?)$")
_EDGES: Final = " ,.;:-–\n"


def work_in(text: str, *, asked: bool = False, other_numbers: Collection[int] = (), at: datetime | None = None) -> Work:
    """What was done and taken: the price is the one amount that the words tell, or a bare number that can be one.

    `asked` where any number alone is the price; for `other_numbers` and `at` see `find_taken`.
    """
    amounts = [one for one in find_money(text) if one.currency == "ILS" and one.amount <= MOST_SHEKELS]
    if amounts:
        # the lower end of a span is no price that was taken
        only = amounts[0] if len(amounts) == 1 and amounts[0].minimum is None else None
        found, plain = (only.amount, (only.start, only.end)) if only is not None else None, with_digits(text)
    else:
        found, plain = find_taken(text, other_numbers=other_numbers, at=at), plain_digits(text)
        found = only_number(plain) if found is None and asked else found
    price = found[0] * 100 if found is not None else 0 if is_free(text) else None
    if found is not None:
        start, end = found[1]
        plain = _FOR.sub("", plain[:start]) + plain[end:]
    return Work(words=without_report(plain), price_agorot=price)


def only_number(plain: str) -> tuple[int, tuple[int, int]] | None:
    numbers = list(_NUMBER.finditer(plain))
    return (int(numbers[0][1]), numbers[0].span()) if len(numbers) == 1 else None


def without_report(text: str) -> str:
    """The words without the "done" they begin with."""
    first, _, rest = normalise(text).partition(" ")
    return (rest if "done" in read_workday(first.strip(_EDGES)).kinds else f"{first} {rest}").strip(_EDGES)
