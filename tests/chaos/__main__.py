"""`make chaos`: the whole game, told in figures; the same seed breaks the same things at the same points.

Ends with 1 when anything is lost, doubled, overlapping, silent, promised in vain, out of order or astray.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.chaos.game.playing import Game, Played, play

SHOWN = 10


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    options.add_argument("--seed", type=int, default=7103)
    options.add_argument("--conversations", type=int, default=2000)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--restarts", type=int, default=5, help="how often the database is stopped and started")
    options.add_argument("--plan", action="store_true", help="only say what would break, and when")
    options.add_argument("--keep", type=Path, help="a folder for logs, the provider's journal and what was said")
    chosen = options.parse_args()
    game = Game(chosen.seed, chosen.conversations, chosen.kills, chosen.restarts)
    print(f"Seed {game.seed}: {game.conversations} conversations. After so many messages:")
    for fault in game.faults():
        print(fault)
    if chosen.plan:
        return 0
    with tempfile.TemporaryDirectory(prefix="proli-chaos-logs-") as folder:
        if chosen.keep is not None:
            chosen.keep.mkdir(parents=True, exist_ok=True)
        played = asyncio.run(play(game, chosen.keep or Path(folder), tell=lambda said: print(said, flush=True)))
    return tell(played)


def tell(played: Played) -> int:
    findings = played.findings
    print(f"Took {played.took_s:.0f} s, of which {played.settled_s:.0f} s to come to rest;", end=" ")
    print(f"server and workers had {played.spent_s:.0f} s of a processor")
    print("Broken:", ", ".join(f"{kind} {times}" for kind, times in sorted(played.broken.items())))
    print(f"Processes that ended by themselves and were started again: {played.fallen}")
    print("Counted:", ", ".join(f"{kind} {times}" for kind, times in findings.counts.items()))
    print("Found:", findings.told)
    for kind, found in findings.wrong.items():
        print(f"{kind}:")
        for one in found[:SHOWN]:
            print("   ", one)
    return 1 if findings.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
