"""What is plain goes through the outbox in one round trip; all else is left, untouched, to `outbox` and `gates`."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from proli.contacts.budgets import SHARDS, Budget
from proli.conversations.buttons import Button
from proli.conversations.early import NOTE_SENT, STAND_IN_LINE
from proli.conversations.gates import AFTER_THIS, BURST, OPEN
from proli.conversations.models import WAITING_SQL
from proli.conversations.outbox import COUNTED, FRESH, LATE, TAKEN_OVER, UNTRIED, Parcel
from proli.conversations.wording import same_day_since
from proli.platform.db import Database, Statement
from proli.platform.settings import Settings

CLAIM: Final = Statement(f"""
    WITH waiting AS MATERIALIZED (
        SELECT messages.id, messages.business_id, messages.channel_account_id, messages.conversation_id,
               messages.sent_at, conversations.contact_id, {COUNTED} AS spends,
               {FRESH} AND {UNTRIED} AND NOT {TAKEN_OVER} AND NOT {LATE}
               AND messages.sent_at >= :same_day_since AS plain
        FROM messages JOIN conversations ON conversations.id = messages.conversation_id
        WHERE messages.conversation_id = :conversation_id AND messages.{WAITING_SQL}
        ORDER BY messages.id LIMIT 1 FOR UPDATE OF messages
    ), spent_before AS (
        SELECT spending.contact_id = 0 AS of_business, sum(spending.count) AS count
        FROM waiting JOIN spendings AS spending ON spending.business_id = waiting.business_id
            AND spending.day = CAST(:day AS date) AND spending.kind = :kind
            AND spending.contact_id IN (0, waiting.contact_id)
        GROUP BY 1
    ), free AS MATERIALIZED (
        SELECT waiting.* FROM waiting
        JOIN send_gates AS gate ON gate.account_id = waiting.channel_account_id
        JOIN businesses ON businesses.id = waiting.business_id
        WHERE waiting.plain AND {OPEN}
          AND (NOT waiting.spends OR (
               coalesce((SELECT count FROM spent_before WHERE NOT of_business), 0) < :of_contact
               AND coalesce((SELECT count FROM spent_before WHERE of_business), 0)
                   < coalesce(CAST(businesses.budgets ->> :kind AS bigint), :of_business)))
    ), noted AS (
        UPDATE conversations SET last_message_at = greatest(conversations.last_message_at, free.sent_at)
        FROM free WHERE conversations.id = free.conversation_id
        RETURNING conversations.id
    ), spent AS (
        INSERT INTO spendings (business_id, day, kind, contact_id, shard, count)
        SELECT free.business_id, CAST(:day AS date), :kind, who.contact_id, who.shard, 1
        FROM noted JOIN free ON free.conversation_id = noted.id
        CROSS JOIN LATERAL (VALUES (0::bigint, free.contact_id % {SHARDS}), (free.contact_id, 0::bigint))
            AS who (contact_id, shard)
        WHERE free.spends
        ON CONFLICT (business_id, day, kind, contact_id, shard) DO UPDATE
        SET count = spendings.count + excluded.count
        RETURNING 1
    ), passed AS (
        UPDATE send_gates AS gate SET next_at = {AFTER_THIS}
        FROM free
        WHERE gate.account_id = free.channel_account_id AND (SELECT count(*) FROM spent) >= 0
          AND {OPEN}
        RETURNING gate.account_id
    ), claimed AS (
        UPDATE messages SET delivery = 'sending', attempts = 1, attempted_at = :now
        FROM waiting JOIN passed ON passed.account_id = waiting.channel_account_id
        WHERE messages.id = waiting.id
        RETURNING messages.id, messages.channel_account_id, messages.text, messages.buttons, messages.code,
                  messages.values
    )
    SELECT EXISTS (SELECT FROM spent), claimed.id, account.provider, account.id, account.external_id, account.sealed,
           conversation.chat_id, claimed.text, claimed.buttons, claimed.code, claimed.values
    FROM waiting JOIN conversations AS conversation ON conversation.id = waiting.conversation_id
    LEFT JOIN claimed ON true LEFT JOIN channel_accounts AS account ON account.id = claimed.channel_account_id
""")  # noqa: S608 - words of ours
"""The oldest waiting message is claimed if nothing stands against it; a row without one says that something does.

Rows are locked in the order of `claim_parcel`, with the gate last: other conversations of the number wait for it.
"""


@dataclass(frozen=True, slots=True)
class Left:
    """Something waits that is not plain: it needs care."""

    paid: bool
    """It is counted in the day's budgets already."""


async def take_plain(
    db: Database,
    settings: Settings,
    *,
    business_id: int,
    conversation_id: int,
    sent: tuple[int, str] | None = None,
    now: datetime,
) -> Parcel | Left | None:
    """The conversation's oldest waiting message is claimed if it is plain; None when none waits.

    Plain is a message that nobody has tried, whose words are surely of this day, that is neither withheld nor too late,
    within the day's budgets and whose turn it is at an open gate. What was `sent` before, a message and the provider's
    id of it, is noted first.
    """
    limits, kind = settings.budget, Budget.messages.value
    claim = {
        "conversation_id": conversation_id, "now": now, "day": now.astimezone(UTC).date(), "kind": kind,
        "of_contact": limits.of_contact(kind), "of_business": limits.of_business(kind),
        "same_day_since": same_day_since(now), "burst": BURST, "gap": timedelta(seconds=1 / settings.outbox.per_second),
    }  # fmt: skip
    note: dict[str, Any] = {} if sent is None else dict(zip(("message_id", "external_id"), sent, strict=True))
    first = ((STAND_IN_LINE, note), (NOTE_SENT, note)) if note else ()
    row = (await db.act(business_id, *first, (CLAIM, claim)))[-1]
    if row is None:
        return None
    paid, message_id, *rest = row
    return Left(paid) if message_id is None else parcel_of(message_id, *rest)


def parcel_of(
    message_id: int, provider: str, account_id: int, account_external_id: str, sealed: bytes, chat_id: str,
    text: str, buttons: list[dict[str, str]], code: str | None, values: dict[str, str] | None,
) -> Parcel:  # fmt: skip
    """A parcel that is tried for the first time."""
    return Parcel(
        message_id=message_id,
        provider=provider,
        account_id=account_id,
        account_external_id=account_external_id,
        sealed=sealed,
        chat_id=chat_id,
        text=text,
        buttons=tuple(Button(**button) for button in buttons),
        code=code,
        values=values or {},
        attempts=1,
        in_doubt_since=None,
    )
