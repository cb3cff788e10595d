"""What waits for somebody, in one message to staff a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.models import Conversation
from proli.knowledge.text import isolate
from proli.leads.models import Lead
from proli.notifications.actions import tell_staff
from proli.notifications.timing import staff_rest_until
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.reports.waiting import CUSTOMER, stuck, waits_for_person
from proli.scheduling.models import Booking, BookingStatus

NOT_BEFORE: Final = timedelta(days=30)
"""What has stood still for longer is not told any more; the console has it."""
NAMED: Final = 5
"""So many of a kind are named with their links; the others are counted."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of one kind: the text that counts it, how many, and the first of them by name and place."""

    code: str
    count: int
    first: Sequence[tuple[str, str]]


async def find_with_staff(session: BusinessSession, businesses: Sequence[int], _: datetime) -> list[tuple[int, int]]:
    """The businesses whose staff have a number, each as a row of itself."""
    found = select(Business.id).where(Business.id.in_(businesses), Business.staff_e164.is_not(None))
    return [(one, one) for one in await session.scalars(found)]


async def send_digest(session: BusinessSession, *, public_url: str | None, now: datetime) -> None:
    """Staff know once a day what waits; when nothing does they hear nothing, and nobody is written to in rest."""
    business = await get_business(session)
    if staff_rest_until(business, now=now) > now:
        return
    kinds = [await list_still(session, now=now), await list_called(session), await list_open_visits(session, now=now)]
    language = language_for(business.language)
    lines = [line for kind in kinds if kind.count for line in lines_of(kind, language, business.slug, public_url)]
    if lines:
        day = now.astimezone(ZoneInfo(business.zone)).date()
        text = say("staff_digest", language, waiting="\n".join(lines))
        await tell_staff(session, text, key=f"digest:{day}", now=now)


def lines_of(kind: Waiting, language: str, slug: str, public_url: str | None) -> list[str]:
    lines: list[str] = [say(kind.code, language, count=isolate(str(kind.count)))]
    for name, place in kind.first:
        lines += [f"• {isolate(name)}", *([f"{public_url}/b/{slug}/{place}"] if public_url else [])]
    return lines


async def list_still(session: BusinessSession, *, now: datetime) -> Waiting:
    found = (
        select(Lead.id, CUSTOMER, func.count().over())
        .join(Contact, Contact.id == Lead.contact_id)
        .where(stuck(now), Lead.changed_at > now - NOT_BEFORE)
        .order_by(Lead.changed_at)
    )
    return await told("digest_stuck", session, found, "leads")


async def list_called(session: BusinessSession) -> Waiting:
    name = func.coalesce(func.nullif(Contact.name, ""), "-")
    found = (
        select(Conversation.id, name, func.count().over())
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(waits_for_person())
        .order_by(Conversation.called_at.asc().nulls_last(), Conversation.id)
    )
    return await told("digest_waiting", session, found, "inbox")


async def list_open_visits(session: BusinessSession, *, now: datetime) -> Waiting:
    over = (Booking.status == BookingStatus.confirmed, Booking.over_at < now, Booking.ends_at > now - NOT_BEFORE)
    found = (
        select(Lead.id, CUSTOMER, func.count().over())
        .select_from(Booking)
        .join(Lead, Lead.id == Booking.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(*over)
        .order_by(Booking.ends_at)
    )
    return await told("digest_visits", session, found, "leads")


async def told(code: str, session: BusinessSession, found: Select[int, str, int], place: str) -> Waiting:
    rows = (await session.execute(found.limit(NAMED))).all()
    return Waiting(code, rows[0][2] if rows else 0, [(name, f"{place}/{row_id}") for row_id, name, _ in rows])
