"""A business's own words: said in place of ours, and taken back."""

import pytest

from tests.console import Browser
from tests.journeys.world import World

TEXTS = "/api/businesses/moran/texts"


async def text_of(manager: Browser, code: str, language: str) -> dict[str, object]:
    found = (await manager.call("GET", TEXTS)).json()
    (one,) = [one for one in found if (one["code"], one["language"]) == (code, language)]
    return one


async def test_own_words_are_said_and_empty_ones_give_ours_back(manager: Browser, world: World) -> None:
    before = await text_of(manager, "resend", "he")
    assert (before["own"], before["values"]) == (None, [])
    sent = {"words": "לא הצלחנו לפתוח, אפשר שוב?"}
    assert (await manager.call("PUT", f"{TEXTS}/resend/he", sent)).json() == {**before, "own": sent["words"]}
    assert await text_of(manager, "resend", "he") == {**before, "own": sent["words"]}
    assert (await text_of(manager, "resend", "en"))["own"] is None
    assert (await manager.call("PUT", f"{TEXTS}/resend/he", {"words": "  "})).json() == before


async def test_the_values_that_a_text_may_hold_are_named(manager: Browser) -> None:
    assert (await text_of(manager, "booked", "en"))["values"] == ["professional", "when"]
    refused = await manager.call("PUT", f"{TEXTS}/booked/en", {"words": "{phone} is booked"})
    assert (refused.status_code, refused.json()["params"]["allowed"]) == (409, ["professional", "when"])


@pytest.mark.parametrize(
    ("path", "words", "status"),
    [("hullo/he", "שלום", 409), ("hullo/he", "", 409), ("hello/fr", "Bonjour", 422), ("hello/he", "a\0b", 422)],
)
async def test_words_for_no_text_and_words_that_cannot_be_are_refused(
    manager: Browser, path: str, words: str, status: int
) -> None:
    assert (await manager.call("PUT", f"{TEXTS}/{path}", {"words": words})).status_code == status
