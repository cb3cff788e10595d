"""A professional's day is planned anew: what is affected, what is proposed, and asking the customers."""

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from proli.accounts.deeds import deed
from proli.accounts.errors import BadSetting
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.dispatch.replanning import Replanned, ask_to_move, replan_day
from proli.platform.doors.fields import Body
from proli.platform.doors.values import Day, Moment
from proli.professionals.models import Professional
from proli.professionals.queries import list_everybody

router = APIRouter(prefix="/api/businesses/{slug}/replanning", tags=["calendar"])
Agent = Annotated[Inside, inside(Role.agent)]
FARTHEST = timedelta(days=400)


class Instead(BaseModel):
    """Who could make a visit, and when."""

    professional_id: int
    professional: str
    starts_at: datetime
    ends_at: datetime


class AffectedOut(BaseModel):
    booking_id: int
    lead_id: int
    customer: str | None
    address: Annotated[str, Field(examples=["ביאליק 30, רמת גן"])]
    urgency: str
    starts_at: datetime
    ends_at: datetime
    instead: Annotated[Instead | None, Field(description="Null when nobody can come within a week.")]


class PlanOut(BaseModel):
    zone: Annotated[str, Field(examples=["Asia/Jerusalem"])]
    visits: list[AffectedOut]


class Ask(Body):
    booking_id: int
    professional_id: int
    starts_at: Moment


class Asks(Body):
    asks: Annotated[list[Ask], Field(min_length=1, max_length=200)]


@router.get("")
async def get_replanning(
    inside: Agent, professional_id: int, day: Annotated[Day, Query(alias="date", examples=["2026-12-25"])]
) -> PlanOut:
    """The promised visits of a professional's day that are still ahead, each with somebody else and an hour for it."""
    zone = (await get_business(inside.session)).zone
    if abs(day - inside.now.astimezone(ZoneInfo(zone)).date()) > FARTHEST:
        raise BadSetting(field="date")
    people = {one.id: one for one in await list_everybody(inside.session)}
    plan = await replan_day(inside.session, professional_id, day, now=inside.now)
    return PlanOut(zone=zone, visits=[shown(one, people) for one in plan])


@router.post("/asks", status_code=204)
@deed("booking.asked_to_move", "booking")
async def post_asks(body: Asks, inside: Agent) -> None:
    """Ask each customer whether the other hour suits them; until they agree, their visit stands."""
    for ask in sorted(body.asks, key=lambda one: one.booking_id):
        await ask_to_move(
            inside.session,
            ask.booking_id,
            professional_id=ask.professional_id,
            starts_at=ask.starts_at,
            actor=inside.actor,
            now=inside.now,
        )


def shown(one: Replanned, people: dict[int, Professional]) -> AffectedOut:
    booking, lead, proposal = one.booking, one.lead, one.proposal
    instead = None
    if proposal.professional_id is not None and proposal.slot is not None:
        name = people[proposal.professional_id].name
        instead = Instead(
            professional_id=proposal.professional_id,
            professional=name,
            starts_at=proposal.slot.start,
            ends_at=proposal.slot.end,
        )
    return AffectedOut(
        booking_id=booking.id,
        lead_id=lead.id,
        customer=lead.customer_name,
        address=", ".join(filter(None, (lead.address, lead.locality))),
        urgency=lead.urgency,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        instead=instead,
    )
