"""Cancelling the request or visit that is meant."""

from dataclasses import replace

from pydantic_ai import RunContext

from proli.accounts.actor import BY_CUSTOMER
from proli.dispatch.actions import cancel_request
from proli.dispatch.errors import NothingToChange
from proli.leads.models import Lead
from proli.leads.queries import find_open_lead, get_lead
from proli.mind.choices import Choice
from proli.mind.deps import Deps
from proli.mind.ledger import Outcome, once
from proli.mind.request_words import name_of
from proli.mind.tools.business import pass_to_people
from proli.platform.db import BusinessSession
from proli.scheduling.errors import VisitNotChangeable
from proli.scheduling.queries import find_asked, find_promised


async def cancel_visit_tool(context: RunContext[Deps], reason: str = "") -> Outcome:
    """Cancel the customer's visit or request, when they ask for it. With status which_one, they have several and have
    not said which one: nothing was cancelled; ask, naming each. With status handed_over, the visit has begun: it
    stays, and our team, who have the words, will answer.

    Args:
        reason: the customer's reason, if given.
    """
    deps = context.deps

    async def effect(session: BusinessSession) -> Outcome:
        if deps.heard.may_cancel or deps.heard.stance in ("forbids", "keeps"):
            return {"status": "ask_first", "reason": "they have not said plainly that it should be cancelled; ask"}
        if deps.choices and not deps.picked.lead_ids:
            return {"status": "which_one", "requests": [named(one, deps) for one in deps.choices]}
        if deps.choices:
            return await cancel_meant(session, deps, reason)
        lead = await find_open_lead(session, deps.contact_id)
        if lead is None:
            return {"status": "nothing_to_cancel"}
        return await cancel_all(session, deps, [lead], reason)

    return await once(deps, "cancel_visit", {}, effect)


async def cancel_meant(session: BusinessSession, deps: Deps, reason: str) -> Outcome:
    """Of several requests those that are meant are cancelled, all or none, and named as they stood."""
    meant = [one for one in deps.choices if one.lead_id in deps.picked.lead_ids]
    stood = [await as_it_stands(session, one) for one in meant]
    leads = [await get_lead(session, one.lead_id) for one in sorted(stood, key=lambda one: one.lead_id)]
    outcome = await cancel_all(session, deps, leads, reason)
    if outcome["status"] != "cancelled":
        return outcome
    starts = [one.starts_at.isoformat() for one in stood if one.starts_at is not None]
    return {**outcome, "visits": [named(one, deps) for one in stood], "starts": starts}


async def cancel_all(session: BusinessSession, deps: Deps, leads: list[Lead], reason: str) -> Outcome:
    """Each is cancelled; none where one of them cannot be."""
    try:
        async with session.begin_nested():
            for lead in leads:
                await cancel_request(session, lead, actor=BY_CUSTOMER, words=reason, now=deps.now)
    except NothingToChange:
        return {"status": "nothing_to_cancel"}
    except VisitNotChangeable:
        return await pass_to_people(session, deps, leads[0])
    return {"status": "cancelled", "lead_id": leads[0].id}


async def as_it_stands(session: BusinessSession, choice: Choice) -> Choice:
    """The request with the time of its visit as it is now."""
    booking = await find_promised(session, choice.lead_id) or await find_asked(session, choice.lead_id)
    return replace(choice, starts_at=booking.starts_at) if booking is not None else choice


def named(choice: Choice, deps: Deps) -> str:
    return name_of(choice, now=deps.now, zone=deps.zone, language=deps.language)
