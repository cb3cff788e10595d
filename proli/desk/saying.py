"""What the desk says back: words, at times with something to tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from proli.conversations.buttons import LONGEST_BUTTON, Button
from proli.knowledge.text import isolate
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails
from proli.playbooks.words import say_day, say_hour


@dataclass(frozen=True, slots=True)
class Said:
    words: str
    buttons: Sequence[Button] = ()


def visit_lines(visits: Sequence[VisitDetails], language: str, *, now: datetime) -> str:
    return "\n".join(f"{when_of(one, now, language)} · {one.address} · {isolate(one.customer)}" for one in visits)


def visit_button(tap: str, visit: VisitDetails, *, now: datetime | None = None) -> Button:
    """The button of one visit among several: its hour, and whose it is; its day too where it is not that of `now`."""
    starts_at = visit.booking.starts_at.astimezone(visit.zone)
    other_day = now is not None and starts_at.date() != now.astimezone(visit.zone).date()
    day = f"{starts_at.day}.{starts_at.month} " if other_day else ""
    return Button(tap, f"{day}{say_hour(visit.booking.starts_at, visit.zone)} {visit.customer}"[:LONGEST_BUTTON])


def say_days(days: Sequence[date], *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """ "מחר", "יום ה׳ 3.12 – יום ש׳ 5.12": days that follow each other are told by the first and the last."""
    runs = list[list[date]]()
    for before, day in pairwise([date.min, *days]):
        if runs and (day - before).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    noon = time(12, tzinfo=zone)

    def said(day: date) -> str:
        return say_day(datetime.combine(day, noon), now=now, zone=zone, language=language)

    return ", ".join(said(run[0]) if len(run) == 1 else f"{said(run[0])} – {said(run[-1])}" for run in runs)
