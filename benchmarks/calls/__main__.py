"""`python -m benchmarks.calls`: how fast callers are answered and given the floor, how many at once, at what memory."""

import asyncio

from benchmarks.calls.measuring import measure_calls, measure_speed
from benchmarks.stage import set_stage, table


async def main() -> None:
    async with set_stage() as stage:
        print(table(await measure_speed(stage)), flush=True)
        print("\n" + table(await measure_calls(stage)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
