"""A professional's day is planned anew: what is affected, what is proposed, and asking the customers."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from proli.accounts.deeds import deed
from proli.accounts.errors import BadSetting
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.dispatch.asked import AskState
from proli.dispatch.planning import Choice
from proli.dispatch.replanning import Replanned, ask_to_move, replan_day
from proli.leads.queries import name_of
from proli.platform.doors.fields import Body
from proli.platform.doors.values import Day, Moment
from proli.professionals.rules import FARTHEST

router = APIRouter(prefix="/api/businesses/{slug}/replanning", tags=["calendar"])
Agent = Annotated[Inside, inside(Role.agent)]


class Instead(BaseModel):
    """Who could make a visit and when, with what speaks for it."""

    professional_id: int
    professional: str
    starts_at: datetime
    ends_at: datetime
    free_at: Annotated[datetime, Field(description="From when they can make another: after the pause that follows.")]
    distance_km: Annotated[float | None, Field(description="From where they set out; null when not known.")]
    rating: Annotated[float | None, Field(description="1 to 5 on average; null when nobody has rated.")]


class AskedOut(BaseModel):
    """What a customer was asked, and what has come of it."""

    state: AskState
    at: Annotated[datetime, Field(description="When the customer was asked.")]
    professional: Annotated[str, Field(description="Who was proposed, or who comes now.")]
    starts_at: datetime


class AffectedOut(BaseModel):
    booking_id: int
    lead_id: int
    customer: str | None
    address: Annotated[str, Field(examples=["ביאליק 30, רמת גן"])]
    urgency: str
    starts_at: datetime
    ends_at: datetime
    choices: Annotated[list[Instead], Field(description="The proposed first; empty when nobody can come in a week.")]
    asked: Annotated[AskedOut | None, Field(description="Null while the customer was asked nothing.")]


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
    """The promised visits of a professional's day that are still ahead, each with who else could come and when; also
    those that were moved or cancelled since their customers were asked.
    """
    zone = (await get_business(inside.session)).zone
    if abs(day - inside.now.astimezone(ZoneInfo(zone)).date()) > FARTHEST:
        raise BadSetting(field="date")
    plan = await replan_day(inside.session, professional_id, day, now=inside.now)
    return PlanOut(zone=zone, visits=[shown(one) for one in plan])


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


def shown(one: Replanned) -> AffectedOut:
    booking, lead, asked = one.booking, one.lead, one.asked
    return AffectedOut(
        booking_id=booking.id,
        lead_id=lead.id,
        customer=name_of(lead, one.contact) or None,
        address=", ".join(filter(None, (lead.address, lead.locality))),
        urgency=lead.urgency,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        choices=[shown_choice(each) for each in one.choices],
        asked=AskedOut(state=asked.state, at=asked.at, professional=asked.professional, starts_at=asked.starts_at)
        if asked
        else None,
    )


def shown_choice(choice: Choice) -> Instead:
    who = choice.candidate
    return Instead(
        professional_id=who.professional_id,
        professional=who.name,
        starts_at=choice.slot.start,
        ends_at=choice.slot.end,
        free_at=choice.free_at,
        distance_km=None if who.distance_km is None else round(who.distance_km, 1),
        rating=round(who.rating_sum / who.rating_count, 1) if who.rating_count else None,
    )
