"""Saving what the customer said. Places, trades, times and amounts are checked against what exists and was said."""

from collections.abc import Mapping
from typing import Any, Literal, TypedDict

from pydantic_ai import RunContext

from proli.accounts.actor import BY_AGENT
from proli.leads.actions import open_lead, save_details, tell_of_place
from proli.leads.models import ASKED_OR_BOOKED, Lead
from proli.mind.deps import Deps
from proli.mind.ledger import Outcome, once
from proli.mind.tools.checking import check
from proli.mind.tools.meant import find_meant_lead
from proli.mind.wishes import with_excluded
from proli.platform.db import BusinessSession

Urgency = Literal["low", "normal", "high", "emergency"]


class Needs(TypedDict, total=False):
    """What is wanted beyond the common fields. Leave out what was not said."""

    role: Literal["buyer", "tenant", "seller", "landlord"]
    deal_type: Literal["sale", "rent"]
    property_type: str | None
    rooms_min: float | None
    rooms_max: float | None
    budget_min: int | None
    budget_max: int | None
    asking_price: int | None
    currency: Literal["ILS", "USD", "EUR"] | None
    areas: list[str]
    features: list[str]
    refused: list[str]
    """Features that were said not to matter."""
    side: Literal["seeks", "offers"] | None
    size_sqm: int | None
    move_in: str | None
    """A date, a month as YYYY-MM, or "immediate"."""
    city_to: str
    sell_city: str
    quantity: int
    recurring: str
    phone: str
    trades: list[str]
    pin: str
    """A shared place, which is kept by itself."""
    other_phones: list[str]
    """Numbers on shared cards, which are kept by themselves."""


async def save_details_tool(
    context: RunContext[Deps],
    trade: str | None = None,
    issue: str | None = None,
    description: str | None = None,
    urgency: Urgency | None = None,
    city: str | None = None,
    address: str | None = None,
    when: str | None = None,
    name: str | None = None,
    intent: str | None = None,
    needs: Needs | None = None,
    new_request: bool = False,
) -> Outcome:
    """Save what the customer has just told or corrected. Leave out what was not said; never guess.

    Args:
        trade: one of the trade ids of the instructions.
        issue: a short id of the problem, if the instructions name one.
        description: the problem in the customer's own words.
        urgency: how urgent it is, by the customer's words.
        city: the city or town of the visit, as the customer wrote it.
        address: street, number, floor and apartment.
        when: the customer's own words for the wished time, such as "מחר אחרי 4".
        name: the customer's name.
        intent: what the request is for, one of the intents of the instructions.
        needs: what is wanted beyond these.
        new_request: true when this is another job than the one already booked.
    """
    deps = context.deps
    arguments = {
        "trade": trade,
        "issue": issue,
        "description": description,
        "urgency": urgency,
        "city": city,
        "address": address,
        "when": when,
        "name": name,
        "intent": intent if intent in deps.heard.possible_intents else None,
        "needs": needs,
        "new_request": new_request,
    }
    checked = check(arguments, deps)

    async def effect(session: BusinessSession) -> Outcome:
        lead = await lead_to_fill(session, deps, new_request=new_request)
        if "wish" in checked.details:
            wish = with_excluded(checked.details["wish"], before=lead.wish, now_said=deps.heard.excluded)
            checked.details["wish"] = wish
        own = same_professional(deps, lead, checked.details)
        pin = lead.needs.get("pin")
        changed = save_details(session, lead, {**checked.details, **own}, actor=BY_AGENT, now=deps.now)
        pinned = {"pin": lead.needs["pin"]} if lead.needs.get("pin") != pin else {}
        await tell_of_place(session, lead, {**changed, **pinned})
        if lead.trade and deps.trades_done is not None and lead.trade not in deps.trades_done:
            checked.refuse("trade", f"saved, but nobody here does {lead.trade}: ask no more, hand_over not_our_trade")
        return {"lead_id": lead.id, "saved": changed, "problems": checked.problems}

    return await once(deps, "save_details", arguments, effect)


def same_professional(deps: Deps, lead: Lead, details: Mapping[str, Any]) -> dict[str, Any]:
    """ "Like last time" is with the same professional, where that one is free and the trade is the same."""
    before = deps.heard.before
    if before is None or before.professional_id is None or lead.status in ASKED_OR_BOOKED:
        return {}
    same = details.get("trade", lead.trade) == before.trade
    return {"professional_id": before.professional_id} if same else {}


async def lead_to_fill(session: BusinessSession, deps: Deps, *, new_request: bool) -> Lead:
    """The request being arranged; a new one when there is none, or the known one is booked and this is another."""
    lead = await find_meant_lead(session, deps)
    if lead is None or (new_request and lead.status == "booked"):
        lead = await open_lead(
            session,
            contact_id=deps.contact_id,
            conversation_id=deps.conversation_id,
            actor=BY_AGENT,
            now=deps.now,
        )
    return lead
