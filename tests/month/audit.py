"""The auditor: what should have been said when, worked out from how the visits stood, against what phones received.

It shares no code with the product: plain SQL (`journal`), zoneinfo, and a table of its own for Shabbat and holidays.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from tests.month.journal import Journal, Version, time_of
from tests.month.sky import BLUR, RESTS, before_silence, may_hear, quiet_at, rest_at, wall
from tests.month.town import Town
from tests.month.weather import Weather

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
SLACK: Final = timedelta(minutes=3)
AFTER_BREAK: Final = timedelta(minutes=12)
"""How long a provider that takes again may be waited for: a number rests up to ten minutes."""
UNSEEN: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
DAY: Final = re.compile(r"(?<!\w)ל?(היום|מחר)(?!\w)")
DATE: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])")
KINDS: Final = {
    "reminder": "תזכורת: ", "confirmed": "הביקור נקבע: ", "moved": "הביקור הועבר: ", "done": "הביקור הסתיים.",
    "agenda": "בוקר טוב, ", "digest": "בוקר טוב. אלה", "week": "סיכום השבוע", "outcome": "איך הסתיים הביקור",
}  # fmt: skip
"""How each kind of message begins."""


@dataclass(frozen=True)
class Received:
    at: datetime
    phone: str
    text: str

    @property
    def kind(self) -> str | None:
        return next((kind for kind, begins in KINDS.items() if self.text.startswith(begins)), None)


@dataclass(frozen=True)
class Due:
    """A message that should come at a moment; `perhaps` where two seconds decide."""

    at: datetime
    perhaps: bool = False


class Audit:
    def __init__(
        self, journal: Journal, town: Town, weather: Weather, *, looks: Sequence[datetime], ends: datetime
    ) -> None:
        self.journal, self.town, self.weather, self.looks, self.ends = journal, town, weather, looks, ends
        self.faults, self.counts = list[str](), Counter[str]()
        self.versions = [one for one in journal.versions() if one.business_id == town.business_id]
        self.inboxes = defaultdict[str, list[Received]](list)
        for entry in town.double.sent:
            phone = "+" + entry.chat_id.removesuffix("@c.us")
            at = datetime.fromtimestamp(entry.timestamp, UTC)
            self.inboxes[phone].append(Received(at, phone, entry.text.translate(UNSEEN)))

    def run(self) -> list[str]:
        by_phone = defaultdict[str, list[Version]](list)
        for version in self.versions:
            by_phone[version.phone].append(version)
        for phone, versions in by_phone.items():
            self.look_at_customer(phone, versions)
        for professional_id, phone in self.town.professionals.items():
            self.look_at_professional(professional_id, phone)
        self.look_at_staff()
        self.look_at_silence()
        self.look_at_sweeps()
        return self.faults

    def fault(self, what: str) -> None:
        self.faults.append(f"{self.town.slug}: {what}")

    def local(self, at: datetime) -> str:
        return f"{at.astimezone(self.town.zone):%a %d.%m %H:%M:%S}"

    def compare(self, what: str, due: Iterable[Due], received: Sequence[Received]) -> None:
        """Each that is due has come once, at its time, and nothing else has."""
        left, self.counts[what.partition(" ")[0]] = list(received), self.counts[what.partition(" ")[0]] + len(received)
        for one in due:
            found = next((each for each in left if self.fits(one.at, each.at)), None)
            if found is not None:
                left.remove(found)
            elif not one.perhaps and one.at < self.ends - SLACK:
                self.fault(f"{what} is missing at {self.local(one.at)}")
        for each in left:
            self.fault(f"{what} at {self.local(each.at)} is not due: {each.text[:90]}")

    def fits(self, due: datetime, came: datetime) -> bool:
        broken = next((end for start, end in self.weather.breaks if start - SLACK <= due < end), due)
        return due - SLACK <= came <= max(due + SLACK, broken + AFTER_BREAK if broken > due else due)

    def hears(self, at: datetime) -> datetime:
        return may_hear(at, self.town.zone, self.town.quiet, keeps=self.town.keeps)

    def look_at_customer(self, phone: str, versions: Sequence[Version]) -> None:
        inbox = self.inboxes[phone]
        due = [one for version in versions for one in self.reminders(version)]
        reminders = [one for one in inbox if one.kind == "reminder"]
        before = len(self.faults)
        self.compare(f"reminder {phone}", due, reminders)
        if len(self.faults) > before:
            self.faults[-1] += "".join(f"\n    {self.story(version)}" for version in versions)
        for one in inbox:
            if one.kind in ("reminder", "confirmed", "moved"):
                self.tells_truly(one, [version for version in versions if version.since <= one.at + MINUTE])
        told = [one for one in inbox if one.kind in ("confirmed", "moved")]
        self.look_at_news(phone, versions, told)
        ended = [version for version in versions if version.became == "done"]
        thanked = [Due(self.weather.awake(self.hears(one.until))) for one in ended]
        self.compare(f"done {phone}", thanked, [one for one in inbox if one.kind == "done"])

    def look_at_news(self, phone: str, versions: Sequence[Version], told: list[Received]) -> None:
        """Of each promise the customer reads once, before the visit, unless it was over before they could be told, or
        the machine slept until it began."""
        self.counts["news"] += len(told)
        for version in versions:
            hears = min(self.hears(version.since), version.starts_at)
            wakes = self.weather.awake(hears)
            latest = min(wakes, version.starts_at) + AFTER_BREAK
            ends = max(min(latest, version.until - SECOND), version.since + SECOND)
            mine = [one for one in told if version.since - SECOND <= one.at <= ends]
            slept = wakes > hears and wakes >= version.starts_at
            unsaid = version.until > latest and latest < self.ends and not slept and not self.is_away(version, latest)
            if len(mine) > 1 or (not mine and unsaid):
                self.fault(f"{phone} was told {len(mine)} times of {self.story(version)}")
            told = [one for one in told if one not in mine]
        for one in told:
            self.fault(f"{phone} was told at {self.local(one.at)} of no visit: {one.text[:90]}")

    def is_away(self, version: Version, at: datetime) -> bool:
        """Whether the professional has taken the day off by then: whether the visit will be is for people to decide.

        What leaves in the very minute in which they take it may be sent or not.
        """
        day = version.starts_at.astimezone(self.town.zone).date().isoformat()
        return self.journal.is_off(version.professional_id, day, at)

    def story(self, version: Version) -> str:
        late = f", late since {self.local(version.late_since)}" if version.late_since else ""
        return (
            f"visit {version.booking_id} with {version.professional_id} at {self.local(version.starts_at)}, which "
            f"stood from {self.local(version.since)} until {self.local(version.until)}, then {version.became}{late}"
        )

    def reminders(self, version: Version) -> Iterable[Due]:
        zone, quiet, keeps = self.town.zone, self.town.quiet, self.town.keeps
        local = version.starts_at.astimezone(zone)
        day_before = wall(local.date() - timedelta(days=1), local.hour * 60 + local.minute, zone)
        planned = dict[datetime, tuple[datetime, bool]]()
        for usual in (day_before, version.starts_at - 2 * HOUR):
            at = before_silence(usual, zone, quiet, keeps=keeps)
            edge = keeps and any(abs(usual - one) < BLUR for rest in RESTS for one in rest)
            planned[at] = usual, edge
        for at, (usual, edge) in planned.items():
            first = version.since + (HOUR if at < usual else timedelta())
            if at < first - SLACK:
                continue
            served = self.weather.awake(at)
            late = version.late_since is not None and version.late_since <= served
            silent = served != at and self.hears(served) > served
            if served - at > HOUR or served >= version.starts_at or silent or late or version.until < served - SLACK:
                continue
            if self.is_away(version, served - SLACK):
                continue
            close = (
                self.is_away(version, served + SLACK)
                or at < first + SLACK
                or version.until <= served + SLACK
                or served - at > HOUR - MINUTE
            )
            yield Due(served, perhaps=edge or close or self.in_break(served))

    def in_break(self, at: datetime) -> bool:
        return any(start - SLACK <= at <= end + SLACK for start, end in self.weather.breaks)

    def tells_truly(self, one: Received, versions: Sequence[Version]) -> None:
        """The hour is the visit's on the wall, and the day is called as whoever reads it then calls it."""
        hours = {f"{v.starts_at.astimezone(self.town.zone):%-H:%M}" for v in versions}
        if not any(hour in one.text for hour in hours):
            self.fault(f"no hour of the visit is in: {one.text[:120]}")
        read = one.at.astimezone(self.town.zone).date()
        day, named = DAY.search(one.text), DATE.search(one.text)
        dates = {v.starts_at.astimezone(self.town.zone).date() for v in versions}
        if day is not None and read + timedelta(days=day[1] == "מחר") not in dates:
            self.fault(f"{day[1]} is not the day, at {self.local(one.at)}: {one.text[:90]}")
        if day is None and (named is None or (int(named[1]), int(named[2])) not in {(d.day, d.month) for d in dates}):
            self.fault(f"the date is not the day: {one.text[:90]}")

    def look_at_professional(self, professional_id: int, phone: str) -> None:
        inbox, zone = self.inboxes[phone], self.town.zone
        agenda = self.town.sweeps.get("agenda", {}).get("minutes", 8 * 60)
        days = sorted({look.astimezone(zone).date() for look in self.looks})
        due = list[Due]()
        for day in days:
            at = self.first_look(wall(day, agenda, zone), within=3 * HOUR)
            if at is None or self.own_silence(at) or self.journal.is_off(professional_id, day.isoformat(), at - SLACK):
                continue
            standing = self.journal.promised([professional_id], at)
            if any(start.astimezone(zone).date() == day and end > at for _, start, end in standing):
                due.append(Due(at, perhaps=self.journal.is_off(professional_id, day.isoformat(), at + SLACK)))
        self.compare(f"agenda {phone}", due, [one for one in inbox if one.kind == "agenda"])
        self.look_at_week(professional_id, inbox, phone, days)
        self.look_at_outcomes(professional_id, inbox)

    def first_look(self, at: datetime, *, within: timedelta) -> datetime | None:
        return next((look for look in self.looks if at <= look <= at + within), None)

    def own_silence(self, at: datetime, *, blur: timedelta = timedelta()) -> bool:
        rest = rest_at(at, blur=blur) if self.town.keeps else None
        return rest is not None or quiet_at(at, self.town.zone, self.town.own_quiet) is not None

    def look_at_week(self, professional_id: int, inbox: Sequence[Received], phone: str, days: Sequence[date]) -> None:
        """Of the week up to a Thursday at 18:00, then or at that hour of the next day without silence, by Tuesday."""
        due = list[Due]()
        mine = [one for one in self.versions if one.professional_id == professional_id and one.became == "done"]
        for day in (one for one in days if one.weekday() == 3):
            hours = [wall(day + timedelta(days=later), 18 * 60, self.town.zone) for later in range(6)]
            looks = [look for hour in hours if (look := self.first_look(hour, within=3 * HOUR)) is not None]
            at = next((look for look in looks if not self.own_silence(look)), None)
            week = [one for one in mine if hours[0] - timedelta(days=7) < one.ends_at <= hours[0]]
            if at is not None and any(one.until <= at for one in week):
                due.append(Due(at))
        self.compare(f"week {phone}", due, [one for one in inbox if one.kind == "week"])

    def look_at_outcomes(self, professional_id: int, inbox: Sequence[Received]) -> None:
        """Of a visit whose end nobody has told the professional is asked once, at the first look of that sweep."""
        asked = [one for one in inbox if one.kind == "outcome"]
        runs = [
            at for business, sweep, at in self.journal.runs if (business, sweep) == (self.town.business_id, "visits")
        ]
        for version in (one for one in self.versions if one.professional_id == professional_id):
            mine = [one for one in asked if version.address in one.text and self.stood(version, one.at)]
            asked = [one for one in asked if one not in mine]
            first = version.over_at + timedelta(minutes=30)
            heard = [at for at in runs if at >= first and not self.own_silence(at, blur=BLUR)]
            if heard and self.own_silence(heard[0]) and not any(self.fits(heard[0], one.at) for one in mine):
                heard = [at for at in heard if not self.own_silence(at)]
            due = heard[0] if heard else None
            if due is None or version.until < due or due >= first + timedelta(days=6):
                self.compare(f"outcome {version.address}", [], mine)
            else:
                asked_of = Due(due, perhaps=self.is_away(version, due) or version.until <= due + SLACK)
                self.compare(f"outcome {version.address}", [asked_of], mine)
        self.compare("outcome of no visit", [], asked)

    @staticmethod
    def stood(version: Version, at: datetime) -> bool:
        return version.since <= at <= version.until + SLACK

    def look_at_staff(self) -> None:
        """One digest a day, in no rest, on every day on which a visit is over and nobody has told how it went."""
        inbox, zone = self.inboxes[self.town.staff], self.town.zone
        due = list[Due]()
        for day in sorted({look.astimezone(zone).date() for look in self.looks}):
            at = self.first_look(wall(day, 8 * 60 + 30, zone), within=3 * HOUR)
            if at is None or (self.town.keeps and rest_at(at) is not None):
                continue
            over = any(end < at for _, _, end in self.journal.promised(list(self.town.professionals), at))
            due.append(Due(at, perhaps=not over))
        self.compare("digest", due, [one for one in inbox if one.kind == "digest"])

    def look_at_silence(self) -> None:
        """What begins with us reaches nobody in rest that is kept, nor customers in quiet hours."""
        begun = {"reminder", "done", "agenda", "digest", "week", "outcome"}
        for one in (each for inbox in self.inboxes.values() for each in inbox if each.kind in begun):
            rest = rest_at(one.at, blur=BLUR) if self.town.keeps else None
            customer = one.kind in ("reminder", "done")
            quiet = quiet_at(one.at, self.town.zone, self.town.quiet) if customer else None
            broken = any(start <= one.at <= end + AFTER_BREAK for start, end in self.weather.breaks)
            if rest is not None or (quiet is not None and not broken):
                self.fault(f"{one.kind} came in silence, at {self.local(one.at)}: {one.text[:60]}")

    def look_at_tomorrows(self, wrote: Mapping[str, tuple[Town, datetime, int]]) -> Iterator[str]:
        """Who wrote "tomorrow at ten" has a visit, if any, on the day after the one on which it was written."""
        first = dict[str, dict[str, Any]]()
        for booking_id, rows in self.journal.visits.items():
            first.setdefault(self.journal.people[booking_id][0], rows[0][1])
        for phone, (town, at, hour) in wrote.items():
            if town.slug != self.town.slug or phone not in first:
                continue
            self.counts["tomorrow"] += 1
            starts_at = time_of(first[phone]["starts_at"])
            day = at.astimezone(town.zone).date() + timedelta(days=1)
            if starts_at != wall(day, hour * 60, town.zone):
                yield f"{town.slug}: written at {self.local(at)} for {hour}:00 tomorrow, asked {self.local(starts_at)}"

    def look_at_sweeps(self) -> None:
        """Each ran once where its time had come, at the first look of whichever worker, and at no other."""
        ran = defaultdict[str, list[datetime]](list)
        for business_id, sweep, at in self.journal.runs:
            if business_id == self.town.business_id:
                ran[sweep].append(at)
        for sweep, (minutes, daily) in USUAL.items():
            own = self.town.sweeps.get(sweep, {}).get("minutes", minutes)
            due = self.daily_looks(own) if daily else self.repeated_looks(own)
            self.counts["sweeps"] += len(due)
            if ran[sweep] != due:
                extra, missing = Counter(ran[sweep]) - Counter(due), Counter(due) - Counter(ran[sweep])
                self.fault(f"sweep {sweep}: {len(extra)} runs too many {[*extra][:3]}, {len(missing)} missing")

    def repeated_looks(self, minutes: int) -> list[datetime]:
        due = list[datetime]()
        for look in self.looks:
            if not due or look - due[-1] >= timedelta(minutes=minutes):
                due.append(look)
        return due

    def daily_looks(self, minute: int) -> list[datetime]:
        days = sorted({look.astimezone(self.town.zone).date() for look in self.looks})
        found = [self.first_look(wall(day, minute, self.town.zone), within=3 * HOUR) for day in days]
        return [one for one in found if one is not None]


USUAL: Final = {
    "offers": (1, False), "holds": (5, False), "unanswered": (10, False), "sends": (10, False), "leads": (10, False),
    "visits": (30, False), "digest": (510, True), "numbers": (5, False), "models": (10, False), "agenda": (480, True),
    "week": (1080, True),
}  # fmt: skip
"""As docs/operations.md has it: every so many minutes, or once a day at that minute."""
