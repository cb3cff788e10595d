"""Tables that people send are read in a process of its own, which can neither take memory and time without end nor see
what this one holds. `python -m proli.platform.doors.tables ROWS` is that process: a file in, a table out.
"""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import asdict
from typing import Any, Final

from proli.platform.sheets import Sheet, SheetTooLarge, SheetUnreadable, read_sheet

MOST_MEMORY: Final = 600_000_000
MOST_CPU_S: Final = 10
PATIENCE_S: Final = 30
REFUSALS: Final = {one.__name__: one for one in (SheetTooLarge, SheetUnreadable)}
TOO_MUCH: Final[dict[str, Any]] = {"refusal": SheetTooLarge.__name__, "params": {"reason": "unpacked"}}


class Tables:
    """Reads tables, a few at a time."""

    def __init__(self, at_once: int = 2) -> None:
        self._slots = asyncio.Semaphore(at_once)

    async def read(self, body: bytes, *, most_rows: int) -> Sheet:
        """The table in the file.

        Raises:
            SheetUnreadable: neither .xlsx nor text, or damaged, or empty.
            SheetTooLarge: too many rows or columns, or it takes too much memory or time to read.
        """
        async with self._slots:
            told = await told_by_child(body, most_rows)
        if "refusal" in told:
            raise REFUSALS[told["refusal"]](**told["params"])
        rows = [(number, cells) for number, cells in told["rows"]]
        return Sheet(told["header_row"], told["header"], rows)


async def told_by_child(body: bytes, most_rows: int) -> dict[str, Any]:
    command = (sys.executable, "-I", "-X", "utf8", "-m", __name__, str(most_rows))
    child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={})
    try:
        async with asyncio.timeout(PATIENCE_S):
            said, _ = await child.communicate(body)
    except TimeoutError:
        return TOO_MUCH
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    return json.loads(said) if child.returncode == 0 else TOO_MUCH


def bound() -> None:
    """This process ends when it takes too much; where the system knows no bounds, its parent's patience is the one."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    bound()
    told: dict[str, Any]
    try:
        told = asdict(read_sheet(sys.stdin.buffer.read(), most_rows=int(sys.argv[1])))
    except (SheetTooLarge, SheetUnreadable) as refusal:
        told = {"refusal": type(refusal).__name__, "params": refusal.params}
    except MemoryError:
        told = TOO_MUCH
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
