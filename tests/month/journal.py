"""What happened, in plain SQL: how each visit stood at every moment, who had which day off, and which sweeps ran."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

FAR = timedelta(days=365)


@dataclass(frozen=True)
class Version:
    """A visit as it stood for a while, promised to both sides."""

    booking_id: int
    business_id: int
    professional_id: int
    starts_at: datetime
    ends_at: datetime
    since: datetime
    until: datetime
    became: str
    """What it was afterwards."""
    late_since: datetime | None
    over_at: datetime
    """Its end, as much later as the professional comes."""
    phone: str
    address: str


class Journal:
    def __init__(self, url: str) -> None:
        with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
            rows = connection.execute("SELECT at, booking FROM game.visits ORDER BY n").fetchall()
            people = connection.execute("""
                SELECT b.id, c.phone_e164, l.address || ', ' || l.locality FROM bookings b
                JOIN leads l ON l.id = b.lead_id JOIN contacts c ON c.id = l.contact_id
            """).fetchall()
            off = connection.execute("SELECT at, professional_id, exceptions FROM game.days_off ORDER BY n").fetchall()
            runs = connection.execute("SELECT business_id, sweep, began_at FROM game.runs ORDER BY n").fetchall()
            self.settings = dict(connection.execute("SELECT id, sweeps FROM businesses").fetchall())
            self.overlaps = connection.execute("""
                SELECT count(*) FROM bookings a JOIN bookings b ON a.id < b.id AND a.professional_id = b.professional_id
                AND a.during && b.during AND a.status IN ('held', 'pending', 'confirmed')
                AND b.status IN ('held', 'pending', 'confirmed')
            """).fetchone()
            self.dead = connection.execute(
                "SELECT task_name, args FROM procrastinate_jobs WHERE status = 'failed'"
            ).fetchall()
        self.people = {booking_id: (phone, address) for booking_id, phone, address in people}
        self.off, self.runs = off, runs
        self.visits = defaultdict[int, list[tuple[datetime, dict[str, Any]]]](list)
        for at, booking in rows:
            row: dict[str, Any] = booking
            self.visits[row["id"]].append((at, row))

    def state(self, booking_id: int, at: datetime) -> dict[str, Any] | None:
        """The row as it was at that moment."""
        return next((row for when, row in reversed(self.visits[booking_id]) if when <= at), None)

    def versions(self) -> Iterator[Version]:
        for booking_id in self.visits:
            yield from self.versions_of(booking_id)

    def versions_of(self, booking_id: int) -> Iterator[Version]:
        rows, phone, address = self.visits[booking_id], *self.people[booking_id]
        place = 0
        while place < len(rows):
            at, row = rows[place]
            after = place + 1
            while after < len(rows) and same(rows[after][1], row):
                after += 1
            if row["status"] == "confirmed":
                until, became = rows[after] if after < len(rows) else (at + FAR, row)
                late = next((when for when, each in rows[place:after] if each["expected_at"] is not None), None)
                comes_at = time_of(rows[after - 1][1]["expected_at"] or row["starts_at"])
                yield Version(
                    booking_id, row["business_id"], row["professional_id"], time_of(row["starts_at"]),
                    time_of(row["ends_at"]), at, until, became["status"], late,
                    comes_at + (time_of(row["ends_at"]) - time_of(row["starts_at"])), phone, address,
                )  # fmt: skip
            place = after

    def is_off(self, professional_id: int, day: str, at: datetime) -> bool:
        known = [exceptions for when, who, exceptions in self.off if who == professional_id and when <= at]
        return bool(known) and known[-1].get(day) == []

    def promised(self, professional_ids: Sequence[int], at: datetime) -> Iterator[tuple[int, datetime, datetime]]:
        """(professional, start, end) of every visit that stands at that moment."""
        for booking_id in self.visits:
            row = self.state(booking_id, at)
            if row is not None and row["status"] == "confirmed" and row["professional_id"] in professional_ids:
                yield row["professional_id"], time_of(row["starts_at"]), time_of(row["ends_at"])


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("status", "starts_at", "ends_at", "professional_id"))


def time_of(words: str) -> datetime:
    return datetime.fromisoformat(words)
