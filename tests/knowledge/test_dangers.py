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


@pytest.mark.parametrize(
    "text",
    [
        "הדלת נעולה בבת ים ואין לי מפתח",
        "מנעול תקוע, בת ים, בלפור 5",
        "אני מבת ים. הדלת נעולה בבת ים",
        "נעול לי הרכב בבת ים",
        "הדלת נעולה בכפר סבא",
        "נעול לי הרכב בכפר סבא",
        "הדלת נעולה, בן יהודה 5 תל אביב",
        "המפתח נשבר בתוך המנעול, בבן גוריון 12 רמת גן",
        "הדלת נעולה באבא הלל 10 רמת גן",
        "מפתח נשבר בתוך המנעול בגן ילדים",
        "דלת נעולה בחדר ילדים",
        "עגלת תינוק נעולה באוטו",
        "המפתח נשבר בפנים, לדבר עם בן אדם",
        "the child seat is locked in the car",
        "дверь заперта, детский сад в Бат-Яме",
        "الباب مسكر بغرفة الاولاد",
    ],
)
def test_what_is_called_after_people_is_nobody(text: str) -> None:
    assert find_danger(text) is None


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("ילד נעול באוטו בבת ים", "trapped_in_car"),
        ("סבא נעול בבית בכפר סבא", "trapped"),
        ("בת 3 נעולה באמבטיה בבת ים", "trapped"),
        ("הבן שלי נעול בחדר, בן יהודה 5", "trapped"),
        ("הילד נעול בגן ילדים", "trapped"),
        ("baby locked in the car in Bat Yam", "trapped_in_car"),
        ("ребенок заперт в машине в Бат-Яме", "trapped_in_car"),
        ("ابني محبوس بالسيارة في بات يام", "trapped_in_car"),
        ("ריח גז בבת ים", "gas_leak"),
    ],
)
def test_somebody_in_danger_in_such_a_town_is_heard(text: str, danger: str) -> None:
    found = find_danger(text)
    assert found is not None
    assert found.id == danger
