"""A request that its customer has cancelled is open again, as it was told."""

from dataclasses import asdict

from pydantic_ai import RunContext

from proli.accounts.actor import BY_CUSTOMER
from proli.dispatch.board import reopen
from proli.leads.actions import save_details
from proli.leads.errors import LeadOpenAlready
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.leads.wishes import exact_wish
from proli.mind.deps import Deps
from proli.mind.given_up import GivenUp
from proli.mind.ledger import Outcome, once
from proli.mind.standing import known_from
from proli.platform.db import BusinessSession


async def restore_request_tool(context: RunContext[Deps]) -> Outcome:
    """Open the request again that the customer has cancelled and wants after all, with all that is known of it.

    With status open_again nothing is booked: ask for the visit again with request_visit at the wished start. With
    status unclear, call a person.
    """
    deps = context.deps

    async def effect(session: BusinessSession) -> Outcome:
        if len(deps.heard.back) != 1:
            return {"status": "unclear" if deps.heard.back else "nothing_to_restore"}
        lead = await get_lead(session, deps.heard.back[0].lead_id, lock=True)
        try:
            await open_again(session, lead, deps.heard.back[0], deps)
        except LeadOpenAlready:
            return {"status": "unclear"}
        known = asdict(known_from(lead))
        return {"status": "open_again", "lead_id": lead.id, "known": {**known, "attention": None}}

    return await once(deps, "restore_request", {}, effect)


async def open_again(session: BusinessSession, lead: Lead, gone: GivenUp, deps: Deps) -> None:
    """The request stands where it stood before anybody was asked, and wishes for its hour, if that is still to come
    and no other is wanted.

    Raises:
        LeadOpenAlready: another one of the contact is being arranged.
    """
    if lead.status != LeadStatus.cancelled:
        return
    status = LeadStatus.new if lead.trade is None else LeadStatus.contacted
    await reopen(session, lead, status, actor=BY_CUSTOMER, now=deps.now)
    same = gone.starts_at is not None and gone.starts_at > deps.now and not deps.heard.other_time
    if same and gone.starts_at is not None:
        start = gone.starts_at.astimezone(deps.zone)
        save_details(session, lead, {"wish": exact_wish(start)}, actor=BY_CUSTOMER, now=deps.now)
    elif gone.starts_at is not None:
        lead.wish = None
