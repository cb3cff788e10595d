"""The ledger of tools: what was done in a turn is done once, wherever the turn comes from."""

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select

from proli.conversations.models import Conversation
from proli.mind.deps import Deps
from proli.mind.ledger import Outcome, once
from proli.mind.models import ToolCall, origin_of
from proli.platform.db import BusinessSession
from tests.journeys.world import World
from tests.mind.talk import deps_of, facts_of


async def deps_in(world: World) -> Deps:
    await world.customer.tell("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        conversation = (await session.scalars(select(Conversation))).one()
    return replace(
        deps_of(world.runtime, facts_of("שלום")),
        business_id=world.business_id,
        origin=origin_of(conversation.id),
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
    )


async def count(deps: Deps, done: list[str]) -> Outcome:
    async def effect(_: BusinessSession) -> Outcome:
        done.append(deps.origin)
        return {"number": len(done)}

    return await once(deps, "count", {}, effect)


async def test_the_same_call_is_one_within_its_origin_and_another_elsewhere(world: World) -> None:
    writing, done = await deps_in(world), list[str]()
    speaking = replace(writing, origin="call:7")
    assert [await count(one, done) for one in (writing, speaking)] == [{"number": 1}, {"number": 2}]
    again = [await count(replace(one, tried_before=True), done) for one in (writing, speaking)]
    assert again == [{"number": 1}, {"number": 2}]
    assert done == [writing.origin, "call:7"]


async def test_calls_go_with_the_conversation_that_they_belong_to(world: World) -> None:
    writing = await deps_in(world)
    await count(writing, [])
    async with world.runtime.db.begin(world.business_id) as session:
        kept: dict[str, Any] = {"turn_key": "1", "tool": "count", "arguments_digest": "", "outcome": {}}
        session.add(ToolCall(origin="call:7", conversation_id=None, **kept))
    async with world.runtime.db.begin_operator() as session:
        await session.execute(delete(Conversation))
        assert list(await session.scalars(select(ToolCall.origin))) == ["call:7"]
