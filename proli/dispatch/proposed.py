"""The hour to which a customer is asked to move is held for them while they are asked."""

from datetime import datetime, timedelta
from typing import Final

from proli.accounts.actor import BY_SYSTEM, Actor
from proli.leads.models import LeadEntry
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.actions import hold_slot, release_hold
from proli.scheduling.models import Booking, EndReason
from proli.scheduling.queries import find_asked, find_awaiting_approval
from proli.scheduling.rules import Interval

ANSWERS_FOR: Final = timedelta(hours=4)
"""Without an answer for so long, people see to it."""


async def hold_proposed(
    session: BusinessSession,
    booking: Booking,
    professional: Professional,
    *,
    starts_at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """Nobody else gets the proposed hour while the customer is asked; one that was proposed before is free.

    While another hour waits for a professional's approval, which the customer wished for, that one stays held instead.
    """
    await let_go(session, booking.lead_id)
    if await find_awaiting_approval(session, booking.lead_id) is not None:
        return
    held = await hold_slot(
        session,
        lead_id=booking.lead_id,
        professional_id=professional.id,
        visit=Interval(starts_at, starts_at + timedelta(minutes=professional.visit_minutes)),
        buffer_minutes=professional.buffer_minutes,
        actor=actor,
        now=now,
        replaces=booking,
    )
    held.asks_until = now + ANSWERS_FOR


async def asked_at(session: BusinessSession, entry: LeadEntry, at: datetime) -> None:
    """The customer reads the question at that moment: they have so long from then to answer."""
    held = await find_asked(session, entry.lead_id, lock=True)
    if held is not None and held.asks_until is not None:
        held.asks_until = at + ANSWERS_FOR


async def let_go(session: BusinessSession, lead_id: int) -> None:
    """The hour that was proposed to the lead's customer is held for them no more."""
    held = await find_asked(session, lead_id, lock=True)
    if held is not None and held.asks_until is not None:
        release_hold(held, actor=BY_SYSTEM, reason=EndReason.move_unanswered)
        await session.flush()
