"""Weekly hours as people write them."""

import pytest

from proli.professionals.errors import BadHours
from proli.professionals.rules import parse_hours


def days(words: str) -> set[str]:
    return {day for day, spans in parse_hours(words).items() if spans}


@pytest.mark.parametrize(
    ("words", "worked"),
    [
        ("thu-sun 08:00-18:00", "0456"), ("sat-sun 10:00-12:00", "06"), ("sun-thu 08:00-18:00", "01234"),
        ("fri-fri 08:00-12:00", "5"), ("sat-fri 08:00-12:00", "0123456"), ("sun-sat 08:00-12:00", "0123456"),
        ("mon-sun 08:00-12:00", "0123456"), ("fri-sat 08:00-12:00", "56"), ("Thu-Sun 08:00-18:00", "0456"),
    ],
)  # fmt: skip
def test_days_over_the_end_of_the_week_are_all_of_them(words: str, worked: str) -> None:
    assert days(words) == set(worked)
    spans = parse_hours(words)
    assert len({str(spans[day]) for day in worked}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "thu-sun 08:00",
        "sun ,",
        "sun 8-12",
        "sun 08:00-12:00 13:00-18:00",
        "sun -",
        "sun 08:00-12:00,",
        "sun 12:00-08:00",
    ],
)
def test_words_that_are_no_hours_are_refused_and_never_no_hours(words: str) -> None:
    with pytest.raises(BadHours):
        parse_hours(words)
