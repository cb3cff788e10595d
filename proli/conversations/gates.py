"""The gate of each number: how fast its messages go out, and that it rests while its provider does not answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, text

from proli.conversations.models import SendGate
from proli.platform.db import BusinessSession, Database

BURST: Final = timedelta(seconds=1)
"""What a number may send at once is what it may send in so long."""
MOST_FAILURES: Final = 5
"""So many attempts one after the other that failed, of whatever messages, shut the gate."""
REST: Final = timedelta(seconds=10)
LONGEST_REST: Final = timedelta(minutes=10)
"""How long it is shut the first time, and at most: each time twice as long."""
TRIAL: Final = timedelta(minutes=1)
"""After a rest one message goes first; how long the others wait for what becomes of it."""

OPEN: Final = "gate.failures = 0 AND gate.shut_until IS NULL AND gate.next_at <= :now"
"""Nothing failed, nobody rests, and it is the turn of whoever comes."""
AFTER_THIS: Final = "greatest(gate.next_at, CAST(:now AS timestamptz) - :burst) + :gap"
"""When the gate lets the next one through after one that goes now."""
PASS = text(f"""
    INSERT INTO send_gates AS gate (business_id, account_id, next_at)
    VALUES (:business_id, :account_id, CAST(:now AS timestamptz) - :burst + :gap)
    ON CONFLICT (account_id) DO UPDATE SET
        next_at = CASE
            WHEN gate.shut_until <= :now THEN :now + :gap
            WHEN gate.shut_until > :now THEN greatest(gate.next_at, gate.shut_until) + :gap
            WHEN :waited THEN gate.next_at
            ELSE {AFTER_THIS}
        END,
        shut_until = CASE WHEN gate.shut_until <= :now THEN :now + :trial ELSE gate.shut_until END
    RETURNING next_at - :gap AS turn, shut_until IS NOT NULL AND shut_until > :now AS shut, failures, shut_until
""")  # noqa: S608 - words of ours
SHUT_SINCE: Final = "CASE WHEN shut_until IS DISTINCT FROM CAST(%(shut_until)s AS timestamptz) THEN shut_until END"
"""What others have shut it for since the attempt passed; that attempt knows nothing of it and opens nothing."""
FAILED = f"""
    UPDATE send_gates SET
        failures = failures + 1,
        failing_since = coalesce(failing_since, %(now)s),
        shut_until = greatest({SHUT_SINCE}, CASE
            WHEN failures + 1 >= %(most)s
            THEN %(now)s + least(%(rest)s * power(2, least(failures + 1 - %(most)s, 10)), %(longest)s)
        END, %(asked)s)
    WHERE account_id = %(account_id)s
    RETURNING failures
"""  # noqa: S608 - words of ours
ANSWERED = f"""
    UPDATE send_gates SET failures = 0, failing_since = NULL, shut_until = {SHUT_SINCE}
    WHERE account_id = %(account_id)s
    RETURNING id
"""  # noqa: S608 - words of ours


@dataclass(frozen=True, slots=True)
class Passed:
    """The message may go out now."""

    failing: bool
    """The attempt before it failed: whoever sends says that the number works again."""
    shut_until: datetime | None
    """How long others wait at the gate, as whoever passed has seen it."""


@dataclass(frozen=True, slots=True)
class Waits:
    """It is not its turn yet."""

    until: datetime


async def pass_gate(
    session: BusinessSession, *, account_id: int, per_second: float, waited: bool, now: datetime
) -> Passed | Waits:
    """Whether a message of the number may go out now, or when its turn is: a turn is kept for whoever comes back then.

    With `waited` it comes back for a turn that it was given. The number's row stays locked until the end of the
    transaction, in which this comes last.
    """
    parameters = {
        "business_id": session.require_business(),
        "account_id": account_id,
        "now": now,
        "gap": timedelta(seconds=1 / per_second),
        "burst": BURST,
        "trial": TRIAL,
        "waited": waited,
    }
    gate = (await session.execute(PASS, parameters)).one()
    if gate.turn > now and (gate.shut or not waited):
        return Waits(gate.turn)
    return Passed(failing=gate.failures > 0 or gate.shut_until is not None, shut_until=gate.shut_until)


SILENT: Final = SendGate.failures >= MOST_FAILURES
"""Of the gate of a number whose provider does not answer."""


async def find_silent_since(session: BusinessSession, account_id: int) -> datetime | None:
    """Since when the provider of the number does not answer; None while it does."""
    return await session.scalar(select(SendGate.failing_since).where(SendGate.account_id == account_id, SILENT))


async def note_failure(
    db: Database, *, account_id: int, asked_s: float | None, shut_until: datetime | None = None, now: datetime
) -> None:
    """An attempt that passed the gate failed; with `asked_s`, the provider asked for so many seconds of rest.

    `shut_until` is what the attempt has seen there; a rest that began since is kept.
    """
    asked = None if asked_s is None else now + min(timedelta(seconds=asked_s), LONGEST_REST)
    parameters = {"account_id": account_id, "now": now, "most": MOST_FAILURES, "rest": REST, "longest": LONGEST_REST}
    await db.run(FAILED, {**parameters, "asked": asked, "shut_until": shut_until})


async def note_answer(db: Database, *, account_id: int, shut_until: datetime | None = None) -> None:
    """The provider of the number answers again: the gate is open, and what waits goes out turn by turn.

    `shut_until` is what the attempt has seen there; a rest that began since is kept.
    """
    await db.run(ANSWERED, {"account_id": account_id, "shut_until": shut_until})
