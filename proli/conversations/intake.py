"""The statement behind every message that comes in: contact, conversation, message and the job to answer it.

One round trip, because it stands before every acknowledgement of a webhook: in separate statements the same work costs
four times as much (`make bench`).
"""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import TextClause, text

from proli.conversations.errors import ChannelAccountNotFound, TokenRefused
from proli.conversations.events import MessageReceived
from proli.conversations.incoming import HumanSaid, Received
from proli.conversations.models import Author, Delivery, Direction
from proli.platform.db import BusinessSession, Database
from proli.platform.jobs import FORGIVEN, listeners
from proli.platform.security import digest

KNOWN_ACCOUNT = "SELECT id, business_id, true AS allowed FROM channel_accounts WHERE id = :account_id"
SHOWN_ACCOUNT = """
    SELECT id, business_id, coalesce(sha256(token_digest || :nonce) = ANY(:shown), false) AS allowed
    FROM channel_accounts WHERE provider = :provider AND external_id = :account_external_id
"""
"""Tokens are compared as digests salted anew each time, so that how long it takes tells nothing about the token."""

STORE = """
    WITH account AS MATERIALIZED ({account}),
    contact AS (
        INSERT INTO contacts (business_id, phone_e164, provisional_id, name)
        SELECT business_id, CAST(:phone AS text), CAST(:provisional_id AS text), CAST(:name AS text)
        FROM account WHERE allowed
        ON CONFLICT (business_id, {key}) DO UPDATE
        SET name = CASE WHEN contacts.name = '' THEN excluded.name ELSE contacts.name END
        RETURNING id
    ), conversation AS (
        INSERT INTO conversations (business_id, channel_account_id, contact_id, chat_id, last_inbound_at,
                                   last_message_at)
        SELECT account.business_id, account.id, contact.id, CAST(:chat_id AS text), CAST(:inbound_at AS timestamptz),
               CAST(:sent_at AS timestamptz)
        FROM account CROSS JOIN contact
        ON CONFLICT (channel_account_id, chat_id) DO UPDATE
        SET last_inbound_at = greatest(conversations.last_inbound_at, excluded.last_inbound_at),
            last_message_at = greatest(conversations.last_message_at, excluded.last_message_at)
        RETURNING id
    ), early AS (
        DELETE FROM early_news USING account
        WHERE account.allowed AND early_news.channel_account_id = account.id
          AND early_news.external_id = CAST(:external_id AS text)
        RETURNING early_news.kind, early_news.words, early_news.at
    ), edited AS (
        SELECT words FROM early WHERE kind = 'edit' AND CAST(:direction AS text) = 'in'
    ), deleted AS (
        SELECT at FROM early WHERE kind = 'deletion' AND CAST(:direction AS text) = 'in'
    ), message AS (
        INSERT INTO messages (business_id, channel_account_id, conversation_id, direction, author, kind, text,
                              button_id, quoted_external_id, media, external_id, sent_at, wants_answer, delivery,
                              deleted_at)
        SELECT account.business_id, account.id, conversation.id, CAST(:direction AS text), CAST(:author AS text),
               CAST(:kind AS text), coalesce((SELECT words FROM edited), CAST(:text AS text)),
               CAST(:button_id AS text), CAST(:quoted_external_id AS text),
               CAST(:media AS jsonb), CAST(:external_id AS text), CAST(:sent_at AS timestamptz),
               CAST(:wants_answer AS boolean) AND NOT EXISTS (SELECT FROM deleted),
               coalesce((SELECT words FROM early WHERE kind = 'status' AND CAST(:direction AS text) = 'out'),
                        CAST(:delivery AS text)),
               (SELECT at FROM deleted)
        FROM account CROSS JOIN conversation
        ON CONFLICT (channel_account_id, external_id) DO NOTHING
        RETURNING id, business_id, conversation_id, wants_answer
    ), job AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
        SELECT handler.queue, handler.task, named.key, named.key,
               jsonb_build_object('attempt', 0, 'event', jsonb_build_object(
                   'business_id', message.business_id, 'conversation_id', message.conversation_id)),
               now() + make_interval(secs => CAST(:settle_s AS float))
        FROM message
        CROSS JOIN unnest(CAST(:queues AS text[]), CAST(:tasks AS text[])) AS handler (queue, task)
        CROSS JOIN LATERAL (SELECT handler.task || ':' || message.conversation_id) AS named (key)
        WHERE message.wants_answer
        ON CONFLICT (queueing_lock) WHERE status = 'todo'
        DO UPDATE SET scheduled_at = least(procrastinate_jobs.scheduled_at, excluded.scheduled_at),
                      attempts = {forgiven}
    ){learn}
    SELECT account.allowed, conversation.id, message.id
    FROM account LEFT JOIN conversation ON true LEFT JOIN message ON true
"""

LEARN = """, learned AS (
        UPDATE channel_accounts SET phone_e164 = CAST(:own_phone AS text) FROM account
        WHERE channel_accounts.id = account.id AND account.allowed
          AND CAST(:own_phone AS text) IS NOT NULL
          AND channel_accounts.phone_e164 IS DISTINCT FROM CAST(:own_phone AS text)
    )"""
"""The number that the account is, as its provider says with every webhook."""


def for_driver(statement: str) -> str:
    """The statement with its parameters as the driver writes them."""
    return re.sub(r"(?<!:):([a-z_]+)", r"%(\1)s", statement.replace("%", "%%"))


def in_both_forms(key: str) -> tuple[TextClause, str]:
    """For an account that is known, and for one that a webhook names."""
    known = STORE.format(account=KNOWN_ACCOUNT, key=key, forgiven=FORGIVEN, learn="")
    shown = STORE.format(account=SHOWN_ACCOUNT, key=key, forgiven=FORGIVEN, learn=LEARN)
    return text(known), for_driver(shown)


BY_KEY = {key: in_both_forms(key) for key in ("phone_e164", "provisional_id")}


@dataclass(frozen=True, slots=True)
class Stored:
    conversation_id: int
    message_id: int | None
    """None when the message was there before."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An account as a webhook names it, and the tokens it may have meant to show."""

    provider: str
    account_external_id: str
    tokens: Sequence[str]
    own_phone: str | None = None
    """The number that the account is, when the webhook says so."""


async def store_shown(db: Database, shown: Shown, said: Received, *, settle_s: float) -> Stored:
    """A webhook's message is stored and its answer queued, if the token is the account's: a transaction of its own.

    Raises:
        ChannelAccountNotFound: nobody owns such an account.
        TokenRefused: no token shown is the account's; nothing is stored.
    """
    nonce = secrets.token_bytes(16)
    account = {
        "provider": shown.provider,
        "account_external_id": shown.account_external_id,
        "own_phone": shown.own_phone,
        "nonce": nonce,
        "shown": [sha256(digest(token) + nonce).digest() for token in shown.tokens],
    }
    row = await db.run(BY_KEY[key_of(said)][1], account | parameters_of(said, settle_s=settle_s))
    if row is None:
        raise ChannelAccountNotFound(provider=shown.provider, external_id=shown.account_external_id)
    allowed, conversation_id, message_id = row
    if not allowed:
        raise TokenRefused(provider=shown.provider, external_id=shown.account_external_id)
    return Stored(conversation_id, message_id)


async def store(session: BusinessSession, account_id: int, said: Received | HumanSaid, *, settle_s: float) -> Stored:
    """The same for an account that is known, within the caller's transaction.

    The conversation's row stays locked until its end, so a turn that is being written either sees this message or
    comes before it.
    """
    parameters = {"account_id": account_id} | parameters_of(said, settle_s=settle_s)
    row = (await session.execute(BY_KEY[key_of(said)][0], parameters)).one()
    if row[1] is None:
        raise ChannelAccountNotFound(account_id=account_id)
    return Stored(row[1], row[2])


def key_of(said: Received | HumanSaid) -> str:
    return "provisional_id" if said.phone_e164 is None else "phone_e164"


def parameters_of(said: Received | HumanSaid, *, settle_s: float) -> dict[str, Any]:
    handlers = listeners(MessageReceived)
    common: dict[str, Any] = {
        "phone": said.phone_e164,
        "provisional_id": said.chat_id if said.phone_e164 is None else None,
        "chat_id": said.chat_id,
        "kind": said.kind.value,
        "text": said.text,
        "media": None if said.media is None else json.dumps(said.media),
        "external_id": said.external_id,
        "sent_at": said.sent_at,
        "settle_s": settle_s,
        "queues": [handler.queue for handler in handlers],
        "tasks": [handler.name for handler in handlers],
    }
    return common | (theirs(said) if isinstance(said, Received) else OURS)


def theirs(said: Received) -> dict[str, Any]:
    return {
        "name": said.name,
        "inbound_at": said.sent_at,
        "direction": Direction.inbound.value,
        "author": Author.contact.value,
        "button_id": said.button_id,
        "quoted_external_id": said.quoted_external_id,
        "wants_answer": said.wants_answer,
        "delivery": None,
    }


OURS: dict[str, Any] = {
    "name": "",
    "inbound_at": None,
    "direction": Direction.outbound.value,
    "author": Author.human.value,
    "button_id": None,
    "quoted_external_id": None,
    "wants_answer": False,
    "delivery": Delivery.sent.value,
}
