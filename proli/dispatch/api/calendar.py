"""The calendar: visits, when nobody works, and what staff change in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.dispatch.api.fields import OverLimit
from proli.dispatch.calendar import book_by_hand, call_off, mark_done, mark_no_show, reschedule, restore
from proli.dispatch.errors import BadWindow
from proli.dispatch.lists import LONGEST_VISIT, list_calendar
from proli.knowledge.calendar import DayKind, Rest
from proli.leads.models import Lead
from proli.leads.queries import get_lead, name_of
from proli.platform.doors.fields import Body
from proli.platform.doors.values import Moment
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.observance import policy_of, rests_of
from proli.scheduling.queries import get_booking
from proli.scheduling.rules import Interval

router = APIRouter(prefix="/api/businesses/{slug}", tags=["calendar"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]
LONGEST = timedelta(days=45)


class BookingOut(BaseModel):
    id: int
    lead_id: int
    professional_id: int
    professional: str
    status: BookingStatus
    starts_at: datetime
    ends_at: datetime
    customer: str | None
    phone: str | None
    trade: str | None
    locality: str | None
    address: str | None
    urgency: str


class RestOut(BaseModel):
    """A Shabbat or a holiday on which nobody works."""

    starts_at: datetime
    ends_at: datetime
    names: Annotated[dict[str, list[str]], Field(examples=[{"he": ["שבת"], "en": ["Saturday"]}])]


class CalendarOut(BaseModel):
    zone: Annotated[str, Field(examples=["Asia/Jerusalem"])]
    bookings: list[BookingOut]
    rests: list[RestOut]


class NewBooking(Body):
    lead_id: int
    professional_id: int
    starts_at: Moment
    ends_at: Moment
    over_limit: OverLimit = False


class Moved(Body):
    professional_id: int
    starts_at: Moment
    ends_at: Moment
    over_limit: OverLimit = False


class Ended(Body):
    reason: Annotated[str, Field(max_length=400)] = ""


@router.get("/calendar")
async def get_calendar(inside: Viewer, start: Moment, end: Moment, professional_id: int | None = None) -> CalendarOut:
    """The visits that lie in a window of at most 45 days or reach into it, and when rest is kept."""
    window = window_of(start, end, longest=LONGEST)
    business = await get_business(inside.session)
    rests = rests_of(policy_of(business.rest), window, None)
    bookings = await list_bookings(inside, window, professional_id=professional_id)
    return CalendarOut(zone=business.zone, bookings=list(bookings), rests=[shown_rest(one) for one in rests])


@router.post("/bookings", status_code=201)
@deed("booking.made", "booking")
async def post_booking(body: NewBooking, inside: Agent) -> BookingOut:
    """Promise a visit to both sides, on the word of staff."""
    lead = await get_lead(inside.session, body.lead_id)
    visit = window_of(body.starts_at, body.ends_at, longest=LONGEST_VISIT)
    made = await book_by_hand(
        inside.session,
        lead,
        professional_id=body.professional_id,
        visit=visit,
        over_limit=body.over_limit,
        actor=inside.actor,
        now=inside.now,
    )
    return await shown_one(inside, made.id)


@router.patch("/bookings/{booking_id}")
@deed("booking.moved", "booking:{booking_id}")
async def patch_booking(booking_id: int, body: Moved, inside: Agent) -> BookingOut:
    """Move a visit, or make it longer or shorter; what cannot be is refused and nothing changes."""
    visit = window_of(body.starts_at, body.ends_at, longest=LONGEST_VISIT)
    moved = await reschedule(
        inside.session,
        booking_id,
        professional_id=body.professional_id,
        visit=visit,
        over_limit=body.over_limit,
        actor=inside.actor,
        now=inside.now,
    )
    return await shown_one(inside, moved.id)


@router.post("/bookings/{booking_id}/done", status_code=204)
@deed("booking.done", "booking:{booking_id}")
async def post_booking_done(booking_id: int, inside: Agent) -> None:
    """The visit has taken place."""
    await mark_done(inside.session, booking_id, actor=inside.actor, now=inside.now)


@router.post("/bookings/{booking_id}/no-show", status_code=204)
@deed("booking.no_show", "booking:{booking_id}")
async def post_booking_no_show(booking_id: int, inside: Agent) -> None:
    """Nobody was there; the lead waits for another hour."""
    await mark_no_show(inside.session, booking_id, actor=inside.actor, now=inside.now)


@router.post("/bookings/{booking_id}/cancel", status_code=204)
@deed("booking.cancelled", "booking:{booking_id}")
async def post_booking_cancel(booking_id: int, body: Ended, inside: Agent) -> None:
    """The visit will not be, and both sides are told; the lead stays open."""
    await call_off(inside.session, booking_id, actor=inside.actor, words=body.reason, now=inside.now)


@router.post("/bookings/{booking_id}/restore")
@deed("booking.restored", "booking:{booking_id}")
async def post_booking_restore(booking_id: int, inside: Agent) -> BookingOut:
    """Take back that a visit was done, missed or called off, within the seconds before anybody is told."""
    restored = await restore(inside.session, booking_id, actor=inside.actor, now=inside.now)
    return await shown_one(inside, restored.id)


def window_of(start: datetime, end: datetime, *, longest: timedelta) -> Interval:
    """The stretch of time.

    Raises:
        BadWindow: it ends before it begins, or is too long.
    """
    if not timedelta() < end - start <= longest:
        raise BadWindow(start=start, end=end, longest_hours=longest.total_seconds() / 3600)
    return Interval(start, end)


async def list_bookings(
    inside: Inside, window: Interval, *, professional_id: int | None = None, booking_id: int | None = None
) -> Sequence[BookingOut]:
    rows = await list_calendar(inside.session, window, professional_id=professional_id, booking_id=booking_id)
    return [shown(*row) for row in rows]


async def shown_one(inside: Inside, booking_id: int) -> BookingOut:
    await inside.session.flush()
    booking = await get_booking(inside.session, booking_id)
    found = await list_bookings(inside, Interval(booking.starts_at, booking.ends_at), booking_id=booking_id)
    return found[0]


def shown(booking: Booking, lead: Lead, contact: Contact, professional: str) -> BookingOut:
    return BookingOut(
        id=booking.id,
        lead_id=lead.id,
        professional_id=booking.professional_id,
        professional=professional,
        status=booking.status,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        customer=name_of(lead, contact) or None,
        phone=contact.phone_e164,
        trade=lead.trade,
        locality=lead.locality,
        address=lead.address,
        urgency=lead.urgency,
    )


def shown_rest(rest: Rest) -> RestOut:
    """A Shabbat within Hanukkah is still Shabbat; a holiday on Shabbat is the holiday."""
    holy = [DayKind.yom_tov in day.kinds for day in rest.days]
    he = [day.he if yom_tov else "שבת" for day, yom_tov in zip(rest.days, holy, strict=True)]
    en = [day.en if yom_tov else "Shabbat" for day, yom_tov in zip(rest.days, holy, strict=True)]
    return RestOut(starts_at=rest.start, ends_at=rest.end, names={"he": he, "en": en})
