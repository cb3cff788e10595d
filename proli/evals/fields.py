"""Comparing one field of a record with gold, as EVALS says: right, wrong, missed, or a false fill."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from proli.knowledge.people import parse_phone
from proli.knowledge.places import find_locality
from proli.knowledge.text import fold, skeleton
from proli.platform.errors import ProliError

Verdict = Literal["right", "wrong", "missed", "false_fill"]
ZONE = ZoneInfo("Asia/Jerusalem")
ADDRESS_PARTS = ("street", "number", "floor", "apartment", "entrance", "neighbourhood")


def same(gold: Any, got: Any) -> bool:
    """Numbers by value, lists as sets, words by their spelling without marks."""
    if isinstance(gold, (int, float)) and isinstance(got, (int, float)):
        return float(gold) == float(got)
    if isinstance(gold, list) and isinstance(got, (list, tuple)):
        return set(map(plain, cast("list[Any]", gold))) == set(map(plain, cast("list[Any]", got)))
    return plain(gold) == plain(got)


def plain(value: Any) -> str:
    words = re.sub(r"[^\w]+", " ", fold(str(value)))
    return " ".join(skeleton(word) for word in words.split())


def same_place(gold: Any, got: Any) -> bool:
    a, b = find_locality(str(gold)), find_locality(str(got))
    return a.name == b.name if a and b else same(gold, got)


def same_phone(gold: Any, got: Any) -> bool:
    try:
        return parse_phone(str(gold)) == parse_phone(str(got))
    except ProliError:
        return same(gold, got)


def same_address(gold: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    """Every part the same; apt and apartment are one, a part that gold does not know must not be there."""
    return all(same_part(part_of(gold, name), part_of(got, name), name) for name in ADDRESS_PARTS)


def part_of(address: Mapping[str, Any], name: str) -> Any:
    value = address.get(name)
    return address.get("apt") if value is None and name == "apartment" else value


def same_part(gold: Any, got: Any, name: str) -> bool:
    if gold is None or got is None:
        return gold is got or name == "neighbourhood"
    if name == "street":
        return plain(without_marker(gold)) == plain(without_marker(got))
    return plain(gold) == plain(got)


def without_marker(street: Any) -> str:
    return re.sub(r"^(?:רחוב|רח'|שדרות|שד'|דרך|סמטת|ul\.?|ул\.?|улица|شارع)\s+", "", str(street).strip())


def same_time(gold: Mapping[str, Any], got: Mapping[str, Any] | None) -> bool:
    """By kind and start: to the minute when exact, day plus part or bound otherwise."""
    if got is None or gold["kind"] != got["kind"]:
        return False
    start, end = local(got.get("start")), local(got.get("end"))
    kind = gold["kind"]
    if kind == "asap":
        return True
    if kind == "flexible":
        return same_moment(gold.get("start"), start, day_only=True) if gold.get("start") else True
    if kind == "before":
        return same_bound(gold.get("end"), end) and (
            not gold.get("start") or start is None or same_moment(gold["start"], start, day_only=True)
        )
    if kind == "part" and gold.get("part") and gold["part"] != got.get("part"):
        return False
    if kind == "range" and gold.get("end") and not same_moment(gold["end"], end):
        return False
    return same_moment(gold.get("start"), start, day_only=kind in {"day", "part"})


def local(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment).astimezone(ZONE).replace(tzinfo=None) if moment else None


def same_moment(gold: str | None, got: datetime | None, *, day_only: bool = False) -> bool:
    if gold is None:
        return True
    if got is None:
        return False
    wanted = naive(gold)
    if day_only or "T" not in gold:
        return wanted.date() == got.date()
    return wanted == got.replace(second=0, microsecond=0)


def naive(moment: str) -> datetime:
    found = datetime.fromisoformat(moment)
    return found.astimezone(ZONE).replace(tzinfo=None) if found.tzinfo else found


def same_bound(gold: str | None, got: datetime | None) -> bool:
    """A bound stands as an hour or an instant; where gold has none, such as before candle lighting, any is right."""
    if gold is None:
        return True
    if got is None:
        return False
    if re.fullmatch(r"\d{1,2}:\d{2}", gold):
        hour, minute = map(int, gold.split(":"))
        return (got.hour, got.minute) == (hour, minute)
    return same_moment(gold, got)


def issue_told(keywords: list[str], issue: str) -> bool:
    """Whether every keyword stands in the issue in some inflection."""
    said = plain(issue)
    return all(stem(plain(word)) in said for word in keywords)


def stem(words: str) -> str:
    """Without the ending that inflection changes."""
    return words[:-1] if len(words) > 3 and words[-1] in "התיןםמנ" else words


ROLES = {"renter": "tenant", "lessor": "landlord"}
"""Names of roles that mean the same."""


def same_role(gold: Any, got: Any) -> bool:
    return ROLES.get(gold, gold) == ROLES.get(got, got)


SPECIAL: dict[str, Callable[[Any, Any], bool]] = {
    "city": same_place,
    "city_to": same_place,
    "sell_city": same_place,
    "phone": same_phone,
    "role": same_role,
    "address": same_address,
    "preferred_time": same_time,
    "issue_keywords": issue_told,
}


def is_empty(name: str, value: Any) -> bool:
    if name == "preferred_time":
        return not value or value.get("kind") is None
    if name == "address":
        return not value or all(part in (None, "") for part in value.values())
    return value in (None, "", [], {}, ())


def judge(name: str, acceptable: list[Any], got: Any) -> Verdict:
    """The verdict on one field, given every acceptable value; an empty one among them means that none is needed."""
    compare = SPECIAL.get(name, same)
    if is_empty(name, got):
        return "right" if any(is_empty(name, gold) for gold in acceptable) else "missed"
    wanted = [gold for gold in acceptable if not is_empty(name, gold)]
    if any(compare(gold, got) for gold in wanted):
        return "right"
    return "wrong" if wanted else "false_fill"
