"""A visit whose professional is away is not forgotten: staff are called again as its hour comes near, and its customer
knows that it is not certain.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.models import Business
from proli.conversations.reasons import PersonReason
from proli.dispatch.calendar import lock_visit
from proli.knowledge.text import isolate
from proli.leads.actions import call_for_person
from proli.leads.models import EntryKind, LeadEntry
from proli.notifications.actions import tell_staff
from proli.notifications.customers import key_of, when_of
from proli.notifications.links import replan_links
from proli.notifications.queries import VisitDetails, get_visit
from proli.notifications.timing import staff_hear_at
from proli.notifications.uncertain import warn_customer
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_phone
from proli.professionals.models import Professional
from proli.scheduling.in_question import reason_of
from proli.scheduling.models import Booking, BookingStatus
from proli.sweeps.running import MOST

STAGES: Final = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=24))
"""How long before the visit staff are called, once for each."""
SAID: Final = (PersonReason.professional_off, PersonReason.professional_unable)
AHEAD: Final = timedelta(days=4)
"""So far ahead a visit is looked at: its customer may hear before the longest rest what it is to begin after."""
AT_ANY_HOUR: Final = STAGES[0]
"""What is so near does not wait for the end of quiet hours or rest."""


async def find_in_question(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """Promised visits near ahead of professionals who have left, cannot come, or have said something of that day."""
    day = func.to_char(func.timezone(Business.zone, Booking.starts_at), "YYYY-MM-DD")
    found = (
        select(Booking.business_id, Booking.id)
        .join(Business, Business.id == Booking.business_id)
        .join(Professional, Professional.id == Booking.professional_id)
        .where(
            Booking.status == BookingStatus.confirmed,
            Booking.starts_at > now,
            Booking.starts_at <= now + AHEAD,
            Booking.business_id.in_(businesses),
            or_(
                Professional.active.is_(False),
                Booking.unable_at.is_not(None),
                Professional.exceptions.has_key(day),
            ),
        )
        .order_by(func.random())
        .limit(MOST)
    )
    return [(row.business_id, row.id) for row in await session.execute(found)]


async def call_again(session: BusinessSession, booking_id: int, *, public_url: str | None, now: datetime) -> None:
    """The request waits for people, and staff know that the hour comes near: once in each stage, and not when they were
    called for it in the same one; at once when the customer has just been told that it is not certain.
    """
    # The customer's conversation before the lead, as whoever serves it has them locked.
    heard_at = await warn_customer(session, await get_visit(session, booking_id), now=now)
    lead, _ = await lock_visit(session, booking_id)
    visit = await get_visit(session, booking_id)
    starts_at, at_once = visit.booking.starts_at, heard_at == now
    ahead = starts_at - now
    stage = next((one for one in STAGES if ahead <= one), None)
    if ahead <= timedelta() or not visit.in_question(now) or (stage is None and not at_once):
        return
    if not at_once and stage != AT_ANY_HOUR and staff_hear_at(visit.business, now=now) > now:
        return
    called_at = max(filter(None, (await find_called_at(session, lead.id), heard_at)), default=None)
    call_for_person(session, lead, reason_of(visit.booking, visit.professional), actor=BY_SYSTEM, now=now)
    if not at_once and stage is not None and called_at is not None and called_at >= starts_at - stage:
        return
    what = f"{now:%Y-%m-%dT%H:%MZ}" if at_once or stage is None else stage // timedelta(hours=1)
    text = words_for(visit, public_url, now=now, customer_knows=heard_at is not None)
    await tell_staff(session, text, key=key_of(visit, f"in_question:{what}"), now=now)


async def find_called_at(session: BusinessSession, lead_id: int) -> datetime | None:
    """When staff were last called because the professional is off, or cannot come."""
    reason = LeadEntry.details["reason"].as_string()
    called = select(func.max(LeadEntry.at)).where(
        LeadEntry.lead_id == lead_id, LeadEntry.kind == EntryKind.attention, reason.in_(SAID)
    )
    return await session.scalar(called)


def words_for(visit: VisitDetails, public_url: str | None, *, now: datetime, customer_knows: bool) -> str:
    """Whose visit it is, when and where, and what can be done."""
    language, phone = language_for(visit.business.language), visit.contact.phone_e164
    text = say(
        "staff_in_question_urgent" if customer_knows else "staff_in_question",
        language,
        when=when_of(visit, now, language),
        address=visit.address,
        customer=isolate(visit.customer),
        phone=say_phone(phone) if phone else "-",
        professional=isolate(visit.professional.name),
    )
    if public_url is None:
        return text
    links = replan_links(public_url, visit.business, [(visit.professional.id, visit.booking.starts_at)])
    return text.followed_by(say("staff_away_link", language, links="\n".join(links)))
