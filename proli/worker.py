"""The way in for jobs: runs until it is told to stop, then lets what is running end."""

import asyncio
import contextlib
import signal

from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.wiring import load_handlers


async def work(runtime: Runtime) -> None:
    """Jobs are run until the task is cancelled."""
    load_handlers()
    await Queue(runtime).work()


async def work_until_signalled(runtime: Runtime) -> None:
    """Jobs are run until SIGINT or SIGTERM."""
    task = asyncio.create_task(work(runtime))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
