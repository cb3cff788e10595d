"""A process whose event loop stands still says where and ends, whatever holds the interpreter."""

import subprocess
import sys

from tests.patience import PATIENCE_S

STUCK = """
import asyncio, re
from proli.worker import die_when_stuck

async def main():
    watch = asyncio.create_task(die_when_stuck(3))
    await asyncio.sleep(4)
    print("alive", flush=True)
    re.match("(a+)+$", "a" * 60 + "b")

asyncio.run(main())
"""


def test_a_process_that_stands_still_ends_and_says_where() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STUCK], capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert ended.stdout == "alive\n", "while it moves it lives"
    assert ended.returncode == 1
    assert "re.match" in ended.stderr or "in match" in ended.stderr
