"""Whom staff themselves give a lead to. The same rules hold as for everybody."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.actor import Actor
from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.dispatch.actions import await_another_hour, drop_asked, leave_unasked
from proli.dispatch.arranging import arrange_with
from proli.dispatch.errors import DoesNotFit, LoadLimitReached, NothingToChange, OutsideHours
from proli.dispatch.queries import Wish, suits
from proli.dispatch.rules import Excluded
from proli.dispatch.slots import rank_lead, record
from proli.knowledge.places import find_locality
from proli.leads.models import Lead
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.calendars import calendar_of, closed_to
from proli.scheduling.models import EndReason
from proli.scheduling.queries import find_promised
from proli.scheduling.rules import Interval, open_intervals

NOT_SUITED: Final = "not_suited"


async def assign(
    session: BusinessSession,
    lead: Lead,
    *,
    professional_id: int,
    starts_at: datetime,
    over_limit: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """The lead goes to this professional: asked where the playbook wants approval, booked at once where not.

    The offer that was out is given up only if it succeeds; a promised visit stands until the other is.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        LoadLimitReached: they have enough open jobs, and it is not to be theirs `over_limit`.
        DoesNotFit: the professional cannot take it then.
    """
    lead = await get_lead(session, lead.id, lock=True)
    business = await get_business(session)
    async with session.begin_nested():
        await drop_asked(session, lead, actor=actor, reason=EndReason.moved)
        promised = await find_promised(session, lead.id, lock=True)
        ranked = await rank_lead(session, lead, wish=Wish.at(starts_at), business=business, now=now)
        record(session, lead, ranked, now=now)
        one = next((line for line in ranked if line.professional_id == professional_id), None)
        if one is not None and one.excluded == Excluded.load_limit and not over_limit:
            raise LoadLimitReached(professional_id=professional_id)
        if one is None or one.excluded in {Excluded.no_free_slot, Excluded.other}:
            raise DoesNotFit(reason=one.excluded if one else NOT_SUITED, professional_id=professional_id)
        made = await arrange_with(session, lead, one, business=business, actor=actor, now=now, promised=promised)
        if made is None:
            raise DoesNotFit(reason="too_soon_or_taken", professional_id=professional_id)


async def take_back_offer(session: BusinessSession, lead: Lead, *, actor: Actor, now: datetime) -> None:
    """The offer that is out is withdrawn and its hour free; a visit stays.

    The customer hears that the answer is not coming, and the lead waits for somebody to offer it anew.

    Raises:
        NothingToChange: no offer is out.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if not await leave_unasked(session, lead, actor=actor, reason=EndReason.withdrawn, now=now):
        raise NothingToChange(lead_id=lead.id)
    if await find_promised(session, lead.id) is None:
        await await_another_hour(session, lead, actor=actor, now=now)


def require_suited(professional: Professional, business: Business, lead: Lead) -> None:
    """The lead is of the professional's trade and where they come.

    Raises:
        DoesNotFit: with the reason `not_suited`.
    """
    if not suits(professional, lead, business):
        raise DoesNotFit(reason=NOT_SUITED, professional_id=professional.id)


def require_open(professional: Professional, business: Business, lead: Lead, visit: Interval) -> None:
    """The professional works during the whole visit.

    Raises:
        OutsideHours: with the reason `rest` or `hours`.
    """
    place = find_locality(lead.locality or "")
    zone = ZoneInfo(business.zone)
    closed = closed_to(professional, business, within=visit, place=place, emergency=lead.urgency == "emergency")
    if any(rest.overlaps(visit) for rest in closed):
        raise OutsideHours(reason="rest", professional_id=professional.id)
    day = timedelta(days=1)
    calendar = calendar_of(professional, (), zone=zone)
    if not any(span.contains(visit) for span in open_intervals(calendar, Interval(visit.start - day, visit.end + day))):
        raise OutsideHours(reason="hours", professional_id=professional.id)
