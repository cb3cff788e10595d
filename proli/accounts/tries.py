"""Guessing is bounded: every try is counted before it is looked at, and taken back when it was right.

So of many guesses that come at the same moment no more are looked at than of many that come one after another. What is
counted is what was said, not who has it: nobody learns by it which addresses there are.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from proli.accounts.errors import LockedOut
from proli.accounts.models import Tries
from proli.accounts.origin import Origin, counted_source
from proli.accounts.rules import FORGIVEN_AFTER, SOURCE_SPAN, SOURCE_TRIES, wait_after
from proli.platform.db import BusinessSession, Database, locked

Door = Literal["password", "again", "link"]
"""Each counts for itself: who guesses at the front door keeps nobody out who is inside."""
SOURCE: Final = "source:"


def keys_of(door: Door, whom: str, origin: Origin) -> Sequence[str]:
    """What a try counts for, in the order in which the rows are locked."""
    return f"{SOURCE}{counted_source(origin.source)}", f"{door}:{hashlib.sha256(whom.encode()).hexdigest()}"


async def begin_try(db: Database, keys: Sequence[str], *, now: datetime) -> bool:
    """One more try is counted, and may be looked at; True when nobody may try again for a while if it is wrong.

    Raises:
        LockedOut: there were too many already.
    """
    async with db.begin_operator() as session:
        rows = [await count_locked(session, key, now=now) for key in keys]
        closed = [row.until for row in rows if row.until is not None and row.until > now]
        if not closed:
            for row in rows:
                row.count += 1
                row.until = closed_until(row, now=now)
            return any(row.until is not None for row in rows)
    raise LockedOut(until=max(closed).isoformat())


async def count_locked(session: BusinessSession, key: str, *, now: datetime) -> Tries:
    """The row of the key, locked; as new when what it says is of long ago."""
    await session.execute(insert(Tries).values(key=key, count=0, since=now).on_conflict_do_nothing())
    row = (await session.scalars(locked(select(Tries).where(Tries.key == key)))).one()
    span = SOURCE_SPAN if key.startswith(SOURCE) else FORGIVEN_AFTER
    if now - row.since >= span and (row.until is None or row.until <= now):
        row.count, row.since, row.until = 0, now, None
    return row


def closed_until(row: Tries, *, now: datetime) -> datetime | None:
    if row.key.startswith(SOURCE):
        return row.since + SOURCE_SPAN if row.count >= SOURCE_TRIES else None
    row.since = now
    wait = wait_after(row.count)
    return now + wait if wait else None


async def take_back(session: BusinessSession, keys: Sequence[str]) -> None:
    """The try was right: of whom it was, nothing is counted any more; of where it came from, it alone."""
    source, whom = keys
    fewer = func.greatest(Tries.count - 1, 0)
    await session.execute(update(Tries).where(Tries.key == source).values(count=fewer, until=None))
    await session.execute(delete(Tries).where(Tries.key == whom))


async def undo_try(db: Database, keys: Sequence[str], *, closing: bool) -> None:
    """The try told nothing and counts for nothing; with `closing`, it was the one after which nobody might try."""
    until = None if closing else Tries.until
    async with db.begin_operator() as session:
        for key in keys:
            fewer = func.greatest(Tries.count - 1, 0)
            await session.execute(update(Tries).where(Tries.key == key).values(count=fewer, until=until))


async def forgive(session: BusinessSession, email: str) -> None:
    """Nothing is held against the address any more."""
    await session.execute(delete(Tries).where(Tries.key == keys_of("password", email, Origin())[1]))


async def forget_old_tries(session: BusinessSession, *, now: datetime) -> None:
    old = now - FORGIVEN_AFTER
    await session.execute(delete(Tries).where(Tries.since < old, func.coalesce(Tries.until, old) <= now))
