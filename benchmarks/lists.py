"""The console's list of leads where a business has 100,000: what a page of it costs, and by which index it is found."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import httpx2
from sqlalchemy import text

from benchmarks.load import Load
from benchmarks.stage import Stage
from proli.accounts.http import ACCESS_COOKIE
from proli.accounts.members import add_member, ensure_user
from proli.accounts.origin import Origin
from proli.accounts.permissions import Role
from proli.accounts.sign_ins import open_sign_in
from proli.accounts.tokens import Access, Signer
from tests.ports import free_port

LEADS = 100_000
TIMES = 60
PAGES = {
    "newest changes": "",
    "of one status": "status=contacted",
    "of one professional": "professional_id={professional}",
    "that need a person": "attention=true",
    "by opening": "order=-created",
    "by a phone": "words=0500012345",
    "by a word in all of them": "words=%D7%A0%D7%96%D7%99%D7%9C%D7%94",
    "by two letters that nobody has": "words=%D7%A5%D7%A5",
    "by a name that nobody has": "words=%D7%A9%D7%9E%D7%A9%D7%95%D7%9F",
}
FILL = """
    WITH people AS (
        INSERT INTO contacts (business_id, name, phone_e164)
        SELECT :business_id, (ARRAY['נועה', 'דנה', 'יוסי', 'רות'])[1 + n % 4] || ' ' || n,
               '+97250' || lpad(n::text, 7, '0')
        FROM generate_series(1, :leads) AS n RETURNING id, phone_e164)
    INSERT INTO leads (business_id, contact_id, status, description, urgency, needs, trade, locality, professional_id,
                       attention, created_at, changed_at)
    SELECT :business_id, id,
           (ARRAY['new', 'contacted', 'offered', 'booked', 'done', 'done', 'done', 'cancelled'])[1 + id % 8],
           'נזילה מתחת לכיור במטבח', 'normal', '{}', 'plumber', 'רמת גן',
           (SELECT min(id) FROM professionals) + id % 12, CASE WHEN id % 200 = 0 THEN 'stuck' END,
           now() - id % 90 * interval '1 day', now() - id % 89 * interval '1 day'
    FROM people
"""
PLAN = """
    EXPLAIN (COSTS OFF) SELECT * FROM leads
    WHERE business_id = :business_id AND (changed_at, id) < (now(), 1000000) ORDER BY changed_at DESC, id DESC LIMIT 51
"""


async def measure_lists(stage: Stage) -> list[list[str]]:
    """A row for each kind of page, and one that names the index."""
    await fill(stage)
    rows = [["a page of 50 among 100,000 leads", "p50 ms", "p95 ms"]]
    async with httpx2.AsyncClient(trust_env=False, cookies={ACCESS_COOKIE: await sign_in(stage)}) as client:
        port = free_port()
        async with stage.process("benchmarks.server", str(port), ready=port):
            for name, query in PAGES.items():
                asked = query.format(professional=await first_professional(stage))
                load = await ask(client, f"http://127.0.0.1:{port}/api/businesses/bench/leads?{asked}")
                rows.append([name, f"{load.percentile_ms(0.5):.1f}", f"{load.percentile_ms(0.95):.1f}"])
    rows.append([f"found by {await index_of(stage)}", "", ""])
    return rows


async def fill(stage: Stage) -> None:
    async with stage.runtime.db.owner() as connection:
        await connection.execute(text("TRUNCATE contacts, conversations, messages, leads, procrastinate_jobs CASCADE"))
    async with stage.runtime.db.begin_operator() as session:
        await session.execute(text(FILL), {"business_id": stage.business_id, "leads": LEADS})
    async with stage.runtime.db.engine.connect() as connection:
        await connection.execute(text("VACUUM ANALYZE leads, contacts"))


async def sign_in(stage: Stage) -> str:
    now = datetime.now(UTC)
    async with stage.runtime.db.begin_operator() as session:
        user = await ensure_user(session, email="bench@example.com", name="bench")
        await add_member(session, user_id=user.id, business_id=stage.business_id, role=Role.owner)
        made = await open_sign_in(session, user.id, origin=Origin(device="bench"), now=now)
    return Signer(stage.runtime.vault).access(Access(made.user_id, made.sign_in_id), now=now)


async def first_professional(stage: Stage) -> int:
    async with stage.runtime.db.begin_operator() as session:
        return (await session.execute(text("SELECT min(id) FROM professionals"))).scalar_one()


async def ask(client: httpx2.AsyncClient, url: str) -> Load:
    """One after the other, as a person scrolls; the first is not counted."""
    latencies: list[float] = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        answer = await client.get(url)
        latencies.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.text
    return Load(seconds=sum(latencies), latencies=latencies[1:], statuses={200: TIMES})


async def index_of(stage: Stage) -> str:
    """The index that the plan of a page names; a plan that reads the whole table is an error."""
    async with stage.runtime.db.begin_operator() as session:
        plan: Sequence[str] = (await session.scalars(text(PLAN), {"business_id": stage.business_id})).all()
    assert not any("Seq Scan" in line for line in plan), plan
    return next(line.split(" using ")[1].split(" on ")[0] for line in plan if " using " in line)
