"""Workers that die at any instruction: nobody is left without an answer, and nobody hears anything twice."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from proli.platform.db import Database
from tests.chaos.town import Town, first_words, phone, running_town
from tests.chaos.waiting import until

SEED = 7103
CUSTOMERS = 50
KILLS = 30


async def write_in(town: Town, number: int, chance: random.Random) -> None:
    """A customer writes; now and then Green API says it twice."""
    await asyncio.sleep(chance.uniform(0, 14))
    payload = town.maker.text(phone(number), first_words(number), id_message=f"FIRST{number:04}")
    for _ in range(chance.choice((1, 1, 1, 2))):
        await town.post(payload)


async def answer_offers(town: Town, chance: random.Random) -> None:
    """Professionals mostly approve, sometimes decline, and some let it pass; taps are told twice now and then."""
    while True:
        for offer in await town.offers():
            choice = chance.choices((0, 1, None), weights=(8, 1, 1))[0]
            for _ in range(0 if choice is None else chance.choice((1, 1, 2))):
                await town.post(town.tap(offer, choice or 0))
        await asyncio.sleep(0.2)


async def kill_at_work(town: Town, chance: random.Random) -> None:
    """Again and again a worker dies while somebody's job is being done, and another begins in its place."""
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.1, 0.8))
        victim = chance.choice(town.workers)

        async def busy() -> bool:
            return bool(await town.rows("SELECT FROM procrastinate_jobs WHERE status = 'doing'"))

        await until(busy, "no worker ever had anything to do")
        await asyncio.sleep(chance.uniform(0, 0.03))
        victim.kill()
        victim.start()


async def until_settled(town: Town) -> None:
    """Nothing is left to do, twice in a row."""
    quiet = 0

    async def settled() -> bool:
        nonlocal quiet
        quiet = 0 if await town.unsettled() else quiet + 1
        return quiet > 10

    await until(settled, "it never settled", within_s=60)


async def test_fifty_conversations_survive_workers_killed_at_random(
    db: Database, database_url: str, tmp_path: Path
) -> None:
    async with running_town(db, database_url, tmp_path, workers=3) as town:
        answering = asyncio.create_task(answer_offers(town, random.Random(SEED)))
        killing = asyncio.create_task(kill_at_work(town, random.Random(SEED + 1)))
        await asyncio.gather(*(write_in(town, n, random.Random(SEED + 2 + n)) for n in range(CUSTOMERS)))
        await killing
        try:
            await until_settled(town)
            await asyncio.sleep(0.5)
            await until_settled(town)
        finally:
            print(await town.rows("SELECT id, task_name, status, lock, scheduled_at - now(), attempts, args, worker_id FROM procrastinate_jobs WHERE status='doing' OR status = 'todo' AND coalesce(scheduled_at, now()) < now() + interval '90 s'"))
            print(await town.rows("SELECT * FROM procrastinate_workers"))
            print(await town.rows("SELECT id, conversation_id, direction, delivery, attempts, attempted_at, next_attempt_at, error FROM messages WHERE delivery IN ('queued', 'sending', 'unknown') OR direction = 'in' AND wants_answer AND answered_at IS NULL"))
        answering.cancel()
        await check(town)


async def check(town: Town) -> None:
    sent = await town.journal()
    print(len(sent), Counter(e["method"] for e in sent))
    for q in ("SELECT status, count(*) FROM offers GROUP BY 1", "SELECT status, count(*) FROM bookings GROUP BY 1",
              "SELECT delivery, count(*) FROM messages GROUP BY 1", "SELECT status, attention, count(*) FROM leads GROUP BY 1,2",
              "SELECT task_name, status, count(*) FROM procrastinate_jobs GROUP BY 1, 2",
              "SELECT model, count(*) FROM turns GROUP BY 1"):
        print(q, await town.rows(q))
    twice = {k: v for k, v in Counter((e["chat_id"], e["text"]) for e in sent).items() if v > 1}
    print("twice", twice)
    for w in town.workers:
        print(w.log.name, w.said.count("goes back in line"), w.said[-1500:])
    raise AssertionError
