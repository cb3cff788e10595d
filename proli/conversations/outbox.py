"""The outbox: every outgoing message is a row first; a parcel is a row claimed for delivery."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Boolean, ColumnElement, and_, func, literal_column, select, text, update

from proli.conversations.buttons import Button
from proli.conversations.events import MessageQueued
from proli.conversations.failures import SendFailure, Unsent
from proli.conversations.models import WAITING, Author, ChannelAccount, Conversation, Delivery, Message
from proli.conversations.queueing import QUEUE_TEXT, queued_words
from proli.conversations.wording import say_as_read
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit

MAX_ATTEMPTS = 14
FRESH: Final = "messages.delivery = 'queued'"
"""No attempt is under way, or in doubt."""
TAKEN_OVER: Final = "(messages.author = 'ai' AND conversations.owner = 'human')"
LATE: Final = "coalesce(messages.useful_until <= :now, false)"
UNTRIED: Final = "(messages.attempts = 0 AND messages.next_attempt_at IS NULL)"
COUNTED: Final = "messages.author <> 'human'"
"""What the day's budgets count. What stands against a message is asked in these words here and in `express`."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An outbox message claimed for delivery, with all that the provider needs to know."""

    message_id: int
    provider: str
    account_id: int
    account_external_id: str
    sealed: bytes
    chat_id: str
    text: str
    buttons: tuple[Button, ...]
    code: str | None
    values: Mapping[str, str]
    """Which of our texts the words are, and what fills it; None and empty for free words."""
    attempts: int
    in_doubt_since: datetime | None
    """When an earlier attempt began whose outcome nobody knows; None when there was none."""
    waited: bool = False
    """It has waited for a turn at the number's gate and has not been tried yet."""
    failing: bool = False
    """The last attempt of the number, with whatever message, failed."""
    shut_until: datetime | None = None
    """How long the number's gate was shut for others when the parcel passed it."""


async def queue_text(
    session: BusinessSession,
    conversation: Conversation,
    text: str,
    *,
    dedup_key: str,
    author: Author = Author.ai,
    buttons: Sequence[Button] = (),
    useful_until: datetime | None = None,
    now: datetime,
) -> int | None:
    """The words are in the outbox and will be delivered after what waits there already.

    What has not gone out at `useful_until`, however long the provider was away, does not go out.

    Of a text of ours its code and values are kept beside its words, for channels that have another form for it.

    Saying the same thing twice is impossible: None when `dedup_key` was queued in this conversation before.
    """
    words = queued_words(
        session.require_business(), conversation.id, text,
        dedup_key=dedup_key, author=author, buttons=buttons, useful_until=useful_until, now=now,
    )  # fmt: skip
    return (await session.execute(QUEUE_TEXT, words)).scalar()


type Allows = Callable[[Conversation], Awaitable[bool]]
"""Whether one more message that no person wrote may go out in a conversation."""


async def claim_parcel(
    session: BusinessSession, *, conversation_id: int, now: datetime, allows: Allows | None = None
) -> Parcel | None:
    """The oldest waiting message is being sent by the caller; None when nothing waits or its time has not come.

    What waits for its time has a job that will look again then.

    What would come too late has lapsed. What the agent wrote is withheld when a human has taken over meanwhile. What no
    person wrote and `allows` forbids is a dead letter.
    """
    is_withheld, is_late, is_first = (
        and_(text(FRESH), text(one)).label(None) for one in (TAKEN_OVER, LATE, f"{UNTRIED} AND {COUNTED}")
    )
    waiting = (
        select(Message, Conversation, ChannelAccount, is_withheld, is_late, is_first)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(ChannelAccount, ChannelAccount.id == Message.channel_account_id)
        .where(Message.conversation_id == conversation_id, Message.delivery.in_(WAITING))
        .order_by(Message.id)
        .limit(1)
        .with_for_update(of=Message)
    )
    while (row := (await session.execute(waiting, {"now": now})).first()) is not None:
        message, conversation, account, withheld, late, first = row
        if withheld or late:
            message.delivery = Delivery.withheld if withheld else Delivery.lapsed
            await session.flush()
            continue
        if first and allows is not None and not await allows(conversation):
            message.delivery, message.failure = Delivery.failed, SendFailure.over_budget
            await session.flush()
            continue
        if message.next_attempt_at is not None and message.next_attempt_at > now:
            await wait_until(session, message, message.next_attempt_at)
            return None
        fresh = message.delivery == Delivery.queued
        waited = message.attempts == 0 and message.next_attempt_at is not None
        if fresh:
            await say_as_read(session, message, now=now)
        in_doubt_since = None if fresh else message.attempted_at
        message.delivery = Delivery.sending
        message.attempts += 1
        message.attempted_at = now if fresh else message.attempted_at
        message.next_attempt_at = None
        await note_words(session, conversation_id=conversation_id, at=message.sent_at)
        await session.flush()
        return Parcel(
            message_id=message.id,
            provider=account.provider,
            account_id=account.id,
            account_external_id=account.external_id,
            sealed=account.sealed,
            chat_id=conversation.chat_id,
            text=message.text,
            buttons=tuple(Button(**button) for button in message.buttons),
            code=message.code,
            values=message.values or {},
            attempts=message.attempts,
            in_doubt_since=in_doubt_since,
            waited=waited,
        )
    return None


async def put_back(session: BusinessSession, parcel: Parcel, *, until: datetime) -> None:
    """What was claimed in this transaction was not tried: it waits for its turn."""
    message = await session.get_one(Message, parcel.message_id)
    message.attempts -= 1
    message.delivery = Delivery.queued if parcel.in_doubt_since is None else Delivery.unknown
    message.next_attempt_at = until
    await wait_until(session, message, until)


async def note_words(session: BusinessSession, *, conversation_id: int, at: datetime) -> None:
    """The inbox knows how new the conversation is.

    What is sent is noted when it is claimed, not when it is queued: that may be in a transaction which writes to
    several conversations, and two such in different order would wait for each other.
    """
    newest = func.greatest(Conversation.last_message_at, at)
    await session.execute(update(Conversation).where(Conversation.id == conversation_id).values(last_message_at=newest))


async def wait_until(session: BusinessSession, message: Message, at: datetime) -> None:
    """The conversation is delivered again at `at`: the job that would have done so may be the one that found it early.

    It is never sooner than in a second, so that a clock behind the database's does not make the job spin.
    """
    event = MessageQueued(business_id=session.require_business(), conversation_id=message.conversation_id)
    await emit(session, event, at=at, after_s=1)


async def restart_attempt(session: BusinessSession, parcel: Parcel, *, now: datetime) -> str | None:
    """The provider does not know the earlier attempt: a new one begins, with these words.

    None when it must not: the provider has shown the message after all, another worker has claimed it since, or a human
    has taken over meanwhile, and then it is withheld.
    """
    current = (
        select(Message, literal_column(TAKEN_OVER, Boolean()).label("withheld"))
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(still(parcel), Message.delivery == Delivery.sending)
        .with_for_update(of=Message)
    )
    row = (await session.execute(current)).first()
    if row is None:
        return None
    message, withheld = row
    if withheld:
        message.delivery = Delivery.withheld
    else:
        await say_as_read(session, message, now=now)
        message.attempted_at = now
    await session.flush()
    return None if withheld else message.text


def still(parcel: Parcel) -> ColumnElement[bool]:
    """The message of the parcel, as long as no other worker has claimed it since: what this one tried is then news."""
    return (Message.id == parcel.message_id) & (Message.attempts == parcel.attempts)


async def mark_failed(session: BusinessSession, parcel: Parcel, *, unsent: Unsent) -> None:
    """It will not be tried again by itself: it lies with the dead letters.

    What the provider has shown stays sent, and what another worker has claimed since stays its own.
    """
    await session.execute(
        update(Message)
        .where(still(parcel), Message.delivery.in_(WAITING))
        .values(delivery=Delivery.failed, **unsent._asdict())
    )


def backoff(parcel: Parcel, *, asked_s: float | None) -> timedelta:
    """How long after a failed attempt the next one comes: twice as long each time, ten minutes at most.

    Up to half is added, to each message another part, so that those which failed together do not come back together.
    What the provider asked for holds where it is longer, up to an hour.
    """
    usual = min(2**parcel.attempts, 600)
    spread = (parcel.message_id * 2_654_435_761 + parcel.attempts * 40_503) % 1_000 / 2_000
    return timedelta(seconds=max(usual * (1 + spread), min(asked_s or 0, 3_600)))


async def mark_for_retry(
    session: BusinessSession,
    *,
    parcel: Parcel,
    conversation_id: int,
    unsent: Unsent,
    in_doubt: bool,
    asked_s: float | None = None,
    now: datetime,
) -> None:
    """It will be tried again after a growing wait; in doubt, the provider is asked first.

    After MAX_ATTEMPTS, about an hour, it is a dead letter.

    Nothing changes when the provider has shown the message meanwhile, or another worker has claimed it.
    """
    if parcel.attempts >= MAX_ATTEMPTS:
        await mark_failed(session, parcel, unsent=unsent)
        return
    at = now + backoff(parcel, asked_s=asked_s)
    delivery = Delivery.unknown if in_doubt else Delivery.queued
    waits = await session.execute(
        update(Message)
        .where(still(parcel), Message.delivery.in_(WAITING))
        .values(delivery=delivery, next_attempt_at=at, **unsent._asdict())
        .returning(Message.id)
    )
    if waits.first() is None:
        return
    event = MessageQueued(business_id=session.require_business(), conversation_id=conversation_id)
    await emit(session, event, at=at)
