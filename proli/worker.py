"""The way in for jobs: runs until it is told to stop, then lets what is running end."""

import asyncio
import contextlib
import faulthandler
import gc
import signal

from loguru import logger

from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.wiring import load_handlers


async def work(runtime: Runtime) -> None:
    """Jobs are run until the task is cancelled."""
    load_handlers()
    spare_the_collector()
    watch = asyncio.create_task(die_when_stuck(runtime.settings.worker.stuck_after_s))
    try:
        await Queue(runtime).work()
    finally:
        watch.cancel()


async def die_when_stuck(after_s: float) -> None:
    """Until cancelled: should the event loop stand still for so long, the process says where and ends at once.

    Its jobs then go back in line as those of any worker that was killed. The watch is kept by a thread that needs no
    interpreter: code that never lets go of it is what it is for.
    """
    try:
        while True:
            faulthandler.dump_traceback_later(after_s, exit=True)
            await asyncio.sleep(after_s / 10)
    finally:
        faulthandler.cancel_dump_traceback_later()


def spare_the_collector() -> None:
    """What is loaded by now stays for good, and turns make many short-lived objects: look for garbage less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def work_until_signalled(runtime: Runtime) -> None:
    """Jobs are run until SIGINT or SIGTERM."""
    task = asyncio.create_task(work(runtime))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        logger.info("Told to stop: jobs that are running may end within {:g} s", runtime.settings.worker.grace_s)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await task
    logger.info("Worker ended")
