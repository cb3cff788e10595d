"""Which professional gets a lead, and why: candidates scored by parts that can be shown to each of them."""

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from proli.scheduling.rules import Interval

SOON = timedelta(hours=3)
"""An emergency is helped by a visit that begins within so long; else people look for a faster way."""
PRIOR_RATINGS = 5
MEAN_WITHOUT_RATINGS = 4.0
HALF_DISTANCE_KM = 15.0
HALF_DELAY_HOURS = 12.0
UNKNOWN_DISTANCE = 0.5
_WORST_RATING, _BEST_RATING = 1, 5
_NEVER = datetime.max.replace(tzinfo=UTC)
# Scores that differ by less come from rounding, and are ties.
_SCORE_DIGITS = 9


class Excluded(enum.StrEnum):
    """Why somebody is not asked; the console has the words."""

    declined = "declined"
    expired = "expired"
    """An offer was let pass."""
    load_limit = "load_limit"
    no_free_slot = "no_free_slot"
    other = "other"
    """One that another release has written down."""

    @classmethod
    def _missing_(cls, value: object) -> "Excluded":  # noqa: ARG003 - whatever it is
        return cls.other


@dataclass(frozen=True, slots=True)
class Candidate:
    """A professional who does the trade and serves the place.

    Ratings are 1 to 5. `recent_offers` counts the last 7 days. `slots` are the free slots within the customer's wish,
    sorted. `excluded` is a reason that is known before anything is reckoned. `buffer_minutes` are needed after a visit.
    """

    professional_id: int
    name: str
    rating_sum: int
    rating_count: int
    distance_km: float | None
    open_jobs: int
    max_open_jobs: int
    recent_offers: int
    slots: tuple[Interval, ...]
    excluded: Excluded | None = None
    buffer_minutes: int = 0

    @property
    def has_room(self) -> bool:
        """Whether they may be given one more job."""
        return self.open_jobs < self.max_open_jobs

    def __post_init__(self) -> None:
        if min(self.rating_count, self.open_jobs, self.max_open_jobs, self.recent_offers) < 0:
            raise ValueError(f"professional {self.professional_id} has a negative count")
        if not self.rating_count * _WORST_RATING <= self.rating_sum <= self.rating_count * _BEST_RATING:
            raise ValueError(f"{self.rating_count} ratings cannot add up to {self.rating_sum}")
        if self.distance_km is not None and not self.distance_km >= 0:
            raise ValueError(f"{self.distance_km} km is no distance")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts for a business; only their proportions matter."""

    rating: float = 0.35
    distance: float = 0.2
    load: float = 0.15
    fairness: float = 0.1
    earliest: float = 0.2

    def __post_init__(self) -> None:
        weights = astuple(self)
        if not all(math.isfinite(weight) and weight >= 0 for weight in weights) or not any(weights):
            raise ValueError(f"weights must be finite, none negative and not all zero: {weights}")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking; an excluded one keeps its score, so that it can be told what it would have had.

    `score` is 0 to 1, and so is each part before weighting. `slot` is the earliest that can still be kept.
    """

    professional_id: int
    name: str
    score: float
    parts: Mapping[str, float]
    slot: Interval | None
    excluded: Excluded | None

    def as_json(self) -> dict[str, object]:
        """Return what is stored with the lead and shown: "why him, why not me"."""
        slot = self.slot and {"start": self.slot.start.isoformat(), "end": self.slot.end.isoformat()}
        return {
            "professional_id": self.professional_id,
            "name": self.name,
            "score": round(self.score, 4),
            "parts": {part: round(value, 4) for part, value in self.parts.items()},
            "slot": slot,
            "excluded": self.excluded,
        }


def rank(candidates: Sequence[Candidate], *, weights: Weights, now: datetime, urgent: bool = False) -> list[Ranked]:
    """Return everybody, best first, with the excluded after the eligible; the order given does not matter.

    Equal scores are settled by the earlier slot, then fewer recent offers, then the lower id. Being urgent doubles the
    weights of the earliest slot and the distance.

    Raises:
        ValueError: a professional is listed twice.
    """
    if len({each.professional_id for each in candidates}) < len(candidates):
        raise ValueError("a professional is listed twice")
    field = _Field.of(candidates, now)
    factors = _factors(weights, urgent=urgent)
    lines = [(each, _line(each, field, factors)) for each in candidates]
    return [line for _, line in sorted(lines, key=lambda pair: _order(*pair))]


def best(ranked: Sequence[Ranked]) -> Ranked | None:
    """Return the one to offer the lead to, or None when nobody is eligible."""
    return next((each for each in ranked if each.excluded is None), None)


def order_anew[Entry: Mapping[str, Any]](entries: Sequence[Entry], *, weights: Weights, urgent: bool) -> list[Entry]:
    """Return the eligible lines of a kept ranking, as `Ranked.as_json` wrote them, in the order of other weights.

    What was kept is rounded: scores that differ by less than 0.0001 may change places.
    """
    factors = _factors(weights, urgent=urgent)

    def order(entry: Entry) -> tuple[float, datetime, float, int]:
        # Whoever is eligible has a slot, and fewer recent offers are more fairness.
        parts, start = entry["parts"], datetime.fromisoformat(entry["slot"]["start"])
        return -_score(parts, factors), start, -parts["fairness"], entry["professional_id"]

    return sorted((entry for entry in entries if entry["excluded"] is None), key=order)


@dataclass(frozen=True, slots=True)
class _Field:
    """What a candidate is compared with."""

    now: datetime
    mean_rating: float
    most_offers: int
    earliest_at: datetime

    @classmethod
    def of(cls, candidates: Sequence[Candidate], now: datetime) -> "_Field":
        count = sum(each.rating_count for each in candidates)
        starts = (slot.start for each in candidates if _reason(each, now) is None for slot in _kept(each, now))
        return cls(
            now=now,
            mean_rating=sum(each.rating_sum for each in candidates) / count if count else MEAN_WITHOUT_RATINGS,
            most_offers=max((each.recent_offers for each in candidates), default=0),
            earliest_at=min(starts, default=_NEVER),
        )


def _kept(candidate: Candidate, now: datetime) -> list[Interval]:
    return [slot for slot in candidate.slots if slot.start >= now]


def _reason(candidate: Candidate, now: datetime) -> Excluded | None:
    if candidate.excluded is not None:
        return candidate.excluded
    if not candidate.has_room:
        return Excluded.load_limit
    return None if _kept(candidate, now) else Excluded.no_free_slot


def _line(candidate: Candidate, field: _Field, factors: Mapping[str, float]) -> Ranked:
    slot = min(_kept(candidate, field.now), default=None)
    parts = {
        "rating": _rating(candidate, field.mean_rating),
        "distance": _distance(candidate.distance_km),
        "load": max(0.0, 1 - candidate.open_jobs / candidate.max_open_jobs) if candidate.max_open_jobs else 0.0,
        "fairness": 1 - candidate.recent_offers / field.most_offers if field.most_offers else 1.0,
        "earliest": _earliest(slot, field.earliest_at),
    }
    return Ranked(
        professional_id=candidate.professional_id,
        name=candidate.name,
        score=_score(parts, factors),
        parts=parts,
        slot=slot,
        excluded=_reason(candidate, field.now),
    )


def _score(parts: Mapping[str, float], factors: Mapping[str, float]) -> float:
    score = sum(factors[part] * value for part, value in parts.items()) / sum(factors.values())
    return round(min(score, 1.0), _SCORE_DIGITS)


def _rating(candidate: Candidate, mean: float) -> float:
    """Return the rating as if everybody had also `PRIOR_RATINGS` average ones: few ratings prove little."""
    shrunk = (candidate.rating_sum + PRIOR_RATINGS * mean) / (candidate.rating_count + PRIOR_RATINGS)
    return (shrunk - _WORST_RATING) / (_BEST_RATING - _WORST_RATING)


def _distance(km: float | None) -> float:
    return UNKNOWN_DISTANCE if km is None else 0.5 ** (km / HALF_DISTANCE_KM)


def _earliest(slot: Interval | None, earliest_at: datetime) -> float:
    if slot is None:
        return 0.0
    delay_hours = max(0.0, (slot.start - earliest_at).total_seconds() / 3600)
    return 0.5 ** (delay_hours / HALF_DELAY_HOURS)


def _factors(weights: Weights, *, urgent: bool) -> dict[str, float]:
    haste = 2.0 if urgent else 1.0
    return {
        "rating": weights.rating,
        "distance": weights.distance * haste,
        "load": weights.load,
        "fairness": weights.fairness,
        "earliest": weights.earliest * haste,
    }


def _order(candidate: Candidate, line: Ranked) -> tuple[bool, float, datetime, int, int]:
    start = line.slot.start if line.slot else _NEVER
    return line.excluded is not None, -line.score, start, candidate.recent_offers, candidate.professional_id
