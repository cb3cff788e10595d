"""Leads that came twice."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.dispatch.duplicates import Why, list_duplicates
from proli.dispatch.merging import merge, unmerge
from proli.leads.api.leads import LeadOut, LeadWithTimeline, shown, shown_whole
from proli.leads.queries import get_lead

router = APIRouter(prefix="/api/businesses/{slug}/leads/{lead_id}", tags=["leads"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]


class DuplicateOut(BaseModel):
    lead: LeadOut
    why: Annotated[list[Why], Field(description="What the two have in common.", examples=[["name_and_place"]])]


class MergeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    other_id: Annotated[int, Field(description="The lead that is taken into this one.")]
    version: Annotated[int, Field(description="Of the lead that stays; another one is refused with 409.")]


class UnmergeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    other_id: int


@router.get("/duplicates")
async def get_duplicates(lead_id: int, inside: Viewer) -> list[DuplicateOut]:
    """Other leads, open or of the last thirty days, that may be the same request, the newest first."""
    lead = await get_lead(inside.session, lead_id)
    found = await list_duplicates(inside.session, lead, now=inside.now)
    return [DuplicateOut(lead=shown(one.line), why=list(one.why)) for one in found]


@router.post("/merge")
@deed("lead.merged", "lead:{lead_id}")
async def post_merge(lead_id: int, body: MergeIn, inside: Agent) -> LeadWithTimeline:
    """Take another lead into this one: its lines and tasks stand here, what was missing is filled, it is closed."""
    await merge(
        inside.session, lead_id=lead_id, other_id=body.other_id, version=body.version,
        actor=inside.actor, now=inside.now,
    )  # fmt: skip
    return await shown_whole(inside.session, lead_id)


@router.post("/unmerge")
@deed("lead.unmerged", "lead:{lead_id}")
async def post_unmerge(lead_id: int, body: UnmergeIn, inside: Agent) -> LeadWithTimeline:
    """Part two leads again, as they were, unless one of them has changed since."""
    await unmerge(inside.session, lead_id=lead_id, other_id=body.other_id, actor=inside.actor, now=inside.now)
    return await shown_whole(inside.session, lead_id)
