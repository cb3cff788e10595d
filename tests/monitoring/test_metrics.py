"""What Prometheus is told, and that dashboard and alerts ask for nothing else."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

import httpx2
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from proli.demo.player import Player
from proli.monitoring.actions import note_backup
from proli.platform.clock import SystemClock
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.web import make_app
from tests.chaos.processes import ROOT

ALERTS = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
BOARD = json.loads((ROOT / "deploy/grafana/proli.json").read_text("utf-8"))
EXPRESSIONS = [rule["expr"] for rule in ALERTS] + [
    target["expr"] for panel in BOARD["panels"] for target in panel["targets"]
]
FIGURE = re.compile(r"\b((?:proli|process)_[a-z_]+)(?:\{([^}]*)\})?")

type Figures = Mapping[str, Mapping[frozenset[tuple[str, str]], float]]


@pytest.fixture
def runtime(runtime: Runtime) -> Runtime:
    """By the machine's clock, as the rows' own times."""
    return Runtime(
        settings=runtime.settings, db=runtime.db, clock=SystemClock(), vault=runtime.vault, http=runtime.http
    )


async def figures(runtime: Runtime) -> Figures:
    transport = httpx2.ASGITransport(app=make_app(runtime), client=("127.0.0.1", 1))
    async with httpx2.AsyncClient(transport=transport, base_url="http://proli") as client:
        said = (await client.get("/metrics")).raise_for_status().text
    found: dict[str, dict[frozenset[tuple[str, str]], float]] = defaultdict(dict)
    for family in text_string_to_metric_families(said):
        for sample in family.samples:
            found[sample.name][frozenset(sample.labels.items())] = sample.value
    return found


async def test_a_turn_its_reply_and_its_time_are_counted(runtime: Runtime, business_id: int) -> None:
    await Player(runtime, business_id, "+972500000001", "דנה").say("שלום, יש לי נזילה")
    async with runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE messages SET created_at = now() - interval '7 s'"))
    await Queue(runtime).drain()
    found = await figures(runtime)
    assert sum(found["proli_turns"].values()) == 1
    assert found["proli_sends"][frozenset({("delivery", "sent")})] == 1
    assert found["proli_sends"][frozenset({("delivery", "failed")})] == 0
    assert 7 <= found["proli_reply_seconds"][frozenset({("quantile", "0.95")})] < 600
    assert found["proli_unanswered_messages"][frozenset()] == 0


async def test_failures_of_models_dead_jobs_and_what_is_older_are_told_apart(
    runtime: Runtime, business_id: int
) -> None:
    await Player(runtime, business_id, "+972500000001", "דנה").say("שלום, יש לי נזילה")
    await Queue(runtime).drain()
    attempts = '[{"model": "m", "failure": "x", "kind": "timeout"}, {"model": "m", "failure": null, "kind": null}]'
    async with runtime.db.begin_operator() as session:
        await session.execute(
            text("UPDATE turns SET trace = jsonb_set(trace, '{attempts}', CAST(:attempts AS jsonb))"),
            {"attempts": attempts},
        )
        await session.execute(
            text("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('outbox', 'x', 'failed')")
        )
    found = await figures(runtime)
    assert found["proli_model_requests"] == {
        frozenset({("model", "m"), ("outcome", "timeout")}): 1,
        frozenset({("model", "m"), ("outcome", "answered")}): 1,
    }
    assert found["proli_jobs"][frozenset({("queue", "outbox"), ("status", "failed")})] == 1
    async with runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE turns SET created_at = now() - interval '1 hour'"))
    assert not (await figures(runtime))["proli_model_requests"]


async def test_the_newest_backup_is_told_and_nothing_where_there_is_none(runtime: Runtime) -> None:
    name = "proli_last_backup_timestamp_seconds"
    assert (await figures(runtime))[name] == {frozenset(): 0}
    now = runtime.clock.now()
    for days in (500, 2, 1):
        async with runtime.db.begin_operator() as session:
            await note_backup(session, made_at=now - timedelta(days=days), rows=7, size=900)
    assert (await figures(runtime))[name] == {frozenset(): (now - timedelta(days=1)).timestamp()}
    async with runtime.db.begin_operator() as session:
        assert await session.scalar(text("SELECT count(*) FROM backups_made")) == 2


async def test_connections_are_told_for_this_process_and_for_the_database(runtime: Runtime) -> None:
    found = await figures(runtime)
    size = found["proli_pool_size"][frozenset({("pool", "business")})]
    assert size == runtime.settings.core.database_pool_size
    assert found["proli_database_connections"][frozenset()] >= 1
    assert found["proli_database_max_connections"][frozenset()] > found["proli_database_connections"][frozenset()]


async def test_dashboard_and_alerts_ask_only_for_figures_that_there_are(runtime: Runtime, business_id: int) -> None:
    await Player(runtime, business_id, "+972500000001", "דנה").say("שלום, יש לי נזילה")
    await Queue(runtime).drain()
    await with_calls(runtime, business_id)
    async with runtime.db.begin_operator() as session:
        attempts = text("""UPDATE turns SET trace = jsonb_set(trace, '{attempts}', '[{"model": "m"}]')""")
        await session.execute(attempts)
    found = await figures(runtime)
    asked = [match for expression in EXPRESSIONS for match in FIGURE.findall(expression)]
    assert len(asked) > 30
    for name, chosen in asked:
        assert found[name], name
        labels = {label for sample in found[name] for label, _ in sample}
        assert set(re.findall(r"(\w+)!?=", chosen)) <= labels, (name, chosen)


def test_every_alert_says_what_is_the_matter_and_leads_to_what_is_to_be_done() -> None:
    headings = re.findall(r"^#+ (.+)$", (ROOT / "docs/operations.md").read_text("utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert len({rule["alert"] for rule in ALERTS}) == len(ALERTS) > 10
    for rule in ALERTS:
        place, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert (ROOT / place).is_file()
        assert anchor in anchors, rule["alert"]
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in {"critical", "warning"}


async def with_calls(runtime: Runtime, business_id: int) -> None:
    """Three calls have ended just now, one of them of ours that nobody took, and one an hour ago."""
    ended = [
        ("inbound", "finished", 1),
        ("inbound", "dropped", 2),
        ("outbound", "missed", 3),
        ("inbound", "finished", 60),
    ]
    async with runtime.db.begin(business_id) as session:
        for number, (direction, outcome, minutes) in enumerate(ended):
            await session.execute(
                text("""
                INSERT INTO calls (business_id, external_id, direction, state, outcome, started_at, connected_at,
                                   ended_at, seen_at, fallbacks)
                VALUES (:business_id, :sid, :direction, 'completed', :outcome, now() - interval '2 h',
                        now() - CAST(:ended AS interval) - interval '90 s', now() - CAST(:ended AS interval), now(),
                        '{"ears": 1, "voice": 2}')
                """),
                {
                    "business_id": business_id,
                    "sid": f"CA{number}",
                    "direction": direction,
                    "outcome": outcome,
                    "ended": timedelta(minutes=minutes),
                },
            )
        await session.execute(
            text("""
            INSERT INTO call_turns (business_id, call_id, number, speaker, text, began_at, latency_ms)
            SELECT :business_id, id, 1, 'agent', 'שלום', now(), 800 FROM calls
            """),
            {"business_id": business_id},
        )


async def test_calls_are_counted_by_their_ends_with_their_length_and_what_failed_in_them(
    runtime: Runtime, business_id: int
) -> None:
    await with_calls(runtime, business_id)
    found = await figures(runtime)
    assert found["proli_calls"][frozenset({("outcome", "finished")})] == 1
    assert found["proli_calls"][frozenset({("outcome", "dropped")})] == 1
    assert found["proli_calls"][frozenset({("outcome", "missed")})] == 0
    assert found["proli_calls"][frozenset({("outcome", "unreached")})] == 1
    assert found["proli_call_fallbacks"][frozenset({("kind", "voice")})] == 6
    assert found["proli_call_fallbacks"][frozenset({("kind", "mind")})] == 0
    assert found["proli_call_seconds"][frozenset({("quantile", "0.5")})] == pytest.approx(90)
    assert found["proli_call_answer_seconds"][frozenset({("quantile", "0.95")})] == pytest.approx(0.8)
    assert found["proli_calls_live"][frozenset()] == 0
