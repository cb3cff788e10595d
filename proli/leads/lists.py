"""Leads as the console lists them: filtered, in an order, a page at a time."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, TypeAdapter
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    and_,
    any_,
    cast,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from proli.accounts.queries import get_business
from proli.contacts.models import Contact, ContactAddress
from proli.leads.errors import BadLeadField
from proli.leads.models import Lead, LeadStatus
from proli.platform.db import BusinessSession
from proli.platform.doors.values import LARGEST, Moment
from proli.professionals.models import Professional

Order = Literal["-changed", "changed", "-created", "created"]
FEW = 2000
"""So many leads at most are found by the index of words; where more hold the words, nearly every page does."""
MARK: Final = TypeAdapter(tuple[Moment, Annotated[int, Field(ge=1, le=LARGEST)]])
type Line = Row[Lead, Contact, str]
"""A lead, its contact, and the name of its professional, which is None when there is none."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which leads; None asks for nothing."""

    statuses: Sequence[LeadStatus] = ()
    professional_id: int | None = None
    contact_id: int | None = None
    trade: str | None = None
    locality: str | None = None
    urgency: str | None = None
    attention: bool = False
    """Only those for which a person is needed."""
    words: str | None = None
    """Part of a name, a phone, an address or what was asked for."""
    opened_from: date | None = None
    opened_to: date | None = None
    """Days of the business's calendar on which the lead was opened, both included."""


@dataclass(frozen=True, slots=True)
class Page:
    lines: Sequence[Line]
    following: str | None
    """What to pass as `after` for the next page; None at the end."""


def with_people() -> Select[Lead, Contact, str]:
    return (
        select(Lead, Contact, Professional.name)
        .join(Contact, Contact.id == Lead.contact_id)
        .outerjoin(Professional, Professional.id == Lead.professional_id)
    )


async def list_leads(session: BusinessSession, wanted: Filter, *, order: Order, after: str | None, limit: int) -> Page:
    """One page of leads, from the place that `after` marks on.

    Raises:
        BadLeadField: `after` marks no place.
    """
    by = Lead.changed_at if order.endswith("changed") else Lead.created_at
    down = order.startswith("-")
    sequence = (by.desc(), Lead.id.desc()) if down else (by, Lead.id)
    page = select(Lead.id).where(*await conditions(session, wanted)).order_by(*sequence).limit(limit + 1)
    if after is not None:
        place, mark = tuple_(by, Lead.id), unmark(after)
        page = page.where(place < mark if down else place > mark)
    rows = (await session.execute(with_people().where(Lead.id.in_(page)).order_by(*sequence))).all()
    lines = rows[:limit]
    last = lines[-1][0] if len(rows) > limit else None
    following = mark_of(last.changed_at if by is Lead.changed_at else last.created_at, last.id) if last else None
    return Page(lines, following)


async def conditions(session: BusinessSession, wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(Lead.status.in_(wanted.statuses))
    for column, value in (
        (Lead.professional_id, wanted.professional_id),
        (Lead.contact_id, wanted.contact_id),
        (Lead.trade, wanted.trade),
        (Lead.locality, wanted.locality),
        (Lead.urgency, wanted.urgency),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.attention:
        found.append(Lead.attention.is_not(None))
    if wanted.opened_from or wanted.opened_to:
        zone = ZoneInfo((await get_business(session)).zone)
        if wanted.opened_from:
            found.append(Lead.created_at >= datetime.combine(wanted.opened_from, time(), zone))
        if wanted.opened_to:
            found.append(Lead.created_at < datetime.combine(wanted.opened_to + timedelta(days=1), time(), zone))
    if wanted.words and wanted.words.strip():
        found.append(await searched(session, wanted.words.strip()))
    return found


async def searched(session: BusinessSession, said: str) -> ColumnElement[bool]:
    """Every word stands in what is known of the lead or of its contact, in any order and however it is spelled.

    Few leads are found by the index. Words that many hold, and a single letter, are looked for on the way through the
    list, of which a page is soon full.
    """
    words = func.proli_search_words(said)
    found, each = (await session.execute(select(func.proli_find_leads(words, FEW), words))).one()
    if found is not None:
        return Lead.id == any_(cast(found, ARRAY(BigInteger)))
    return and_(*(or_(within(Lead.search, word), Lead.contact_id.in_(people_with(word))) for word in each))


def people_with(word: str) -> CompoundSelect[int]:
    by_address = select(ContactAddress.contact_id).where(within(ContactAddress.value, word))
    return select(Contact.id).where(within(Contact.search, word)).union_all(by_address)


def within(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return func.strpos(column, word) > 0


def mark_of(at: datetime, lead_id: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), lead_id]).encode()).decode()


def unmark(mark: str) -> Any:
    """The place that the mark stands for; what it says was in other hands, so it is read like all that comes in."""
    try:
        return tuple_(*MARK.validate_json(base64.urlsafe_b64decode(mark)))
    except ValueError as error:
        raise BadLeadField(field="after") from error
