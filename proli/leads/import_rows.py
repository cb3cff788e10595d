"""What each row of a table says: its cells as the fields of a request, or what is wrong with them."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from proli.knowledge.errors import BadPhone
from proli.knowledge.people import find_phones, parse_phone
from proli.knowledge.places import find_locality
from proli.knowledge.trades import list_trades, professional_word
from proli.leads.columns import STATUS_OF, URGENCY_OF, Field, key, read_moment
from proli.leads.models import ENDED, LeadStatus
from proli.platform.sheets import Sheet
from proli.playbooks.trades import known_trades, own_trades, say_trade

LONGEST: Final[Mapping[Field, int]] = {"customer_name": 200, "address": 200, "description": 4000}
CODES: Final[Mapping[Field, str]] = {
    "phone": "bad_phone",
    "locality": "unknown_city",
    "trade": "unknown_trade",
    "urgency": "unknown_urgency",
    "created_at": "bad_date",
    "status": "unknown_status",
}
SHOWN: Final = 100
LONGEST_PHONE: Final = 200
MOBILE: Final = "+9725"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be imported: the code, and what stands in the cell."""

    row: int
    field: Field
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as it was understood."""

    row: int
    values: Mapping[Field, Any]
    stage_id: int | None = None
    phone_cell: str | None = None
    """What stands in the phone's cell where it is more than one number."""
    faults: Sequence[Fault] = ()

    @property
    def phone(self) -> str:
        return self.values["phone"]

    @property
    def is_history(self) -> bool:
        return self.values.get("status") in ENDED

    @property
    def digest(self) -> str:
        """The same for the same request told again, wherever it stands in its file."""
        said = json.dumps(self.values, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CellContext:
    """What cells are read by: the zone of their times, the moment, and the stages of the board by name."""

    zone: ZoneInfo
    now: datetime
    stages: Mapping[str, tuple[LeadStatus, int | None]]


def read_rows(sheet: Sheet, columns: Sequence[Field | None], context: CellContext) -> list[Draft]:
    return [read_row(number, cells, columns, context) for number, cells in sheet.rows]


def read_row(number: int, cells: Sequence[str], columns: Sequence[Field | None], context: CellContext) -> Draft:
    values: dict[Field, Any] = {}
    faults: list[Fault] = []
    stage_id: int | None = None
    phone_cell: str | None = None
    said: dict[Field, str] = {"phone": ""}
    said |= {name: cell for name, cell in zip(columns, cells, strict=False) if name is not None}
    for name, cell in said.items():
        if not cell and name != "phone":
            continue
        value: Any = READERS[name](cell, context) if name in READERS else cell
        if value is None or (name in LONGEST and len(cell) > LONGEST[name]):
            faults.append(Fault(number, name, CODES.get(name, "too_long"), cell[:SHOWN]))
        elif name == "status":
            values[name], stage_id = value
        elif name == "phone":
            values[name], phone_cell = value
        else:
            values[name] = value
    return Draft(number, values, stage_id, phone_cell, faults)


def read_phone(cell: str, _: CellContext) -> tuple[str, str | None] | None:
    """The number, a mobile before others, and the whole cell where it says more than that."""
    said = cell[:LONGEST_PHONE]
    numbers = [phone.number for phone in find_phones(said)]
    if len(numbers) < 2 and ("@" in said or not any(letter.isalpha() for letter in said)):
        try:
            return parse_phone(said), None
        except BadPhone:
            pass
    best = min(numbers, key=lambda number: not number.startswith(MOBILE), default=None)
    return (best, said) if best else None


def read_place(cell: str, _: CellContext) -> str | None:
    place = find_locality(cell)
    return place.name if place else None


def read_trade(cell: str, _: CellContext) -> str | None:
    return trades_by_name().get(key(cell))


@cache
def trades_by_name() -> dict[str, str]:
    """Every trade by its id, its names, and what a person of the trade is called."""
    found = {key(trade): trade for trade in known_trades()}
    for language in ("he", "en"):
        found |= {key(say_trade(trade, language)): trade for trade in known_trades()}
        found |= {key(professional_word(trade, language)): trade for trade in list_trades()}
        found |= {key(own.person[language]): trade for trade, own in own_trades().items()}
    return found


def read_urgency(cell: str, _: CellContext) -> str | None:
    return URGENCY_OF.get(key(cell))


def read_created(cell: str, context: CellContext) -> datetime | None:
    return read_moment(cell, zone=context.zone, now=context.now)


def read_status(cell: str, context: CellContext) -> tuple[LeadStatus, int | None] | None:
    known = STATUS_OF.get(key(cell))
    return context.stages.get(key(cell)) or ((known, None) if known else None)


READERS: Final[Mapping[Field, Callable[[str, CellContext], Any]]] = {
    "phone": read_phone,
    "locality": read_place,
    "trade": read_trade,
    "urgency": read_urgency,
    "created_at": read_created,
    "status": read_status,
}
