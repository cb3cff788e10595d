"""What is written when a turn ends, in one round trip: the reply, what it asked, the trace, and what it has cost."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from proli.chat.events import HistoryGrew
from proli.contacts.budgets import Budget, spending
from proli.conversations.errors import ConversationNotFound
from proli.conversations.models import UNANSWERED, Author
from proli.conversations.queueing import QUEUED, queued_words
from proli.mind.standing import request_of
from proli.mind.turn import Turn
from proli.platform.db import Database, Statement

WAITING: Final = f"ARRAY(SELECT id FROM messages WHERE conversation_id = :conversation_id AND {UNANSWERED} ORDER BY id)"  # noqa: S608
STANDS: Final = Statement(f"""
    SELECT {WAITING}, ({request_of("conversations.contact_id")}) FROM conversations WHERE id = :conversation_id
""")  # noqa: S608
LOCK: Final = Statement("SELECT FROM conversations WHERE id = :conversation_id FOR UPDATE")
WRITE: Final = Statement(f"""
    WITH found AS MATERIALIZED (
        SELECT *, NOT :anyhow AND {WAITING} <> CAST(:message_ids AS bigint[]) AS stale,
               owner = 'human' AND :author = 'ai' AS taken
        FROM conversations WHERE id = :conversation_id
    ), line AS (
        SELECT * FROM found WHERE NOT stale AND NOT taken
    ), answered AS (
        UPDATE messages SET answered_at = :now FROM line
        WHERE messages.id = ANY(:message_ids) AND messages.answered_at IS NULL
    ), {QUEUED}, remembered AS (
        UPDATE conversations SET asked = :asked, offered = :offered, intent = :intent, misses = :misses
        FROM queued WHERE conversations.id = queued.conversation_id
    ), traced AS (
        INSERT INTO turns (business_id, conversation_id, key, reply_message_id, lead_id, model, prompt_version,
                           latency_ms, cost_micros, trace)
        SELECT business_id, conversation_id, :key, id, :lead_id, :model, :prompt_version,
               :latency_ms, :cost_micros, CAST(:trace AS jsonb)
        FROM queued
    )
    SELECT stale FROM found
""")  # noqa: S608
"""Everything, or nothing where more was said meanwhile, or a human has taken over."""


@dataclass(frozen=True, slots=True)
class Trace:
    model: str
    prompt_version: str
    latency_ms: int
    cost_micros: int | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn came to, ready to be written."""

    text: str
    author: Author
    asked: str | None
    offered: Sequence[str]
    intent: str | None
    misses: int
    trace: Trace


@dataclass(frozen=True, slots=True)
class Stands:
    """How things stand once a turn has been thought through."""

    stale: bool
    """Something was said since the turn was read."""
    request: Sequence[Mapping[str, Any]]


async def read_again(db: Database, business_id: int, turn: Turn) -> Stands:
    (row,) = await db.act(business_id, (STANDS, {"conversation_id": turn.conversation_id}))
    if row is None:
        raise ConversationNotFound(conversation_id=turn.conversation_id)
    waiting, request = row
    return Stands(waiting != sorted(turn.message_ids), request)


async def write_turn(
    db: Database, business_id: int, turn: Turn, reply: Reply, *, anyhow: bool, asked_models: int, now: datetime
) -> bool:
    """The reply is in the outbox, the messages are answered and the trace is stored; once, however often it is tried.

    False when more was said since the turn was read, unless it is to be written `anyhow`. When a human has taken over
    meanwhile, nothing is written. The conversation is locked first: nothing enters it while this is decided.
    """
    grown = [HistoryGrew(business_id=business_id, conversation_id=turn.conversation_id)] if turn.grown else []
    words = queued_words(
        business_id, turn.conversation_id, reply.text,
        dedup_key=f"turn:{turn.key}", author=reply.author, more=grown, now=now,
    )  # fmt: skip
    state = {
        "anyhow": anyhow,
        "message_ids": sorted(turn.message_ids),
        "asked": reply.asked,
        "offered": list(reply.offered),
        "intent": reply.intent,
        "misses": reply.misses,
        "key": turn.key,
        "lead_id": turn.facts.known.lead_id,
        "model": reply.trace.model,
        "prompt_version": reply.trace.prompt_version,
        "latency_ms": reply.trace.latency_ms,
        "cost_micros": reply.trace.cost_micros,
        "trace": json.dumps(reply.trace.details),
    }
    spent = [spending(business_id, Budget.model_requests, turn.contact_id, now=now, amount=asked_models)]
    lock = (LOCK, {"conversation_id": turn.conversation_id})
    rows = await db.act(business_id, lock, (WRITE, words | state), *(spent if asked_models else ()))
    if rows[1] is None:
        raise ConversationNotFound(conversation_id=turn.conversation_id)
    return not rows[1][0]
