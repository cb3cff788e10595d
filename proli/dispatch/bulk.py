"""One thing done to many leads: each by itself, so that what cannot be done to one does not hold up the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from proli.accounts.actor import Actor
from proli.dispatch.board import put_on_board
from proli.leads.actions import attend, save_details
from proli.leads.errors import LeadChanged
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.leads.stages import status_of_column
from proli.platform.db import BusinessSession
from proli.platform.errors import ProliError


@dataclass(frozen=True, slots=True)
class Put:
    """To stand in a column of the board."""

    status: LeadStatus
    stage_id: int | None


@dataclass(frozen=True, slots=True)
class Press:
    """To be as pressing as this."""

    urgency: str


@dataclass(frozen=True, slots=True)
class Attend:
    """To need no person any more."""


type Change = Put | Press | Attend


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it was done to the lead: the version it has now, or the refusal."""

    lead_id: int
    version: int | None = None
    code: str | None = None
    params: Mapping[str, object] = field(default_factory=dict[str, object])


async def change_many(
    session: BusinessSession, versions: Mapping[int, int], change: Change, *, actor: Actor, now: datetime
) -> dict[int, Outcome]:
    """The change is made to every lead whose version is still the one given and to which it can be made.

    They are locked in the order of their ids, so that two who do this at once do not wait for each other.
    """
    outcomes: dict[int, Outcome] = {}
    for lead_id, version in sorted(versions.items()):
        try:
            async with session.begin_nested():
                after = await change_one(session, lead_id, version, change, actor=actor, now=now)
            outcomes[lead_id] = Outcome(lead_id, after)
        except ProliError as refusal:
            outcomes[lead_id] = Outcome(lead_id, code=refusal.code, params=refusal.params)
    return outcomes


async def change_one(
    session: BusinessSession, lead_id: int, version: int, change: Change, *, actor: Actor, now: datetime
) -> int:
    """The lead's version after the change, which may be several steps on."""
    lead: Lead = await get_lead(session, lead_id, lock=True)
    if lead.version != version:
        raise LeadChanged(lead_id=lead_id, version=lead.version)
    match change:
        case Put(status, stage_id):
            status = await status_of_column(session, status, stage_id)
            await put_on_board(session, lead, status, stage_id, actor=actor, now=now)
        case Press(urgency):
            save_details(session, lead, {"urgency": urgency}, actor=actor, now=now)
        case Attend():
            await attend(session, lead, actor=actor, now=now)
    await session.flush()
    await session.refresh(lead, ["version"])
    return lead.version
