"""What the operator sees of every business, and nobody else."""

import pytest
from sqlalchemy import text

from proli.accounts.permissions import Role
from proli.sweeps.plans import Sweep
from proli.sweeps.running import run_due
from tests.console import Browser, Console, ensure_business
from tests.journeys.world import World

BUSINESSES, HEALTH = "/api/operator/businesses", "/api/operator/health"


@pytest.fixture
async def operator(console: Console) -> Browser:
    await console.add_person("operator@example.com", operator=True)
    return await console.signed_in("operator@example.com")


async def test_every_business_is_listed_with_what_there_is_of_it(
    console: Console, manager: Browser, operator: Browser, world: World
) -> None:
    async with console.runtime.db.begin_operator() as session:
        await ensure_business(session, "other")
    await world.customer.say("שלום, יש לי נזילה מתחת לכיור ברמת גן")
    found = (await operator.call("GET", BUSINESSES)).json()
    moran, other = found["businesses"]
    assert found["after"] is None
    assert [moran[name] for name in ("slug", "members", "professionals", "leads", "messages")] == ["moran", 1, 2, 1, 2]
    assert [(one["provider"], one["health"]) for one in moran["channels"]] == [("simulator", "simulated")]
    assert [other[name] for name in ("slug", "members", "leads", "messages", "channels")] == ["other", 0, 0, 0, []]
    first = (await operator.call("GET", f"{BUSINESSES}?limit=1")).json()
    second = (await operator.call("GET", f"{BUSINESSES}?limit=1&after={first['after']}")).json()
    assert [one["slug"] for page in (first, second) for one in page["businesses"]] == ["moran", "other"]
    assert second["after"] is None


async def test_health_tells_of_queues_workers_and_what_is_dead(operator: Browser, world: World) -> None:
    await world.customer.tell("שלום")
    async with world.runtime.db.begin_operator() as session:
        await session.execute(
            text("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('agent', 'x', 'failed')")
        )
        await session.execute(
            text("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 minute' WHERE status = 'todo'")
        )
        await session.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now() - interval '1 hour')")
        )
    health = (await operator.call("GET", HEALTH)).json()
    (queue,) = [one for one in health["queues"] if one["queue"] == "agent"]
    assert (queue["waiting"], queue["running"], queue["failed"], health["dead_jobs"]) == (1, 0, 1, 1)
    assert 60 <= queue["oldest_s"] <= health["oldest_s"] < 120
    assert [one["alive"] for one in health["workers"]] == [True, False]
    assert (health["unanswered"], health["dead_letters"], health["outbox"]) == (1, 0, {})


async def test_health_and_metrics_tell_of_each_sweep_and_of_outages(operator: Browser, world: World) -> None:
    before = (await operator.call("GET", HEALTH)).json()
    assert [one["last_at"] for one in before["sweeps"]] == [None] * len(Sweep)
    await run_due(world.runtime)
    async with world.runtime.db.begin_operator() as session:
        await session.execute(
            text("UPDATE sweep_runs SET found = 3, failed = 1, failed_ever = 1 WHERE sweep = 'sends'")
        )
        await session.execute(
            text(
                "INSERT INTO outages (business_id, kind, subject, began_at)"
                " SELECT id, 'number', '1', now() FROM businesses"
            )
        )
    health = (await operator.call("GET", HEALTH)).json()
    (sends,) = [one for one in health["sweeps"] if one["sweep"] == "sends"]
    assert (sends["found"], sends["failed"], sends["last_at"] is not None) == (3, 1, True)
    assert (health["numbers_down"], health["models_down"]) == (1, 0)
    metrics = (await operator.call("GET", "/metrics")).text
    assert 'proli_sweep_failed{sweep="sends"} 1.0' in metrics
    assert 'proli_outages{kind="number"} 1.0' in metrics


async def test_an_owner_is_no_operator(console: Console, business_id: int) -> None:
    await console.add_person("owner@example.com", role=Role.owner)
    owner, nobody = await console.signed_in("owner@example.com"), await console.browser()
    for path in (BUSINESSES, HEALTH):
        refused = await owner.call("GET", path)
        assert (refused.status_code, refused.json()["params"]) == (403, {"needs": "operator"})
        assert (await nobody.call("GET", path)).status_code == 401


async def test_an_operator_who_signed_out_sees_nothing_more(operator: Browser) -> None:
    cookies = dict(operator.http.cookies)
    assert (await operator.call("POST", "/api/auth/sign-out")).status_code == 204
    operator.http.cookies.update(cookies)
    assert (await operator.call("GET", HEALTH)).status_code == 401
