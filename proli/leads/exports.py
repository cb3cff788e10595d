"""Leads as rows of a table, page by page, so that a hundred thousand take no more memory than a thousand."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from proli.leads.columns import STATUS_NAMES, URGENCY_NAMES
from proli.leads.lists import Filter, Line, conditions, with_people
from proli.leads.models import Lead
from proli.leads.queries import name_of
from proli.leads.stages import list_columns
from proli.platform.db import BusinessSession, Database
from proli.platform.sheets import Cell
from proli.playbooks.trades import known_trades, say_trade
from proli.playbooks.words import say_phone

Language = Literal["he", "en"]
MOST: Final = 100_000
PAGE: Final = 1000
ISOLATES: Final = "\u2066\u2069"
HEADER: Final[Mapping[Language, tuple[str, ...]]] = {
    "he": (
        "מספר", "נפתח", "מצב", "שם", "טלפון", "יישוב", "כתובת", "תחום", "תיאור", "דחיפות", "איש מקצוע", "עודכן", "נסגר",
    ),
    "en": (
        "Number", "Opened", "Status", "Name", "Phone", "Town", "Address", "Trade", "Description", "Urgency",
        "Professional", "Changed", "Closed",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowStyle:
    """In which language and zone rows are written, and what the stages of the business's board are called."""

    language: Language
    zone: ZoneInfo
    stages: Mapping[int | None, str]


async def row_style(session: BusinessSession, *, language: Language, zone: str) -> RowStyle:
    stages = {one.id: one.name for one in await list_columns(session, language)}
    return RowStyle(language, ZoneInfo(zone), stages)


async def pages_of_rows(
    db: Database, business_id: int, wanted: Filter, style: RowStyle, *, most: int = MOST
) -> AsyncGenerator[list[list[Cell]]]:
    """The leads from the newest on, at most `most`; no transaction stays open while a page is on its way."""
    last: int | None = None
    for start in range(0, most, PAGE):
        statement = with_people().order_by(Lead.id.desc()).limit(min(PAGE, most - start))
        if last is not None:
            statement = statement.where(Lead.id < last)
        async with db.begin(business_id) as session:
            statement = statement.where(*await conditions(session, wanted))
            lines = (await session.execute(statement)).all()
        if not lines:
            return
        last = lines[-1][0].id
        yield [row_of(line, style) for line in lines]


def row_of(line: Line, style: RowStyle) -> list[Cell]:
    lead, contact, professional = line
    return [
        lead.id,
        on_the_wall(lead.created_at, style.zone),
        style.stages.get(lead.stage_id) if lead.stage_id is not None else STATUS_NAMES[style.language][lead.status],
        name_of(lead, contact),
        say_phone(contact.phone_e164).strip(ISOLATES) if contact.phone_e164 else None,
        lead.locality,
        lead.address,
        say_trade(lead.trade, style.language) if lead.trade in known_trades() else lead.trade,
        lead.description,
        URGENCY_NAMES[style.language].get(lead.urgency, lead.urgency),
        professional,
        on_the_wall(lead.changed_at, style.zone),
        on_the_wall(lead.closed_at, style.zone),
    ]


def on_the_wall(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
