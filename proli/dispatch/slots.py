"""Whose slot a lead can have at an hour: the ranking, written down, and the hold on one professional's calendar."""

from collections.abc import Sequence
from datetime import datetime

from proli.accounts.actor import Actor
from proli.accounts.models import Business
from proli.dispatch.errors import LeadIncomplete, LoadLimitReached
from proli.dispatch.models import Ranking
from proli.dispatch.queries import Wish, count_open_jobs, list_candidates
from proli.dispatch.rules import Excluded, Ranked, Weights, rank
from proli.knowledge.trades import URGENT
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.actions import hold_slot
from proli.scheduling.errors import SlotTaken
from proli.scheduling.models import Booking


async def rank_lead(
    session: BusinessSession, lead: Lead, *, wish: Wish, business: Business, now: datetime
) -> list[Ranked]:
    """Everybody considered for the lead, best first; the ones left out last, with the reason.

    Raises:
        LeadIncomplete: the trade or the place is not known.
    """
    require_complete(lead)
    candidates = await list_candidates(session, lead, wish=wish, business=business, now=now)
    return rank(candidates, weights=Weights(**business.weights), now=now, urgent=lead.urgency in URGENT)


def require_complete(lead: Lead) -> None:
    """Somebody can be looked for.

    Raises:
        LeadIncomplete: the trade or the place is not known.
    """
    if lead.trade is None or lead.locality is None:
        raise LeadIncomplete(lead_id=lead.id)


async def rank_for_hour(
    session: BusinessSession, lead: Lead, *, starts_at: datetime, business: Business, now: datetime, keep: int | None
) -> list[Ranked]:
    """Who is free at that hour, in the order to try, and a record of why.

    The customer's own professional, `keep` or the one set on the lead, comes first when free.
    """
    ranked = await rank_lead(session, lead, wish=Wish.at(starts_at), business=business, now=now)
    record(session, lead, ranked, now=now)
    own = keep if keep is not None else lead.professional_id
    return sorted((one for one in ranked if one.excluded is None), key=lambda one: one.professional_id != own)


def record(session: BusinessSession, lead: Lead, ranked: Sequence[Ranked], *, now: datetime) -> None:
    """The ranking is kept with the lead: why him, why not me."""
    session.add(Ranking(lead_id=lead.id, at=now, entries=[one.as_json() for one in ranked]))


async def hold_for(
    session: BusinessSession,
    lead: Lead,
    professional: Professional,
    one: Ranked,
    *,
    actor: Actor,
    now: datetime,
    replaces: Booking | None,
) -> Booking | None:
    """The professional's slot is held for the lead; None when somebody was faster or they have no room left.

    Whom staff have chosen although they have no room is not asked for any.
    """
    if one.slot is None:
        return None
    try:
        async with session.begin_nested():
            booking = await hold_slot(
                session,
                lead_id=lead.id,
                professional_id=professional.id,
                visit=one.slot,
                buffer_minutes=professional.buffer_minutes,
                actor=actor,
                now=now,
                replaces=replaces,
            )
            if one.excluded != Excluded.load_limit:
                await require_room(session, professional, lead)
            return booking
    except (SlotTaken, LoadLimitReached):
        return None


async def require_room(session: BusinessSession, professional: Professional, lead: Lead) -> None:
    """The load limit holds among offers made at once too: whoever holds a slot has locked the professional.

    Raises:
        LoadLimitReached: besides this lead, the professional has as many jobs as they may have.
    """
    jobs = await count_open_jobs(session, [professional.id], besides=lead.id)
    if jobs.get(professional.id, 0) >= professional.max_open_jobs:
        raise LoadLimitReached(professional_id=professional.id)
