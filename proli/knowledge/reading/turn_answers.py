"""Whether what was asked for has been told in full, by the kind of answer that the question expects."""

import re
from collections.abc import Callable
from typing import Final, Literal

from proli.knowledge.reading.turn_words import Heard, is_number, is_one_of, words_under

Asked = Literal["open", "yes_no", "choice", "phone", "name", "city", "address", "time", "amount", "number"]
Reason = Literal[
    "nothing", "answered", "closing", "enough", "told", "question", "complete", "story", "opening", "half", "trails_off", "thinking", "digits",
    "price", "date", "address",
]  # fmt: skip
_PHONE: Final = re.compile(r"(?:05\d{8}|07\d{8}|0[23489]\d{7}|1[78]00\d{6}|972\d{8,9})")
_WRITTEN_PRICE: Final = 3
"""Digits of what can be a price by itself: "950", not "3"."""
_SHORT: Final = 3
_LOCAL_DIGITS: Final = 7
"""Of a phone told again after "לא, סליחה": the prefix stays."""
_BEGINS_PHONE: Final = 3
_ONE_MISSING: Final = 8
"""Digits of a phone of which the ears may have lost the others."""


def in_phone(heard: Heard) -> bool:
    """Whether the text ends inside a phone, whoever asked for one."""
    return len(heard.digits) >= _BEGINS_PHONE and heard.digits[0] == "0" and not is_phone(heard)


def is_phone(heard: Heard) -> bool:
    return bool(_PHONE.fullmatch(heard.digits))


def _phone(heard: Heard) -> Reason:
    if is_phone(heard):
        return "answered"
    if heard.digits:
        again = heard.was_put_right() and len(heard.digits) >= _LOCAL_DIGITS
        return "half" if again or len(heard.digits) > _ONE_MISSING else "digits"
    return "answered" if heard.has("same_number") else "half"


def _yes_no(heard: Heard) -> Reason:
    hedged = len(heard.words) <= _SHORT and heard.has("hedges")
    refused = len(heard.words) == 1 and heard.last in words_under("refusing")
    if hedged or refused:
        return "enough"
    return "told" if heard.without("yes_no", "closing") else "answered"


def _choice(heard: Heard) -> Reason:
    chosen = heard.has("choices") or heard.has("days")
    if is_number(heard.last) or (len(heard.words) == 1 and chosen):
        return "enough"
    return "answered" if chosen and not heard.has("alternatives") else "told"


def _name(heard: Heard) -> Reason:
    told = len(heard.without("name_leads", "titles"))
    if not told:
        return "trails_off"
    return "answered" if told > 1 or heard.has("titles") else "half"


def _city(heard: Heard) -> Reason:
    return "enough" if len(heard.words) <= 2 else "told"


def _address(heard: Heard) -> Reason:
    if heard.last in words_under("address_leads"):
        return "trails_off"
    if not heard.numbers:
        return "told" if heard.has("no_number") else "address"
    whole = (heard.has("address_ends") and heard.numbers > 1) or not is_number(heard.last)
    return "answered" if whole else "enough"


def _time(heard: Heard) -> Reason:
    if heard.in_span():
        return "date"
    hours = any(is_number(word) and not is_one_of(word, "days") for word in heard.words)
    if heard.has("parts_of_day") or (hours and (heard.has("days") or heard.has("between"))):
        return "answered"
    if hours or heard.has("months"):
        return "enough"
    return "date" if heard.has("days") else "told"


def _amount(heard: Heard) -> Reason:
    if not heard.numbers and not heard.has("magnitudes"):
        return "trails_off" if is_one_of(heard.last, "limits") else "told"
    if heard.in_span():
        return "price"
    if is_number(heard.last) and not heard.has("magnitudes"):
        return "enough" if heard.last.isdigit() and len(heard.last) >= _WRITTEN_PRICE else "price"
    goes_on = is_number(heard.last) or is_one_of(heard.last, "price_joints")
    return "enough" if goes_on and not heard.has("between") else "answered"


def _number(heard: Heard) -> Reason:
    if not heard.numbers:
        return "trails_off" if is_one_of(heard.last, "limits") else "told"
    if heard.in_span():
        return "price"
    return "enough" if heard.numbers == 1 and is_number(heard.last) else "answered"


ANSWERS: Final[dict[Asked, Callable[[Heard], Reason]]] = {
    "phone": _phone,
    "yes_no": _yes_no,
    "choice": _choice,
    "name": _name,
    "city": _city,
    "address": _address,
    "time": _time,
    "amount": _amount,
    "number": _number,
}
