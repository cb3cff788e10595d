"""What staff decide themselves: whom a lead goes to, and when. The same rules hold as for everybody."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.actor import Actor
from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.dispatch.actions import arranged_anew, await_another_hour, drop_asked, leave_unasked, try_offer
from proli.dispatch.calendar import lock_promised, settle_later
from proli.dispatch.direct import try_booking
from proli.dispatch.errors import DoesNotFit, NothingToChange, OfferStillOut, OutsideHours
from proli.dispatch.queries import Wish, find_open_offer, suits
from proli.dispatch.slots import rank_lead, record
from proli.knowledge.places import find_locality
from proli.leads.actions import move, note
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.playbooks.loader import get_playbook
from proli.professionals.models import Professional
from proli.professionals.queries import get_professional
from proli.scheduling.actions import confirm_booking, hold_slot, move_in_place
from proli.scheduling.calendars import calendar_of, closed_to
from proli.scheduling.models import Booking
from proli.scheduling.queries import find_promised
from proli.scheduling.rules import Interval, open_intervals

NOT_SUITED: Final = "not_suited"


async def assign(
    session: BusinessSession, lead: Lead, *, professional_id: int, starts_at: datetime, actor: Actor, now: datetime
) -> None:
    """The lead goes to this professional: asked where the playbook wants approval, booked at once where not.

    The offer that was out is given up only if it succeeds; a promised visit stands until the other is.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        DoesNotFit: the professional cannot take it then.
    """
    lead = await get_lead(session, lead.id, lock=True)
    business = await get_business(session)
    async with session.begin_nested():
        await drop_asked(session, lead, actor=actor)
        promised = await find_promised(session, lead.id, lock=True)
        ranked = await rank_lead(session, lead, wish=Wish.at(starts_at), business=business, now=now)
        record(session, lead, ranked, now=now)
        one = next((line for line in ranked if line.professional_id == professional_id), None)
        if one is None or one.excluded not in {None, "declined", "expired"}:
            raise DoesNotFit(reason=one.excluded if one else NOT_SUITED, professional_id=professional_id)
        if get_playbook(business.playbook).approval:
            made = await try_offer(session, lead, one, business=business, actor=actor, now=now, promised=promised)
        else:
            made = await try_booking(session, lead, one, actor=actor, now=now, promised=promised)
        if made is None:
            raise DoesNotFit(reason="too_soon_or_taken", professional_id=professional_id)


async def take_back_offer(session: BusinessSession, lead: Lead, *, actor: Actor, now: datetime) -> None:
    """The offer that is out is withdrawn and its hour free; a visit stays.

    The customer hears that the answer is not coming, and the lead waits for somebody to offer it anew.

    Raises:
        NothingToChange: no offer is out.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if not await leave_unasked(session, lead, actor=actor, reason="withdrawn", now=now):
        raise NothingToChange(lead_id=lead.id)
    if await find_promised(session, lead.id) is None:
        await await_another_hour(session, lead, actor=actor, now=now)


async def book_by_hand(
    session: BusinessSession, lead: Lead, *, professional_id: int, visit: Interval, actor: Actor, now: datetime
) -> Booking:
    """The visit is promised to both sides on the word of staff, who have spoken with the professional.

    Both sides hear of it once it can no longer be undone.

    Raises:
        OfferStillOut: somebody has been asked and has not answered.
        DoesNotFit: the professional is not suited.
        OutsideHours: the professional does not work then.
        SlotTaken, SlotInPast, LeadHasBooking: see `scheduling.actions.hold_slot`.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if await find_open_offer(session, lead.id) is not None:
        raise OfferStillOut(lead_id=lead.id)
    professional, business = await get_professional(session, professional_id), await get_business(session)
    require_suited(professional, business, lead)
    require_open(professional, business, lead, visit)
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
    arranged_anew(lead)
    await confirm_booking(session, booking, actor=actor, tells=False)
    await settle_later(session, booking, now=now)
    move(session, lead, LeadStatus.booked, actor=actor, now=now)
    note(session, lead, kind="booked", actor=actor, now=now, details={"with": professional.name})
    return booking


async def reschedule(
    session: BusinessSession, booking_id: int, *, professional_id: int, visit: Interval, actor: Actor, now: datetime
) -> Booking:
    """The visit stands elsewhere in the calendar. Both sides hear, once, of where it stands when nobody moves it again.

    Only made longer or shorter, nobody hears. Whoever was asked for another hour need not answer.

    Raises:
        BookingNotLive: it has ended.
        OfferStillOut: it is the hold of an offer.
        DoesNotFit: another professional, who is not suited; nothing has changed.
        OutsideHours, SlotTaken, SlotInPast: it cannot be there; nothing has changed.
    """
    lead, booking = await lock_promised(session, booking_id)
    professional, business = await get_professional(session, professional_id), await get_business(session)
    if professional_id != booking.professional_id:
        require_suited(professional, business, lead)
    require_open(professional, business, lead, visit)
    was = {"starts_at": booking.starts_at.isoformat(), "professional_id": booking.professional_id}
    moves = booking.moves
    async with session.begin_nested():
        await move_in_place(
            session,
            booking,
            professional_id=professional_id,
            visit=visit,
            buffer_minutes=professional.buffer_minutes,
            actor=actor,
            now=now,
        )
        if booking.moves != moves:
            await drop_asked(session, lead, actor=actor)
            lead.professional_id = professional_id
            arranged_anew(lead)
            note(session, lead, kind="moved", actor=actor, now=now, details={"was": was, "with": professional.name})
            await settle_later(session, booking, now=now)
    return booking


def require_suited(professional: Professional, business: Business, lead: Lead) -> None:
    """The lead is of the professional's trade and where they come.

    Raises:
        DoesNotFit: with the reason `not_suited`.
    """
    if not suits(professional, lead, business):
        raise DoesNotFit(reason=NOT_SUITED, professional_id=professional.id)


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
