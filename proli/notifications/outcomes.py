"""How a visit went that is over: the professional is asked once, and where they say nothing a person is called."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from proli.accounts.actor import BY_SYSTEM
from proli.conversations.buttons import ROW, Button, Tap
from proli.conversations.models import Message
from proli.conversations.reasons import NOT_HELD, PersonReason
from proli.dispatch.calendar import lock_visit
from proli.leads.actions import call_for_person
from proli.leads.models import Lead
from proli.notifications.actions import request_words, tell_professional
from proli.notifications.customers import key_of_end, when_of
from proli.notifications.events import StaffNeeded
from proli.notifications.queries import VisitDetails, get_visit
from proli.notifications.timing import staff_hear_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.scheduling.calendars import may_be_asked_at
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.reopening import find_reopened
from proli.sweeps.running import MOST

OVER_FOR: Final = timedelta(minutes=30)
NOT_BEFORE: Final = timedelta(days=7)
"""Of a visit that was longer ago nobody is asked any more."""
PATIENCE: Final = timedelta(hours=3)
"""So long the professional has to answer before a person is called."""
STILL_AT_IT: Final = timedelta(hours=1)
"""So long after they have said that a visit is not done after all nobody asks how it went."""
CALLED: Final = (PersonReason.no_outcome, *NOT_HELD)
CHOICES: Final = ("done", "not_done", "absent")
OUTCOME: Final = Tap("visit", ROW, "|".join(CHOICES))


async def find_without_outcome(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """Promised visits that are over and for which no person has been called yet."""
    found = (
        select(Booking.business_id, Booking.id)
        .join(Lead, Lead.id == Booking.lead_id)
        .where(
            Booking.status == BookingStatus.confirmed,
            Booking.ends_at <= now - OVER_FOR,
            Booking.over_at <= now - OVER_FOR,
            Booking.ends_at > now - NOT_BEFORE,
            Booking.business_id.in_(businesses),
            func.coalesce(Lead.attention, "").not_in(CALLED),
        )
        .order_by(func.random())
        .limit(MOST)
    )
    return [(row.business_id, row.id) for row in await session.execute(found)]


async def pursue_outcome(session: BusinessSession, *, booking_id: int, now: datetime) -> None:
    """The professional has been asked, or after so long without an answer a person is; neither in their quiet times.

    One who was away is not asked, and a person is called at once.
    """
    _, booking = await lock_visit(session, booking_id)
    if booking.status != BookingStatus.confirmed or booking.over_at > now - OVER_FOR:
        return
    reopened = await find_reopened(session, booking)
    if reopened is not None and now < reopened.at + STILL_AT_IT:
        return
    visit = await get_visit(session, booking_id)
    asked_at = await find_asked_at(session, visit)
    if asked_at is None and not visit.in_question(now):
        if may_be_asked_at(visit.professional, visit.business, place=None, emergency=False, now=now) > now:
            return
        await ask_outcome(session, visit, now=now)
        asked_at = await find_asked_at(session, visit)
    silent = asked_at is None or asked_at <= now - PATIENCE
    if silent and staff_hear_at(visit.business, now=now) <= now:
        await call_for_outcome(session, visit, PersonReason.no_outcome, now=now)


async def find_asked_at(session: BusinessSession, visit: VisitDetails) -> datetime | None:
    """When the professional was asked how the visit went, as it now stands."""
    key = await key_of_end(session, visit, "outcome")
    return await session.scalar(select(Message.sent_at).where(Message.dedup_key == key).limit(1))


async def ask_outcome(session: BusinessSession, visit: VisitDetails, *, now: datetime) -> None:
    language = language_for(visit.professional.language)
    text = say(
        "visit_outcome",
        language,
        when=when_of(visit, now, language),
        issue=request_words(visit.lead, language),
        address=visit.address,
    )
    buttons = [Button(OUTCOME.id(visit.booking.id, choice), say(f"button_{choice}", language)) for choice in CHOICES]
    key = await key_of_end(session, visit, "outcome")
    await tell_professional(session, visit, text, key=key, now=now, buttons=buttons)


async def call_for_outcome(
    session: BusinessSession, visit: VisitDetails, reason: PersonReason, *, now: datetime
) -> None:
    """The request waits for a person, and staff hear of it once."""
    call_for_person(session, visit.lead, reason, actor=BY_SYSTEM, now=now)
    key, business_id = await key_of_end(session, visit, reason), session.require_business()
    await emit(session, StaffNeeded(business_id=business_id, lead_id=visit.lead.id, reason=reason, key=key))
