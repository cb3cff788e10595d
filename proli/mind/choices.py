"""A contact's open requests, where there are several, and what words want of which of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

Wanted = Literal["cancel", "may_cancel", "move", "ask", "tell"]
"""may_cancel: giving it up is spoken of, but not so that it may be done. tell: whoever comes should know something."""

CANCEL: Final = "cancel"
"""What was asked when nothing is to be given up before a plain yes."""
BACK: Final = "back"
"""What was asked when several were cancelled together and it is not plain which of them is wanted after all."""
WHICH: Final = "which_"
"""Begins the name of our question which request is meant, before what is wanted of it."""
_WANTED: Final[Mapping[str, Wanted]] = {one: one for one in ("cancel", "may_cancel", "move", "ask", "tell")}


@dataclass(frozen=True, slots=True)
class Choice:
    """An open request of a contact who has several, with its slot."""

    lead_id: int
    trade: str | None
    bookings: frozenset[int] = frozenset()
    promised: bool = False
    starts_at: datetime | None = None
    professional: str | None = None
    on_the_way: bool = False
    address: str | None = None
    issue: str | None = None
    description: str = ""
    alike: Literal["", "trade", "issue"] = ""
    """What another of the requests has in common with it, so that it is named and chosen by what it is about."""


@dataclass(frozen=True, slots=True)
class LastWords:
    """What our last message was about, where it was about one request, or asked which."""

    booking_id: int | None = None
    lead_ids: tuple[int, ...] = ()
    """Of one request: what it asked about. Of several: in the order shown, which of them is meant."""
    which: Wanted | None = None
    """What is wanted of the request, which it asked for."""
    field: str | None = None
    """What it asked for."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What is wanted of which requests; of none where the words do not single one out."""

    wanted: Wanted | None = None
    lead_ids: tuple[int, ...] = ()
    answered: bool = False
    """The words only answer which request is meant."""
    refused: tuple[int, ...] = ()
    """Of those that the words name, the ones whose visit is said to be at a time that does not suit."""

    @property
    def unclear(self) -> bool:
        return self.wanted is not None and not self.lead_ids


NOTHING: Final = Picked()
NO_WORDS: Final = LastWords()


def choices_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """The requests among rows of requests with their slots; none where there is only one."""
    groups: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["lead_id"], []).append(row)
    if len(groups) < 2:
        return ()
    return told_apart([_choice(group) for group in groups.values()])


def told_apart(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The requests, each with what it has in common with another."""
    trades, issues = Counter(one.trade for one in choices), Counter(one.issue for one in choices)
    return tuple(
        one
        if one.trade is None or trades[one.trade] < 2
        else replace(one, alike="trade" if one.issue is not None and issues[one.issue] < 2 else "issue")
        for one in choices
    )


def _choice(rows: Sequence[Mapping[str, Any]]) -> Choice:
    slots = [row for row in rows if row["visit"] is not None and row["professional"] is not None]
    promised = [row for row in slots if row["visit"] == "confirmed"]
    first = rows[0]
    address = ", ".join(filter(None, (first["address"], first["locality"]))) or None
    plain = Choice(
        first["lead_id"],
        first["trade"],
        address=address,
        issue=first["issue"],
        description=first["description"] or "",
    )
    if not slots:
        return plain
    shown = (promised or slots)[0]
    return replace(
        plain,
        bookings=frozenset(row["booking_id"] for row in slots),
        promised=bool(promised),
        starts_at=datetime.fromisoformat(shown["starts_at"]).astimezone(UTC),
        professional=shown["professional"],
        on_the_way=any(row["on_the_way_at"] is not None for row in promised),
    )


def read_asked(asked: str | None) -> tuple[str | None, LastWords]:
    """The question that was asked, and of which requests, as `asked_of` has written them."""
    field, _, ids = (asked or "").partition(":")
    lead_ids = tuple(int(one) for one in ids.split(",") if one.isdigit())
    wanted = _WANTED.get(field.removeprefix(WHICH)) if field.startswith(WHICH) else None
    named = None if wanted else field or None
    return named, LastWords(lead_ids=lead_ids, which=wanted, field=named)


def asked_of(field: str, lead_ids: Sequence[int]) -> str:
    return f"{field}:{','.join(map(str, lead_ids))}"


def in_order(choices: Sequence[Choice]) -> list[Choice]:
    """As they are shown: by their time, those without one last."""
    return sorted(choices, key=lambda one: (one.starts_at is None, one.starts_at, one.lead_id))
