"""What becomes of a lead, decided in the console: who is asked, who was considered and why, where it stands."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from proli.accounts.actor import Actor
from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.dispatch.actions import cancel_request, find_times
from proli.dispatch.api.fields import OverLimit
from proli.dispatch.assigning import assign, take_back_offer
from proli.dispatch.board import put_on_board
from proli.dispatch.lists import get_arranged
from proli.dispatch.models import Offer, OfferStatus, Ranking
from proli.dispatch.queries import Wish
from proli.dispatch.rules import Excluded
from proli.dispatch.slots import rank_lead
from proli.leads.errors import LeadChanged
from proli.leads.models import LeadStatus
from proli.leads.queries import get_lead
from proli.leads.stages import status_of_column
from proli.platform.doors.fields import Body
from proli.platform.doors.values import Moment
from proli.scheduling.models import Booking, BookingStatus, EndReason
from proli.scheduling.rules import Interval

router = APIRouter(prefix="/api/businesses/{slug}/leads/{lead_id}", tags=["dispatch"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]
SHOWN_AHEAD = timedelta(days=7)
"""How far ahead staff are shown free hours when they name no end; twice that at most."""


class OfferOut(BaseModel):
    id: int
    professional_id: int
    professional: str
    status: OfferStatus
    starts_at: datetime
    sends_at: datetime
    expires_at: datetime
    answered_at: datetime | None


class VisitOut(BaseModel):
    id: int
    professional_id: int
    professional: str
    status: BookingStatus
    starts_at: datetime
    ends_at: datetime
    actor: Actor
    reason: EndReason | None
    reason_words: Annotated[str, Field(description="What was said by whoever called it off.")]
    expected_at: Annotated[datetime | None, Field(description="When a late professional comes.")]
    work_done: Annotated[str, Field(description="In the professional's words; empty when not told.")]
    price_agorot: Annotated[int | None, Field(description="What was taken; null when not told.")]


class Considered(BaseModel):
    professional_id: int
    name: str
    score: Annotated[float, Field(description="0 to 1.", examples=[0.8123])]
    parts: Annotated[dict[str, float], Field(description="Each 0 to 1, before weighting.")]
    slot: Annotated[dict[str, Any] | None, Field(description='The earliest that can be had: {"start", "end"}.')]
    excluded: Annotated[Excluded | None, Field(description="Why not.")]


class RankingOut(BaseModel):
    at: datetime
    entries: Annotated[list[Considered], Field(description="Best first, those left out last.")]


class DispatchOut(BaseModel):
    ranking: RankingOut | None
    offers: list[OfferOut]
    visits: list[VisitOut]


class TimesOut(BaseModel):
    times: Annotated[list[datetime], Field(description="Starts of visits that somebody can make.")]


class Assignment(Body):
    professional_id: int
    starts_at: Moment
    over_limit: OverLimit = False


class Reason(Body):
    reason: Annotated[str, Field(max_length=400)] = ""


class BoardPlace(Body):
    version: int
    status: LeadStatus
    stage_id: int | None = None


@router.get("/dispatch")
async def get_dispatch(lead_id: int, inside: Viewer) -> DispatchOut:
    """Whom the lead was offered to, its visits, and the newest ranking with the reasons."""
    await get_lead(inside.session, lead_id)
    found = await get_arranged(inside.session, lead_id)
    return DispatchOut(
        ranking=shown_ranking(found.ranking) if found.ranking else None,
        offers=[shown_offer(offer, name, starts_at) for offer, name, starts_at in found.offers],
        visits=[shown_visit(booking, name) for booking, name in found.visits],
    )


@router.get("/times")
async def get_times(
    lead_id: int,
    inside: Viewer,
    start: Moment | None = None,
    end: Moment | None = None,
    count: Annotated[int, Query(ge=1, le=24)] = 9,
) -> TimesOut:
    """A few hours at which somebody can come, within a window or the next seven days."""
    lead = await get_lead(inside.session, lead_id)
    first = max(start or inside.now, inside.now)
    within = Interval(
        first, max(min(end or first + SHOWN_AHEAD, first + 2 * SHOWN_AHEAD), first + timedelta(minutes=1))
    )
    slots = await find_times(inside.session, lead, within=within, now=inside.now, count=count)
    return TimesOut(times=[slot.start for slot in slots])


@router.get("/candidates")
async def get_candidates(lead_id: int, starts_at: Moment, inside: Viewer) -> list[Considered]:
    """Everybody who could take the lead at an hour, best first; those who cannot last, with the reason."""
    lead = await get_lead(inside.session, lead_id)
    business = await get_business(inside.session)
    ranked = await rank_lead(inside.session, lead, wish=Wish.at(starts_at), business=business, now=inside.now)
    return [Considered.model_validate(one.as_json()) for one in ranked]


@router.post("/assign")
@deed("lead.assigned", "lead:{lead_id}")
async def post_assign(lead_id: int, body: Assignment, inside: Agent) -> DispatchOut:
    """Give the lead to a professional at an hour: asked, or booked at once, as the business works."""
    lead = await get_lead(inside.session, lead_id)
    await assign(
        inside.session, lead, professional_id=body.professional_id, starts_at=body.starts_at,
        over_limit=body.over_limit,        actor=inside.actor, now=inside.now,
    )  # fmt: skip
    await inside.session.flush()
    return await get_dispatch(lead_id, inside)


@router.post("/withdraw")
@deed("offer.withdrawn", "lead:{lead_id}")
async def post_withdraw(lead_id: int, inside: Agent) -> DispatchOut:
    """Take back the offer that is out."""
    await take_back_offer(inside.session, await get_lead(inside.session, lead_id), actor=inside.actor, now=inside.now)
    await inside.session.flush()
    return await get_dispatch(lead_id, inside)


@router.post("/cancel", status_code=204)
@deed("lead.cancelled", "lead:{lead_id}")
async def post_cancel(lead_id: int, body: Reason, inside: Agent) -> None:
    """Close the lead; whoever was promised a visit is told."""
    lead = await get_lead(inside.session, lead_id)
    await cancel_request(inside.session, lead, actor=inside.actor, words=body.reason, now=inside.now)


@router.post("/place", status_code=204)
@deed("lead.placed", "lead:{lead_id}")
async def post_place(lead_id: int, body: BoardPlace, inside: Agent) -> None:
    """Put the lead elsewhere on the board, unless somebody else has changed it meanwhile."""
    lead = await get_lead(inside.session, lead_id, lock=True)
    if lead.version != body.version:
        raise LeadChanged(lead_id=lead_id, version=lead.version)
    status = await status_of_column(inside.session, body.status, body.stage_id)
    await put_on_board(inside.session, lead, status, body.stage_id, actor=inside.actor, now=inside.now)


def shown_offer(offer: Offer, name: str, starts_at: datetime) -> OfferOut:
    return OfferOut(
        id=offer.id,
        professional_id=offer.professional_id,
        professional=name,
        status=offer.status,
        starts_at=starts_at,
        sends_at=offer.sends_at,
        expires_at=offer.expires_at,
        answered_at=offer.answered_at,
    )


def shown_visit(booking: Booking, name: str) -> VisitOut:
    return VisitOut(
        id=booking.id,
        professional_id=booking.professional_id,
        professional=name,
        status=booking.status,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        actor=booking.actor,
        reason=booking.reason,
        reason_words=booking.reason_words,
        expected_at=booking.expected_at,
        work_done=booking.work_done,
        price_agorot=booking.price_agorot,
    )


def shown_ranking(ranking: Ranking) -> RankingOut:
    return RankingOut(at=ranking.at, entries=[Considered(**one) for one in ranking.entries])
