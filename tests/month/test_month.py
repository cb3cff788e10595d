"""A month over Passover and the night in which the clocks go forward, 2027, with three workers; an auditor of its own.

In short: the days around both, and a few hundred visits. With LONG_TESTS=1 the whole, 22 March to 2 May: 3,000 visits.
"""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from proli.platform.runtime import Runtime
from tests.conftest import ManualClock
from tests.doubles.serving import app_of, served
from tests.month.audit import Audit
from tests.month.journal import Journal
from tests.month.people import People
from tests.month.play import play
from tests.month.sky import moment
from tests.month.stage import on_stage
from tests.month.town import built
from tests.month.weather import Weather

LONG = bool(os.environ.get("LONG_TESTS"))
SPANS = (
    [("03-22 05:00", "05-02 05:00", 3_300, 30)]
    if LONG
    else [("03-24 12:00", "03-28 12:00", 100, 60), ("04-20 12:00", "04-25 12:00", 120, 60)]
)
"""From when to when, how many ask for a visit, and every how many minutes the workers look at the sweeps."""
SLEEPS = (
    ("03-25 23:56", "03-26 00:02"), ("03-26 01:00", "03-26 04:00"), ("03-28 07:00", "03-28 10:00"),
    ("04-06 06:30", "04-06 12:00"), ("04-21 16:30", "04-21 19:30"), ("04-26 07:00", "04-26 12:00"),
)  # fmt: skip
BREAKS = (("03-24 23:55", "03-25 00:04"), ("04-12 23:55", "04-13 00:04"), ("04-25 23:55", "04-26 00:04"))


@pytest.mark.timeout(7200 if LONG else 900)
@pytest.mark.parametrize(("first", "last", "visits", "minutes"), SPANS)
async def test_all_is_said_once_at_its_hour_and_nothing_in_rest(
    runtime: Runtime, clock: ManualClock, first: str, last: str, visits: int, minutes: int
) -> None:
    begins, ends = moment(first), moment(last)
    weather = Weather(within(SLEEPS, begins, ends), within(BREAKS, begins, ends))
    async with (
        on_stage(runtime, clock, begins) as stage,
        built(runtime, clock) as towns,
        served(app_of(runtime)) as app,
    ):
        people = People(stage, [*towns], f"{app.url}/webhooks/green-api", Random(12), ends, weather)
        people.plan(begins, visits)
        looks = moments(begins, ends, minutes)
        looked = await play(stage, people, weather, ends=ends, looks=looks)
        journal = Journal(runtime.db.url)
        audits = [Audit(journal, town, weather, looks=looked, ends=ends) for town in towns]
        faults = [fault for audit in audits for fault in audit.run()]
        faults += [fault for audit in audits for fault in audit.look_at_tomorrows(people.wrote)]
        counts = sum((audit.counts for audit in audits), Counter[str]())
        print(f"{people.asked} asked, {people.refused} refused hours, {len(journal.visits)} bookings, {dict(counts)}")
        assert not faults, f"{len(faults)} faults:\n" + "\n".join(sorted(faults)[:60])
        assert journal.overlaps == (0,)
        assert not journal.dead
        assert len(journal.visits) >= 0.9 * visits
        assert (
            min(
                counts[kind] for kind in ("reminder", "done", "agenda", "digest", "outcome", "news", "week", "tomorrow")
            )
            > 0
        )


def within(spans: tuple[tuple[str, str], ...], begins: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    found = [(moment(start), moment(end)) for start, end in spans]
    return [one for one in found if begins < one[0] < ends]


def moments(begins: datetime, ends: datetime, minutes: int) -> list[datetime]:
    """Every so many minutes, and at the half hours of the digest; never exactly on the clock's seconds of a deed."""
    step = timedelta(minutes=minutes)
    found = {begins + step * at for at in range(int((ends - begins) / step))}
    halves = {one.replace(minute=30) for one in found if one.astimezone(UTC).hour in (5, 6, 7)}
    return sorted(found | halves)
