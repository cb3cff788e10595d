"""What staff may write into a lead's needs: the entries of the business's playbook, each of its own kind."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from proli.knowledge.people import parse_phone
from proli.leads.errors import BadLeadField
from proli.playbooks.loader import Need, Playbook
from proli.playbooks.trades import known_trades

MOST_LISTED: Final = 20
LONGEST: Final = 200
LARGEST: Final = 1_000_000_000
MONTH: Final = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])", re.ASCII)


def checked_needs(playbook: Playbook, needs: Mapping[str, Any]) -> dict[str, Any]:
    """The needs as they are kept; nothing and an empty list take an entry back.

    Raises:
        BadLeadField: the playbook has no such entry, or it cannot be that.
    """
    found: dict[str, Any] = {}
    for name, value in needs.items():
        need = playbook.needs.get(name)
        if need is None:
            raise BadLeadField(field=f"needs.{name[:LONGEST]}")
        if value in (None, "", []):
            found[name] = None
            continue
        try:
            found[name] = read_need(need, value)
        except ValueError as error:
            raise BadLeadField(field=f"needs.{name}") from error
    return found


def read_need(need: Need, value: Any) -> Any:
    """The value as it is kept.

    Raises:
        ValueError: it cannot be that.
    """
    match need.kind:
        case "choice":
            return one_of(value, need.values)
        case "choices":
            return [one_of(one, need.values) for one in listed(value)]
        case "trades":
            return [one_of(one, known_trades()) for one in listed(value)]
        case "list":
            return [words(one) for one in listed(value)]
        case "number":
            return number(value)
        case "day":
            return value if value in need.values else day(value)
        case "phone":
            return parse_phone(words(value))
        case "text":
            return words(value)


def one_of(value: Any, known: Any) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError("not one of these")
    return value


def listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(cast("list[Any]", value)) > MOST_LISTED:
        raise ValueError("not a list, or too long")
    return list(dict.fromkeys(words(one) for one in cast("list[Any]", value)))


def words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise ValueError("no words, or too many")
    return value.strip()


def number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LARGEST:
        raise ValueError("not a number that can be")
    return value


def day(value: Any) -> str:
    """A date, or a month."""
    said = words(value)
    if MONTH.fullmatch(said):
        return said
    return date.fromisoformat(said).isoformat()
