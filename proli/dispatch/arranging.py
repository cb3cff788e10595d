"""A lead gets its visit: a professional is asked, or booked at once where the playbook wants nobody's approval."""

from datetime import datetime

from proli.accounts.actor import BY_AGENT, Actor
from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.dispatch.actions import SETTLED_BY_ASKING, drop_asked, promise, settle
from proli.dispatch.errors import NobodyFits
from proli.dispatch.events import OfferLapses, OfferMade
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import find_open_offer, time_to_answer
from proli.dispatch.rules import Ranked
from proli.dispatch.slots import hold_for, rank_for_hour
from proli.leads.actions import move, note
from proli.leads.models import EntryKind, Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.loader import get_playbook
from proli.professionals.queries import get_professional
from proli.scheduling.actions import replace_visit, require_changeable
from proli.scheduling.models import Booking, EndReason
from proli.scheduling.queries import find_promised, get_booking


async def arrange_visit(
    session: BusinessSession, lead: Lead, *, starts_at: datetime, actor: Actor, now: datetime
) -> Offer | Booking:
    """The offer that is out for that hour, or the visit that stands at it, with the best professional who is free then.

    A visit that was promised stands until another is; asked for at its own hour, it stands as it did and is returned.
    Asked again for the same hour while an offer is out, that offer is returned.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        NobodyFits: nobody is free at that hour; nothing has changed.
        VisitNotChangeable: a customer's visit that has begun.
    """
    lead = await get_lead(session, lead.id, lock=True)
    standing = await find_open_offer(session, lead.id)
    if standing is not None and (await get_booking(session, standing.booking_id)).starts_at == starts_at:
        return standing
    promised = await find_promised(session, lead.id, lock=True)
    require_changeable(promised, actor=actor, now=now)
    business = await get_business(session)
    async with session.begin_nested():
        await drop_asked(session, lead, actor=actor, reason=EndReason.moved)
        if promised is not None and promised.starts_at == starts_at:
            lead.professional_id = promised.professional_id
            return promised
        made = await arrange_with_best(
            session, lead, starts_at=starts_at, business=business, actor=actor, now=now, promised=promised
        )
        if made is None:
            raise NobodyFits(lead_id=lead.id, starts_at=starts_at.isoformat())
    return made


async def arrange_with_best(
    session: BusinessSession,
    lead: Lead,
    *,
    starts_at: datetime,
    business: Business,
    actor: Actor,
    now: datetime,
    promised: Booking | None,
) -> Offer | Booking | None:
    """With the first of the ranking whose slot can be had; None when there is nobody.

    `promised` is the visit that would be moved.
    """
    keep = promised.professional_id if promised is not None else None
    ranked = await rank_for_hour(session, lead, starts_at=starts_at, business=business, now=now, keep=keep)
    for one in ranked:
        made = await arrange_with(session, lead, one, business=business, actor=actor, now=now, promised=promised)
        if made is not None:
            return made
    return None


async def arrange_with(
    session: BusinessSession,
    lead: Lead,
    one: Ranked,
    *,
    business: Business,
    actor: Actor,
    now: datetime,
    promised: Booking | None,
) -> Offer | Booking | None:
    """With this professional: asked where the playbook wants approval, else booked. None when the slot is gone.

    `one` may be excluded for having no room left, where staff have chosen them all the same.
    """
    if get_playbook(business.playbook).approval:
        return await try_offer(session, lead, one, business=business, actor=actor, now=now, promised=promised)
    return await try_booking(session, lead, one, actor=actor, now=now, promised=promised)


async def try_offer(
    session: BusinessSession,
    lead: Lead,
    one: Ranked,
    *,
    business: Business,
    actor: Actor,
    now: datetime,
    promised: Booking | None,
) -> Offer | None:
    """The professional holds the slot and will be asked, outside of quiet hours and rest. A promised visit stands.

    None when somebody was faster, or the visit would begin before the time to answer is over.
    """
    professional = await get_professional(session, one.professional_id)
    answer = time_to_answer(professional, business, lead, now=now)
    if one.slot is None or answer.end > one.slot.start:
        return None
    booking = await hold_for(session, lead, professional, one, actor=actor, now=now, replaces=promised)
    if booking is None:
        return None
    offer = Offer(
        lead_id=lead.id,
        professional_id=professional.id,
        booking_id=booking.id,
        status=OfferStatus.open,
        sends_at=answer.start,
        expires_at=answer.end,
    )
    session.add(offer)
    await session.flush()
    settle(lead, by=SETTLED_BY_ASKING)
    if promised is None:
        lead.professional_id = professional.id
        move(session, lead, LeadStatus.offered, actor=actor, now=now)
    by = BY_AGENT if actor.is_customer else actor  # the customer wished for an hour; who is asked was chosen for them
    note(
        session,
        lead,
        kind=EntryKind.offered,
        actor=by,
        now=now,
        details={"offer_id": offer.id, "to": professional.name},
    )
    business_id = session.require_business()
    await emit(
        session, OfferMade(business_id=business_id, offer_id=offer.id), at=answer.start if answer.start > now else None
    )
    await emit(session, OfferLapses(business_id=business_id, offer_id=offer.id), at=offer.expires_at)
    return offer


async def try_booking(
    session: BusinessSession, lead: Lead, one: Ranked, *, actor: Actor, now: datetime, promised: Booking | None
) -> Booking | None:
    """The professional's slot is booked for the lead, in place of what was promised; None when somebody was faster."""
    professional = await get_professional(session, one.professional_id)
    booking = await hold_for(session, lead, professional, one, actor=actor, now=now, replaces=promised)
    if booking is None:
        return None
    if promised is not None:
        await replace_visit(session, booking, promised, buffer_minutes=professional.buffer_minutes, actor=actor)
    await promise(session, lead, booking, professional, actor=actor, now=now)
    return booking
