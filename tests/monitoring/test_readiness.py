"""When a server says that it can do its work."""

import httpx2
import pytest
from sqlalchemy import text

from proli.platform.runtime import Runtime
from proli.web import make_app


@pytest.mark.parametrize(("revision", "status"), [("9999_tomorrow", 200), ("0060_addresses", 503)])
async def test_a_server_is_ready_on_a_newer_database_as_an_update_goes_on_and_not_on_an_older_one(
    runtime: Runtime, revision: str, status: int
) -> None:
    async with runtime.db.owner() as connection:
        await connection.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
        await connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    transport = httpx2.ASGITransport(app=make_app(runtime))
    async with httpx2.AsyncClient(transport=transport, base_url="http://proli") as client:
        assert (await client.get("/readyz")).status_code == status
