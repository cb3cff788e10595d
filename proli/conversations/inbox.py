"""The inbox: whatever a provider says becomes a row, once, in the transaction that queues its processing."""

from datetime import datetime, timedelta

from loguru import logger
from sqlalchemy import func, or_, select, text, update

from proli.contacts.budgets import forgive
from proli.conversations.early import keep_if_early, move_on, note_sent, stand_in_line
from proli.conversations.events import MessageReceived
from proli.conversations.incoming import (
    AccountChanged,
    Deleted,
    Echo,
    Edited,
    HumanSaid,
    Ignored,
    Incoming,
    Received,
    StatusChanged,
)
from proli.conversations.intake import store
from proli.conversations.models import ChannelAccount, Conversation, Delivery, Direction, Message, Owner
from proli.conversations.waiting import note_answer
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.platform.security import digest

ECHO_SKEW = timedelta(minutes=2)
"""How far the provider's clock may stand before ours when an echo is matched to a send."""


async def receive(
    session: BusinessSession, *, account_id: int, incoming: Incoming, settle_s: float, now: datetime
) -> None:
    """What the provider said is stored, once however often it is said, and whoever must act on it is queued.

    `settle_s` is the quiet time given to a burst before the agent looks.
    """
    match incoming:
        case Received():
            await store(session, account_id, incoming, settle_s=settle_s)
        case HumanSaid():
            await store_human(session, account_id, incoming, now)
        case Echo():
            await match_echo(session, account_id, incoming)
        case StatusChanged():
            await store_status(session, account_id, incoming, now)
        case Edited():
            await store_edit(session, account_id, incoming)
        case Deleted():
            await store_deletion(session, account_id, incoming)
        case AccountChanged(health, said, at):
            await session.execute(
                update(ChannelAccount)
                .where(
                    ChannelAccount.id == account_id,
                    or_(ChannelAccount.state_at.is_(None), ChannelAccount.state_at <= at),
                )
                .values(health=health, state=said, state_at=at)
            )
        case Ignored(reason=reason):
            logger.info("Webhook of account {} ignored: {}", account_id, reason)


async def store_human(session: BusinessSession, account_id: int, said: HumanSaid, now: datetime) -> None:
    """The message is in the thread and the conversation belongs to the human who typed it."""
    stored = await store(session, account_id, said, settle_s=0)
    if stored.message_id is not None:
        await take_over(session, conversation_id=stored.conversation_id, now=now)
        await note_answer(session, conversation_id=stored.conversation_id, until=said.sent_at, now=now)


async def take_over(session: BusinessSession, *, conversation_id: int, now: datetime) -> None:
    """A human answers from now on; what the agent has not sent yet stays unsent."""
    await session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.owner == Owner.ai)
        .values(owner=Owner.human, owner_since=now)
    )


async def hand_back(session: BusinessSession, *, conversation_id: int, now: datetime) -> None:
    """The agent answers again, beginning with whatever was left unanswered; no person is called any more."""
    await session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(owner=Owner.ai, owner_since=now, called_at=None, called_for=None)
    )
    contact_id = await session.scalar(select(Conversation.contact_id).where(Conversation.id == conversation_id))
    if contact_id is not None:
        await forgive(session, contact_id)
    await emit(session, MessageReceived(business_id=session.require_business(), conversation_id=conversation_id))


async def match_echo(session: BusinessSession, account_id: int, echo: Echo) -> None:
    """A send whose outcome was in doubt is settled by the provider showing it back.

    A channel may have written the choices of a message with buttons below its words.
    """
    doubtful = (
        text("""
            SELECT message.id FROM messages AS message JOIN conversations ON conversations.id = message.conversation_id
            WHERE message.channel_account_id = :account_id AND conversations.chat_id = :chat_id
              AND message.delivery IN ('sending', 'unknown') AND message.external_id IS NULL
              AND (btrim(message.text, :blank) = btrim(:text, :blank)
                   OR message.buttons <> '[]' AND starts_with(ltrim(:text, :blank), btrim(message.text, :blank)))
              AND message.attempted_at <= :latest
              AND NOT EXISTS (SELECT FROM messages AS known
                              WHERE known.channel_account_id = :account_id AND known.external_id = :external_id)
            ORDER BY message.id LIMIT 1 FOR UPDATE OF message
        """),
        {
            "account_id": account_id,
            "chat_id": echo.chat_id,
            "text": echo.text,
            "blank": " \t\r\n",
            "external_id": echo.external_id,
            "latest": echo.sent_at + ECHO_SKEW,
        },
    )
    await stand_in_line(session, echo.external_id)
    message_id = (await session.execute(*doubtful)).scalar()
    if message_id is not None:
        await note_sent(session, message_id=message_id, external_id=echo.external_id)


async def store_status(session: BusinessSession, account_id: int, changed: StatusChanged, now: datetime) -> None:
    """The message is that far; where its send is not noted yet, the status waits for that."""
    told = account_id, changed.external_id, changed.delivery
    if await move_on(session, *told, unsent=changed.unsent) or changed.delivery == Delivery.sent:
        return
    await stand_in_line(session, changed.external_id)
    if not await keep_if_early(
        session, account_id, changed.external_id, "status", at=now, words=changed.delivery.value, unsent=changed.unsent
    ):
        await move_on(session, *told, unsent=changed.unsent)


ANSWER_AGAIN = text("""
    INSERT INTO messages (business_id, channel_account_id, conversation_id, direction, author, kind, text,
                          quoted_external_id, external_id, sent_at, wants_answer)
    SELECT business_id, channel_account_id, conversation_id, direction, author, 'text', :text,
           external_id, :edit_id, :sent_at, true
    FROM messages
    WHERE channel_account_id = :account_id AND external_id = :target AND direction = 'in' AND text <> :text
    ON CONFLICT (channel_account_id, external_id) DO NOTHING
    RETURNING conversation_id
""")


async def store_edit(session: BusinessSession, account_id: int, edit: Edited) -> None:
    """A message not yet answered reads as edited; one that was answered is followed by its new words."""
    edited = await session.execute(
        update(Message)
        .where(
            Message.channel_account_id == account_id,
            Message.external_id == edit.target_external_id,
            Message.direction == Direction.inbound,
            Message.answered_at.is_(None),
        )
        .values(text=edit.text)
        .returning(Message.conversation_id)
    )
    conversation_id = edited.scalar()
    if conversation_id is None:
        conversation_id = await session.scalar(
            ANSWER_AGAIN,
            {
                "text": edit.text,
                "edit_id": f"{edit.target_external_id}#{digest(edit.text).hex()[:16]}",
                "sent_at": edit.sent_at,
                "account_id": account_id,
                "target": edit.target_external_id,
            },
        )
    if conversation_id is not None:
        await emit(session, MessageReceived(business_id=session.require_business(), conversation_id=conversation_id))
        return
    await keep_if_early(session, account_id, edit.target_external_id, "edit", at=edit.sent_at, words=edit.text)


async def store_deletion(session: BusinessSession, account_id: int, deletion: Deleted) -> None:
    """The message is taken back, also when it comes in only now."""
    gone = await session.execute(
        update(Message)
        .where(
            Message.channel_account_id == account_id,
            Message.external_id == deletion.target_external_id,
            Message.direction == Direction.inbound,
        )
        .values(deleted_at=func.coalesce(Message.deleted_at, deletion.sent_at), wants_answer=False)
        .returning(Message.id)
    )
    if gone.first() is None:
        await keep_if_early(session, account_id, deletion.target_external_id, "deletion", at=deletion.sent_at)
