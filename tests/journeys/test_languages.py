"""A customer is answered in the language of their words, whatever the letters of addresses are."""

import pytest

from proli.knowledge.text import language_of
from tests.journeys.world import World


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("נזילה בכיור https://waze.com/ul?ll=32.08,34.81&navigate=yes", "he"),
        ("שלום, noa@example.com", "he"),
        ("Hello, there is a leak https://waze.com/ul?ll=32.08,34.81", "en"),
    ],
)
async def test_the_answer_is_in_the_language_of_the_words(world: World, text: str, language: str) -> None:
    answered = "\n".join(message.text for message in await world.customer.say(text))
    assert language_of(answered) == language
