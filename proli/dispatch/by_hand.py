"""What staff decide themselves: whom a lead goes to, and when. The same rules hold as for everybody."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.dispatch.actions import give_up_current, try_offer, withdraw
from proli.dispatch.calendar import lock_promised
from proli.dispatch.direct import try_booking
from proli.dispatch.errors import DoesNotFit, NothingToChange, OfferStillOut, OutsideHours
from proli.dispatch.events import VisitMoved
from proli.dispatch.queries import Wish, find_open_offer
from proli.dispatch.slots import rank_lead, record
from proli.knowledge.places import find_locality
from proli.leads.actions import move, note
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.loader import get_playbook
from proli.professionals.models import Professional
from proli.professionals.queries import get_professional
from proli.scheduling.actions import confirm_booking, hold_slot, release_hold
from proli.scheduling.calendars import calendar_of, closed_to
from proli.scheduling.errors import SlotTaken
from proli.scheduling.models import NO_OVERLAP, RESCHEDULED, Booking
from proli.scheduling.queries import get_booking
from proli.scheduling.rules import Interval, open_intervals


async def assign(
    session: BusinessSession, lead: Lead, *, professional_id: int, starts_at: datetime, actor: str, now: datetime
) -> None:
    """The lead goes to this professional: asked where the playbook wants approval, booked at once where not.

    What stood before, an offer or a visit, is given up only if it succeeds.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        DoesNotFit: the professional cannot take it then.
    """
    lead = await get_lead(session, lead.id, lock=True)
    business = await get_business(session)
    async with session.begin_nested():
        await give_up_current(session, lead, await find_open_offer(session, lead.id), actor=actor)
        ranked = await rank_lead(session, lead, wish=Wish.at(starts_at), business=business, now=now)
        record(session, lead, ranked, now=now)
        one = next((line for line in ranked if line.professional_id == professional_id), None)
        if one is None or one.excluded not in {None, "declined", "expired"}:
            raise DoesNotFit(reason=one.excluded if one else "not_suited", professional_id=professional_id)
        if get_playbook(business.playbook).approval:
            made = await try_offer(session, lead, one, business=business, actor=actor, now=now)
        else:
            made = await try_booking(session, lead, one, actor=actor, now=now)
        if made is None:
            raise DoesNotFit(reason="too_soon_or_taken", professional_id=professional_id)


async def take_back_offer(session: BusinessSession, lead: Lead, *, actor: str, now: datetime) -> None:
    """The offer that is out is withdrawn and its hour free; the lead can be offered anew.

    Raises:
        NothingToChange: no offer is out.
    """
    lead = await get_lead(session, lead.id, lock=True)
    standing = await find_open_offer(session, lead.id)
    if standing is None:
        raise NothingToChange(lead_id=lead.id)
    await withdraw(session, standing)
    release_hold(await get_booking(session, standing.booking_id, lock=True), actor=actor, reason="withdrawn")
    lead.professional_id = None
    move(session, lead, LeadStatus.contacted, actor=actor, now=now)


async def book_by_hand(
    session: BusinessSession, lead: Lead, *, professional_id: int, visit: Interval, actor: str, now: datetime
) -> Booking:
    """The visit is promised to both sides on the word of staff, who have spoken with the professional.

    Raises:
        OfferStillOut: somebody has been asked and has not answered.
        OutsideHours: the professional does not work then.
        SlotTaken, SlotInPast, LeadHasBooking: see `scheduling.actions.hold_slot`.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if await find_open_offer(session, lead.id) is not None:
        raise OfferStillOut(lead_id=lead.id)
    professional = await get_professional(session, professional_id)
    require_open(professional, await get_business(session), lead, visit)
    booking = await hold_slot(
        session,
        lead_id=lead.id,
        professional_id=professional_id,
        visit=visit,
        buffer_minutes=professional.buffer_minutes,
        actor=actor,
        now=now,
    )
    lead.professional_id = professional_id
    await confirm_booking(session, booking, actor=actor)
    move(session, lead, LeadStatus.booked, actor=actor, now=now)
    note(session, lead, kind="booked", actor=actor, now=now, details={"with": professional.name})
    return booking


async def reschedule(
    session: BusinessSession, booking_id: int, *, professional_id: int, visit: Interval, actor: str, now: datetime
) -> Booking:
    """The visit stands elsewhere in the calendar and both sides hear of it; only made longer or shorter, nobody does.

    Raises:
        BookingNotLive: it has ended, or was moved by somebody else.
        OfferStillOut: it is the hold of an offer.
        OutsideHours, SlotTaken, SlotInPast: it cannot be there; nothing has changed.
    """
    lead, booking = await lock_promised(session, booking_id)
    professional = await get_professional(session, professional_id)
    require_open(professional, await get_business(session), lead, visit)
    if professional_id == booking.professional_id and visit.start == booking.starts_at:
        await resize(session, booking, visit, buffer_minutes=professional.buffer_minutes)
        return booking
    async with session.begin_nested():
        await emit(session, VisitMoved(business_id=session.require_business(), booking_id=booking.id))
        release_hold(booking, actor=actor, reason=RESCHEDULED)
        await session.flush()
        return await book_by_hand(session, lead, professional_id=professional_id, visit=visit, actor=actor, now=now)


async def resize(session: BusinessSession, booking: Booking, visit: Interval, *, buffer_minutes: int) -> None:
    during = visit.padded(before_minutes=0, after_minutes=buffer_minutes)
    try:
        async with session.begin_nested():
            booking.ends_at, booking.during = visit.end, Range(during.start, during.end)
            await session.flush()
    except IntegrityError as error:
        if NO_OVERLAP in str(error.orig):
            raise SlotTaken(starts_at=visit.start) from error
        raise


def require_open(professional: Professional, business: Business, lead: Lead, visit: Interval) -> None:
    """The professional works during the whole visit.

    Raises:
        OutsideHours: with the reason `rest` or `hours`.
    """
    place = find_locality(lead.locality or "")
    zone = ZoneInfo(business.zone)
    closed = closed_to(professional, business, within=visit, place=place, emergency=lead.urgency == "emergency")
    if any(rest.overlaps(visit) for rest in closed):
        raise OutsideHours(reason="rest", professional_id=professional.id)
    day = timedelta(days=1)
    calendar = calendar_of(professional, (), zone=zone)
    if not any(span.contains(visit) for span in open_intervals(calendar, Interval(visit.start - day, visit.end + day))):
        raise OutsideHours(reason="hours", professional_id=professional.id)
