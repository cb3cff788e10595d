"""Somebody is rung: the try stands in the database before the provider is asked, and none is asked for twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from loguru import logger
from sqlalchemy import exists, select

from proli.contacts.actions import may_be_written_first
from proli.contacts.models import Contact
from proli.conversations.models import Owner
from proli.conversations.queries import find_latest_conversation
from proli.conversations.reasons import PersonReason
from proli.leads.models import Lead
from proli.platform.db import BusinessSession, locked
from proli.platform.runtime import Runtime
from proli.voice.actions import CallNews, ensure_call
from proli.voice.calling_out import belongs, end_planned, get_planned, lawful, of_customer, put_off
from proli.voice.models import OutgoingCall, VoiceNumber
from proli.voice.out_rules import BUSY_WITH_US, NOT_TAKEN, RINGS_S, STALE, CallOutState
from proli.voice.queries import is_in_call
from proli.voice.reminding import is_wanted_still
from proli.voice.rules import CallDirection, CallState
from proli.voice.twilio.rest import (
    Account,
    CallNotTaken,
    CallRefused,
    OutCall,
    ProviderUnavailable,
    find_account,
    make_call,
)
from proli.voice.twilio.told import OUT, OUT_STATUS

CALLED: Final = PersonReason.callback


@dataclass(frozen=True, slots=True)
class Claimed:
    """A try that is written down, and that nobody else makes."""

    planned_id: int
    number: int
    number_id: int
    account: Account
    ours: str
    theirs: str


async def ring(runtime: Runtime, business_id: int, planned_id: int) -> None:
    """They are rung, unless that is not wanted any more, not lawful now, or somebody does it."""
    async with runtime.db.begin(business_id) as session:
        claimed = await claim(runtime, session, planned_id, now=runtime.clock.now())
    if claimed is None:
        return
    base = runtime.settings.http.public_url
    about = f"?out={claimed.planned_id}&try={claimed.number}"
    order = OutCall(
        ours=claimed.ours, theirs=claimed.theirs, answer=f"{base}{OUT}{about}", told=f"{base}{OUT_STATUS}{about}",
        rings_s=RINGS_S,
    )  # fmt: skip
    try:
        sid = await make_call(runtime, claimed.account, order)
    except CallNotTaken as why:
        logger.warning("Call out {} waits, the provider takes none: {}", planned_id, why)
        await give_back(runtime, business_id, claimed)
    except CallRefused as why:
        logger.error("Call out {} is refused: {}", planned_id, why)
        await give_up(runtime, business_id, claimed)
    except ProviderUnavailable as why:
        logger.error("Nobody knows whether call out {} is made: {}", planned_id, why)
    else:
        await note_made(runtime, business_id, claimed, sid)


async def claim(runtime: Runtime, session: BusinessSession, planned_id: int, *, now: datetime) -> Claimed | None:
    """The try is ours; None when there is none to make now, of which the row says when the next is."""
    planned = await get_planned(session, planned_id)
    if planned.state is not CallOutState.waiting or planned.ended_at is not None:
        return None
    contact = await session.scalar(locked(select(Contact).where(Contact.id == planned.contact_id)))
    account = await find_caller(runtime, session)
    if contact is None or account is None or not await may_be_rung(session, planned, contact, now=now):
        await end_planned(session, planned, CallOutState.off, now=now)
        return None
    later = planned.due_at if planned.due_at > now else await when_free(session, planned, contact, now=now)
    if later > now:
        if planned.useful_until is not None and later >= planned.useful_until:
            await end_planned(session, planned, CallOutState.off, now=now)
        else:
            await put_off(session, planned, later)
        return None
    number, opened = account
    planned.state, planned.tries, planned.rung_at = CallOutState.ringing, planned.tries + 1, now
    planned.external_id = None
    assert contact.phone_e164 is not None
    return Claimed(planned.id, planned.tries, number.id, opened, number.phone_e164, contact.phone_e164)


async def find_caller(runtime: Runtime, session: BusinessSession) -> tuple[VoiceNumber, Account] | None:
    """Our number from which they are rung, which they see; None where nobody could talk with them."""
    number = await session.scalar(select(VoiceNumber).order_by(VoiceNumber.id).limit(1))
    if number is None or not runtime.settings.http.public_url or not runtime.settings.voice.ears:
        return None
    account = await find_account(session, runtime.vault, number.id)
    return account and (number, account)


async def may_be_rung(session: BusinessSession, planned: OutgoingCall, contact: Contact, *, now: datetime) -> bool:
    """Whether the call is wanted as things stand now: they can be rung, have not asked to be left alone since, nobody
    of the business answers them, and what it is for is still so."""
    if contact.phone_e164 is None or contact.erased_at is not None:
        return False
    asked = of_customer(planned) and (contact.opted_out_at is None or contact.opted_out_at < planned.created_at)
    if not may_be_written_first(contact) and not asked:
        return False
    if planned.booking_id is not None:
        return await is_wanted_still(session, planned, now=now)
    conversation = await find_latest_conversation(session, contact.id)
    if conversation is not None and conversation.owner is Owner.human:
        return False
    if not of_customer(planned):
        return True
    waits = conversation is not None and conversation.called_for == CALLED
    on_lead = select(Lead.id).where(Lead.contact_id == contact.id, Lead.attention == CALLED).limit(1)
    fresh = planned.due_at > now - STALE
    return fresh and (waits or await session.scalar(on_lead) is not None)


async def when_free(session: BusinessSession, planned: OutgoingCall, contact: Contact, *, now: datetime) -> datetime:
    """When they may be rung: now, or later by law, or once they are on no other call with us."""
    ringing = exists(OutgoingCall.id).where(
        OutgoingCall.contact_id == contact.id, OutgoingCall.state == CallOutState.ringing
    )
    if await is_in_call(session, contact.id) or await session.scalar(select(ringing)):
        return now + BUSY_WITH_US
    return await lawful(session, contact, now, lead_id=planned.lead_id)


async def note_made(runtime: Runtime, business_id: int, claimed: Claimed, sid: str) -> None:
    """The provider has taken it: it stands in the log from now on."""
    news = CallNews(
        external_id=sid, account_sid=claimed.account.sid, state=CallState.initiated, direction=CallDirection.outbound,
        number_e164=claimed.ours, phone_e164=claimed.theirs,
    )  # fmt: skip
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        call = await ensure_call(session, news, number_id=claimed.number_id, now=now)
        planned = await get_planned(session, claimed.planned_id)
        if planned.tries == claimed.number:
            planned.external_id = sid
            await belongs(session, call, planned)


async def give_back(runtime: Runtime, business_id: int, claimed: Claimed) -> None:
    """The try was none, and is made a little later."""
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        planned = await get_planned(session, claimed.planned_id)
        if planned.state is CallOutState.ringing and planned.tries == claimed.number:
            planned.tries -= 1
            await put_off(session, planned, now + NOT_TAKEN)


async def give_up(runtime: Runtime, business_id: int, claimed: Claimed) -> None:
    """The provider will never ring this number."""
    async with runtime.db.begin(business_id) as session:
        planned = await get_planned(session, claimed.planned_id)
        if planned.state is CallOutState.ringing and planned.tries == claimed.number:
            await end_planned(session, planned, CallOutState.unreached, now=runtime.clock.now())
