"""What is true of a ranking of professionals, by example and for any field of candidates."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proli.dispatch.rules import Candidate, Excluded, Ranked, Weights, best, order_anew, rank
from proli.scheduling.rules import Interval

NOW = datetime(2026, 6, 7, 6, tzinfo=UTC)
EVEN = Weights(1, 1, 1, 1, 1)


def slot(hours: float) -> Interval:
    start = NOW + timedelta(hours=hours)
    return Interval(start, start + timedelta(hours=1))


def candidate(
    professional_id: int,
    *,
    ratings: tuple[int, int] = (0, 0),
    km: float | None = 5.0,
    jobs: int = 0,
    offers: int = 0,
    slots: tuple[Interval, ...] = (slot(2),),
    excluded: Excluded | None = None,
) -> Candidate:
    """A professional like any other but for what is given; `ratings` are their sum and their count."""
    return Candidate(professional_id, f"Pro {professional_id}", *ratings, km, jobs, 3, offers, slots, excluded)


def ranked(*candidates: Candidate, weights: Weights = EVEN, urgent: bool = False) -> list[Ranked]:
    return rank(candidates, weights=weights, now=NOW, urgent=urgent)


def ids(lines: list[Ranked]) -> list[int]:
    return [line.professional_id for line in lines]


def part(lines: list[Ranked], professional_id: int, name: str) -> float:
    return next(line.parts[name] for line in lines if line.professional_id == professional_id)


# Values


@pytest.mark.parametrize(
    "weights", [(-0.1, 1, 1, 1, 1), (0, 0, 0, 0, 0), (math.nan, 1, 1, 1, 1), (math.inf, 1, 1, 1, 1)]
)
def test_weights_that_cannot_weigh_are_refused(weights: tuple[float, float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Weights(*weights)


def test_ratings_and_distances_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        candidate(1, ratings=(11, 2))
    with pytest.raises(ValueError, match="distance"):
        candidate(1, km=-1.0)
    with pytest.raises(ValueError, match="negative"):
        candidate(1, jobs=-1)


def test_a_professional_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        ranked(candidate(1), candidate(1, km=9.0))


# Parts


def test_few_ratings_count_as_nearly_average_and_many_as_they_are() -> None:
    lines = ranked(candidate(1, ratings=(5, 1)), candidate(2, ratings=(480, 100)), candidate(3, ratings=(300, 100)))
    assert ids(lines) == [2, 1, 3]
    assert part(lines, 2, "rating") == pytest.approx(((480 + 5 * 785 / 201) / 105 - 1) / 4)


def test_without_any_ratings_everybody_has_four_stars() -> None:
    assert part(ranked(candidate(1)), 1, "rating") == pytest.approx((4 - 1) / 4)


def test_ratings_of_the_excluded_still_tell_what_is_average() -> None:
    lines = ranked(candidate(1), candidate(2, ratings=(200, 100), excluded=Excluded.declined))
    assert part(lines, 1, "rating") == pytest.approx((2 - 1) / 4)


def test_distance_counts_full_at_the_door_half_at_fifteen_km_and_half_when_unknown() -> None:
    lines = ranked(*(candidate(i, km=km) for i, km in enumerate([0.0, 15.0, None, 30.0])))
    assert [part(lines, i, "distance") for i in range(4)] == pytest.approx([1, 0.5, 0.5, 0.25])


def test_load_is_the_room_left() -> None:
    lines = ranked(candidate(1, jobs=0), candidate(2, jobs=2), candidate(3, jobs=9))
    assert [part(lines, i, "load") for i in (1, 2, 3)] == pytest.approx([1, 1 / 3, 0])


def test_fairness_is_relative_to_the_most_offered() -> None:
    lines = ranked(candidate(1, offers=0), candidate(2, offers=1), candidate(3, offers=4))
    assert [part(lines, i, "fairness") for i in (1, 2, 3)] == pytest.approx([1, 0.75, 0])
    assert part(ranked(candidate(1)), 1, "fairness") == 1


def test_the_earliest_slot_counts_full_and_half_with_every_twelve_hours_of_delay() -> None:
    lines = ranked(candidate(1, slots=(slot(3), slot(4))), candidate(2, slots=(slot(15),)), candidate(3, slots=()))
    assert [part(lines, i, "earliest") for i in (1, 2, 3)] == pytest.approx([1, 0.5, 0])


def test_an_earlier_slot_of_someone_excluded_delays_nobody() -> None:
    lines = ranked(candidate(1, slots=(slot(9),)), candidate(2, slots=(slot(1),), excluded=Excluded.expired))
    assert part(lines, 1, "earliest") == 1


def test_a_slot_that_has_started_is_no_slot() -> None:
    (line,) = ranked(candidate(1, slots=(slot(-0.5), slot(0), slot(3))))
    assert line.slot == slot(0)
    (line,) = ranked(candidate(1, slots=(slot(-0.5),)))
    assert line.excluded == "no_free_slot"


# Order


def test_urgency_prefers_the_near_and_early_over_the_well_rated() -> None:
    praised = candidate(1, ratings=(500, 100), km=9.0, slots=(slot(3),))
    near = candidate(2, ratings=(400, 100), km=3.0, slots=(slot(2),))
    assert ids(ranked(praised, near, weights=Weights())) == [1, 2]
    assert ids(ranked(praised, near, weights=Weights(), urgent=True)) == [2, 1]


def test_equal_scores_go_to_the_earlier_slot_then_fewer_offers_then_the_lower_id() -> None:
    only_distance = Weights(rating=0, distance=1, load=0, fairness=0, earliest=0)
    late, early = candidate(1, slots=(slot(8),)), candidate(4, offers=2)
    spared, same = candidate(3, offers=1), candidate(5, offers=1)
    assert ids(ranked(late, same, early, spared, weights=only_distance)) == [3, 5, 4, 1]


def test_each_excluded_one_says_why_and_what_was_known_comes_first() -> None:
    lines = ranked(
        candidate(1, jobs=3),
        candidate(2, slots=()),
        candidate(3, jobs=3, slots=(), excluded=Excluded.declined),
        candidate(4, jobs=3, slots=()),
    )
    reasons = {line.professional_id: line.excluded for line in lines}
    assert reasons == {1: "load_limit", 2: "no_free_slot", 3: "declined", 4: "load_limit"}
    assert best(lines) is None


def test_one_who_may_take_no_jobs_is_over_the_limit() -> None:
    (line,) = ranked(replace(candidate(1), max_open_jobs=0))
    assert line.excluded == "load_limit"


def test_nobody_is_best_of_none() -> None:
    assert ranked() == []
    assert best([]) is None


def test_a_line_can_be_stored_as_json_and_says_why() -> None:
    (line,) = ranked(candidate(7, km=15.0))
    assert json.loads(json.dumps(line.as_json())) == {
        "professional_id": 7,
        "name": "Pro 7",
        "score": 0.85,
        "parts": {"rating": 0.75, "distance": 0.5, "load": 1.0, "fairness": 1.0, "earliest": 1.0},
        "slot": {"start": "2026-06-07T08:00:00+00:00", "end": "2026-06-07T09:00:00+00:00"},
        "excluded": None,
    }
    (line,) = ranked(candidate(7, slots=()))
    assert line.as_json()["slot"] is None


# Any field of candidates


@st.composite
def fields(draw: st.DrawFn) -> list[Candidate]:
    """A few candidates, with ids from 0 in order."""
    return [draw(candidates(number)) for number in range(draw(st.integers(1, 6)))]


@st.composite
def candidates(draw: st.DrawFn, number: int) -> Candidate:
    count = draw(st.integers(0, 40))
    return candidate(
        number,
        ratings=(draw(st.integers(count, 5 * count)), count),
        km=draw(st.none() | st.floats(0, 200)),
        jobs=draw(st.integers(0, 4)),
        offers=draw(st.integers(0, 6)),
        slots=tuple(slot(hours) for hours in sorted(draw(st.lists(st.integers(-3, 100), max_size=3)))),
        excluded=draw(st.sampled_from([None, None, None, Excluded.declined])),
    )


@st.composite
def weightings(draw: st.DrawFn) -> Weights:
    parts = [draw(st.integers(0, 10)) / 10 for _ in range(5)]
    assume(any(parts))
    return Weights(*parts)


@given(fields(), weightings(), st.booleans(), st.data())
@settings(deadline=None)
def test_the_order_given_does_not_matter(
    field: list[Candidate], weights: Weights, urgent: bool, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(field))
    assert ranked(*shuffled, weights=weights, urgent=urgent) == ranked(*field, weights=weights, urgent=urgent)


@given(fields(), weightings(), st.booleans())
@settings(deadline=None)
def test_everybody_is_ranked_once_the_eligible_first_and_best_first(
    field: list[Candidate], weights: Weights, urgent: bool
) -> None:
    lines = ranked(*field, weights=weights, urgent=urgent)
    assert sorted(ids(lines)) == list(range(len(field)))
    excluded = [line.excluded is not None for line in lines]
    assert excluded == sorted(excluded)
    scores = [line.score for line in lines if line.excluded is None]
    assert scores == sorted(scores, reverse=True)
    assert best(lines) == (lines[0] if scores else None)


@given(fields(), weightings(), st.booleans())
@settings(deadline=None)
def test_scores_and_parts_are_from_zero_to_one(field: list[Candidate], weights: Weights, urgent: bool) -> None:
    for line in ranked(*field, weights=weights, urgent=urgent):
        assert all(0 <= value <= 1 for value in (line.score, *line.parts.values()))


@given(fields())
@settings(deadline=None)
def test_whoever_is_excluded_has_a_reason_and_whoever_is_not_has_a_slot_and_room(field: list[Candidate]) -> None:
    for line in ranked(*field):
        who = field[line.professional_id]
        if line.excluded is None:
            assert line.slot in who.slots
            assert who.open_jobs < who.max_open_jobs
        else:
            assert line.excluded in {"declined", "load_limit", "no_free_slot"}


def improved(who: Candidate, attribute: str, data: st.DataObject) -> Candidate:
    """The same professional, better or equal in one attribute."""
    match attribute:
        case "rating":
            return replace(who, rating_sum=data.draw(st.integers(who.rating_sum, 5 * who.rating_count)))
        case "distance":
            known = 15.0 if who.distance_km is None else who.distance_km
            return replace(who, distance_km=data.draw(st.floats(0, known)))
        case "load":
            return replace(who, open_jobs=data.draw(st.integers(0, who.open_jobs)))
        case "fairness":
            return replace(who, recent_offers=data.draw(st.integers(0, who.recent_offers)))
        case _:
            return replace(who, slots=tuple(sorted({*who.slots, slot(data.draw(st.integers(0, 100)))})))


@given(
    fields(),
    weightings(),
    st.booleans(),
    st.sampled_from(["rating", "distance", "load", "fairness", "earliest"]),
    st.data(),
)
@settings(deadline=None)
def test_getting_better_at_one_thing_never_lowers_the_rank(
    field: list[Candidate], weights: Weights, urgent: bool, attribute: str, data: st.DataObject
) -> None:
    who = data.draw(st.sampled_from(field))
    better = [improved(each, attribute, data) if each is who else each for each in field]
    before = ids(ranked(*field, weights=weights, urgent=urgent))
    after = ids(ranked(*better, weights=weights, urgent=urgent))
    assert after.index(who.professional_id) <= before.index(who.professional_id)


@given(fields(), weightings(), weightings(), st.booleans())
@settings(deadline=None)
def test_a_kept_ranking_ordered_anew_is_as_if_ranked_with_those_weights(
    field: list[Candidate], then: Weights, now: Weights, urgent: bool
) -> None:
    kept = json.loads(json.dumps([line.as_json() for line in ranked(*field, weights=then, urgent=urgent)]))
    scores = {line.professional_id: line.score for line in ranked(*field, weights=now, urgent=urgent)}
    anew = order_anew(kept, weights=now, urgent=urgent)
    assert {entry["professional_id"] for entry in anew} == {
        each["professional_id"] for each in kept if not each["excluded"]
    }
    in_order = [scores[entry["professional_id"]] for entry in anew]
    assert all(first >= second - 0.0001 for first, second in pairwise(in_order))


def test_ties_in_a_kept_ranking_are_settled_as_in_a_new_one() -> None:
    only_distance = Weights(rating=0, distance=1, load=0, fairness=0, earliest=0)
    field = (candidate(1, slots=(slot(8),)), candidate(4, offers=2), candidate(3, offers=1), candidate(5, offers=1))
    kept = [line.as_json() for line in ranked(*field, weights=Weights())]
    assert [entry["professional_id"] for entry in order_anew(kept, weights=only_distance, urgent=False)] == [3, 5, 4, 1]
