"""The page of a visit, for whoever has its link: nobody signs in, and the link shows this one visit only."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, Field

from proli.accounts.http import Now, TheRuntime
from proli.accounts.tokens import Signer, VisitPass
from proli.customer_page.actions import close_request, confirm_coming, move_visit, other_times, rate_by_link
from proli.customer_page.queries import get_current_visit, is_confirmed
from proli.customer_page.rules import State, can_change, state_of
from proli.notifications.links import token_to
from proli.notifications.queries import VisitDetails
from proli.notifications.ratings import LONGEST
from proli.platform.agent_settings import BudgetSettings
from proli.platform.db import BusinessSession
from proli.platform.doors.fields import Body
from proli.platform.doors.values import Moment
from proli.scheduling.queries import find_awaiting_approval, find_rating

router = APIRouter(prefix="/api/public/visits/{token}", tags=["public"])


@dataclass(frozen=True, slots=True)
class Guest:
    """A request of somebody with a link: the open transaction of its business, and the visit as it stands."""

    session: BusinessSession
    visit: VisitDetails
    now: datetime
    signer: Signer
    token: str
    shown: VisitPass
    limits: BudgetSettings

    def token_for(self, visit: VisitDetails) -> str:
        """The token they came with; one of its own for a visit that has moved since."""
        if visit.booking.id == self.shown.booking_id and not visit.booking.moves:
            return self.token
        return token_to(visit.booking, self.signer, now=self.now)


def guest(*, lock: bool) -> Any:
    """Dependency: the link is good, and with `lock` nobody else changes the visit until the answer."""

    async def enter(
        token: Annotated[str, Path(max_length=600, description="What the link ends with.")],
        response: Response,
        runtime: TheRuntime,
        now: Now,
    ) -> AsyncGenerator[Guest]:
        signer = Signer(runtime.vault)
        shown = signer.read_visit(token, now=now)
        response.headers["cache-control"] = "no-store"
        async with runtime.db.begin(shown.business_id) as session:
            visit = await get_current_visit(session, shown.booking_id, lock=lock)
            yield Guest(session, visit, now, signer, token, shown, runtime.settings.budget)

    return Depends(enter, scope="function")


Reader = Annotated[Guest, guest(lock=False)]
Writer = Annotated[Guest, guest(lock=True)]


class PublicVisit(BaseModel):
    """A visit as its customer sees it."""

    business: Annotated[str, Field(examples=["מורן שירותי בית"])]
    professional: Annotated[str | None, Field(description="Who comes; null while nobody has agreed to.")]
    starts_at: datetime
    ends_at: datetime
    expected_at: Annotated[datetime | None, Field(description="When the professional comes, who is late.")]
    moves_to: Annotated[
        datetime | None,
        Field(description="An hour asked for instead; until it is approved, the visit stays."),
    ]
    zone: Annotated[str, Field(examples=["Asia/Jerusalem"])]
    language: Annotated[str, Field(examples=["he"], description="The customer's.")]
    status: Annotated[
        State,
        Field(description="waiting: a professional must still approve. in_question: people decide if it will be."),
    ]
    address: Annotated[str, Field(examples=["ביאליק 30, רמת גן"])]
    can_change: Annotated[bool, Field(description="Whether it may be moved or called off.")]
    confirmed: Annotated[bool, Field(description="Whether the customer has said that they will be there.")]
    can_rate: bool
    score: Annotated[int | None, Field(description="What the customer gave; null when nothing yet.")]
    token: Annotated[str, Field(description="For the link from now on: good until a day after this visit.")]


class FreeTime(BaseModel):
    starts_at: datetime
    ends_at: datetime


class FreeTimes(BaseModel):
    times: Annotated[list[FreeTime], Field(description="A few, in order; none when nobody is free.")]


class CallOff(Body):
    reason: Annotated[str, Field(max_length=200)] = ""


class NewTime(Body):
    starts_at: Annotated[Moment, Field(description="One of the times, or any other hour.")]


class Score(Body):
    score: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[str, Field(max_length=LONGEST)] = ""


@router.get("")
async def get_public_visit(guest: Reader) -> PublicVisit:
    """The visit, or the one it was moved to since the link was sent."""
    return await shown(guest)


@router.post("/confirm")
async def post_public_confirm(guest: Writer) -> PublicVisit:
    """The customer will be there."""
    await confirm_coming(guest.session, guest.visit, now=guest.now)
    return await shown_now(guest)


@router.post("/cancel")
async def post_public_cancel(body: CallOff, guest: Writer) -> PublicVisit:
    """Call the visit off; the professional hears of it."""
    await close_request(guest.session, guest.visit, words=body.reason, now=guest.now)
    return await shown_now(guest)


@router.get("/times")
async def get_public_times(guest: Reader) -> FreeTimes:
    """Other hours at which somebody could come, of the next two weeks."""
    slots = await other_times(guest.session, guest.visit, now=guest.now)
    return FreeTimes(times=[FreeTime(starts_at=slot.start, ends_at=slot.end) for slot in slots])


@router.post("/move")
async def post_public_move(body: NewTime, guest: Writer) -> PublicVisit:
    """Move the visit to another hour; when nobody is free then it stays, with the code nobody_fits."""
    starts_at = body.starts_at.astimezone(UTC)
    await move_visit(guest.session, guest.visit, starts_at=starts_at, limits=guest.limits, now=guest.now)
    return await shown_now(guest)


@router.post("/rate")
async def post_public_rating(body: Score, guest: Writer) -> PublicVisit:
    """Rate a visit that has taken place; said again, the last word counts."""
    await rate_by_link(guest.session, guest.visit, score=body.score, words=body.words, now=guest.now)
    return await shown_now(guest)


async def shown_now(guest: Guest) -> PublicVisit:
    """The visit after what was just done to it."""
    await guest.session.flush()
    visit = await get_current_visit(guest.session, guest.visit.booking.id, lock=False)
    return await shown(replace(guest, visit=visit))


async def shown(guest: Guest) -> PublicVisit:
    visit, state = guest.visit, state_of(guest.visit, now=guest.now)
    rating = await find_rating(guest.session, visit.booking.id)
    asked = (
        await find_awaiting_approval(guest.session, visit.lead.id) if state in {"confirmed", "in_question"} else None
    )
    return PublicVisit(
        business=visit.business.name,
        professional=visit.professional.name if state in {"confirmed", "done"} else None,
        starts_at=visit.booking.starts_at,
        ends_at=visit.booking.ends_at,
        expected_at=visit.booking.expected_at if state == "confirmed" else None,
        moves_to=asked.starts_at if asked else None,
        zone=visit.zone.key,
        language=visit.language,
        status=state,
        address=visit.address,
        can_change=can_change(visit, now=guest.now),
        confirmed=await is_confirmed(guest.session, visit),
        can_rate=state == "done",
        score=rating.score if rating else None,
        token=guest.token_for(visit),
    )
