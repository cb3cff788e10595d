"""What every command needs: settings, logging, a runtime on a ready database, output for people or programs."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from rich.console import Console

from proli.platform.clock import Clock
from proli.platform.logging import start_logging
from proli.platform.migrations import migrate, require_current
from proli.platform.runtime import Runtime, open_runtime
from proli.platform.settings import LogSettings, Settings
from proli.wiring import load_handlers, load_models

console = Console(highlight=False, soft_wrap=True)


def with_runtime[T](
    use: Callable[[Runtime], Awaitable[T]],
    *,
    settings: Settings | None = None,
    quiet: bool = True,
    clock: Clock | None = None,
    events: bool = False,
    ready: bool = True,
) -> T:
    """Run `use` on a runtime whose database is at this program's version.

    The embedded database is migrated on the way; an own one must have been, by `proli migrate`. With `quiet` only
    warnings are logged, as the command has its own output. With `events`, what facts wake is known; a command that only
    reads and writes rows starts in a third of the time. Not `ready`, the database is as it is found, perhaps empty.
    """
    settings = settings or Settings.load()
    log = settings.log
    start_logging(LogSettings(level="WARNING", format=log.format, file=log.file) if quiet else log)
    load_handlers() if events else load_models()

    async def run() -> T:
        async with open_runtime(settings, clock=clock) as runtime:
            if ready:
                await prepare(runtime)
            return await use(runtime)

    return uvloop.run(run())


async def prepare(runtime: Runtime) -> None:
    if runtime.settings.core.database_url is None:
        await migrate(runtime.db)
    else:
        await require_current(runtime.db)


def show(values: dict[str, Any], *, as_json: bool, words: str) -> None:
    """One result: as a JSON object for programs, or as a sentence for people."""
    if as_json:
        print(json.dumps(values, ensure_ascii=False, default=str))  # noqa: T201 - the output itself
    else:
        console.print(words, markup=False)
