"""Each danger is told from the others, as what to do differs."""

import pytest

from proli.knowledge.dangers import find_danger


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("מים נכנסו ללוח חשמל ויש ניצוצות", "wet_electricity"),
        ("המים יורדים על לוח החשמל", "wet_electricity"),
        ("water is dripping into the electrical panel", "wet_electricity"),
        ("вода попала в щиток", "wet_electricity"),
        ("התינוק נעול באוטו", "trapped_in_car"),
        ("the baby is locked in the car", "trapped_in_car"),
        ("ילד נעול בחדר", "trapped"),
    ],
)
def test_water_at_electricity_and_a_child_in_a_car_are_dangers_of_their_own(text: str, danger: str) -> None:
    found = find_danger(text)
    assert found is not None
    assert found.id == danger


@pytest.mark.parametrize("text", ["נזילה ליד לוח החשמל", "נזילה בתוך הארון במטבח", "רטיבות על לוח גבס"])
def test_water_that_does_not_reach_electricity_is_no_danger_to_life(text: str) -> None:
    found = find_danger(text)
    assert found is None or not found.life
