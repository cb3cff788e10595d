"""A lead finds its professional: times to choose from, the offer with its slot held, and what comes of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.reasons import NOT_HELD, PersonReason
from proli.dispatch.errors import NothingToChange
from proli.dispatch.events import AnswerNotComing, OfferWithdrawn
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import SLOTS_PER_CANDIDATE, Wish, find_open_offer, list_candidates
from proli.dispatch.slots import require_complete
from proli.knowledge.exclusions import excluded_from
from proli.leads.actions import call_for_person, move, note
from proli.leads.models import EntryKind, Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.models import Professional
from proli.scheduling.actions import cancel_booking, confirm_booking, release_hold, require_changeable
from proli.scheduling.models import Booking, EndReason
from proli.scheduling.on_the_day import finish_visit, require_begun
from proli.scheduling.queries import find_asked, find_promised
from proli.scheduling.rules import Interval
from proli.scheduling.spreading import spread

MANY_SLOTS: Final = 400
"""Looked through where some of them will not do."""
SETTLED_BY_ASKING: Final = (
    PersonReason.offer_withdrawn,
    PersonReason.professional_unable,
    PersonReason.professional_off,
    PersonReason.move_unanswered,
)
SETTLED_BY_A_VISIT: Final = (
    *SETTLED_BY_ASKING,
    PersonReason.nobody_fits,
    PersonReason.nobody_left,
    PersonReason.professional_left,
    PersonReason.visit_crowded,
    PersonReason.nobody_opens,
    PersonReason.no_outcome,
    *NOT_HELD,
)
"""What a person was called for because there was no visit, or not a good one; a complaint or a danger is none of it."""
SETTLED_BY_RESTORING: Final = (PersonReason.offer_withdrawn,)
"""What people were called for as a visit was ended, which is on again as it was."""


async def find_times(
    session: BusinessSession,
    lead: Lead,
    *,
    within: Interval,
    now: datetime,
    count: int = 3,
    refused: datetime | None = None,
) -> list[Interval]:
    """A few visits that somebody could make, spread as a person would propose them; empty when nobody can.

    None at a time that the customer has said will not do, at the one just `refused`, or at one that they have already.

    Raises:
        LeadIncomplete: the trade or the place is not known.
    """
    require_complete(lead)
    business = await get_business(session)
    besides = excluded_from((lead.wish or {}).get("besides"))
    most = MANY_SLOTS if besides else SLOTS_PER_CANDIDATE
    wish = Wish(within, exact=False)
    candidates = await list_candidates(session, lead, wish=wish, business=business, most=most, now=now)
    able = [one for one in candidates if one.excluded is None and one.has_room]
    taken = (await find_promised(session, lead.id), await find_asked(session, lead.id))
    gone, zone = {refused, *(one.starts_at for one in taken if one is not None)}, ZoneInfo(business.zone)
    slots = {slot.start: slot for one in able for slot in one.slots if slot.start not in gone}
    fits = [slot for slot in slots.values() if besides.allows(slot.start.astimezone(zone))]
    return spread(sorted(fits), count=count, zone=zone)


async def drop_asked(session: BusinessSession, lead: Lead, *, actor: Actor, reason: EndReason) -> Offer | None:
    """No offer is out and nothing is held for the lead; a promised visit stays. Returns the offer that was out.

    `reason` is what the hold's booking ended for.
    """
    standing = await find_open_offer(session, lead.id)
    if standing is not None:
        await withdraw(session, standing)
    held = await find_asked(session, lead.id, lock=True)
    if held is not None:
        release_hold(held, actor=actor, reason=reason)
    await session.flush()
    return standing


async def end_asking(
    session: BusinessSession, lead: Lead, *, actor: Actor, reason: EndReason, tells_at: datetime | None = None
) -> bool:
    """No offer is out and nobody else is asked: a customer who did not wish it hears that the answer is not coming.

    Tells whether an offer was out.
    """
    ended = await drop_asked(session, lead, actor=actor, reason=reason)
    if ended is not None and not actor.is_customer:
        event = AnswerNotComing(business_id=session.require_business(), offer_id=ended.id)
        await emit(session, event, at=tells_at)
    return ended is not None


async def leave_unasked(
    session: BusinessSession,
    lead: Lead,
    *,
    actor: Actor,
    reason: EndReason,
    now: datetime,
    tells_at: datetime | None = None,
) -> bool:
    """No offer is out, the customer hears that the answer is not coming, and the lead, which stays open, waits for a
    person until somebody is asked or booked for it. Tells whether an offer was out.
    """
    ended = await end_asking(session, lead, actor=actor, reason=reason, tells_at=tells_at)
    if ended and lead.attention is None:
        call_for_person(session, lead, PersonReason.offer_withdrawn, actor=actor, now=now)
    return ended


def settle(lead: Lead, *, by: Sequence[PersonReason]) -> None:
    """What the lead waited for a person for needs none any more, if it is among what has been settled."""
    if lead.attention in by:
        lead.attention = None


async def promise(
    session: BusinessSession,
    lead: Lead,
    booking: Booking,
    professional: Professional,
    *,
    actor: Actor,
    tells: bool = True,
    now: datetime,
) -> None:
    """The held booking is the lead's visit with the professional, on whosever word; see `confirm_booking`."""
    lead.professional_id = professional.id
    settle(lead, by=SETTLED_BY_A_VISIT)
    await confirm_booking(session, booking, actor=actor, tells=tells)
    move(session, lead, LeadStatus.booked, actor=actor, now=now)
    note(session, lead, kind=EntryKind.booked, actor=actor, now=now, details={"with": professional.name})


async def await_another_hour(
    session: BusinessSession, lead: Lead, *, actor: Actor, now: datetime, tells_at: datetime | None = None
) -> None:
    """The lead has no visit and nobody is asked. What was wished before is not asked for again unasked."""
    await leave_unasked(session, lead, actor=actor, reason=EndReason.moved, now=now, tells_at=tells_at)
    lead.professional_id, lead.wish = None, None
    move(session, lead, LeadStatus.contacted, actor=actor, now=now)


async def withdraw(session: BusinessSession, offer: Offer) -> None:
    """The offer is no longer out, and whoever has seen it will hear."""
    offer.status = OfferStatus.withdrawn
    await emit(session, OfferWithdrawn(business_id=session.require_business(), offer_id=offer.id))


async def cancel_request(session: BusinessSession, lead: Lead, *, actor: Actor, words: str = "", now: datetime) -> None:
    """The offer or the visit is no more, for what is said in `words`, and the lead is closed.

    Raises:
        NothingToChange: the lead is closed already.
        VisitNotChangeable: a customer's visit that has begun.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if lead.closed_at is not None:
        raise NothingToChange(lead_id=lead.id)
    promised = await find_promised(session, lead.id, lock=True)
    require_changeable(promised, actor=actor, now=now)
    if promised is None:
        await end_asking(session, lead, actor=actor, reason=EndReason.called_off)
    else:  # of the visit that will not be, the customer hears anyway
        await drop_asked(session, lead, actor=actor, reason=EndReason.called_off)
        await cancel_booking(session, promised, actor=actor, words=words)
    move(session, lead, LeadStatus.cancelled, actor=actor, now=now)


async def finish_job(
    session: BusinessSession, booking: Booking, *, actor: Actor, now: datetime, tells: bool = True
) -> None:
    """The visit has taken place and its lead is done; whoever was asked for another hour need not answer.

    Raises:
        BookingNotLive: it is not promised, or no more.
        TooEarly: it has not begun, and the professional has not set out.
    """
    require_begun(booking, now=now)
    lead = await get_lead(session, booking.lead_id, lock=True)
    await finish_visit(session, booking, actor=actor, tells=tells)
    await drop_asked(session, lead, actor=actor, reason=EndReason.moved)
    move(session, lead, LeadStatus.done, actor=actor, now=now)
