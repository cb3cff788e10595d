"""aimock, an independent double of Gemini and OpenAI, as a process of its own."""

import asyncio
import contextlib
import os
import re
import signal
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.patience import PATIENCE_S

HERE = Path(__file__).parent
NODE = HERE.parents[1] / ".venv" / "bin" / "node"
LLMOCK = HERE / "node_modules" / ".bin" / "llmock"
READY = re.compile(rb"http://127\.0\.0\.1:(\d+)")


@dataclass
class Aimock:
    url: str

    async def journal(self) -> list[dict[str, Any]]:
        """Every request it was asked, oldest first."""
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
            return (await client.get(f"{self.url}/__aimock/journal")).raise_for_status().json()


@pytest.fixture
async def aimock() -> AsyncGenerator[Aimock]:
    missing = [path for path in (NODE, LLMOCK) if not path.exists()]
    if missing:
        pytest.fail(f"aimock is not installed ({missing[0].name} is missing): run `make dev`")
    options = ("--port", "0", "--host", "127.0.0.1", "--fixtures", str(HERE / "fixtures"), "--strict")
    process = await asyncio.create_subprocess_exec(
        str(NODE), str(LLMOCK), *options, stdout=PIPE, stderr=STDOUT, start_new_session=True
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_S):
            port = await port_of(process.stdout)
        yield Aimock(f"http://127.0.0.1:{port}")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)  # `node` may be a wrapper around the one that listens
        async with asyncio.timeout(PATIENCE_S):
            await process.communicate()


async def port_of(output: asyncio.StreamReader) -> int:
    said = b""
    while line := await output.readline():
        said += line
        if found := READY.search(line):
            return int(found[1])
    raise AssertionError(f"aimock did not start: {said.decode(errors='replace')[-500:]}")
