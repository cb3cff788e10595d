"""The day of a professional who is signed in: offers to answer, visits, days off. All of it their own."""

from datetime import date, datetime, timedelta
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.audit import record
from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.dispatch.absence import give_up_days_off, take_days_off
from proli.dispatch.answering import Outcome, answer_offer
from proli.dispatch.models import Offer
from proli.dispatch.professionals_day import (
    finish_own,
    list_own_offers,
    list_own_visits,
    set_out_for,
)
from proli.dispatch.reopening import list_reopenable, reopen_own
from proli.leads.for_visit import notes_of
from proli.leads.models import Lead
from proli.leads.queries import name_of
from proli.platform.doors.values import Day
from proli.professionals.errors import BadProfessionalField, NoDayOff, NotAProfessional
from proli.professionals.models import Professional
from proli.professionals.queries import get_professional
from proli.professionals.rules import FARTHEST, days_off
from proli.scheduling.in_question import in_question
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.wall import opens_at

router = APIRouter(prefix="/api/businesses/{slug}/my-day", tags=["my day"])
Self = Annotated[Inside, inside(Role.professional)]
DAYS_SHOWN: Final = 8


class Job(BaseModel):
    """What is to be done, and where."""

    lead_id: int
    trade: Annotated[str | None, Field(examples=["plumber"])]
    issue: str | None
    description: str
    urgency: str
    place: Annotated[str, Field(examples=["ביאליק 30, רמת גן"])]
    starts_at: datetime
    ends_at: datetime


class OwnOffer(Job):
    """A job that waits for an answer."""

    id: int
    expires_at: Annotated[datetime, Field(description="Until when it may be answered.")]


class OwnVisit(Job):
    id: int
    status: BookingStatus
    customer: Annotated[str, Field(examples=["דנה"], description="Empty when not known.")]
    phone: Annotated[str | None, Field(examples=["+972521234567"])]
    on_the_way_at: datetime | None
    in_question: Annotated[bool, Field(description="People must still decide whether it will be, as one is away.")]
    notes: Annotated[list[str], Field(description="What the customer has said for whoever comes.")]
    may_reopen: Annotated[bool, Field(description="That it is done may still be taken back.")] = False


class MyDay(BaseModel):
    day: date
    zone: Annotated[str, Field(examples=["Asia/Jerusalem"])]
    name: str
    offers: Annotated[list[OwnOffer], Field(description="Soonest to expire first.")]
    visits: Annotated[list[OwnVisit], Field(description="Of the day and the seven after it, in order.")]
    days_off: Annotated[list[date], Field(description="From today on.")]


class OfferAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    accept: bool


class Answer(BaseModel):
    outcome: Annotated[Outcome, Field(description="What the answer came to; only the first two changed anything.")]


class DayOff(BaseModel):
    model_config = ConfigDict(extra="forbid")

    day: Annotated[Day, Field(alias="date", examples=["2026-12-25"])]


class DaysOff(BaseModel):
    days_off: Annotated[list[date], Field(description="From today on.")]
    visits: Annotated[int, Field(description="Promised visits on the day, which stay booked.")]


@router.get("")
async def get_my_day(inside: Self, day: Annotated[Day | None, Query(alias="date")] = None) -> MyDay:
    """Open offers, and the visits of a day and the seven after it; without a date, from today on."""
    professional, zone = await myself(inside), await zone_of(inside)
    today = inside.now.astimezone(zone).date()
    first = day or today
    start, end = opens_at(first, 0, zone), opens_at(first + timedelta(days=DAYS_SHOWN), 0, zone)
    offers = await list_own_offers(inside.session, professional.id, now=inside.now)
    visits = await list_own_visits(inside.session, professional.id, start=start, end=end)
    done = await list_reopenable(inside.session, professional.id, now=inside.now)
    return MyDay(
        day=first,
        zone=zone.key,
        name=professional.name,
        offers=[shown_offer(offer, booking, lead) for offer, booking, lead in offers],
        visits=[
            shown_visit(booking, lead, contact, professional, zone=zone, now=inside.now).model_copy(
                update={"may_reopen": booking.id in done}
            )
            for booking, lead, contact in visits
        ],
        days_off=days_off(professional.exceptions, since=today),
    )


@router.post("/offers/{offer_id}/answer")
@deed("offer.answered", "offer:{offer_id}")
async def post_my_answer(offer_id: int, body: OfferAnswer, inside: Self) -> Answer:
    """Take a job or pass it on; an answer that comes late or twice changes nothing and says so."""
    professional = await myself(inside)
    answered = await answer_offer(
        inside.session,
        offer_id=offer_id,
        professional_id=professional.id,
        actor=inside.actor,
        accept=body.accept,
        now=inside.now,
    )
    return Answer(outcome=answered.outcome)


@router.post("/bookings/{booking_id}/on-the-way", status_code=204)
@deed("booking.on_the_way", "booking:{booking_id}")
async def post_on_the_way(booking_id: int, inside: Self) -> None:
    """Tell the customer that one is on the way, at most three hours before the visit."""
    professional = await myself(inside)
    await set_out_for(inside.session, booking_id, professional_id=professional.id, now=inside.now)


@router.post("/bookings/{booking_id}/done", status_code=204)
@deed("booking.done", "booking:{booking_id}")
async def post_done(booking_id: int, inside: Self) -> None:
    """The visit has taken place; the customer is thanked."""
    professional = await myself(inside)
    await finish_own(inside.session, booking_id, professional_id=professional.id, actor=inside.actor, now=inside.now)


@router.post("/bookings/{booking_id}/reopen", status_code=204)
@deed("booking.reopened", "booking:{booking_id}")
async def post_reopen(booking_id: int, inside: Self) -> None:
    """The visit is not done after all: it stands as it did, and a customer who was thanked hears."""
    professional = await myself(inside)
    await reopen_own(inside.session, booking_id, professional_id=professional.id, actor=inside.actor, now=inside.now)


@router.post("/days-off", status_code=201)
async def post_day_off(body: DayOff, inside: Self) -> DaysOff:
    """Take a day off: offers of visits on it are declined, what is booked stays, and staff hear of it."""
    own, zone = await myself(inside), await zone_of(inside)
    today = inside.now.astimezone(zone).date()
    if not today <= body.day <= today + FARTHEST:
        raise BadProfessionalField(field="date")
    record(inside, "day_off.added", f"day_off:{body.day}")
    taken = await take_days_off(inside.session, own.id, [body.day], actor=inside.actor, now=inside.now)
    return DaysOff(days_off=days_off(own.exceptions, since=today), visits=len(taken.standing))


@router.delete("/days-off/{day}", status_code=204)
@deed("day_off.removed", "day_off:{day}")
async def delete_day_off(day: Day, inside: Self) -> None:
    """Work on that day after all, in the usual hours."""
    own = await myself(inside)
    if not await give_up_days_off(inside.session, own.id, [day], actor=inside.actor, now=inside.now):
        raise NoDayOff(day=day)


async def myself(inside: Inside) -> Professional:
    """Who the member is among the professionals.

    Raises:
        NotAProfessional: none of them.
    """
    if inside.member.professional_id is None:
        raise NotAProfessional(reason="no_professional_set")
    return await get_professional(inside.session, inside.member.professional_id)


async def zone_of(inside: Inside) -> ZoneInfo:
    return ZoneInfo((await get_business(inside.session)).zone)


def job_of(booking: Booking, lead: Lead) -> Job:
    return Job(
        lead_id=lead.id,
        trade=lead.trade,
        issue=lead.issue,
        description=lead.description,
        urgency=lead.urgency,
        place=", ".join(filter(None, (lead.address, lead.locality))),
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
    )


def shown_offer(offer: Offer, booking: Booking, lead: Lead) -> OwnOffer:
    return OwnOffer(**job_of(booking, lead).model_dump(), id=offer.id, expires_at=offer.expires_at)


def shown_visit(
    booking: Booking, lead: Lead, contact: Contact, own: Professional, *, zone: ZoneInfo, now: datetime
) -> OwnVisit:
    return OwnVisit(
        **job_of(booking, lead).model_dump(),
        id=booking.id,
        status=booking.status,
        customer=name_of(lead, contact),
        phone=contact.phone_e164,
        on_the_way_at=booking.on_the_way_at,
        in_question=in_question(booking, own, attention=lead.attention, zone=zone, now=now),
        notes=notes_of(lead),
    )
