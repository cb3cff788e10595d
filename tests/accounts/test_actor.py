"""Who acts: a value, kept as text that what was kept before can be read by."""

import pytest

from proli.accounts.actor import BY_LINK, BY_SYSTEM, Actor, ActorKind


@pytest.mark.parametrize("actor", [BY_SYSTEM, BY_LINK, Actor.staff("דנה: כהן"), Actor.professional("system")])
def test_an_actor_comes_back_from_its_text_as_it_was(actor: Actor) -> None:
    assert Actor.parse(str(actor)) == actor


@pytest.mark.parametrize(
    ("kept", "means"),
    [
        ("staff:דנה", Actor.staff("דנה")),
        ("staff", Actor(ActorKind.staff, "")),
        ("professional", Actor(ActorKind.professional, "")),
        ("דנה כהן", Actor.staff("דנה כהן")),
    ],
)
def test_what_was_kept_before_there_were_kinds_of_actors_is_still_read(kept: str, means: Actor) -> None:
    assert Actor.parse(kept) == means
