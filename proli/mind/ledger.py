"""Writing tools that are safe to repeat: the effect and its outcome are stored together, under the call's key."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError, OperationalError

from proli.contacts.addresses import get_contact
from proli.mind.deps import Deps
from proli.mind.facts import Done
from proli.mind.models import ToolCall
from proli.platform.db import BusinessSession

type Outcome = dict[str, Any]

TRIES = 3
DEADLOCK = "40P01"


def digest_of(arguments: Mapping[str, Any]) -> str:
    said = json.dumps(arguments, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:24]


async def once(
    deps: Deps, tool: str, arguments: Mapping[str, Any], effect: Callable[[BusinessSession], Awaitable[Outcome]]
) -> Outcome:
    """The outcome of `effect`, which has been committed exactly once for this turn, tool and arguments.

    The ledger's unique key sees to that; where an earlier try is known of, it is asked first. With somebody who was
    erased meanwhile it is a refusal.

    Whoever the database picks to end a deadlock has changed nothing and begins again.
    """
    for last_try in (False,) * (TRIES - 1) + (True,):
        try:
            return await commit_once(deps, tool, arguments, effect)
        except OperationalError as error:
            if last_try or getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
    raise AssertionError("unreachable")


async def commit_once(
    deps: Deps, tool: str, arguments: Mapping[str, Any], effect: Callable[[BusinessSession], Awaitable[Outcome]]
) -> Outcome:
    digest = digest_of(arguments)

    async def perform(session: BusinessSession) -> tuple[Outcome, bool]:
        """The outcome, and whether it was brought about just now."""
        earlier = await find_outcome(session, deps, tool, digest) if deps.tried_before else None
        if earlier is not None:
            return earlier, False
        outcome = await effect(session)
        session.add(
            ToolCall(
                origin=deps.origin,
                conversation_id=deps.conversation_id,
                turn_key=deps.turn_key,
                tool=tool,
                arguments_digest=digest,
                outcome=outcome,
            )
        )
        return outcome, True

    try:
        async with deps.begin() as session:
            outcome, new = await perform(session)
    except IntegrityError:
        async with deps.begin() as session:
            earlier = await find_outcome(session, deps, tool, digest)
            if earlier is None:
                await get_contact(session, deps.contact_id)
        if earlier is None:
            raise
        return earlier
    if deps.rehearsed is not None and new:
        deps.rehearsed.append(perform)
    return outcome


async def find_outcome(session: BusinessSession, deps: Deps, tool: str, digest: str) -> Outcome | None:
    return await session.scalar(
        select(ToolCall.outcome).where(
            ToolCall.origin == deps.origin,
            ToolCall.turn_key == deps.turn_key,
            ToolCall.tool == tool,
            ToolCall.arguments_digest == digest,
        )
    )


DONE = (
    select(ToolCall.tool, ToolCall.outcome)
    .where(ToolCall.origin == bindparam("origin"), ToolCall.turn_key == bindparam("turn_key"))
    .order_by(ToolCall.id)
)


async def list_done(session: BusinessSession, *, origin: str, turn_key: str) -> list[Done]:
    """What earlier tries of a turn have brought about, in order."""
    found = await session.execute(DONE, {"origin": origin, "turn_key": turn_key})
    return [Done(tool, {}, outcome) for tool, outcome in found]
