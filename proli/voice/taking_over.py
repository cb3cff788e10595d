"""Somebody of the business takes a call that is under way to a phone of their own."""

from datetime import datetime

from loguru import logger

from proli.accounts.actor import Actor
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.platform.runtime import Runtime
from proli.scheduling.on_call import OnCall
from proli.voice.actions import get_call
from proli.voice.errors import CallIsOver, CallIsRinging, NoPublicAddress
from proli.voice.events import CallLedAway
from proli.voice.rules import OVER, CallOutcome, TransferReason
from proli.voice.transfers import Leading, begin_transfer, find_open_transfer, find_transfer
from proli.voice.twilio.rest import ProviderUnavailable, find_account, lead_call
from proli.voice.twilio.told import AFTER


async def take_over(
    session: BusinessSession, call_id: int, person: OnCall, *, public_url: str | None, actor: Actor, now: datetime
) -> None:
    """The call is led from its line to this person, who is rung, and takes it with a key as anybody who is on call.

    Raises:
        CallNotFound
        NoPublicAddress: the provider could not ask us what comes next.
        CallIsOver: it has ended, a person has it, it is simulated, or the phone is the caller's own.
        CallIsRinging: somebody is being rung for it.
    """
    if not public_url:
        raise NoPublicAddress
    call = await get_call(session, call_id, lock=True)
    over = call.ended_at is not None or call.state in OVER or call.outcome is CallOutcome.transferred
    if over or call.simulated or call.phone_e164 == person.phone_e164:
        raise CallIsOver(call_id=call_id)
    if await find_open_transfer(session, call_id) is not None:
        raise CallIsRinging(call_id=call_id)
    transfer = await begin_transfer(session, call, Leading([person], TransferReason.takeover), actor=actor, now=now)
    assert transfer is not None
    event = CallLedAway(business_id=session.require_business(), call_id=call_id, transfer_id=transfer.id)
    await emit(session, event)


async def lead_away(runtime: Runtime, event: CallLedAway) -> None:
    """The provider asks us what comes next, which is to ring them; where it does not, the talk goes on as it was."""
    async with runtime.db.begin(event.business_id) as session:
        call = await get_call(session, event.call_id)
        transfer = await find_transfer(session, event.call_id, event.transfer_id)
        account = await find_account(session, runtime.vault, call.number_id)
        if transfer is None or transfer.ended_at is not None or call.ended_at is not None:
            return
        sid = call.external_id
    try:
        if account is None:
            raise ProviderUnavailable(reason="the number is not connected any more")
        await lead_call(runtime, account, sid, to=f"{runtime.settings.http.public_url}{AFTER}")
    except ProviderUnavailable as fault:
        logger.error("Call {} could not be taken over: {}", event.call_id, fault)
        await leave_it(runtime, event)


async def leave_it(runtime: Runtime, event: CallLedAway) -> None:
    """Nobody is rung after all."""
    async with runtime.db.begin(event.business_id) as session:
        await get_call(session, event.call_id, lock=True)
        transfer = await find_transfer(session, event.call_id, event.transfer_id)
        if transfer is not None and transfer.taken_at is None and transfer.ended_at is None:
            transfer.ended_at = runtime.clock.now()
