"""Points on the map with their towns, and cards of contacts, read without asking anybody."""

import pytest

from proli.knowledge.cards import Card, read_cards
from proli.knowledge.pins import Pin, find_pin, make_pin, towns_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "town"),
    [
        (32.0823, 34.8105, "רמת גן"),
        (32.0853, 34.7818, "תל אביב"),
        (31.7780, 35.2250, "ירושלים"),
        (31.2525, 34.7915, "באר שבע"),
        (32.7940, 34.9896, "חיפה"),
        (29.5577, 34.9519, "אילת"),
    ],
)
def test_a_pin_is_in_its_town(latitude: float, longitude: float, town: str) -> None:
    assert town in [place.name for place in towns_at(Pin(latitude, longitude))]
    assert towns_at(Pin(latitude, longitude))[0].name == town


@pytest.mark.parametrize("point", [(48.8566, 2.3522), (0, 0), (None, 34.8), ("32.08", "34.81"), (float("nan"), 34.8)])
def test_no_point_of_the_land_is_no_pin(point: tuple[object, object]) -> None:
    assert make_pin(*point) is None


def test_far_from_every_town_nothing_is_guessed() -> None:
    assert towns_at(Pin(32.6, 34.2)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://waze.com/ul?ll=32.0823,34.8105&navigate=yes",
        "https://www.waze.com/ul?ll=32.0823%2C34.8105&navigate=yes&zoom=17",
        "אנחנו כאן https://www.google.com/maps/@32.0823,34.8105,17z תודה",
        "https://www.google.com/maps/place/Some+Place/@31.0,34.0,17z/data=!3d32.0823!4d34.8105",
        "https://maps.google.com/?q=32.0823,34.8105",
        "https://www.google.com/maps/search/?api=1&query=32.0823,34.8105",
        "https://maps.apple.com/?ll=32.0823,34.8105",
        "geo:32.0823,34.8105",
    ],
)
def test_a_link_of_a_map_is_a_pin(text: str) -> None:
    found = find_pin(text)
    assert found is not None
    assert found.link() == "https://www.google.com/maps?q=32.082300,34.810500"


@pytest.mark.parametrize(
    "text", ["32.08,34.81", "https://example.com/?a=1.5,2.5", "https://waze.com/ul", "מחר ב-16:00"]
)
def test_what_is_no_link_of_a_map_is_none(text: str) -> None:
    assert find_pin(text) is None


def test_a_card_has_a_name_and_numbers() -> None:
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nN:;רות לוי;;;\nFN:רות לוי\nitem1.TEL;waid=972527654321:+972 52-765-4321\nEND:VCARD"
    )
    assert read_cards([card]) == [Card("רות לוי", ("+972527654321",))]


def test_a_number_without_the_mark_of_whatsapp_is_read_as_it_is_written() -> None:
    assert read_cards(["FN:א\nTEL;TYPE=CELL:052-765-4321\nTEL:03-612-3456"])[0].phones == (
        "+972527654321",
        "+97236123456",
    )


def test_cards_without_numbers_broken_ones_and_very_many_are_borne() -> None:
    assert read_cards(["BEGIN:VCARD\nFN:א\nEND:VCARD"]) == [Card("א", ())]
    assert read_cards(["", "TEL:אבג", "x" * 100_000, 7]) == []
    assert len(read_cards(["FN:א\nTEL:0527654321"] * 100)) == 10
