"""The span is played from moment to moment: what people do, what comes due, and each look of the workers at the sweeps.

At times the machine sleeps: nothing runs, and the provider says afterwards what was written meanwhile. At times the
provider takes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from heapq import heappop

from tests.month.people import People
from tests.month.stage import Stage
from tests.month.weather import Weather


async def play(
    stage: Stage, people: People, weather: Weather, *, ends: datetime, looks: Sequence[datetime]
) -> list[datetime]:
    """Everything until `ends` has happened; returns when the workers looked at the sweeps."""
    looked, ticks = list[datetime](), [*{weather.awake(at) for at in looks}]
    ticks.sort(reverse=True)
    edges = sorted({edge for one in weather.breaks for edge in one}, reverse=True)
    while True:
        moment = min(
            people.deeds[0][0] if people.deeds else ends, ticks[-1] if ticks else ends, edges[-1] if edges else ends
        )
        if moment >= ends:
            await go_to(stage, weather, ends)
            return looked
        await go_to(stage, weather, moment)
        while edges and edges[-1] <= stage.clock.now():
            let_through(people, weather, edges.pop())
        while people.deeds and people.deeds[0][0] <= stage.clock.now():
            _, _, deed = heappop(people.deeds)
            await deed()
        await stage.work(stage.clock.now())
        if ticks and ticks[-1] <= stage.clock.now():
            looked.append(stage.clock.now())
            ticks.pop()
            await stage.tick()
            await stage.work(stage.clock.now())


async def go_to(stage: Stage, weather: Weather, moment: datetime) -> None:
    """What comes due on the way is done, but for the time that the machine sleeps."""
    for start, end in weather.sleeps:
        if start < stage.clock.now() or start > moment:
            continue
        await stage.work(start - timedelta(seconds=1))
        await stage.move_to(end)
    if moment > stage.clock.now():
        await stage.work(moment)


def let_through(people: People, weather: Weather, edge: datetime) -> None:
    """From the edge of a break on, the providers take nothing; or, at its other end, all."""
    taken = any(end == edge for _, end in weather.breaks)
    for town in people.towns:
        town.double.failures.clear()
        if not taken:
            town.double.fail_next("status", times=100_000, status=503)
