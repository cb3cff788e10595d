"""A plan for visits that cannot stay gives each an hour of its own, as near as can be had."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from proli.dispatch.planning import Affected, Proposal, list_choices, propose
from proli.dispatch.rules import Candidate, Weights
from proli.scheduling.rules import Interval

NOW = datetime(2070, 11, 23, 6, 0, tzinfo=UTC)
DAY = datetime(2070, 11, 24, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def candidate(number: int, *hours: float, stars: int = 40, most: int = 100, jobs: int = 0, rest: int = 0) -> Candidate:
    slots = tuple(Interval(DAY + HOUR * at, DAY + HOUR * (at + 1)) for at in sorted(hours))
    return Candidate(number, f"p{number}", stars, 10, 5.0, jobs, most, 0, slots, buffer_minutes=rest)


def visit(number: int, hour: float, *candidates: Candidate, urgent: bool = False) -> Affected:
    return Affected(number, DAY + HOUR * hour, urgent, candidates)


def plan(*affected: Affected) -> list[Proposal]:
    return propose(affected, weights=Weights(), now=NOW)


def hours(proposals: Sequence[Proposal]) -> list[tuple[int | None, float | None]]:
    return [(one.professional_id, None if one.slot is None else (one.slot.start - DAY) / HOUR) for one in proposals]


def test_the_promised_hour_comes_before_a_better_rating() -> None:
    assert hours(plan(visit(1, 4, candidate(1, 4, stars=30), candidate(2, 8, stars=50)))) == [(1, 4)]


def test_the_proposed_one_is_the_first_choice_then_the_nearest_and_no_hour_of_another_proposal() -> None:
    first = visit(1, 4, candidate(1, 4), candidate(2, 4, 9), candidate(3, 6), candidate(4))
    second = visit(2, 4, candidate(2, 4))
    made = plan(first, second)
    found = list_choices(first, made, now=NOW, most=3)
    assert [(one.candidate.professional_id, (one.slot.start - DAY) / HOUR) for one in found] == [(1, 4), (3, 6), (2, 9)]
    assert len(list_choices(first, made, now=NOW, most=2)) == 2


def test_among_those_equally_near_the_ranking_decides() -> None:
    assert hours(plan(visit(1, 4, candidate(1, 4, stars=20), candidate(2, 4, stars=50)))) == [(2, 4)]


def test_two_visits_never_get_the_same_hour_of_one_professional() -> None:
    one = candidate(1, 4, 5, 6)
    assert hours(plan(visit(1, 4, one), visit(2, 4, one))) == [(1, 4), (1, 5)]


def test_the_time_between_visits_is_kept_within_the_plan() -> None:
    one = candidate(1, 4, 5, 5.5, rest=30)
    assert hours(plan(visit(1, 4, one), visit(2, 4, one))) == [(1, 4), (1, 5.5)]


def test_an_urgent_visit_chooses_first() -> None:
    one = candidate(1, 4)
    assert hours(plan(visit(1, 4, one), visit(2, 4, one, urgent=True))) == [(None, None), (1, 4)]


def test_who_can_be_helped_by_few_chooses_before_who_can_be_helped_by_many() -> None:
    one, other = candidate(1, 4, stars=50), candidate(2, 4)
    assert hours(plan(visit(1, 4, one, other), visit(2, 4, one))) == [(2, 4), (1, 4)]


def test_nobody_gets_more_visits_than_they_take() -> None:
    one = candidate(1, 4, 6, 8, most=3, jobs=2)
    assert hours(plan(visit(1, 4, one), visit(2, 6, one))) == [(1, 4), (None, None)]


def test_hours_that_are_over_are_not_proposed() -> None:
    past = Candidate(1, "p", 40, 10, 1.0, 0, 5, 0, (Interval(NOW - HOUR, NOW),))
    assert hours(plan(visit(1, 4, past))) == [(None, None)]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9), st.booleans(), st.sets(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=12)
        ),
        max_size=12,
    )
)
def test_whatever_is_free_no_hour_is_given_twice_and_each_is_one_that_was_free(
    wanted: list[tuple[int, bool, set[tuple[int, int]]]],
) -> None:
    affected = [
        visit(
            number,
            hour,
            *(candidate(who, *(at for one, at in free if one == who)) for who in sorted({one for one, _ in free})),
            urgent=urgent,
        )
        for number, (hour, urgent, free) in enumerate(wanted)
    ]
    proposals = propose(affected, weights=Weights(), now=NOW)
    assert sorted(one.booking_id for one in proposals) == list(range(len(wanted)))
    given = [(one.professional_id, one.slot) for one in proposals if one.slot is not None]
    assert len(set(given)) == len(given)
    by_id = {one.booking_id: one for one in affected}
    for one in proposals:
        slots = {(each.professional_id, slot) for each in by_id[one.booking_id].candidates for slot in each.slots}
        if one.slot is None:
            assert slots <= set(given)
        else:
            assert (one.professional_id, one.slot) in slots
            wanted_at = by_id[one.booking_id].starts_at
            assert all(abs(one.slot.start - wanted_at) <= abs(left.start - wanted_at) for _, left in slots - set(given))
