"""Finding times, and asking for a visit."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic_ai import RunContext, ToolFailed

from proli.accounts.actor import BY_AGENT, BY_CUSTOMER
from proli.contacts.budgets import Budget, spend
from proli.dispatch.actions import find_times
from proli.dispatch.arranging import arrange_visit
from proli.dispatch.closed import WhyClosed, why_closed
from proli.dispatch.errors import LeadIncomplete, NobodyFits
from proli.dispatch.models import Offer
from proli.knowledge.exclusions import NOTHING
from proli.knowledge.wishes import ANYTIME, window
from proli.leads.actions import save_details
from proli.leads.models import Lead
from proli.leads.wishes import exact_wish
from proli.mind.deps import Deps
from proli.mind.ledger import Outcome, once
from proli.mind.tools.business import pass_to_people
from proli.mind.tools.checking import read_time
from proli.mind.tools.meant import find_meant_lead
from proli.mind.wishes import wish_from, with_excluded
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.words import say_when
from proli.professionals.queries import get_professional
from proli.scheduling.errors import VisitNotChangeable
from proli.scheduling.queries import find_asked, find_promised
from proli.scheduling.rules import Interval

WEEK = timedelta(days=7)


async def find_times_tool(context: RunContext[Deps], when: str | None = None) -> Outcome:
    """Free times to offer the customer, nearest to the wish. Needs the trade and the city to be saved.

    `closed` says why nobody works in the wished hours: rest, working hours, or further ahead than is booked.

    Args:
        when: the customer's words for the time; leave out to use the saved wish.
    """
    deps = context.deps
    async with deps.begin() as session:
        lead = await require_lead(session, deps)
        within = wished_window(lead, when, deps)
        try:
            fitting = await find_times(session, lead, within=within, now=deps.now)
            closed = None if fitting else await why_closed(session, lead, within=within, now=deps.now)
            times = fitting or await find_instead(session, lead, within, closed, deps)
        except LeadIncomplete as refusal:
            raise ToolFailed("save the trade and the city first") from refusal
    deps.offered[:] = [slot.start.isoformat() for slot in times]
    why = {"closed": closed.reason, "books_days_ahead": closed.days} if closed else {}
    return {
        "fits_wish": bool(fitting),
        **why,
        "times": [{"start": slot.start.isoformat(), "words": words_for(slot.start, deps)} for slot in times],
    }


def words_for(moment: datetime, deps: Deps) -> str:
    return say_when(moment, now=deps.now, zone=deps.zone, language=deps.language)


def anytime(deps: Deps) -> Interval:
    return Interval(deps.now, deps.now + ANYTIME)


async def find_instead(
    session: BusinessSession, lead: Lead, within: Interval, closed: WhyClosed | None, deps: Deps
) -> list[Interval]:
    """The times nearest to a window in which there are none: on its day, from there on, or before it."""
    for near in await nearest(session, lead, within, closed, deps):
        if times := await find_times(session, lead, within=near, now=deps.now):
            return times
    return []


async def nearest(
    session: BusinessSession, lead: Lead, within: Interval, closed: WhyClosed | None, deps: Deps
) -> list[Interval]:
    """Where to look when nothing is free in the window, in order: who postpones is offered nothing before the visit."""
    stands = await find_promised(session, lead.id) or await find_asked(session, lead.id)
    if stands is not None:
        later = within.start > stands.starts_at
        return [Interval(stands.ends_at, stands.ends_at + ANYTIME) if later else anytime(deps)]
    if closed is not None and closed.reason == "too_far":
        last = deps.now + timedelta(days=closed.days)
        return [Interval(max(deps.now, last - WEEK), last), anytime(deps)]
    day = within.start.astimezone(deps.zone).replace(hour=0, minute=0)
    start = max(day.astimezone(UTC), deps.now)
    whole_day = Interval(start, start + timedelta(days=1)) if is_of_one_day(within) and closed is None else None
    after = Interval(max(closed.opens_at, deps.now), closed.opens_at + ANYTIME) if closed and closed.opens_at else None
    return [one for one in (whole_day, after, Interval(start, start + ANYTIME), anytime(deps)) if one is not None]


def is_of_one_day(within: Interval) -> bool:
    return within.end - within.start <= timedelta(days=1)


def wished_window(lead: Lead, when: str | None, deps: Deps) -> Interval:
    wish = read_time(when, deps)[0] if when else None
    if wish is None and lead.wish is not None:
        wish = wish_from(lead.wish)
    if wish is None:
        return anytime(deps)
    start, end = window(wish, now=deps.local_now)
    return Interval(start.astimezone(UTC), max(end, start + timedelta(minutes=1)).astimezone(UTC))


async def require_lead(session: BusinessSession, deps: Deps) -> Lead:
    lead = await find_meant_lead(session, deps)
    if lead is None:
        raise ToolFailed("nothing is known of the request yet: save the details first")
    return lead


async def request_visit_tool(context: RunContext[Deps], start: datetime) -> Outcome:
    """Ask for a visit at this time, and hold the slot. Also moves a visit that is booked to this time.

    With status asked, a professional must still approve: say that the request was sent, not that it is booked; with
    asks_at, that it will be sent then; with stays_at, that the visit stays at that hour until it is approved. With
    status booked, the visit is booked. With status handed_over, the visit has begun, and our team, who have the words,
    will answer.

    Args:
        start: the start, with its offset from UTC, as returned by find_times or wished by the customer.
    """
    deps = context.deps
    if start.tzinfo is None:
        start = start.replace(tzinfo=deps.zone)
    starts_at = start.astimezone(UTC)

    async def effect(session: BusinessSession) -> Outcome:
        if deps.picked.unclear:
            return {"status": "ask_first", "reason": "they have several requests; ask which visit they mean"}
        lead = await require_lead(session, deps)
        if (reason := why_not_yet(deps, lead, starts_at)) is not None:
            return {"status": "ask_first", "reason": reason}
        limits, wish = deps.runtime.settings.budget, lead.wish
        await spend(session, limits, Budget.offers, contact_id=deps.contact_id, now=deps.now)
        try:
            outcome = await arrange(session, lead, deps, starts_at)
        except LeadIncomplete:
            return {"status": "incomplete", "reason": "save the trade and the city first"}
        except VisitNotChangeable:
            return await pass_to_people(session, deps, lead)
        except NobodyFits:
            if wish and is_wish_for(wish, starts_at):
                lead.wish = {**wish, "refused": True}
            return {"status": "nobody_fits", "reason": "nobody is free then; offer other times"}
        if starts_at in deps.shown:
            chosen = with_excluded(exact_wish(start), before=lead.wish, now_said=NOTHING)
            save_details(session, lead, {"wish": chosen}, actor=BY_AGENT, now=deps.now)
        return {**outcome, "start": starts_at.isoformat(), "when": words_for(start, deps)}

    return await once(deps, "request_visit", {"start": starts_at.isoformat()}, effect)


def why_not_yet(deps: Deps, lead: Lead, starts_at: datetime) -> str | None:
    """Why the customer has to be asked before anybody else is; a time that we have offered needs no more asking."""
    if deps.heard.lapsed is not None:
        return "the time they wrote of is over; ask whether it is still wanted, and when"
    open_days = (deps.heard.wish.days if deps.heard.wish else ()) or (lead.wish or {}).get("days")
    if open_days and starts_at not in deps.shown:
        return "the day and the date they wrote contradict each other; ask which is meant"
    wish = lead.wish or {}
    if wish.get("refused") and is_wish_for(wish, starts_at) and deps.heard.wish is None and starts_at not in deps.shown:
        return "nobody could come then when it was asked for; offer it, and ask for it only once they say yes"
    return None


def is_wish_for(wish: Mapping[str, Any], starts_at: datetime) -> bool:
    """Whether the wish is for this very hour."""
    start = wish.get("start") if wish.get("kind") == "exact" else None
    return start is not None and datetime.fromisoformat(start).astimezone(UTC) == starts_at


async def arrange(session: BusinessSession, lead: Lead, deps: Deps, starts_at: datetime) -> Outcome:
    """The visit is booked, or asked of a professional where the playbook wants approval."""
    made = await arrange_visit(session, lead, starts_at=starts_at, actor=BY_CUSTOMER, now=deps.now)
    if isinstance(made, Offer):
        return await asked(session, lead, made, now=deps.now)
    professional = await get_professional(session, made.professional_id)
    return {"status": "booked", "booking_id": made.id, "professional": professional.name}


async def asked(session: BusinessSession, lead: Lead, offer: Offer, *, now: datetime) -> Outcome:
    """That somebody is asked, and what stands until the answer; a visit in question does not."""
    promised = await find_promised(session, lead.id)
    stands = promised is not None and not (await get_visit(session, promised.id)).in_question(now)
    later = {"asks_at": offer.sends_at.isoformat()} if offer.sends_at > now else {}
    stays = {"stays_at": promised.starts_at.isoformat()} if promised is not None and stands else {}
    return {"status": "asked", "offer_id": offer.id, **later, **stays}
