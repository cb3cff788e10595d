"""What customers said of their visits: about every second one that took place has a score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from proli.demo.files import read_words
from proli.demo.life import Life, Visit
from proli.scheduling.models import BookingStatus

SHARE = 0.5
SCORES = {5: 62, 4: 23, 3: 9, 2: 4, 1: 2}


class Rating(NamedTuple):
    """A row of a table of ratings, by the names of its columns."""

    booking_id: int
    professional_id: int
    lead_id: int
    score: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Score:
    """What the customer gave, before its visit has an id."""

    life: Life
    visit: Visit
    score: int
    words: str
    at: datetime


@cache
def words_by_score() -> dict[int, list[str]]:
    return read_words("ratings")


def scored(rng: Random, life: Life, visit: Visit, *, now: datetime) -> Score | None:
    """The score of a visit that took place; None of one that nobody rated, or has not yet."""
    if visit.status is not BookingStatus.done or visit.ended_at is None or rng.random() >= SHARE:
        return None
    score = rng.choices(list(SCORES), list(SCORES.values()))[0]
    words = rng.choice(words_by_score()[score]) if life.person.speaks == "he" else ""
    at = visit.ended_at + timedelta(minutes=rng.randint(8, 600))
    return Score(life, visit, score, words, at) if at <= now else None


def ratings_of(
    scores: Sequence[Score], *, bookings: Mapping[Visit, int], leads: Mapping[Life, int]
) -> Iterator[Rating]:
    """The scores under the ids their bookings and leads came to have, oldest first."""
    for one in sorted(scores, key=lambda score: score.at):
        ids = bookings[one.visit], one.visit.professional.id, leads[one.life]
        yield Rating(*ids, one.score, one.words, one.at)
