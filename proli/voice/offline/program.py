"""The program espeak-ng, always as a process of its own: its licence is another than ours."""

import asyncio
import shutil
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final, Literal

from proli.platform.errors import ConfigurationError

INSTALL: Final = (
    "The offline voice needs the program espeak-ng: apt-get install espeak-ng (macOS: brew install espeak-ng)."
)
HEADER_BYTES: Final = 44
RATE: Final = 22_050
"""Of what it writes."""
TIMEOUT_S: Final = 10.0
"""For each piece of sound; it takes milliseconds."""
_PIECE: Final = 8_192
_VOICES: Final = {"he": "he+f2", "en": "en-us+f2"}


class VoiceFailed(Exception):
    """The program ended with an error or said nothing for too long."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How it speaks: words a minute, and its pitch of 0 to 99."""

    speed: int = 150
    pitch: int = 50


def program() -> str:
    """Where espeak-ng is.

    Raises:
        ConfigurationError: it is not installed.
    """
    path = shutil.which("espeak-ng")
    if path is None:
        raise ConfigurationError(INSTALL)
    return path


async def spoken(text: str, *, language: Literal["he", "en"], manner: Manner) -> AsyncGenerator[bytes, None]:
    """Sound of 16 bits at `RATE` as the program writes it; whoever stops listening kills it.

    Raises:
        ConfigurationError: the program is not installed.
        VoiceFailed: it said nothing in time, or ended with an error.
    """
    process = await asyncio.create_subprocess_exec(
        program(),
        *("-v", _VOICES[language], "-s", str(manner.speed), "-p", str(manner.pitch), "-b", "1", "--stdin", "--stdout"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin and process.stdout
    try:
        process.stdin.write(text.encode())
        process.stdin.close()
        async with asyncio.timeout(TIMEOUT_S):
            await process.stdout.readexactly(HEADER_BYTES)
        while piece := await asyncio.wait_for(process.stdout.read(_PIECE), TIMEOUT_S):
            yield piece
        if await process.wait():
            raise VoiceFailed(f"espeak-ng ended with {process.returncode}")
    except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
        raise VoiceFailed("espeak-ng said nothing") from error
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    """The process is gone. What it had still written is read: with a full pipe nobody would learn of its end."""
    if process.returncode is None:
        process.kill()
    await process.communicate()
