"""The hours a text names: at, before, after, between, and how far from now."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from proli.knowledge.reading.beside import REACH, before, ends
from proli.knowledge.reading.time_clause_patterns import SWITCHED, TRANSFER
from proli.knowledge.reading.time_clock_patterns import (
    ADDRESS,
    BUSY,
    CUED,
    CYRILLIC,
    ENDS_IN_NAME,
    FROM,
    GENITIVES,
    HALF_OF,
    IN,
    MONEY,
    NAMED,
    NEXT_DAY,
    NEXT_HOUR,
    NOT_NOUN,
    NOUN,
    OCLOCK,
    OFFSET,
    RELATIONS,
    UNIT,
    Relation,
)
from proli.knowledge.reading.time_scan import BLANK, Scan
from proli.knowledge.reading.time_words import COUNTS, HOURS, MINUTES, fold_source, number


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as written. `fixed` when it cannot mean the other half of the day, `spelt` when minutes stand with it."""

    hour: int
    minute: int
    fixed: bool
    spelt: bool


AFTER_WORK: Final = Clock(17, 0, fixed=True, spelt=True)
"""Beside a part of the day ("in the evening after work") it adds nothing."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours named in a text; `until` only for between. `early` when the words tell the morning ("not before 9")."""

    relation: Relation
    clock: Clock
    until: Clock | None
    start: int
    end: int
    early: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from now; `within` when it is a limit."""

    delta: timedelta
    within: bool
    start: int
    end: int


def find_offsets(scan: Scan) -> list[Offset]:
    """How far from now the text says, taken from the scan."""
    found: list[Offset] = []
    for expression, hours in ((NEXT_HOUR, 2), (NEXT_DAY, 24)):
        for near in expression.finditer(scan.left):
            found.append(Offset(timedelta(hours=hours), within=True, start=near.start(), end=near.end()))
            scan.take(*near.span())
    for match in OFFSET.finditer(scan.left):
        within = match["how"] in fold_source("תוך בתוך within").split() or match["how"] in (
            "in the next",
            "в течение",
            "خلال",
        )
        found.append(Offset(timedelta(minutes=_minutes(match)), within, *match.span()))
        scan.take(*match.span())
    return found


def find_named_hours(scan: Scan) -> list[Hours]:
    """Hours told by what happens then: after work, by noon; to be read before the parts of the day."""
    found: list[Hours] = []
    for expression, relation, hour in NAMED:
        for match in expression.finditer(scan.left):
            clock = Clock(hour, 0, fixed=True, spelt=True)
            found.append(Hours(relation, clock, None, *match.span()))
            scan.take(*match.span())
    if CYRILLIC.search(scan.left):
        for match in HALF_OF.finditer(scan.left):
            clock = Clock(GENITIVES[match["h"]], 30, fixed=False, spelt=False)
            relation: Relation = "after" if match["how"] == "после " else "before" if match["how"] == "до " else "at"
            found.append(Hours(relation, clock, None, *match.span()))
            scan.take(*match.span())
    return found


def find_hours(scan: Scan, *, asked: bool, sure: bool) -> list[Hours]:
    """The hours the text names, taken from the scan; `sure` says that it also names a day or a part of one."""
    found: list[Hours] = []
    free: list[Hours] = []
    for relation, expression in RELATIONS:
        if relation == "at" and (asked or sure or found):
            found += _find_from(scan)
        for match in expression.finditer(scan.left):
            hours = _read(relation, match)
            if hours and _is_time(scan, match, relation, asked=asked, sure=sure):
                found.append(hours)
                free += [hours] if expression is BUSY else []
                scan.take(*match.span())
    named = [hours for hours in found if hours not in free]
    return named if any(hours.relation != "before" for hours in named) else found


def _find_from(scan: Scan) -> list[Hours]:
    """ "מ-16" is the beginning of a time only beside a day or in an answer."""
    found: list[Hours] = []
    for match in FROM.finditer(scan.left):
        hours = _read("after", match)
        if hours and not _is_counted(scan, match):
            found.append(hours)
            scan.take(*match.span())
    return found


def _minutes(found: re.Match[str]) -> int:
    if found["half"] or found["quarter"] or found["three"]:
        return 30 if found["half"] else 15 if found["quarter"] else 45
    if found["two"] or found["hour"]:
        return (120 if found["two"] else 60) + (30 if found["twohalf"] or found["hourhalf"] else 0)
    if found["day"] or found["twodays"]:
        return 2880 if found["twodays"] else 1440 + (720 if found["dayhalf"] else 0)
    count = number(found["n"], COUNTS)
    return count * (60 if found["unit"].startswith(("שע", "h", "час", "ساع")) else 1)


def _read(relation: Relation, found: re.Match[str]) -> Hours | None:
    clock = _read_clock(found, "a")
    until = _read_clock(found, "b") if relation == "between" else None
    if clock is None or (relation == "between" and until is None):
        return None
    if until is not None and found["bap"] and not found["aap"]:
        clock = _shared_half(clock, until)
    early = bool(re.search(r"לא (?:לפני|מוקדמ)|earlier|not before|לא .*לפני", found[0])) and clock.hour >= 7
    return Hours(relation, clock, until, *found.span(), early=early)


def _shared_half(clock: Clock, until: Clock) -> Clock:
    """ "4-6pm": the half of the day that is written once, unless the span would run backwards."""
    hour = clock.hour + 12 if until.hour >= 12 and clock.hour + 12 <= until.hour else clock.hour
    return Clock(hour, clock.minute, fixed=True, spelt=True)


def _read_clock(found: re.Match[str], name: str) -> Clock | None:
    if found[name + "mil"]:
        digits = found[name + "mil"]
        return Clock(int(digits[:2]), int(digits[2:]), fixed=int(digits[:2]) > 12 or digits[0] == "0", spelt=True)
    written = found[name + "h"]
    hour, minute = number(written, HOURS), int(found[name + "m"] or 0)
    more = found[name + "plus"] or found[name + "past"]
    if more:
        minute += MINUTES[more]
    if found[name + "then"]:
        minute += {"שלושימ": 30, "thirty": 30, "fifteen": 15, "חצי": 30, "רבע": 15}.get(found[name + "then"], 45)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if found[name + "to"]:
        hour, minute = (hour - 1) % 24, 60 - MINUTES[found[name + "to"]]
    half_day = found[name + "ap"]
    if half_day:
        hour = hour % 12 + (12 if half_day.startswith("p") else 0)
    fixed = bool(half_day) or hour > 12 or hour == 0 or (written.isdigit() and written.startswith("0"))
    return Clock(hour % 24, minute, fixed, spelt=bool(found[name + "m"]) or bool(half_day))


def _is_time(scan: Scan, found: re.Match[str], relation: Relation, *, asked: bool, sure: bool) -> bool:
    """Whether the number is an hour and not rooms, money, a floor or a house."""
    if BLANK in found[0].strip(BLANK) and relation != "between":
        return False
    written_out = bool(found["am"] and ":" in found[0]) or bool(found["aap"])
    if _is_counted(scan, found) or (relation == "at" and ends(ADDRESS, scan.left, found.start())):
        return False
    if found["ato"] or (found["aplus"] and found["ah"] and not found["ah"].isdigit()):
        return True
    if written_out or (found["apast"] and "past" in found[0]):
        return True
    if relation == "at":
        return _is_hour(scan, found, asked=asked, sure=sure)
    if relation == "between" and not re.match(r"ו?ש?ב?בינ|between|между|بين", found[0]):
        return asked or sure or bool(found["am"]) or bool(found["bap"] or found["bm"])
    if found["amil"]:
        return asked or sure
    return asked or sure or not MONEY.search(scan.folded)


def _is_hour(scan: Scan, found: re.Match[str], *, asked: bool, sure: bool) -> bool:
    if re.match(r"ל-? ?\d", found[0]) and TRANSFER.search(scan.folded):
        return True
    if found["amil"]:
        year = found["amil"].startswith(("19", "20")) and "שעה" not in found[0]
        return not year and (
            asked or (sure and bool(CUED.match(found[0]))) or "שעה" in found[0] or _touches(scan, found)
        )
    if found["am"]:
        return asked or sure or bool(CUED.match(found[0]))
    word = not found["ah"].isdigit()
    if found["ah"] == "one" and found[0] == "one":
        return False
    if OCLOCK.match(found[0]):
        return True
    in_it = IN.match(found[0], 0, found.start("ah") - found.start())
    if (CUED.match(found[0]) and (not word or in_it or asked or sure)) or (word and in_it):
        return asked or sure or not MONEY.search(scan.folded)
    if sure and (_touches(scan, found) or ends(SWITCHED, scan.folded, found.start())):
        return True
    if asked and word is False and found.start() and ends(ENDS_IN_NAME, scan.left, found.start()):
        return False
    if not asked:
        return False
    others = scan.gap(0, found.start()) + " " + scan.gap(found.end(), len(scan.left))
    return len(others.split()) <= 2


def _touches(scan: Scan, found: re.Match[str]) -> bool:
    """Whether a day or a part of the day stands right beside the number."""
    word = not (found["ah"] or "0").isdigit()
    if before(scan.left, found.start()).rstrip(" ,-")[-1:] == BLANK:
        return True
    beside = _after(scan, found).lstrip(" ,-")[:1] == BLANK
    return beside and (word or not ends(ENDS_IN_NAME, scan.left, found.start()))


def _after(scan: Scan, found: re.Match[str]) -> str:
    return scan.left[found.end() : found.end() + REACH]


def _is_counted(scan: Scan, found: re.Match[str]) -> bool:
    """A unit or a plural noun follows, or money precedes."""
    rest = _after(scan, found).lstrip(" -")
    if rest.startswith(("%", "₪", "$")) or before(scan.left, found.start()).rstrip().endswith(("₪", "$")):
        return True
    return bool(UNIT.match(rest)) or (bool(NOUN.match(rest)) and not NOT_NOUN.match(rest))
