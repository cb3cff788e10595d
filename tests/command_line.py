"""The command line as a user runs it, in a process forked from one that has imported it: it starts at once."""

import os
import sys
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.processes import NURSERY
from tests.patience import PATIENCE_S


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def proli(*arguments: str, home: Path, **environment: str) -> Done:
    """What the command said and how it ended; nothing of ours is in its environment but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PROLI_")}
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        running = NURSERY.Process(
            target=run, args=(arguments, kept | {"PROLI_HOME": str(home)} | environment, out, err)
        )
        running.start()
        running.join(PATIENCE_S)
        assert running.exitcode is not None, "the command does not end"
        return Done(running.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def run(arguments: tuple[str, ...], environment: Mapping[str, str], out: Path, err: Path) -> None:
    from proli.cli.main import main

    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    warnings.simplefilter("ignore")
    sys.argv = ["proli", *arguments]
    main()
