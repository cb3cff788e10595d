"""What other weights would have done, before they are set."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from proli.accounts.deeds import not_kept
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.dispatch.preview import Entry, preview_weights
from proli.dispatch.rules import Weights
from proli.platform.doors.fields import Body
from proli.settings.weights import WeightsIn, own_weights

router = APIRouter(prefix="/api/businesses/{slug}/weights", tags=["settings"])
Manager = Annotated[Inside, inside(Role.manager)]
SHOWN = 50


class WeightsToTry(Body):
    weights: WeightsIn


class FirstAsked(BaseModel):
    professional_id: int
    name: str


class MovedLead(BaseModel):
    lead_id: int
    was: FirstAsked
    would_be: FirstAsked


class WeightsPreview(BaseModel):
    leads: Annotated[int, Field(description="Leads of the last 30 days for which somebody was free.")]
    changed: Annotated[int, Field(description="Those that would have been offered to somebody else first.")]
    examples: Annotated[list[MovedLead], Field(description="The newest of these, 50 at most.")]


@router.post("/preview")
@not_kept("it is reckoned what would be, and nothing is changed")
async def post_weights_preview(body: WeightsToTry, inside: Manager) -> WeightsPreview:
    """Who would have been asked first under other weights; nothing changes."""
    weights = Weights(**own_weights(body.weights))
    preview = await preview_weights(inside.session, weights, now=inside.now)
    examples = [
        MovedLead(lead_id=one.lead_id, was=shown(one.was), would_be=shown(one.would_be))
        for one in preview.moved[:SHOWN]
    ]
    return WeightsPreview(leads=preview.leads, changed=len(preview.moved), examples=examples)


def shown(entry: Entry) -> FirstAsked:
    return FirstAsked(professional_id=entry["professional_id"], name=entry["name"])
