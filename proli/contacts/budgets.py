"""What one contact, and one business, may cost in a day: counted in the database, and beyond it a person decides."""

import enum
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import delete

from proli.contacts.errors import OverBudget
from proli.contacts.models import Spending
from proli.platform.agent_settings import BudgetSettings
from proli.platform.db import BusinessSession, Statement

SHARDS: Final = 16
"""A business's own count is kept in so many rows, so that its conversations do not stand in line for one."""
SPEND: Final = Statement("""
    WITH spent AS (
        INSERT INTO spendings (business_id, day, kind, contact_id, shard, count)
        SELECT :business_id, CAST(:day AS date), :kind, who.contact_id, who.shard, :amount
        FROM (VALUES (0::bigint, CAST(:shard AS bigint)), (CAST(:contact_id AS bigint), 0::bigint))
            AS who (contact_id, shard)
        ON CONFLICT (business_id, day, kind, contact_id, shard) DO UPDATE
        SET count = spendings.count + excluded.count
        RETURNING contact_id, count)
    SELECT (SELECT count FROM spent WHERE contact_id <> 0) AS contact,
           (SELECT count FROM spent WHERE contact_id = 0) + coalesce((
               SELECT sum(count) FROM spendings
               WHERE business_id = :business_id AND day = CAST(:day AS date) AND kind = :kind
                   AND contact_id = 0 AND shard <> :shard), 0) AS business,
           (SELECT CAST(budgets ->> :kind AS bigint) FROM businesses WHERE id = :business_id) AS own
""")


class Budget(enum.StrEnum):
    turns = "turns"
    model_requests = "model_requests"
    offers = "offers"
    messages = "messages"
    moves = "moves"


@dataclass(frozen=True, slots=True)
class Spent:
    """Whose budget is used up, if any."""

    kind: Budget
    over: Literal["contact", "business"] | None


def spending(
    business_id: int, kind: Budget, contact_id: int, *, now: datetime, amount: int = 1
) -> tuple[Statement, dict[str, Any]]:
    """The statement by which so much more of the day's budgets is used, and its parameters."""
    return SPEND, {
        "business_id": business_id, "day": now.astimezone(UTC).date(), "kind": kind.value, "contact_id": contact_id,
        "shard": contact_id % SHARDS, "amount": amount,
    }  # fmt: skip


async def count_spent(
    session: BusinessSession, limits: BudgetSettings, kind: Budget, *, contact_id: int, now: datetime, amount: int = 1
) -> Spent:
    """So much more of the day's budgets is used, in one statement. Days are those of UTC."""
    spend, values = spending(session.require_business(), kind, contact_id, now=now, amount=amount)
    row = (await session.execute(spend.text, values)).one()
    if row.contact > limits.of_contact(kind.value):
        return Spent(kind, "contact")
    own = limits.of_business(kind.value) if row.own is None else row.own
    return Spent(kind, "business" if row.business > own else None)


async def spend(
    session: BusinessSession, limits: BudgetSettings, kind: Budget, *, contact_id: int, now: datetime
) -> None:
    """One more of the day's budgets is used.

    Raises:
        OverBudget: there is none left; a person decides.
    """
    spent = await count_spent(session, limits, kind, contact_id=contact_id, now=now)
    if spent.over is not None:
        raise OverBudget(kind=kind.value, of=spent.over)


async def forgive(session: BusinessSession, contact_id: int) -> None:
    """A person has decided: what the contact has used so far is not counted."""
    await session.execute(delete(Spending).where(Spending.contact_id == contact_id))
