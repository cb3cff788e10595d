"""The wall clock of a process, as everything written in Python sees it: put forward or back while it runs."""

import mmap
import struct
import time
from datetime import timedelta
from pathlib import Path

SHIFT = struct.Struct("d")


def put(file: Path, by: timedelta) -> None:
    """From now on the clock of whoever goes by this file differs so much from the machine's."""
    if not file.exists():
        file.write_bytes(SHIFT.pack(0))
    with file.open("r+b") as shift:
        shift.write(SHIFT.pack(by.total_seconds()))


def go_by(file: Path) -> None:
    """This process's wall clock differs from the machine's by what the file says; the clocks that only measure how
    long something takes do not, as on a machine whose clock is set."""
    machines = time.time
    with file.open("rb") as opened:
        shift = mmap.mmap(opened.fileno(), SHIFT.size, access=mmap.ACCESS_READ)
    time.time = lambda: machines() + SHIFT.unpack_from(shift)[0]
