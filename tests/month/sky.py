"""When nobody who keeps Shabbat and holidays is written to, in Tel Aviv, 22 March to 2 May 2027: a table of its own.

Candles are lit 18 minutes before sunset; the day is out when the sun is 8.5 degrees below the horizon. Both come out of
the solar equations of NOAA (gml.noaa.gov/grad/solcalc) for 32.0853 N, 34.7818 E, to the minute. Passover is from the
evening of 21 April to 28 April 2027: its first and its last day are kept, those between are worked on.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ISRAEL: Final = ZoneInfo("Asia/Jerusalem")
TABLE: Final = (
    ("03-26 18:38", "03-27 19:33"),
    ("04-02 18:43", "04-03 19:38"),
    ("04-09 18:48", "04-10 19:44"),
    ("04-16 18:53", "04-17 19:49"),
    ("04-21 18:56", "04-22 19:53"),
    ("04-23 18:57", "04-24 19:54"),
    ("04-27 19:00", "04-28 19:58"),
    ("04-30 19:02", "05-01 20:00"),
)
BLUR: Final = timedelta(minutes=3)
"""What two ways of computing the sun may differ by."""


def moment(words: str) -> datetime:
    return datetime.strptime(f"2027-{words}", "%Y-%m-%d %H:%M").replace(tzinfo=ISRAEL).astimezone(UTC)


RESTS: Final = tuple((moment(start), moment(end)) for start, end in TABLE)


def rest_at(at: datetime, *, blur: timedelta = timedelta()) -> tuple[datetime, datetime] | None:
    """The rest that the moment lies in; with `blur`, only if it lies so deep in it."""
    return next((rest for rest in RESTS if rest[0] + blur <= at < rest[1] - blur), None)


def wall(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The moment at which a clock on the wall shows that minute of the day."""
    shown = datetime(day.year, day.month, day.day, minute // 60 % 24, minute % 60, tzinfo=zone)
    return (shown + timedelta(days=minute // 1440)).astimezone(UTC)


def quiet_at(at: datetime, zone: ZoneInfo, hours: tuple[int, int]) -> tuple[datetime, datetime] | None:
    """The quiet hours that the moment lies in, from an evening's minute to the next morning's."""
    if hours[0] == hours[1]:
        return None
    today = at.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        start, end = wall(day, hours[0], zone), wall(day + timedelta(days=1), hours[1], zone)
        if start <= at < end:
            return start, end
    return None


def may_hear(at: datetime, zone: ZoneInfo, hours: tuple[int, int], *, keeps: bool) -> datetime:
    """The first moment from this one on that is in no quiet hours, and in no rest of those who keep it."""
    for _ in range(4):
        quiet, rest = quiet_at(at, zone, hours), rest_at(at) if keeps else None
        if quiet is None and rest is None:
            break
        at = max(one[1] for one in (quiet, rest) if one is not None)
    return at


def before_silence(at: datetime, zone: ZoneInfo, hours: tuple[int, int], *, keeps: bool) -> datetime:
    """The moment itself, or a quarter of an hour before the quiet hours or the rest that it lies in."""
    for _ in range(4):
        quiet, rest = quiet_at(at, zone, hours), rest_at(at) if keeps else None
        if quiet is None and rest is None:
            break
        at = min(one[0] for one in (quiet, rest) if one is not None) - timedelta(minutes=15)
    return at
