"""When people write: more on weekdays and in the mornings, a little more every week, hardly at all on Shabbat."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

HOURS = {7: 4, 8: 11, 9: 13, 10: 12, 11: 10, 12: 8, 13: 6, 14: 5, 15: 5, 16: 6, 17: 6, 18: 5, 19: 4, 20: 3, 21: 2}
WEEK = (12, 11, 10, 10, 10, 6, 2)
"""Sunday to Saturday."""
GROWTH = 0.6
"""By how much the last day is busier than the first."""
LATEST = timedelta(minutes=75)


def arrivals(rng: Random, *, now: datetime, days: int, count: int, zone: ZoneInfo) -> list[datetime]:
    """The moments, in order, at which the requests begin; none of them within the last minutes."""
    today = now.astimezone(zone).date()
    dates = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    weights = [WEEK[on.isoweekday() % 7] * (1 + GROWTH * place / days) for place, on in enumerate(dates)]
    found: list[datetime] = []
    while len(found) < count:
        on = rng.choices(dates, weights)[0]
        hour = rng.choices(list(HOURS), list(HOURS.values()))[0]
        moment = datetime.combine(on, time(hour, rng.randrange(60), rng.randrange(60)), zone)
        if moment <= now - LATEST:
            found.append(moment.astimezone(now.tzinfo))
    return sorted(found)
