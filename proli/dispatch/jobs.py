"""Offers expire on time, even when the job that should do it was lost; who is one person becomes one contact."""

from datetime import datetime

from proli.accounts.actor import BY_SYSTEM
from proli.contacts.events import SamePersonFound
from proli.dispatch.absence import leave_standing
from proli.dispatch.answering import expire_offer
from proli.dispatch.attendance import (
    list_touched,
    pass_on_offer,
    put_in_question,
    take_out_of_question,
    tell_of_touched,
)
from proli.dispatch.events import OfferLapses
from proli.dispatch.lost import find_lost_holds, find_overdue_offers, give_up_hold
from proli.dispatch.one_person import join_contacts
from proli.leads.events import LeftToStand
from proli.platform.db import BusinessSession
from proli.platform.jobs import on
from proli.platform.runtime import Runtime
from proli.professionals.events import AttendanceChanged
from proli.scheduling.in_question import Attendance
from proli.sweeps.plans import Sweep
from proli.sweeps.running import sweeps


@on(OfferLapses, queue="dispatch")
async def expire(runtime: Runtime, event: OfferLapses) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await expire_offer(session, offer_id=event.offer_id, now=runtime.clock.now())


@on(AttendanceChanged, queue="dispatch")
async def heed_attendance(runtime: Runtime, event: AttendanceChanged) -> None:
    """Each offer and each visit by itself, so that nothing is locked for long."""
    was, clock = Attendance(event.was_active, event.had_exceptions), runtime.clock
    async with runtime.db.begin(event.business_id) as session:
        touched = await list_touched(session, event.professional_id, was, now=clock.now())
    for offer_id in touched.offers:
        async with runtime.db.begin(event.business_id) as session:
            await pass_on_offer(session, offer_id, now=clock.now())
    for booking_id, reason in touched.away.items():
        async with runtime.db.begin(event.business_id) as session:
            await put_in_question(session, booking_id, reason, now=clock.now())
    for booking_id in touched.back:
        async with runtime.db.begin(event.business_id) as session:
            await take_out_of_question(session, booking_id, now=clock.now())
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_touched(session, event.professional_id, touched)


@on(LeftToStand, queue="dispatch")
async def left_to_stand(runtime: Runtime, event: LeftToStand) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await leave_standing(session, event.lead_id)


@on(SamePersonFound, queue="dispatch")
async def join_same_person(runtime: Runtime, event: SamePersonFound) -> None:
    """Refused, as when both have a visit, they stay two; a message that shows both addresses asks again."""
    async with runtime.db.begin(event.business_id) as session:
        await join_contacts(
            session, kept_id=event.kept_id, other_id=event.other_id, actor=BY_SYSTEM, now=runtime.clock.now()
        )


@sweeps(Sweep.offers, finds=find_overdue_offers)
async def close_overdue(_: Runtime, session: BusinessSession, offer_id: int, now: datetime) -> None:
    """No offer stays open past its time because a clock or a job was off."""
    await expire_offer(session, offer_id=offer_id, now=now)


@sweeps(Sweep.holds, finds=find_lost_holds)
async def free_lost_hold(_: Runtime, session: BusinessSession, booking_id: int, now: datetime) -> None:
    """No hour is kept for an answer that nobody can give any more."""
    await give_up_hold(session, booking_id, now=now)
