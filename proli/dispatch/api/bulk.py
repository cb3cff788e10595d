"""One thing done to many leads at once."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel, Field

from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.dispatch.bulk import Attend, Change, Outcome, Press, Put, change_many
from proli.leads.api.leads import Urgency
from proli.leads.models import LeadStatus
from proli.platform.doors.fields import Body

router = APIRouter(prefix="/api/businesses/{slug}/leads/bulk", tags=["leads"])
Agent = Annotated[Inside, inside(Role.agent)]


class LeadVersion(Body):
    id: int
    version: Annotated[int, Field(description="A lead that has another one by now is left alone.")]


class BulkBody(Body):
    ids: Annotated[list[LeadVersion], Field(min_length=1, max_length=200, description="Each once.")]


class BulkPlace(BulkBody):
    """Put them in a column of the board."""

    action: Literal["place"]
    status: LeadStatus
    stage_id: int | None = None


class BulkUrgency(BulkBody):
    """Say how pressing they are."""

    action: Literal["urgency"]
    urgency: Urgency


class BulkAttended(BulkBody):
    """They need no person any more."""

    action: Literal["attended"]


class LeadOutcome(BaseModel):
    id: int
    ok: bool
    version: Annotated[int | None, Field(description="The lead's version now, by which this can be undone.")] = None
    code: Annotated[str | None, Field(description="Why not, as a refusal's code.", examples=["lead_changed"])] = None
    params: Annotated[dict[str, Any], Field(description="What the refusal is about.")] = {}


class BulkOut(BaseModel):
    outcomes: Annotated[list[LeadOutcome], Field(description="In the order of the leads that were sent.")]


@router.post("")
@deed("leads.changed", "leads")
async def post_bulk(
    body: Annotated[BulkPlace | BulkUrgency | BulkAttended, Field(discriminator="action")], inside: Agent
) -> BulkOut:
    """Do one thing to many leads; to which of them it could not be done, and why, is the answer."""
    versions = {one.id: one.version for one in body.ids}
    done = await change_many(inside.session, versions, change_in(body), actor=inside.actor, now=inside.now)
    return BulkOut(outcomes=[shown_outcome(done[lead_id]) for lead_id in versions])


def change_in(body: BulkPlace | BulkUrgency | BulkAttended) -> Change:
    match body:
        case BulkPlace():
            return Put(body.status, body.stage_id)
        case BulkUrgency():
            return Press(body.urgency)
        case BulkAttended():
            return Attend()


def shown_outcome(outcome: Outcome) -> LeadOutcome:
    return LeadOutcome(
        id=outcome.lead_id,
        ok=outcome.code is None,
        version=outcome.version,
        code=outcome.code,
        params=jsonable_encoder(outcome.params),
    )
