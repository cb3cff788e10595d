"""All rows into one file, and back."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import update

from proli.cli.run import show, with_runtime
from proli.cli.setup import Json
from proli.conversations.models import WAITING, Delivery, Message
from proli.monitoring.actions import note_backup
from proli.platform.backup import Manifest, back_up
from proli.platform.errors import ConfigurationError
from proli.platform.restore import has_key_of
from proli.platform.restore import restore as restore_from
from proli.platform.runtime import Runtime

STAMP = "%Y%m%dT%H%M%SZ"
NAMED = f"proli-{'[0-9]' * 8}T{'[0-9]' * 6}Z.backup"
KEY = "The key of the credentials is not in it: keep PROLI_SECRET_KEY, or secret.key in PROLI_HOME, somewhere else."
OTHER_KEY = (
    "It was made under another key: numbers' credentials and second factors cannot be read. Put the old key into "
    "PROLI_SECRET_KEY, also beside the new one: NEW,OLD."
)


def backup(
    path: Annotated[Path | None, typer.Argument(help="The new file; by default named by the time, here.")] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Of files beside it that are named by the time, the newest so many stay.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write every row into one file, as of one moment, while Proli runs. Only its owner can read it.

    That it was made is known to the installation, whose figures tell how old the newest one is.
    """

    async def run(runtime: Runtime) -> tuple[Path, Manifest]:
        target = path or Path(f"proli-{runtime.clock.now():{STAMP}}.backup")
        made = await back_up(runtime, target)
        async with runtime.db.begin_operator() as session:
            await note_backup(session, made_at=made.made_at, rows=made.rows, size=target.stat().st_size)
        return target, made

    try:
        target, made = with_runtime(run)
    except FileExistsError as error:
        raise ConfigurationError(f"{error.args[0]} is there already: name another file.") from error
    except OSError as error:
        raise ConfigurationError(f"The file cannot be written: {error}.") from error
    if keep is not None:
        for one in sorted(target.parent.glob(NAMED))[:-keep]:
            one.unlink()
    words = f"{made.rows} rows of {len(made.tables)} tables are in {target} (revision {made.revision}). {KEY}"
    show(told(made, target), as_json=as_json, words=words)


def restore(
    path: Annotated[Path, typer.Argument(help="A file that proli backup has written.")],
    replace: Annotated[bool, typer.Option("--replace", help="Also when there is something in the database.")] = False,
    hold: Annotated[
        bool, typer.Option("--hold", help="Messages that were on their way become dead letters, and are not sent.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make the database what it was when a backup was written. It fails as a whole, and then nothing has changed."""

    async def run(runtime: Runtime) -> tuple[Manifest, bool]:
        found = await restore_from(runtime, path, replace=replace)
        async with runtime.db.begin_operator() as session:
            await note_backup(session, made_at=found.made_at, rows=found.rows, size=path.stat().st_size)
            if hold:
                kept_back = update(Message).where(Message.delivery.in_(WAITING))
                await session.execute(kept_back.values(delivery=Delivery.failed, error="restored"))
        return found, has_key_of(runtime, found)

    found, readable = with_runtime(run, ready=False)
    words = f"{found.rows} rows of {found.made_at:%Y-%m-%d %H:%M} UTC are back. {'' if readable else OTHER_KEY}".strip()
    show(told(found, path) | {"key": "same" if readable else "other"}, as_json=as_json, words=words)


def told(manifest: Manifest, path: Path) -> dict[str, object]:
    return {
        "file": str(path),
        "version": manifest.version,
        "revision": manifest.revision,
        "made_at": manifest.made_at.isoformat(),
        "rows": manifest.rows,
        "tables": {name: table.rows for name, table in manifest.tables.items()},
    }
