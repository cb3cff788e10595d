"""Workers that die at any instruction: nobody is left without an answer, and nobody hears anything twice."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from proli.platform.db import Database
from tests.chaos.town import Town, first_words, phone, running_town
from tests.chaos.waiting import until

SEED = int(os.environ.get("CHAOS_SEED", "7103"))
LONG = bool(os.environ.get("LONG_TESTS"))
CUSTOMERS = 50 if LONG else 24
KILLS = 20 if LONG else 10
WRITING_S = 10 if LONG else 5
ALL_DIE = 5
"""At every fifth kill."""
ANSWERS = (0, 0, 0, 0, 0, 0, 0, 0, 1, None)
"""What ten professionals do: approve, decline, let it pass."""
BUSY = """
    SELECT FROM procrastinate_jobs AS job JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND worker.last_heartbeat > now() - interval '0.6 s'
"""


async def write_in(town: Town, number: int, chance: random.Random) -> None:
    """A customer writes; now and then Green API says it twice."""
    await asyncio.sleep(chance.uniform(0, WRITING_S))
    payload = town.maker.text(phone(number), first_words(number), id_message=f"FIRST{number:04}")
    for _ in range(chance.choice((1, 1, 1, 2))):
        await town.post(payload)


def answers(chance: random.Random) -> Iterator[int | None]:
    """Of ten offers in a row each answer is given to as many as `ANSWERS` says, in any order."""
    while True:
        yield from chance.sample(ANSWERS, len(ANSWERS))


async def answer_offers(town: Town, chance: random.Random, given: Iterator[int | None]) -> None:
    """Professionals mostly approve, sometimes decline, and some let it pass; taps are told twice now and then."""
    for offer in await town.new_offers():
        choice = next(given)
        for _ in range(0 if choice is None else chance.choice((1, 1, 2))):
            await town.post(town.tap(offer, choice or 0))


async def kill_at_work(town: Town, chance: random.Random) -> None:
    """Again and again a worker dies while jobs are being done, and another begins in its place; at times all die."""

    async def busy() -> bool:
        return bool(await town.rows(BUSY))

    for number in range(1, KILLS + 1):
        await asyncio.sleep(chance.uniform(0, 0.8))
        await until(busy, "no worker ever had anything to do")
        await asyncio.sleep(chance.uniform(0, 0.03))
        victims = [chance.choice(town.workers)] if number % ALL_DIE else town.workers
        for worker in victims:
            worker.kill()
        for worker in victims:
            worker.start()


@asynccontextmanager
async def in_background(*running: asyncio.Task[None]) -> AsyncGenerator[None]:
    """The tasks run during the block; one that fails, fails it."""
    try:
        yield
        for task in running:
            if task.done():
                task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def test_conversations_survive_workers_killed_at_random(db: Database, database_url: str, tmp_path: Path) -> None:
    async with running_town(db, database_url, tmp_path, workers=3) as town:
        professionals = asyncio.create_task(keep_answering(town, random.Random(SEED)))
        killer = asyncio.create_task(kill_at_work(town, random.Random(SEED + 1)))
        async with in_background(professionals, killer):
            await asyncio.gather(*(write_in(town, n, random.Random(SEED + 2 + n)) for n in range(CUSTOMERS)))
            await until(lambda: is_done(killer), "the killer never ended")
            await town.settle()
        assert sum(worker.said.count("goes back in line") for worker in town.workers) > 0
        await everybody_was_answered_once(town)
        await offers_and_bookings_agree(town)
        await nothing_is_left_to_do(town)


async def is_done(task: asyncio.Task[None]) -> bool:
    return task.done()


async def keep_answering(town: Town, chance: random.Random) -> None:
    given = answers(chance)
    while True:
        await answer_offers(town, chance, given)
        await asyncio.sleep(0.2)


async def everybody_was_answered_once(town: Town) -> None:
    journal = await town.journal()
    rows = await town.rows("SELECT external_id FROM messages WHERE direction = 'out' ORDER BY 1")
    assert [row.external_id for row in rows] == sorted(entry["id_message"] for entry in journal)
    chats = Counter(e["chat_id"] for e in journal if "נשלחה לאיש מקצוע" in e["text"])
    assert chats == {phone(number).removeprefix("+") + "@c.us": 1 for number in range(CUSTOMERS)}
    approved = await town.rows("SELECT count(*) FROM offers WHERE status = 'accepted'")
    confirmed = [entry for entry in journal if "הביקור נקבע" in entry["text"]]
    details = [entry for entry in journal if "העבודה נקבעה" in entry["text"]]
    assert len(confirmed) == len(details) == approved[0].count > CUSTOMERS / 2


async def offers_and_bookings_agree(town: Town) -> None:
    """Each lead has one live offer or visit, each accepted offer one confirmed booking, each open one a hold."""
    pairs = await town.rows("""
        SELECT offers.status AS offer, bookings.status AS booking, leads.status AS lead, count(*)
        FROM offers JOIN bookings ON bookings.id = booking_id JOIN leads ON leads.id = offers.lead_id
        WHERE offers.status IN ('open', 'accepted') GROUP BY 1, 2, 3
    """)
    assert {(p.offer, p.booking, p.lead) for p in pairs} == {
        ("open", "held", "offered"),
        ("accepted", "confirmed", "booked"),
    }
    assert sum(pair.count for pair in pairs) == CUSTOMERS
    leads = await town.rows("SELECT attention FROM leads")
    assert [lead.attention for lead in leads] == [None] * CUSTOMERS


async def nothing_is_left_to_do(town: Town) -> None:
    """What still lies in the table is for later; only the sweep of the minute may be under way."""
    jobs = await town.rows("""
        SELECT DISTINCT task_name, status FROM procrastinate_jobs
        WHERE (scheduled_at IS NULL OR status <> 'todo') AND task_name <> 'sweeps.jobs.tick'
    """)
    assert jobs == []
    deliveries = await town.rows("SELECT DISTINCT delivery FROM messages WHERE direction = 'out'")
    assert [row.delivery for row in deliveries] == ["sent"]
    unanswered = await town.rows("SELECT id FROM messages WHERE direction = 'in' AND answered_at IS NULL")
    assert unanswered == []
