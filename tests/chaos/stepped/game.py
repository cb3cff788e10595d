"""One game under seeded time, and what must hold whatever was drawn."""

import itertools
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString

import psycopg

from proli.channels.jobs import deliver
from proli.conversations.events import MessageQueued
from proli.conversations.gates import MOST_FAILURES
from proli.conversations.inbox import receive
from proli.conversations.incoming import Echo, StatusChanged
from proli.conversations.models import Delivery
from proli.conversations.outbox import queue_text
from proli.conversations.queries import get_conversation
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.chaos.stepped.provider import Provider
from tests.chaos.stepped.stage import Actor, Stage
from tests.conftest import ManualClock

WORKERS, CRASHES, SLOW = 3, 5, 2
PER_SECOND = 4
OUTAGE = timedelta(minutes=20)
MOST_IN_OUTAGE = MOST_FAILURES + WORKERS + 12
"""Of an outage of twenty minutes: until the gate shuts, then after 10, 20, 40 ... seconds, and some crashes."""
LONGEST = 4000
"""Steps; a game that takes more goes round in circles."""
DELIVER = "channels.jobs.deliver"
DUE = """
    SELECT id, (args -> 'event' ->> 'conversation_id')::int AS conversation FROM procrastinate_jobs AS job
    WHERE task_name = %(task)s AND status = 'todo' AND coalesce(scheduled_at, %(now)s) <= %(now)s
      AND NOT EXISTS (SELECT FROM procrastinate_jobs AS other WHERE other.lock = job.lock AND other.status = 'doing')
    ORDER BY conversation
"""
TAKE = """
    WITH hired AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 day') RETURNING id)
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = hired.id FROM hired
    WHERE procrastinate_jobs.id = %(job)s RETURNING worker_id
"""
DONE = "DELETE FROM procrastinate_jobs WHERE id = %(job)s"
FIRE = "DELETE FROM procrastinate_workers WHERE id = %(worker)s"
FORGIVE = "UPDATE procrastinate_jobs SET attempts = 0 WHERE status = 'todo'"
NEXT = "SELECT min(scheduled_at) FROM procrastinate_jobs WHERE task_name = %(task)s AND status = 'todo'"
LEFT = "SELECT text, delivery FROM messages WHERE delivery NOT IN ('sent', 'delivered', 'read')"

type Act = Callable[[], Coroutine[Any, Any, None]]


@dataclass
class Game:
    """Workers deliver what is queued in some conversations of one number, while everything goes wrong."""

    runtime: Runtime
    """On a stepped database."""
    plain: Runtime
    """The same for those who take no turns."""
    stage: Stage
    provider: Provider
    clock: ManualClock
    books: psycopg.Connection[tuple[Any, ...]]
    """A connection of the game's own, on which it hands out the jobs."""
    business_id: int
    account_id: int
    conversations: Sequence[int]
    to_queue: list[tuple[int, str]]
    crashes: int = CRASHES
    slow: int = SLOW
    steps: int = 0

    async def play(self) -> None:
        """Everything was queued and nothing is left to do; on the tape stands how it came to that."""
        while (choices := await self.choices()) and self.steps < LONGEST:
            names, acts, weights = zip(*choices, strict=True)
            (at,) = self.stage.chance.choices(range(len(acts)), weights)
            self.steps += 1
            self.stage.note(names[at])
            await acts[at]()
            self.provider.arrive()
        assert self.steps < LONGEST, "it goes round in circles"

    async def choices(self) -> list[tuple[str, Act, float]]:
        """What may come next. Time passes only a little while anybody can do something."""
        found: list[tuple[str, Act, float]] = []
        for actor in self.stage.actors:
            found.append((f"{actor.number} goes on from {actor.stops_at}", self.bound(self.go_on, actor), 12))
            if self.crashes > 0:
                found.append((f"{actor.number} dies at {actor.stops_at}", self.bound(self.crash, actor), 0.4))
            if self.slow > 0 and not actor.slow:
                found.append((f"{actor.number} is taken for dead", self.bound(self.give_up, actor), 0.3))
        if len(self.stage.actors) < WORKERS:
            for job, conversation in self.look(DUE):
                found.append((f"job of {conversation} begins", self.bound(self.begin, job, conversation), 6))
        if self.to_queue:
            found.append(("more is said", self.say_more, 3))
        if self.provider.taken:
            found.append(("a webhook comes", self.show_back, 2))
        at_work = bool(found)
        if at_work or self.next_at() is not None or self.provider.on_the_way:
            found.append(("time passes", self.pass_a_little if at_work else self.pass_until_due, 2))
        return found

    def bound(self, act: Callable[..., Coroutine[Any, Any, None]], *given: Any) -> Act:
        return lambda: act(*given)

    def look(self, statement: LiteralString, **given: int) -> list[tuple[Any, ...]]:
        found = self.books.execute(statement, {"task": DELIVER, "now": self.clock.now(), **given})
        return found.fetchall() if found.description else []

    def next_at(self) -> datetime | None:
        ((moment,),) = self.look(NEXT)
        return moment

    async def begin(self, job_id: int, conversation_id: int) -> None:
        ((worker_id,),) = self.look(TAKE, job=job_id)
        event = MessageQueued(business_id=self.business_id, conversation_id=conversation_id)
        await self.stage.enter(deliver(self.runtime, event), job_id=job_id, worker_id=worker_id)

    async def go_on(self, actor: Actor) -> None:
        was_at = actor.stops_at
        if was_at == "transaction" and not actor.asks:
            actor.claimed_at = self.steps
        ended = await self.stage.step(actor)
        if was_at == "statement":
            for rest in self.provider.rests:
                if rest.actor is actor:
                    rest.known_at = rest.known_at or self.steps
        if ended:
            self.look(DONE, job=actor.job_id)
            self.look(FIRE, worker=actor.worker_id)

    async def crash(self, actor: Actor) -> None:
        self.crashes -= 1
        await self.stage.kill(actor)
        if not actor.slow:
            await self.rescue(actor)

    async def give_up(self, actor: Actor) -> None:
        """Its signs of life do not come through: its job goes to another, while it goes on."""
        self.slow -= 1
        actor.slow = True
        await self.rescue(actor)

    async def rescue(self, actor: Actor) -> None:
        """Its job is in line again; that it may have killed its worker is forgiven, as there is no end of workers."""
        self.look(FIRE, worker=actor.worker_id)
        await Queue(self.plain).rescue()
        self.look(FORGIVE)

    async def say_more(self) -> None:
        conversation_id, words = self.to_queue.pop(0)
        async with self.plain.db.begin(self.business_id) as session:
            conversation = await get_conversation(session, conversation_id)
            await queue_text(session, conversation, words, dedup_key=words, now=self.clock.now())

    async def show_back(self) -> None:
        """An echo or a status of something taken, in any order, some of them again and some never."""
        entry = self.stage.chance.choice(self.provider.taken)
        if self.stage.chance.random() < 0.7:
            self.provider.taken.remove(entry)
        status = StatusChanged(entry.id_message, entry.chat_id, Delivery.delivered)
        echo = Echo(entry.id_message, entry.chat_id, self.clock.now(), entry.text)
        incoming = self.stage.chance.choice((status, echo))
        async with self.plain.db.begin(self.business_id) as session:
            await receive(session, account_id=self.account_id, incoming=incoming, settle_s=0, now=self.clock.now())

    async def pass_a_little(self) -> None:
        self.clock.advance(seconds=self.stage.chance.choice((0.1, 0.5, 2, 8)))

    async def pass_until_due(self) -> None:
        later = [at for at in (self.next_at(), *(one[0] for one in self.provider.on_the_way)) if at is not None]
        self.clock.at = max(min(later), self.clock.at + timedelta(milliseconds=10))


def check(game: Game) -> list[str]:
    """What did not hold: nothing, when all is well."""
    sent, wrong = game.provider.sent, list[str]()
    wrong += [f"{words} arrived {times} times" for words, times in Counter(e.text for e in sent).items() if times > 1]
    for chat in {entry.chat_id for entry in sent}:
        numbers = [int(entry.text.split()[-1]) for entry in sent if entry.chat_id == chat]
        first = list(dict.fromkeys(numbers))
        wrong += [f"{chat} got {first}"] if first != sorted(first) else []
    left: dict[str, str] = dict(game.books.execute(LEFT).fetchall())
    wrong += [f"{words} is {how}" for words, how in left.items() if words not in game.provider.refused]
    wrong += [f"{words} was refused and is {how}" for words, how in left.items() if how != "failed"]
    return [*wrong, *too_fast(game), *restless(game), *insistent(game)]


def too_fast(game: Game) -> list[str]:
    """In ten seconds no more goes out than in ten seconds and the burst of one, and what was being sent anyway."""
    at = sorted(request.at for request in game.provider.requests)
    most = PER_SECOND * 11 + WORKERS
    pairs = zip(at, at[most:], strict=False)
    return [f"more than {most} between {a} and {b}" for a, b in pairs if b - a < timedelta(seconds=10)]


def restless(game: Game) -> list[str]:
    """While the provider wants rest, nothing goes out that was claimed after the gate knew of it."""
    return [
        f"a message was sent at {request.at}, while rest was asked for until {rest.until}"
        for rest, request in itertools.product(game.provider.rests, game.provider.requests)
        if rest.known_at is not None and rest.known_at < request.claimed_at and request.at < rest.until
    ]


def insistent(game: Game) -> list[str]:
    """A provider that is away is left alone."""
    until = game.provider.away_until
    if until is None:
        return []
    tried = sum(until - OUTAGE <= request.at < until for request in game.provider.requests)
    return [f"{tried} requests while the provider was away"] if tried > MOST_IN_OUTAGE else []
