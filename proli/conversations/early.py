"""What a provider says of a message before the message is known: kept until it is, a day at most, so many a number."""

from datetime import datetime
from typing import Final, Literal

from sqlalchemy import text, update

from proli.conversations.failures import Unsent
from proli.conversations.models import Delivery, Message
from proli.platform.db import BusinessSession, Statement

type News = Literal["status", "edit", "deletion"]

MOST: Final = 2000
"""How much is kept of one number; the oldest gives way."""

FURTHER: Final = {
    Delivery.sent: (Delivery.sending, Delivery.unknown),
    Delivery.delivered: (Delivery.sending, Delivery.unknown, Delivery.sent),
    Delivery.read: (Delivery.sending, Delivery.unknown, Delivery.sent, Delivery.delivered),
    Delivery.failed: (Delivery.sending, Delivery.unknown, Delivery.sent),
}
"""From where each status moves a message on; statuses arrive in any order and more than once."""

# Whoever notes a send and whoever hears of it first must not miss each other.
STAND_IN_LINE = Statement("SELECT pg_advisory_xact_lock(hashtextextended(:external_id, 9))")
IS_KNOWN = text("SELECT true FROM messages WHERE channel_account_id = :account_id AND external_id = :external_id")
KEEP = text("""
    INSERT INTO early_news (business_id, channel_account_id, external_id, kind, words, failure, error, at)
    SELECT business_id, id, :external_id, :kind, :words, :failure, :error, :at
    FROM channel_accounts WHERE id = :account_id
    ON CONFLICT (channel_account_id, external_id, kind) DO UPDATE
    SET words = excluded.words, failure = excluded.failure, error = excluded.error, at = excluded.at
    WHERE (early_news.kind = 'edit' AND early_news.at <= excluded.at)
       OR (early_news.kind = 'status' AND (early_news.words, excluded.words) IN
           (('delivered', 'read'), ('failed', 'delivered'), ('failed', 'read')))
""")
FORGET = text("""
    DELETE FROM early_news WHERE channel_account_id = :account_id
    AND (created_at < now() - interval '1 day' OR id <= (
        SELECT id FROM early_news WHERE channel_account_id = :account_id ORDER BY id DESC OFFSET :most LIMIT 1))
""")
NOTE_SENT = Statement("""
    WITH sending AS (
        SELECT id, channel_account_id FROM messages WHERE id = :message_id AND delivery IN ('sending', 'unknown')
    ), early AS (
        DELETE FROM early_news USING sending
        WHERE early_news.channel_account_id = sending.channel_account_id
          AND early_news.external_id = :external_id AND early_news.kind = 'status'
        RETURNING early_news.words, early_news.failure, early_news.error
    )
    UPDATE messages SET external_id = :external_id, delivery = coalesce((SELECT words FROM early), 'sent'),
        error = (SELECT error FROM early),
        failure = (SELECT coalesce(failure, 'refused') FROM early WHERE error IS NOT NULL)
    FROM sending WHERE messages.id = sending.id
""")
"""The provider has the message; what was heard of it before its id was known to be ours holds."""


async def stand_in_line(session: BusinessSession, external_id: str) -> None:
    """Of those who learn the provider's id of a message and those who hear of it, one comes after the other."""
    await session.execute(STAND_IN_LINE.text, {"external_id": external_id})


async def keep_if_early(
    session: BusinessSession,
    account_id: int,
    external_id: str,
    kind: News,
    *,
    at: datetime,
    words: str | None = None,
    unsent: Unsent | None = None,
) -> bool:
    """What was said of a message that is not known is kept for it; False when the message is known."""
    known = {"account_id": account_id, "external_id": external_id}
    if await session.scalar(IS_KNOWN, known):
        return False
    await session.execute(FORGET, {"account_id": account_id, "most": MOST - 1})
    await session.execute(KEEP, {**known, "kind": kind, "words": words, **columns(unsent), "at": at})
    return True


def columns(unsent: Unsent | None) -> dict[str, str | None]:
    return {"failure": None, "error": None} if unsent is None else unsent._asdict()


async def move_on(
    session: BusinessSession, account_id: int, external_id: str, delivery: Delivery, *, unsent: Unsent | None
) -> bool:
    """The message has come so far, unless it was further; False when nothing has changed."""
    moved = await session.execute(
        update(Message)
        .where(
            Message.channel_account_id == account_id,
            Message.external_id == external_id,
            Message.delivery.in_(FURTHER[delivery]),
        )
        .values(delivery=delivery, **columns(unsent))
        .returning(Message.id)
    )
    return moved.first() is not None


async def note_sent(session: BusinessSession, *, message_id: int, external_id: str) -> None:
    """The message that was being sent is with the provider, and as far as was heard already."""
    await session.execute(NOTE_SENT.text, {"message_id": message_id, "external_id": external_id})
