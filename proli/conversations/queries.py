"""Reads of conversations."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, func, nulls_last, select, text
from sqlalchemy.dialects.postgresql import insert

from proli.contacts.models import Contact
from proli.conversations.errors import ChannelAccountNotFound, ConversationNotFound, MessageNotFound
from proli.conversations.menus import LONGEST_LABEL, MENUS_BACK, Menu, find_labelled
from proli.conversations.models import ChannelAccount, Conversation, Direction, Message
from proli.platform.db import ROLE, BusinessSession, locked

MOST_OF_BURST: Final = 10


async def get_conversation(session: BusinessSession, conversation_id: int, *, lock: bool = False) -> Conversation:
    """With `lock`, no message enters and no turn is written until the end of the transaction."""
    statement = select(Conversation).where(Conversation.id == conversation_id)
    found = await session.scalar(locked(statement) if lock else statement)
    if found is None:
        raise ConversationNotFound(conversation_id=conversation_id)
    return found


async def get_message(session: BusinessSession, conversation_id: int, message_id: int) -> Message:
    found = await session.scalar(
        select(Message).where(Message.id == message_id, Message.conversation_id == conversation_id)
    )
    if found is None:
        raise MessageNotFound(conversation_id=conversation_id, message_id=message_id)
    return found


def unanswered() -> tuple[ColumnElement[bool], ...]:
    """Of messages: the same as `models.UNANSWERED`."""
    return (Message.direction == Direction.inbound, Message.wants_answer.is_(True), Message.answered_at.is_(None))


OF_CONVERSATION = and_(Message.conversation_id == bindparam("conversation_id"), *unanswered())
UNANSWERED_MESSAGES = select(Message).where(OF_CONVERSATION).order_by(Message.sent_at, Message.id)
NEWEST = (
    select(Message)
    .where(Message.conversation_id == bindparam("conversation_id"), Message.deleted_at.is_(None))
    .order_by(Message.sent_at.desc(), Message.id.desc())
    .limit(bindparam("most"))
)


async def list_unanswered(session: BusinessSession, conversation_id: int) -> Sequence[Message]:
    """Messages that want an answer and have none, in the order they were written."""
    return (await session.scalars(UNANSWERED_MESSAGES, {"conversation_id": conversation_id})).all()


async def list_history(session: BusinessSession, conversation_id: int, *, limit: int = 20) -> Sequence[Message]:
    """The last messages of both sides, oldest first."""
    return (await session.scalars(NEWEST, {"conversation_id": conversation_id, "most": limit})).all()[::-1]


async def ensure_conversation(
    session: BusinessSession, *, channel_account_id: int, contact: Contact, chat_id: str
) -> Conversation:
    """The conversation with a contact on a channel account, begun when there was none."""
    inserted = (
        insert(Conversation)
        .values(
            business_id=session.require_business(),
            channel_account_id=channel_account_id,
            contact_id=contact.id,
            chat_id=chat_id,
        )
        .on_conflict_do_nothing(index_elements=[Conversation.channel_account_id, Conversation.chat_id])
    )
    await session.execute(inserted)
    found = await session.scalar(
        select(Conversation).where(
            Conversation.channel_account_id == channel_account_id, Conversation.chat_id == chat_id
        )
    )
    if found is None:
        raise ConversationNotFound(chat_id=chat_id)
    return found


ENTER = text(f"""
    SELECT id, business_id, token_digest, set_config('proli.business_id', business_id::text, true),
           set_config('role', '{ROLE}', true)
    FROM channel_accounts WHERE provider = :provider AND external_id = :external_id
""")  # noqa: S608 - a constant of ours


async def enter_account(session: BusinessSession, *, provider: str, external_id: str) -> tuple[int, bytes | None]:
    """The operator's session becomes one of the business that owns the account: its id and token digest.

    One round trip, as this stands before every webhook.

    Raises:
        ChannelAccountNotFound: nobody owns such an account.
    """
    row = (await session.execute(ENTER, {"provider": provider, "external_id": external_id})).first()
    if row is None:
        raise ChannelAccountNotFound(provider=provider, external_id=external_id)
    session.narrow(row.business_id)
    return row.id, row.token_digest


LONGEST_CHOICE = 2


def may_be_tap(text: str, button_id: str | None) -> bool:
    """Whether a message is a tap, or a bare number that may stand for one."""
    return button_id is not None or is_choice(text)


def is_choice(text: str) -> bool:
    said = text.strip()
    return said.isdecimal() and len(said) <= LONGEST_CHOICE


async def find_tap(session: BusinessSession, message: Message) -> str | None:
    """The button that a message means: the one tapped, or for a bare number the one so numbered in what we said last,
    or for its very words the one among those we sent last.

    Where buttons are not shown, people answer with the numbers or the words written beside them. When we have said
    something else since, a number is about that (`menus.find_labelled` tells the same of words).
    """
    if message.button_id is not None or len(message.text) > LONGEST_LABEL:
        return message.button_id
    said = await session.execute(
        select(Message.buttons, Message.sent_at)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.direction == Direction.outbound,
            Message.id < message.id,
        )
        .order_by(Message.id.desc())
        .limit(MENUS_BACK)
    )
    menus = [Menu(row.buttons, row.sent_at) for row in said]
    if not is_choice(message.text):
        return None if message.quoted_external_id else find_labelled(message.text, menus, at=message.sent_at)
    buttons, number = last_buttons(menus), int(message.text.strip())
    return str(buttons[number - 1]["id"]) if 1 <= number <= len(buttons) else None


def last_buttons(menus: Sequence[Menu]) -> Sequence[Mapping[str, Any]]:
    return menus[0].buttons if menus else ()


async def find_conversation_at(session: BusinessSession, account_id: int, chat_id: str) -> Conversation | None:
    """The conversation at this address of one of our numbers."""
    return await session.scalar(
        select(Conversation).where(Conversation.channel_account_id == account_id, Conversation.chat_id == chat_id)
    )


async def find_latest_conversation(
    session: BusinessSession, contact_id: int, *, account_id: int | None = None
) -> Conversation | None:
    """Where the contact has last written with us; with `account_id`, on that number of ours."""
    where = [Conversation.contact_id == contact_id]
    if account_id is not None:
        where.append(Conversation.channel_account_id == account_id)
    return await session.scalar(
        select(Conversation)
        .where(*where)
        .order_by(nulls_last(Conversation.last_message_at.desc()), Conversation.id.desc())
        .limit(1)
    )


async def find_last_heard(session: BusinessSession, conversation_id: int) -> int | None:
    """The id of what the other side wrote last."""
    newest = select(func.max(Message.id)).where(
        Message.conversation_id == conversation_id, Message.direction == Direction.inbound
    )
    return await session.scalar(newest)


async def last_burst(session: BusinessSession, conversation_id: int) -> str:
    """What the other side wrote last, a line a message: all that was or will be answered at once."""
    newest = (
        select(Message.text, Message.answered_at)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == Direction.inbound,
            Message.deleted_at.is_(None),
        )
        .order_by(Message.id.desc())
        .limit(MOST_OF_BURST)
    )
    rows = (await session.execute(newest)).all()
    together = takewhile(lambda row: row.answered_at == rows[0].answered_at, rows)
    return "\n".join(reversed([row.text for row in together if row.text]))


async def find_default_account(session: BusinessSession) -> ChannelAccount | None:
    """The first number of the business: where messages go that answer nobody."""
    return await session.scalar(select(ChannelAccount).order_by(ChannelAccount.id).limit(1))


async def list_channel_accounts(session: BusinessSession) -> Sequence[ChannelAccount]:
    """Every number of the business, the first one first."""
    return (await session.scalars(select(ChannelAccount).order_by(ChannelAccount.id))).all()


async def list_known_ids(session: BusinessSession, *, conversation_id: int) -> frozenset[str]:
    """The provider's ids of the conversation's last outgoing messages: an attempt in doubt is none of these."""
    newest = (
        select(Message.external_id)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == Direction.outbound,
            Message.external_id.is_not(None),
        )
        .order_by(Message.id.desc())
        .limit(200)
    )
    return frozenset(found for found in await session.scalars(newest) if found is not None)
