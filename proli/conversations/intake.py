"""The statement behind every message that comes in: contact, conversation, message and the job to answer it.

One round trip, because it stands before every acknowledgement of a webhook: in separate statements the same work costs
four times as much (`make bench`).
"""

import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import text

from proli.contacts.addresses import addresses_of
from proli.contacts.events import SamePersonFound
from proli.conversations.errors import ChannelAccountNotFound, ContactChanging, TokenRefused
from proli.conversations.events import MessageReceived
from proli.conversations.incoming import HumanSaid, Received
from proli.conversations.models import Author, Delivery, Direction
from proli.platform.db import BusinessSession, Database, for_driver
from proli.platform.jobs import FORGIVEN, emit, listeners
from proli.platform.security import digest
from proli.platform.tracing import carrier

KNOWN_ACCOUNT = "SELECT id, business_id, true AS allowed FROM channel_accounts WHERE id = :account_id"
WEBHOOK_ACCOUNT = """
    SELECT id, business_id, coalesce(sha256(token_digest || :nonce) = ANY(:shown), false) AS allowed
    FROM channel_accounts WHERE provider = :provider AND external_id = :account_external_id
"""
"""Tokens are compared as digests salted anew each time, so that how long it takes tells nothing about the token."""

STORE = """
    WITH account AS MATERIALIZED ({account}),
    shown AS (
        SELECT account.business_id, address.kind, address.value, address.place
        FROM account CROSS JOIN unnest(CAST(:kinds AS text[]), CAST(:addresses AS text[])) WITH ORDINALITY
            AS address (kind, value, place)
        WHERE account.allowed
    ), known AS (
        SELECT contact_id, kind, place FROM shown JOIN contact_addresses USING (business_id, kind, value)
    ), surest AS (
        SELECT contact_id AS id FROM known ORDER BY place LIMIT 1
    ), fresh AS MATERIALIZED (
        SELECT nextval('contacts_id_seq') AS id
    ), learned AS (
        INSERT INTO contact_addresses (business_id, contact_id, kind, value, evidence, since)
        SELECT business_id, coalesce((SELECT id FROM surest), (SELECT id FROM fresh)), kind, value, 'message',
               CAST(:sent_at AS timestamptz)
        FROM shown WHERE kind NOT IN (SELECT kind FROM known)
        ORDER BY place
        ON CONFLICT (business_id, kind, value) DO UPDATE SET value = excluded.value
        RETURNING contact_id, kind
    ), met AS (
        UPDATE contacts
        SET name = CASE WHEN name = '' THEN CAST(:name AS text) ELSE name END,
            phone_e164 = coalesce(phone_e164, CAST(:phone AS text))
        FROM surest WHERE contacts.id = surest.id
        RETURNING contacts.id
    ), made AS (
        INSERT INTO contacts (id, business_id, phone_e164, name)
        SELECT learned.contact_id, account.business_id, CAST(:phone AS text), CAST(:name AS text)
        FROM learned CROSS JOIN account WHERE NOT EXISTS (SELECT FROM surest)
        ORDER BY learned.kind = 'phone' DESC LIMIT 1
        ON CONFLICT (id) DO UPDATE
        SET name = CASE WHEN contacts.name = '' THEN excluded.name ELSE contacts.name END
        RETURNING id
    ), contact AS (
        SELECT id FROM met UNION ALL SELECT id FROM made
    ), conversation AS (
        INSERT INTO conversations (business_id, channel_account_id, contact_id, chat_id, last_inbound_at,
                                   last_message_at)
        SELECT account.business_id, account.id, contact.id, CAST(:chat_id AS text), CAST(:inbound_at AS timestamptz),
               CAST(:sent_at AS timestamptz)
        FROM account CROSS JOIN contact
        ON CONFLICT (channel_account_id, chat_id) DO UPDATE
        SET last_inbound_at = greatest(conversations.last_inbound_at, excluded.last_inbound_at),
            last_message_at = greatest(conversations.last_message_at, excluded.last_message_at)
        RETURNING id, asked
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
               CAST(:wants_answer AS boolean) AND NOT EXISTS (SELECT FROM deleted) AND
               (CAST(:kind AS text) <> 'reaction' OR EXISTS (
                   SELECT FROM messages AS asked
                   WHERE asked.channel_account_id = account.id
                     AND asked.external_id = CAST(:quoted_external_id AS text)
                     AND asked.direction = 'out' AND jsonb_array_length(asked.buttons) > 0)),
               coalesce((SELECT words FROM early WHERE kind = 'status' AND CAST(:direction AS text) = 'out'),
                        CAST(:delivery AS text)),
               (SELECT at FROM deleted)
        FROM account CROSS JOIN conversation
        ON CONFLICT (channel_account_id, external_id) DO NOTHING
        RETURNING id, business_id, conversation_id, wants_answer
    ), job AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
        SELECT handler.queue, handler.task, named.key, named.key,
               jsonb_build_object('attempt', 0, 'trace', CAST(:trace AS jsonb), 'event', jsonb_build_object(
                   'business_id', message.business_id, 'conversation_id', message.conversation_id)),
               now() + make_interval(secs => CASE WHEN conversation.asked IS NULL THEN CAST(:settle_s AS float)
                                                  ELSE CAST(:early_s AS float) END)
        FROM message CROSS JOIN conversation
        CROSS JOIN unnest(CAST(:queues AS text[]), CAST(:tasks AS text[])) AS handler (queue, task)
        CROSS JOIN LATERAL (SELECT handler.task || ':' || message.conversation_id) AS named (key)
        WHERE message.wants_answer
        ON CONFLICT (queueing_lock) WHERE status = 'todo'
        DO UPDATE SET scheduled_at = least(procrastinate_jobs.scheduled_at, excluded.scheduled_at),
                      attempts = {forgiven}
    ){learn}
    SELECT account.allowed, conversation.id, message.id, account.business_id, surest.id,
           ARRAY(SELECT DISTINCT contact_id FROM known WHERE contact_id <> surest.id)
    FROM account LEFT JOIN conversation ON true LEFT JOIN message ON true LEFT JOIN surest ON true
"""
"""Whoever writes is found by the surest of the addresses that the message shows; the others are theirs from now on, and
where one was somebody else's, the two are one person. An address is written before its contact: of two messages from
an unknown one, the second finds the contact of the first.
"""

LEARN = """, own_number AS (
        UPDATE channel_accounts SET phone_e164 = CAST(:own_phone AS text) FROM account
        WHERE channel_accounts.id = account.id AND account.allowed
          AND CAST(:own_phone AS text) IS NOT NULL
          AND channel_accounts.phone_e164 IS DISTINCT FROM CAST(:own_phone AS text)
    )"""
"""The number that the account is, as its provider says with every webhook."""


FOR_KNOWN: Final = text(STORE.format(account=KNOWN_ACCOUNT, forgiven=FORGIVEN, learn=""))
FOR_WEBHOOK: Final = for_driver(STORE.format(account=WEBHOOK_ACCOUNT, forgiven=FORGIVEN, learn=LEARN))
TRIES: Final = 3
EARLY_S: Final = 0.25
"""How soon a short message is looked at where we have just asked something: it may be the whole answer."""
EARLY_LENGTH: Final = 60


class Row(NamedTuple):
    """What the statement answers."""

    allowed: bool
    conversation_id: int | None
    message_id: int | None
    business_id: int
    contact_id: int | None
    """Whose the surest address was before; None of somebody new."""
    others: Sequence[int]
    """Whose the other addresses were, when that was somebody else."""


@dataclass(frozen=True, slots=True)
class Stored:
    conversation_id: int
    message_id: int | None
    """None when the message was there before."""


@dataclass(frozen=True, slots=True)
class WebhookAccount:
    """An account as a webhook names it, and the tokens it may have meant to show."""

    provider: str
    account_external_id: str
    tokens: Sequence[str]
    own_phone: str | None = None
    """The number that the account is, when the webhook says so."""


async def store_from_webhook(db: Database, webhook: WebhookAccount, said: Received, *, settle_s: float) -> Stored:
    """A webhook's message is stored and its answer queued, if the token is the account's: a transaction of its own.

    Raises:
        ChannelAccountNotFound: nobody owns such an account.
        TokenRefused: no token shown is the account's; nothing is stored.
    """
    nonce = secrets.token_bytes(16)
    account = {
        "provider": webhook.provider,
        "account_external_id": webhook.account_external_id,
        "own_phone": webhook.own_phone,
        "nonce": nonce,
        "shown": [sha256(digest(token) + nonce).digest() for token in webhook.tokens],
    }
    parameters = account | parameters_of(said, settle_s=settle_s)
    row = await until_stored(lambda: db.run(FOR_WEBHOOK, parameters))
    if row is None:
        raise ChannelAccountNotFound(provider=webhook.provider, external_id=webhook.account_external_id)
    if not row.allowed:
        raise TokenRefused(provider=webhook.provider, external_id=webhook.account_external_id)
    if row.others:
        async with db.begin(row.business_id) as session:
            await tell_of_meetings(session, row)
    return stored(row)


async def store(session: BusinessSession, account_id: int, said: Received | HumanSaid, *, settle_s: float) -> Stored:
    """A message of an account that is known is stored and its answer queued, within the caller's transaction.

    The conversation's row stays locked until its end, so a turn that is being written either sees this message or
    comes before it.
    """
    parameters = {"account_id": account_id} | parameters_of(said, settle_s=settle_s)

    async def once() -> tuple[Any, ...] | None:
        found = (await session.execute(FOR_KNOWN, parameters)).first()
        return None if found is None else tuple(found)

    row = await until_stored(once)
    if row is None:
        raise ChannelAccountNotFound(account_id=account_id)
    await tell_of_meetings(session, row)
    return stored(row)


async def until_stored(once: Callable[[], Awaitable[tuple[Any, ...] | None]]) -> Row | None:
    """What the statement answers, said again as long as whoever writes is merged with somebody at that very moment."""
    row = None
    for _ in range(TRIES):
        found = await once()
        row = None if found is None else Row(*found)
        if row is None or row.conversation_id is not None or not row.allowed:
            break
    return row


async def tell_of_meetings(session: BusinessSession, row: Row) -> None:
    """Two contacts whose addresses one message shows are going to be one."""
    for other in row.others:
        if row.contact_id is not None:
            met = SamePersonFound(business_id=row.business_id, kept_id=row.contact_id, other_id=other)
            await emit(session, met)


def stored(row: Row) -> Stored:
    """Raises:
    ContactChanging: whoever writes was being merged all the time; the provider says it again.
    """
    if row.conversation_id is None:
        raise ContactChanging
    return Stored(row.conversation_id, row.message_id)


def parameters_of(said: Received | HumanSaid, *, settle_s: float) -> dict[str, Any]:
    handlers = listeners(MessageReceived)
    addresses = addresses_of(said.phone_e164, said.chat_id)
    settle_s = 0 if isinstance(said, Received) and said.button_id is not None else settle_s
    common: dict[str, Any] = {
        "phone": said.phone_e164,
        "kinds": [one.kind.value for one in addresses],
        "addresses": [one.value for one in addresses],
        "chat_id": said.chat_id,
        "kind": said.kind.value,
        "text": said.text,
        "media": None if said.media is None else json.dumps(said.media),
        "external_id": said.external_id,
        "sent_at": said.sent_at,
        "settle_s": settle_s,
        "early_s": min(settle_s, EARLY_S) if 0 < len(said.text) <= EARLY_LENGTH else settle_s,
        "trace": json.dumps(carrier()),
        "queues": [handler.queue for handler in handlers],
        "tasks": [handler.name for handler in handlers],
    }
    return common | (theirs(said) if isinstance(said, Received) else TYPED_BY_STAFF)


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


TYPED_BY_STAFF: Final[dict[str, Any]] = {
    "name": "", "inbound_at": None, "direction": Direction.outbound.value, "author": Author.human.value,
    "button_id": None, "quoted_external_id": None, "wants_answer": False, "delivery": Delivery.sent.value,
}  # fmt: skip
