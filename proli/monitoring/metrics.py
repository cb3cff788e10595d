"""Everything that Prometheus is told, but for the process itself. What is not there now is told as 0, so that an alert
on it can be trusted."""

from collections.abc import Iterable, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy.pool import QueuePool

from proli.conversations.models import WAITING
from proli.monitoring.queries import (
    Jobs,
    count_dead_letters,
    count_live_workers,
    count_outbox,
    count_unanswered,
    find_last_backup,
    list_jobs,
)
from proli.monitoring.recent import MINUTES, QUANTILES, Recent, recent
from proli.monitoring.recent_calls import RecentCalls, recent_calls
from proli.platform.db import Database
from proli.platform.jobs import HANDLERS
from proli.platform.runtime import Runtime
from proli.sweeps.queries import Doing, count_outages, list_doing

OUTCOMES: Final = (*WAITING, "sent", "delivered", "read", "failed", "withheld")
CALL_OUTCOMES: Final = ("finished", "dropped", "missed", "transferred", "voicemail", "machine", "unreached")
FALLBACKS: Final = ("ears", "voice", "mind")
LATELY: Final = f"in the last {MINUTES} minutes"


async def measure(runtime: Runtime) -> CollectorRegistry:
    """The queues, outbox, workers and turns of the whole installation, and the connections of this process."""
    registry = CollectorRegistry()
    async with runtime.db.begin_operator() as session:
        workers = await count_live_workers(session, within_s=runtime.settings.worker.stalled_after_s)
        tell(registry, "proli_workers", "Workers with a recent heartbeat", workers)
        dead = await count_dead_letters(session)
        tell(registry, "proli_dead_letters", "Messages that will not be sent by themselves", dead)
        unanswered = await count_unanswered(session)
        tell(registry, "proli_unanswered_messages", "Customers' messages without an answer", unanswered)
        outbox = dict.fromkeys(WAITING, 0) | await count_outbox(session)
        tell_each(registry, "proli_outbox_messages", "Messages on their way out", "delivery", outbox)
        backup, words = await find_last_backup(session), "When the last backup was made that was written whole"
        tell(registry, "proli_last_backup_timestamp_seconds", words, backup.timestamp() if backup else 0)
        tell_jobs(registry, await list_jobs(session))
        tell_recent(registry, await recent(session))
        tell_calls(registry, await recent_calls(session))
        tell_sweeps(registry, await list_doing(session), await count_outages(session))
    tell_pool(registry, runtime.db)
    return registry


def tell(registry: CollectorRegistry, name: str, words: str, value: float) -> None:
    Gauge(name, words, registry=registry).set(value)


def tell_each(registry: CollectorRegistry, name: str, words: str, label: str, values: Mapping[str, float]) -> None:
    gauge = Gauge(name, words, [label], registry=registry)
    for key, value in values.items():
        gauge.labels(key).set(value)


def tell_jobs(registry: CollectorRegistry, jobs: Iterable[Jobs]) -> None:
    count = Gauge("proli_jobs", "Jobs by queue and status", ["queue", "status"], registry=registry)
    late = Gauge("proli_job_lag_seconds", "How long the oldest due job waits", ["queue"], registry=registry)
    for queue in {handler.queue for handler in HANDLERS.values()}:
        late.labels(queue).set(0)
        for status in ("todo", "doing", "failed"):
            count.labels(queue, status).set(0)
    for job in jobs:
        count.labels(job.queue, job.status).set(job.count)
        if job.status == "todo":
            late.labels(job.queue).set(max(job.oldest_s, 0))


def tell_recent(registry: CollectorRegistry, lately: Recent) -> None:
    tell_each(registry, "proli_turns", f"Turns {LATELY}, by the model that answered", "model", lately.turns)
    sends = dict.fromkeys(OUTCOMES, 0) | dict(lately.sends)
    tell_each(registry, "proli_sends", f"Messages out {LATELY}, by where they stand", "delivery", sends)
    asked = Gauge(
        "proli_model_requests", f"Requests to models {LATELY}, by what came of them", ["model", "outcome"],
        registry=registry,
    )  # fmt: skip
    for (model, outcome), count in lately.attempts.items():
        asked.labels(model, outcome).set(count)
    replies = {str(one): seconds for one, seconds in zip(QUANTILES, lately.replies, strict=False)}
    words = f"From a customer's message to the reply on its way, {LATELY}"
    tell_each(registry, "proli_reply_seconds", words, "quantile", replies)
    used, most = lately.connections
    tell(registry, "proli_database_connections", "Connections to the database, of everybody", used)
    tell(registry, "proli_database_max_connections", "The most connections the database takes", most)


def tell_calls(registry: CollectorRegistry, lately: RecentCalls) -> None:
    tell(registry, "proli_calls_live", "Calls that have not ended", lately.live)
    ended = dict.fromkeys(CALL_OUTCOMES, 0) | dict(lately.ended)
    tell_each(registry, "proli_calls", f"Calls that ended {LATELY}, by what they came to", "outcome", ended)
    fell = dict.fromkeys(FALLBACKS, 0) | dict(lately.fallbacks)
    words = f"How often another took over in calls that ended {LATELY}, by what failed"
    tell_each(registry, "proli_call_fallbacks", words, "kind", fell)
    spans = (
        ("proli_call_seconds", f"How long calls lasted that ended {LATELY}", lately.seconds),
        ("proli_call_answer_seconds", f"From a caller's last word to the first sound, {LATELY}", lately.answers),
    )
    for name, meaning, values in spans:
        tell_each(
            registry,
            name,
            meaning,
            "quantile",
            {str(one): value for one, value in zip(QUANTILES, values, strict=False)},
        )


def tell_pool(registry: CollectorRegistry, db: Database) -> None:
    """How many connections of this process are in use, and how many it may have."""
    used = Gauge("proli_pool_in_use", "Connections of this process in use", ["pool"], registry=registry)
    most = Gauge("proli_pool_size", "The most connections of this process", ["pool"], registry=registry)
    for name, engine in (("business", db.engine), ("operator", db.operator_engine)):
        pool = engine.pool
        assert isinstance(pool, QueuePool)
        used.labels(name).set(pool.checkedout())
        most.labels(name).set(pool.size())


def tell_sweeps(registry: CollectorRegistry, sweeps: Iterable[Doing], outages: dict[str, int]) -> None:
    """What the sweeps have done, and what is out of order, stand beside the other figures."""
    down = Gauge("proli_outages", "Numbers and models that do not work", ["kind"], registry=registry)
    last = Gauge("proli_sweep_last_run_seconds", "When the sweep last ran to its end", ["sweep"], registry=registry)
    took = Gauge("proli_sweep_took_seconds", "The longest of the last runs", ["sweep"], registry=registry)
    found = Gauge("proli_sweep_found", "Rows that the sweep has found, ever", ["sweep"], registry=registry)
    failed = Gauge("proli_sweep_failed", "Rows that it could not see to, ever", ["sweep"], registry=registry)
    for kind, count in outages.items():
        down.labels(kind).set(count)
    for one in sweeps:
        last.labels(one.sweep).set(one.last_at.timestamp() if one.last_at else 0)
        took.labels(one.sweep).set(one.took_ms / 1000)
        found.labels(one.sweep).set(one.found_ever)
        failed.labels(one.sweep).set(one.failed_ever)
