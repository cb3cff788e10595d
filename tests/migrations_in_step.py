"""Ends with 1 and says what differs when the migrations do not produce what the models say."""

import asyncio
import sys
import tempfile
from pathlib import Path

from proli.platform.db import Database
from proli.platform.embedded import start_embedded
from proli.platform.migrations import differences, migrate
from proli.wiring import load_models


async def main() -> int:
    load_models()
    with tempfile.TemporaryDirectory(prefix="proli-check-", ignore_cleanup_errors=True) as folder:
        db = Database(start_embedded(Path(folder)))
        await migrate(db)
        found = await differences(db)
        await db.close()
    for difference in found:
        sys.stderr.write(f"models and migrations differ: {difference}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
