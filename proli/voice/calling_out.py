"""Calls that we make: planned once, rung when they are due and still wanted, and what came of each try."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from proli.accounts.actor import BY_AGENT, BY_CUSTOMER, Actor
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.queries import find_latest_conversation
from proli.conversations.reasons import PersonReason
from proli.conversations.waiting import end_call as end_waiting
from proli.knowledge.places import find_locality
from proli.leads.actions import attend
from proli.leads.models import Lead
from proli.leads.queries import find_open_lead, list_called
from proli.platform.db import BusinessSession, locked
from proli.platform.jobs import emit
from proli.scheduling.observance import free_to_tell, policy_of
from proli.voice.events import CallOutDue, CallOutOver
from proli.voice.models import Call, OutgoingCall
from proli.voice.out_rules import CallOutState, CallPurpose, next_try


@dataclass(frozen=True, slots=True)
class Plan:
    """A call that is to be made."""

    contact_id: int
    purpose: CallPurpose
    key: str
    due_at: datetime
    actor: Actor
    lead_id: int | None = None
    booking_id: int | None = None
    useful_until: datetime | None = None


async def plan_call(session: BusinessSession, plan: Plan, *, now: datetime) -> OutgoingCall | None:
    """They will be rung at the hour, or as soon as it is lawful from then on; None when that was planned before."""
    contact = await session.get_one(Contact, plan.contact_id)
    due_at = await lawful(session, contact, max(plan.due_at, now), lead_id=plan.lead_id)
    made = (
        insert(OutgoingCall)
        .values(
            business_id=session.require_business(), contact_id=plan.contact_id, purpose=plan.purpose, key=plan.key,
            due_at=due_at, actor=plan.actor, lead_id=plan.lead_id, booking_id=plan.booking_id,
            useful_until=plan.useful_until, state=CallOutState.waiting,
        )
        .on_conflict_do_nothing(index_elements=[OutgoingCall.business_id, OutgoingCall.key])
        .returning(OutgoingCall.id)
    )  # fmt: skip
    planned_id = await session.scalar(made)
    if planned_id is None:
        return None
    planned = await get_planned(session, planned_id)
    await emit(session, due(session, planned), at=due_at)
    return planned


async def get_planned(session: BusinessSession, planned_id: int) -> OutgoingCall:
    """It, locked."""
    return (await session.scalars(locked(select(OutgoingCall).where(OutgoingCall.id == planned_id)))).one()


async def find_waiting(session: BusinessSession, contact_id: int, purpose: CallPurpose) -> OutgoingCall | None:
    """The call that is planned for this, locked, as long as they are not rung for it."""
    wanted = select(OutgoingCall).where(
        OutgoingCall.contact_id == contact_id,
        OutgoingCall.purpose == purpose,
        OutgoingCall.state == CallOutState.waiting,
    )
    return await session.scalar(locked(wanted.order_by(OutgoingCall.id).limit(1)))


def due(session: BusinessSession, planned: OutgoingCall) -> CallOutDue:
    return CallOutDue(business_id=session.require_business(), call_out_id=planned.id)


async def put_off(session: BusinessSession, planned: OutgoingCall, until: datetime) -> None:
    """They are rung then, or looked at again."""
    planned.state, planned.due_at = CallOutState.waiting, until
    await emit(session, due(session, planned), at=until)


async def lawful(session: BusinessSession, contact: Contact, moment: datetime, *, lead_id: int | None) -> datetime:
    """The first moment from this one on at which they may be rung: in no quiet hours, no Shabbat and no holiday that
    the business keeps, by the sunset where their request is."""
    business = await get_business(session)
    lead = await session.get(Lead, lead_id) if lead_id else await find_open_lead(session, contact.id)
    place = find_locality(lead.locality or "") if lead else None
    policy, zone = policy_of(business.rest), ZoneInfo(business.zone)
    quiet = (policy.quiet_start_minute, policy.quiet_end_minute)
    return free_to_tell(moment, policy=policy, place=place, zone=zone, quiet=quiet)


async def end_planned(session: BusinessSession, planned: OutgoingCall, state: CallOutState, *, now: datetime) -> None:
    """It came to this; whoever has to hear of it is told once."""
    if planned.ended_at is not None:
        return
    planned.state, planned.ended_at = state, now
    await emit(session, CallOutOver(business_id=session.require_business(), call_out_id=planned.id))


async def find_try(session: BusinessSession, planned_id: int, number: int, *, external_id: str) -> OutgoingCall | None:
    """The call that is being made with this try, locked; None when the provider's call is not that of it."""
    wanted = select(OutgoingCall).where(OutgoingCall.id == planned_id, OutgoingCall.tries == number)
    planned = await session.scalar(locked(wanted))
    if planned is None or planned.external_id not in (None, external_id):
        return None
    planned.external_id = external_id
    return planned


async def belongs(session: BusinessSession, call: Call, planned: OutgoingCall) -> None:
    """The provider's call is a try of this one."""
    call.call_out_id, call.lead_id = planned.id, call.lead_id or planned.lead_id
    await session.flush()


async def have_talked(session: BusinessSession, planned: OutgoingCall, *, now: datetime) -> None:
    """Somebody has answered. Who waited for a call waits no more."""
    await end_planned(session, planned, CallOutState.talked, now=now)
    if planned.purpose is not CallPurpose.callback:
        return
    for lead in await list_called(session, planned.contact_id, reasons=(PersonReason.callback,)):
        await attend(session, lead, actor=BY_AGENT, now=now)
    conversation = await find_latest_conversation(session, planned.contact_id)
    if conversation is not None and conversation.called_for == PersonReason.callback:
        await end_waiting(session, conversation_id=conversation.id)


async def settle_try(session: BusinessSession, call: Call, *, now: datetime) -> None:
    """The provider's call is over: if nobody has answered it, they are rung again, or not any more."""
    if call.call_out_id is None:
        return
    planned = await get_planned(session, call.call_out_id)
    if planned.state is CallOutState.ringing and planned.external_id == call.external_id:
        await not_reached(session, planned, now=now)


async def settle_silent(session: BusinessSession, planned: OutgoingCall, *, now: datetime) -> None:
    """Nothing was heard of the try for long: its call is over without an answer, or nobody knows whether it was."""
    call = await session.scalar(select(Call).where(Call.external_id == planned.external_id))
    if call is None:
        await end_planned(session, planned, CallOutState.doubtful, now=now)
    elif call.ended_at is not None:
        await not_reached(session, planned, now=now)


async def not_reached(session: BusinessSession, planned: OutgoingCall, *, now: datetime) -> None:
    contact = await session.get_one(Contact, planned.contact_id)
    again = next_try(planned.purpose, planned.tries, now=now)
    again = again and await lawful(session, contact, again, lead_id=planned.lead_id)
    if again is None or (planned.useful_until is not None and again >= planned.useful_until):
        await end_planned(session, planned, CallOutState.unreached, now=now)
    else:
        await put_off(session, planned, again)


def of_customer(planned: OutgoingCall) -> bool:
    """Whether they have asked for it themselves."""
    return planned.actor == BY_CUSTOMER
