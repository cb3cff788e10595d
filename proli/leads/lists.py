"""Leads as the console lists them: filtered, in an order, a page at a time."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, or_, select, tuple_

from proli.contacts.models import Contact
from proli.leads.errors import BadLeadField
from proli.leads.models import Lead, LeadStatus
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional

Order = Literal["-changed", "changed", "-created", "created"]
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
    statement = with_people().where(*conditions(wanted))
    down = order.startswith("-")
    if after is not None:
        place = tuple_(by, Lead.id)
        mark = unmark(after)
        statement = statement.where(place < mark if down else place > mark)
    statement = statement.order_by(by.desc() if down else by, Lead.id.desc() if down else Lead.id).limit(limit + 1)
    rows = (await session.execute(statement)).all()
    lines = rows[:limit]
    last = lines[-1][0] if len(rows) > limit else None
    following = mark_of(last.changed_at if by is Lead.changed_at else last.created_at, last.id) if last else None
    return Page(lines, following)


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
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
    if wanted.words and wanted.words.strip():
        found.append(holds(wanted.words.strip()))
    return found


def holds(words: str) -> ColumnElement[bool]:
    """The words stand in what is known of the lead; digits are looked for in the phone as people write it."""
    part = f"%{words.replace('\\', '\\\\').replace('%', '\\%').replace('_', '\\_')}%"
    places: list[ColumnElement[bool]] = [
        column.ilike(part)
        for column in (Lead.customer_name, Contact.name, Lead.description, Lead.address, Lead.locality)
    ]
    digits = "".join(letter for letter in words if letter.isdigit()).removeprefix("972").lstrip("0")
    if len(digits) >= 4:
        places.append(Contact.phone_e164.like(f"%{digits}%"))
    return or_(*places)


def mark_of(at: datetime, lead_id: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), lead_id]).encode()).decode()


def unmark(mark: str) -> Any:
    try:
        at, lead_id = json.loads(base64.urlsafe_b64decode(mark))
        return tuple_(datetime.fromisoformat(at), int(lead_id))
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadLeadField(field="after") from error
