"""How the sweeps of a business have been doing, for whoever sets how often they run."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.sweeps.plans import Sweep
from proli.sweeps.queries import list_last_runs

router = APIRouter(prefix="/api/businesses/{slug}/sweeps", tags=["settings"])
Manager = Annotated[Inside, inside(Role.manager)]


class LastRunOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    sweep: Sweep
    ended_at: Annotated[datetime, Field(description="When it last ran to its end.")]
    found: int
    failed: Annotated[int, Field(description="How many of them could not be seen to.")]


@router.get("")
async def get_sweeps(inside: Manager) -> list[LastRunOut]:
    """The last run of each sweep that has run."""
    async with inside.runtime.db.begin_operator() as session:
        runs = await list_last_runs(session, inside.member.business_id)
        return [LastRunOut.model_validate(run) for run in runs]
