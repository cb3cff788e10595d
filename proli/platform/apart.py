"""Work done apart: in another process, which is killed when it takes too long.

A pattern that runs away holds the whole interpreter, so that neither a thread nor a timer of the event loop can end it.
"""

import asyncio
import pickle
import signal
import struct
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, Final, Self, cast

_SIZE: Final = struct.Struct(">I")
_START_S: Final = 60.0
_GRACE_S: Final = 5


class TookTooLong(Exception):
    """The work was not done in time, and its process is no more."""


class Apart:
    """A few processes, started when there is work for them and kept. They end with the process they belong to."""

    def __init__(self, *, most: int = 2) -> None:
        self._room = asyncio.Semaphore(most)
        self._idle: list[Process] = []
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run[T](
        self, work: Callable[..., T], *arguments: Any, within_s: float, first: Callable[[], object] | None = None
    ) -> T:
        """What `work` returns or raises; it is a function of a module, and everything given and returned is pickled.

        A new process calls `first` before anything else, which does not count towards the time.

        Raises:
            TookTooLong
        """
        async with self._room:
            try:
                process = await self._take(first)
                done, value = await _ask(process, work, arguments, within_s)
            except (OSError, EOFError) as error:
                raise TookTooLong(work.__qualname__) from error
            if self._closed:
                await _end(process)
            else:
                self._idle.append(process)
        if not done:
            raise value
        return value

    async def close(self) -> None:
        """No process is left, nor will one be kept."""
        self._closed = True
        while self._idle:
            await _end(self._idle.pop())

    async def _take(self, first: Callable[[], object] | None) -> Process:
        """A process that waits for work, or a new one that is ready for it."""
        while self._idle:
            if (process := self._idle.pop()).returncode is None:
                return process
            await _end(process)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        await _ask(process, first or _nothing, (), _START_S)
        return process


async def _ask(process: Process, work: Callable[..., Any], arguments: tuple[Any, ...], within_s: float) -> Any:
    """Whether it was done, and what came of it; the process is no more when nothing comes in time."""
    try:
        return await asyncio.wait_for(_answer(process, work, arguments, within_s), within_s)
    except BaseException:
        await _end(process)
        raise


async def _answer(process: Process, work: Callable[..., Any], arguments: tuple[Any, ...], within_s: float) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    asked = pickle.dumps((work, arguments, within_s))
    process.stdin.write(_SIZE.pack(len(asked)) + asked)
    await process.stdin.drain()
    (size,) = _SIZE.unpack(await process.stdout.readexactly(_SIZE.size))
    return pickle.loads(await process.stdout.readexactly(size))  # noqa: S301 - from our own process


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    await process.communicate()


def _nothing() -> None:
    pass


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Everything asked is answered, in order, until the one who asks is gone.

    Should that happen amid work which never ends, the alarm ends it.
    """
    while len(head := asked.read(_SIZE.size)) == _SIZE.size:
        work, arguments, within_s = pickle.loads(asked.read(*_SIZE.unpack(head)))  # noqa: S301 - from our own process
        signal.alarm(int(within_s) + _GRACE_S)
        said = pickle.dumps(_done(cast("Callable[..., Any]", work), arguments))
        signal.alarm(0)
        answers.write(_SIZE.pack(len(said)) + said)
        answers.flush()


def _done(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, work(*arguments)
    except Exception as error:  # noqa: BLE001 - raised again where it was asked for
        return False, error


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    serve(sys.stdin.buffer, answers)
