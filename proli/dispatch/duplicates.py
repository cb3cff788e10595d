"""Requests that may have come twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from proli.contacts.addresses import list_addresses
from proli.contacts.models import Contact, ContactAddress
from proli.leads.lists import Line, with_people
from proli.leads.models import OPEN, Lead
from proli.leads.queries import NAME, name_of
from proli.platform.db import BusinessSession

Why = Literal["contact", "phone", "name_and_place"]
RECENT: Final = timedelta(days=30)
MOST: Final = 20
ALIKE: Final = 9
"""How many last digits make two numbers the same one, however it is written."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    line: Line
    why: Sequence[Why]


async def list_duplicates(session: BusinessSession, lead: Lead, *, now: datetime) -> list[Duplicate]:
    """Other leads, open or of the last thirty days, that may be the same request, the newest first."""
    contact = await session.get_one(Contact, lead.contact_id)
    reasons: dict[Why, ColumnElement[bool]] = {"contact": Lead.contact_id == lead.contact_id}
    addresses = await list_addresses(session, contact.id)
    if ends := {end for end in map(end_of, (one.value for one in addresses)) if len(end) == ALIKE}:
        theirs = func.right(func.regexp_replace(func.split_part(ContactAddress.value, "@", 1), r"\D", "", "g"), ALIKE)
        reasons["phone"] = Lead.contact_id.in_(select(ContactAddress.contact_id).where(theirs.in_(ends)))
    name = " ".join(name_of(lead, contact).lower().split())
    if name and lead.locality:
        same = func.btrim(func.regexp_replace(func.lower(NAME), r"\s+", " ", "g")) == name
        reasons["name_and_place"] = and_(same, Lead.locality == lead.locality)
    found = await session.execute(
        select(Lead.id, *(condition.label(why) for why, condition in reasons.items()))
        .join(Contact, Contact.id == Lead.contact_id)
        .where(
            Lead.id != lead.id,
            or_(Lead.status.in_(OPEN), Lead.created_at > now - RECENT, Lead.closed_at > now - RECENT),
            or_(*reasons.values()),
        )
        .order_by(Lead.id.desc())
        .limit(MOST)
    )
    alike: dict[int, list[Why]] = {
        row[0]: [why for why, holds in zip(reasons, row[1:], strict=True) if holds] for row in found
    }
    lines = await session.execute(with_people().where(Lead.id.in_(alike)).order_by(Lead.id.desc()))
    return [Duplicate(line, alike[line[0].id]) for line in lines]


def end_of(address: str) -> str:
    return "".join(filter(str.isdecimal, address.partition("@")[0]))[-ALIKE:]
