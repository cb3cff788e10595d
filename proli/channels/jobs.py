"""Delivery: what waits in a conversation's outbox goes out, in order, each message once."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from loguru import logger
from opentelemetry.trace import SpanKind

from proli.channels.base import Channel, SendDelayed, SendInDoubt, SendRefused
from proli.channels.registry import CHANNELS
from proli.contacts.budgets import Budget, count_spent
from proli.conversations.events import MessageQueued
from proli.conversations.express import Left, take_plain
from proli.conversations.failures import SendFailure, Unsent
from proli.conversations.forgotten import find_unsent
from proli.conversations.gates import Passed, note_answer, note_failure, pass_gate
from proli.conversations.models import Conversation
from proli.conversations.outbox import (
    Parcel,
    claim_parcel,
    mark_failed,
    mark_for_retry,
    put_back,
    restart_attempt,
)
from proli.conversations.queries import list_known_ids
from proli.conversations.reasons import PersonReason
from proli.notifications.calling import call_staff
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit, on, on_dead
from proli.platform.runtime import Runtime
from proli.platform.tracing import span
from proli.sweeps.plans import Sweep
from proli.sweeps.running import sweeps


@dataclass(frozen=True, slots=True)
class Sent:
    external_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    unsent: Unsent


@dataclass(frozen=True, slots=True)
class Waits:
    unsent: Unsent
    in_doubt: bool
    asked_s: float | None = None
    """For how long the provider asked."""


@dataclass(frozen=True, slots=True)
class KnownAlready:
    """Its row says already what became of it."""


NO_WAY = Unsent(SendFailure.refused, "it cannot be sent: see the log")
type Outcome = Sent | Refused | Waits | KnownAlready


@on(MessageQueued, queue="outbox", key="conversation_id", attempts=6)
async def deliver(runtime: Runtime, event: MessageQueued) -> None:
    """Send everything that waits in the conversation; end at the first message whose time has not come.

    The network is used with no transaction open. A crash leaves the message in `sending`, and whoever claims it next
    asks the provider before trying again.
    """
    done: tuple[Parcel, Outcome] | None = None
    while (taken := await take_next(runtime, event, done)) is not None:
        parcel, known = taken
        done = parcel, await attempt(runtime, event, parcel, known)


async def take_next(
    runtime: Runtime, event: MessageQueued, done: tuple[Parcel, Outcome] | None
) -> tuple[Parcel, frozenset[str]] | None:
    """What became of the parcel before is recorded, and the next one claimed: beside it, which ids it cannot have.

    What is plain takes one round trip; with all else a transaction is begun.
    """
    sent = (done[0].message_id, done[1].external_id) if done is not None and isinstance(done[1], Sent) else None
    next_one: Parcel | Left | None = Left(paid=False)
    if done is None or sent is not None:
        next_one = await take_plain(
            runtime.db, runtime.settings, business_id=event.business_id, conversation_id=event.conversation_id,
            sent=sent, now=runtime.clock.now(),
        )  # fmt: skip
    if not isinstance(next_one, Left):
        return None if next_one is None else (next_one, frozenset())
    async with runtime.db.begin(event.business_id) as session:
        if done is not None and sent is None:
            await record(session, runtime, event, *done)
        parcel = await claim(session, runtime, event, paid=next_one.paid)
        if parcel is None:
            return None
        doubtful = parcel.in_doubt_since is not None
        known = await list_known_ids(session, conversation_id=event.conversation_id) if doubtful else frozenset[str]()
    return parcel, known


@on_dead(deliver)
async def bury(runtime: Runtime, event: MessageQueued) -> None:
    """A message that nobody can even try to send is a dead letter; those behind it have their turn."""
    async with runtime.db.begin(event.business_id) as session:
        parcel = await claim_parcel(session, conversation_id=event.conversation_id, now=runtime.clock.now())
        if parcel is not None:
            await mark_failed(session, parcel, unsent=NO_WAY)
            await emit(session, event)


@sweeps(Sweep.sends, finds=find_unsent)
async def send_after_all(_: Runtime, session: BusinessSession, conversation_id: int, __: datetime) -> None:
    """What waits in the conversation's outbox goes out; of what is in doubt the provider is asked."""
    await emit(session, MessageQueued(business_id=session.require_business(), conversation_id=conversation_id))


async def claim(
    session: BusinessSession, runtime: Runtime, event: MessageQueued, *, paid: bool = False
) -> Parcel | None:
    """The next parcel within the day's budget of messages, whose turn it is at the gate of its number.

    What is beyond the budget a person may send. What is `paid` is counted already.
    """
    now = runtime.clock.now()

    async def allows(conversation: Conversation) -> bool:
        contact_id = conversation.contact_id
        spent = await count_spent(session, runtime.settings.budget, Budget.messages, contact_id=contact_id, now=now)
        if spent.over is not None:
            whose, day = (conversation.id if spent.over == "contact" else "all"), now.astimezone(UTC).date()
            await call_staff(
                session, conversation, reason=PersonReason.over_budget, key=f"messages:{whose}:{day}", now=now
            )
        return spent.over is None

    parcel = await claim_parcel(
        session, conversation_id=event.conversation_id, now=now, allows=None if paid else allows
    )
    if parcel is None:
        return None
    per_second = runtime.settings.outbox.per_second
    gate = await pass_gate(
        session, account_id=parcel.account_id, per_second=per_second, waited=parcel.waited, now=now
    )  # fmt: skip
    if isinstance(gate, Passed):
        return replace(parcel, failing=gate.failing, shut_until=gate.shut_until)
    await put_back(session, parcel, until=gate.until)
    return None


async def record(
    session: BusinessSession, runtime: Runtime, event: MessageQueued, parcel: Parcel, outcome: Outcome
) -> None:
    """The message's row says why it is not sent; a message that waits keeps those behind it waiting."""
    match outcome:
        case Refused(unsent):
            logger.warning("Message {} refused: {}", parcel.message_id, unsent.brief)
            await mark_failed(session, parcel, unsent=unsent)
        case Waits(unsent, in_doubt, asked_s):
            logger.warning("Message {} waits (attempt {}): {}", parcel.message_id, parcel.attempts, unsent.brief)
            now, conversation_id = runtime.clock.now(), event.conversation_id
            await mark_for_retry(
                session, parcel=parcel, conversation_id=conversation_id,
                unsent=unsent, in_doubt=in_doubt, asked_s=asked_s, now=now,
            )  # fmt: skip
        case Sent() | KnownAlready():
            pass


async def attempt(runtime: Runtime, event: MessageQueued, parcel: Parcel, known: frozenset[str]) -> Outcome:
    channel = CHANNELS.get(parcel.provider)
    if channel is None:
        return Refused(Unsent(SendFailure.refused, f"there is no channel named {parcel.provider}"))
    if parcel.in_doubt_since is not None:
        try:
            found = await channel.find_sent(runtime, parcel, since=parcel.in_doubt_since, known=known)
        except SendDelayed as error:
            return Waits(error.unsent, in_doubt=True)
        if found is not None:
            return Sent(found)
        words = await begin_again(runtime, event, parcel)
        if words is None:
            return KnownAlready()
        parcel = replace(parcel, text=words)
    outcome = await send(channel, runtime, parcel)
    await tell_gate(runtime, parcel, outcome)
    return outcome


async def tell_gate(runtime: Runtime, parcel: Parcel, outcome: Outcome) -> None:
    """The gate of the number knows whether its provider answers."""
    if isinstance(outcome, Waits):
        await note_failure(
            runtime.db, account_id=parcel.account_id, asked_s=outcome.asked_s,
            shut_until=parcel.shut_until, now=runtime.clock.now(),
        )  # fmt: skip
    elif parcel.failing:
        await note_answer(runtime.db, account_id=parcel.account_id, shut_until=parcel.shut_until)


async def begin_again(runtime: Runtime, event: MessageQueued, parcel: Parcel) -> str | None:
    async with runtime.db.begin(event.business_id) as session:
        return await restart_attempt(session, parcel, now=runtime.clock.now())


async def send(channel: Channel, runtime: Runtime, parcel: Parcel) -> Outcome:
    try:
        with span(f"send {parcel.provider}", kind=SpanKind.CLIENT, about={"message_id": parcel.message_id}):
            return Sent(await channel.send(runtime, parcel))
    except SendRefused as error:
        return Refused(error.unsent)
    except (SendDelayed, SendInDoubt) as error:
        return Waits(error.unsent, in_doubt=isinstance(error, SendInDoubt), asked_s=error.after_s)
