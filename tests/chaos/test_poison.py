"""A message that kills whoever answers it: set aside after some tries, a person is called, the customer told once."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select, text, update

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Owner
from proli.platform.clock import SystemClock
from proli.platform.db import Database
from proli.platform.http import make_http
from proli.platform.jobs import HANDLERS
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.sweeps.running import run_due
from proli.wiring import load_handlers
from proli.worker import work
from tests.chaos.processes import NURSERY
from tests.chaos.waiting import until
from tests.conftest import ManualClock, settings_for
from tests.journeys.world import World, populate
from tests.patience import PATIENCE_S

STAFF: Final = "+972540000001"
WITHOUT_DIGEST: Final = {"digest": {"on": False, "minutes": 510}}
ANSWER: Final = "chat.jobs.answer"
MOST_DEATHS: Final = 12
KILLED: Final = 9


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    async with runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF, sweeps=WITHOUT_DIGEST))
    return World(runtime, queue, business_id)


def work_and_die(database_url: str, home: str) -> None:
    """A worker of its own process, which the answer to any message ends at once."""

    async def die(*_: Any) -> None:
        os._exit(KILLED)

    async def live() -> None:
        db = Database(database_url, pool_size=6)
        settings = settings_for(database_url, Path(home))
        async with make_http() as http:
            await work(Runtime(settings=settings, db=db, clock=SystemClock(), vault=Vault(new_key()), http=http))

    load_handlers()
    HANDLERS[ANSWER] = replace(HANDLERS[ANSWER], handle=die)
    asyncio.run(live())


async def is_set_aside(runtime: Runtime) -> bool:
    """Whether the job is kept as failed, once whoever died over it is known to be dead."""
    failed = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task AND status = 'failed'")
    doing = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task AND status = 'doing'")

    async def known() -> bool:
        await Queue(runtime).rescue()
        async with runtime.db.begin_operator() as session:
            return not await session.scalar(doing, {"task": ANSWER})

    await until(known, "nobody took up the job of a dead worker")
    async with runtime.db.begin_operator() as session:
        return bool(await session.scalar(failed, {"task": ANSWER}))


async def test_a_message_that_kills_its_workers_ends_with_a_person_called_and_the_customer_told_once(
    world: World, database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    staff = world.phone(STAFF, "המשרד")
    conversation_id = await world.customer.tell("Hello, there is a leak under my sink")
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Contact).values(language="en"))
    deaths = 0
    while not await is_set_aside(world.runtime):
        assert deaths < MOST_DEATHS, "it is tried for ever"
        process = NURSERY.Process(target=work_and_die, args=(database_url, str(tmp_path)))
        process.start()
        await asyncio.to_thread(process.join, PATIENCE_S)
        assert process.exitcode == KILLED
        deaths += 1
    assert deaths >= 3
    await world.queue.drain()
    (told,) = await world.customer.unread()
    assert "a person will answer here" in told.text
    assert len(await staff.unread()) == 1
    async with world.runtime.db.begin(world.business_id) as session:
        conversation = await session.scalar(select(Conversation).where(Conversation.id == conversation_id))
        assert conversation is not None
        assert (conversation.owner, conversation.called_for) == (Owner.human, "agent_failed")
    for _ in range(2):
        clock.advance(hours=3)
        await run_due(world.runtime)
        await world.queue.drain()
    assert await world.customer.unread() == []
    assert await staff.unread() == []
