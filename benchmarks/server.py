"""The API process of the benchmark: Proli's own application, with two baseline routes beside it.

`python -m benchmarks.server PORT`; everything else comes from the environment, as for `proli serve --no-worker`.
"""

import sys

import psycopg_pool
import uvicorn
import uvloop
from fastapi import FastAPI, Request

from proli.platform.runtime import Runtime, open_runtime
from proli.platform.settings import Settings
from proli.web import make_app
from proli.wiring import load_handlers

INSERT = "INSERT INTO bench_inserts (body) VALUES (%s)"


def add_baselines(app: FastAPI, pool: psycopg_pool.AsyncConnectionPool) -> None:
    @app.post("/bench/empty")
    async def empty() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/bench/insert")
    async def insert(request: Request) -> dict[str, str]:
        body = (await request.body()).decode()
        async with pool.connection() as connection:
            await connection.execute(INSERT, (body,))
        return {"status": "ok"}


async def serve(runtime: Runtime, port: int) -> None:
    size = runtime.settings.core.database_pool_size
    pool: psycopg_pool.AsyncConnectionPool = psycopg_pool.AsyncConnectionPool(
        runtime.db.conninfo, min_size=size, max_size=size, kwargs={"autocommit": True}, open=False
    )
    async with pool:
        app = make_app(runtime)
        add_baselines(app, pool)
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
        await uvicorn.Server(config).serve()


async def main(port: int) -> None:
    load_handlers()
    async with open_runtime(Settings.load()) as runtime:
        await serve(runtime, port)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
