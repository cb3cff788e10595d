"""Prices, facts about the business, and calling a person."""

from typing import Literal

from pydantic_ai import RunContext

from proli.accounts.queries import get_business
from proli.contacts.actions import Said
from proli.conversations.inbox import take_over
from proli.conversations.queries import find_last_heard, get_conversation, last_burst
from proli.conversations.reasons import PersonReason
from proli.leads.models import Lead
from proli.mind.deps import Deps
from proli.mind.ledger import Outcome, once
from proli.mind.tools.details import lead_to_fill
from proli.mind.tools.meant import find_meant_lead, find_visited_lead
from proli.notifications.calling import call_staff, quarter
from proli.notifications.consent import leave_alone, write_again
from proli.platform.db import BusinessSession
from proli.playbooks.words import say_price
from proli.professionals.queries import list_prices

Reason = Literal[
    PersonReason.human_asked,
    PersonReason.complaint,
    PersonReason.callback,
    PersonReason.nobody_fits,
    PersonReason.not_our_trade,
    PersonReason.danger,
    PersonReason.stuck,
    PersonReason.place_changed,
    PersonReason.customer_wrote,
]
PERSON_ANSWERS = frozenset({PersonReason.human_asked, PersonReason.complaint, PersonReason.stuck})
"""Reasons after which the agent keeps quiet."""


async def list_prices_tool(context: RunContext[Deps], trade: str | None = None) -> Outcome:
    """The price list. Name no price that is not in it.

    Args:
        trade: a trade id, to see only its prices.
    """
    deps = context.deps
    async with deps.begin() as session:
        lead = await find_meant_lead(session, deps)
        prices = await list_prices(session, trade=trade, professional_id=lead.professional_id if lead else None)
        return {
            "prices": [
                {
                    "label": price.label,
                    "words": say_price(price.from_agorot, price.to_agorot, language=deps.language),
                    "agorot": [price.from_agorot, price.to_agorot or price.from_agorot],
                }
                for price in prices[:20]
            ]
        }


async def business_facts_tool(context: RunContext[Deps]) -> Outcome:
    """What may be said about the business: hours, areas, payment, guarantee. Say nothing that is not here."""
    deps = context.deps
    async with deps.begin() as session:
        business = await get_business(session)
        return {"name": business.name, "facts": business.facts}


async def hand_over_tool(context: RunContext[Deps], reason: Reason) -> Outcome:
    """Call a person to the conversation. With human_asked, complaint or stuck, the person answers from now on.

    With customer_wrote they read what was said of a visit that stands, or was of late, and no tool can act on.

    Args:
        reason: why a person is needed.
    """
    return await hand_over(context.deps, reason)


async def hand_over(deps: Deps, reason: Reason) -> Outcome:
    """A person is called, once a turn. The lead they find is that of the visit which was of late, where nothing else is
    asked for; or else it opens when there was none.
    """

    async def effect(session: BusinessSession) -> Outcome:
        visited = await find_visited_lead(session, deps)
        lead = visited or await lead_to_fill(session, deps, new_request=False)
        if reason == PersonReason.customer_wrote:
            return await pass_to_people(session, deps, lead, key=deps.turn_key if visited else None)
        conversation, key = await get_conversation(session, deps.conversation_id), f"{lead.id}:{deps.turn_key}"
        await call_staff(session, conversation, reason=reason, key=key, now=deps.now, lead=lead)
        if reason in PERSON_ANSWERS:
            await take_over(session, conversation_id=deps.conversation_id, now=deps.now)
        return {"status": "handed_over", "lead_id": lead.id, "reason": reason}

    return await once(deps, "hand_over", {"reason": reason}, effect)


async def pass_to_people(session: BusinessSession, deps: Deps, lead: Lead, *, key: str | None = None) -> Outcome:
    """Staff read what was said of a visit, and answer it; so often as there is another `key`, or in each quarter."""
    conversation, reason = await get_conversation(session, deps.conversation_id), PersonReason.customer_wrote
    key = f"{reason}:{deps.conversation_id}:{key or quarter(deps.now)}"
    await call_staff(session, conversation, reason=reason, key=key, now=deps.now, lead=lead)
    return {"status": "handed_over", "lead_id": lead.id, "reason": reason}


async def opt_out_tool(context: RunContext[Deps]) -> Outcome:
    """Write to this customer no more unless they ask something. Only when they say so in plain words."""
    deps = context.deps

    async def effect(session: BusinessSession) -> Outcome:
        conversation = await get_conversation(session, deps.conversation_id)
        await leave_alone(session, conversation, await evidence(session, deps), now=deps.now)
        return {"status": "opted_out"}

    return await once(deps, "opt_out", {}, effect)


async def opt_in_tool(context: RunContext[Deps]) -> Outcome:
    """Write to this customer first again, who wanted that no more. Only when they ask for it in plain words."""
    deps = context.deps

    async def effect(session: BusinessSession) -> Outcome:
        if "opt_in" not in deps.heard.intents:
            return {"status": "ask_first", "reason": "they have not asked for messages in plain words"}
        conversation = await get_conversation(session, deps.conversation_id)
        await write_again(session, conversation, await evidence(session, deps), now=deps.now)
        return {"status": "opted_in"}

    return await once(deps, "opt_in", {}, effect)


async def evidence(session: BusinessSession, deps: Deps) -> Said:
    """What was said last, and where it stands."""
    words = await last_burst(session, deps.conversation_id)
    return Said(words, await find_last_heard(session, deps.conversation_id))
