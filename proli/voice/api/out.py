"""Somebody of the business wants a contact to be called by the agent."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.audit import record
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.leads.queries import get_lead
from proli.platform.doors.fields import Body
from proli.platform.doors.values import Moment
from proli.voice.calling_back import call_by_staff, require_caller
from proli.voice.out_rules import CallOutState, CallPurpose

router = APIRouter(prefix="/api/businesses/{slug}/calls/out", tags=["calls"])
Agent = Annotated[Inside, inside(Role.agent)]


class CallOutIn(Body):
    lead_id: Annotated[int, Field(ge=1, le=2**63 - 1, description="The request about which its customer is called.")]
    at: Annotated[Moment | None, Field(description="When; null for now. Where that is not lawful, later.")] = None


class PlannedOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    purpose: CallPurpose
    state: CallOutState
    due_at: Annotated[datetime, Field(description="When they are rung.")]


@router.post("", status_code=201)
async def post_call_out(body: CallOutIn, inside: Agent) -> PlannedOut:
    """The agent calls the customer of a request."""
    settings = inside.runtime.settings
    lead = await get_lead(inside.session, body.lead_id)
    await require_caller(inside.session, talks=bool(settings.voice.ears), public_url=settings.http.public_url)
    planned = await call_by_staff(
        inside.session, lead.contact_id, at=body.at, lead_id=lead.id, actor=inside.actor, now=inside.now
    )
    record(inside, "call.asked_for", f"lead:{lead.id}")
    return PlannedOut.model_validate(planned)
