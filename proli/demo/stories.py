"""What people write, from a bank of stories.

A line names who speaks: `c` the customer, `photo` and `voice` the same with a picture or a voice note, `u` the customer
whom nobody has answered, `a` the agent, `s` the system, `h` a person of the business. In a line "[this|that]" is one of
the two, "{g:x/y}" goes by the customer's gender, `pf` by the professional's, and "{name}" is filled in.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from proli.demo.files import has_words, read_words
from proli.demo.people import Speaks

type Voice = Literal["c", "photo", "voice", "u", "a", "s", "h"]
type Line = dict[Voice, str]
type Scene = list[Line]

CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
GENDER = re.compile(r"\{(g|pf|sf):([^/}]*)/([^}]*)\}")
NAME = re.compile(r"\{([a-z_]+)\}")


class Story(BaseModel):
    """How one request begins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: Scene
    issue: str | None = None
    intent: str = "book"
    urgent: bool = False
    needs: dict[str, Any] = {}


class Bank(BaseModel):
    stories: list[Story]
    praise: list[str]


FOREIGN = TypeAdapter(dict[Speaks, dict[str, list[Story]]])
ENDINGS = TypeAdapter(dict[str, dict[str, list[str] | list[Scene]]])


@cache
def bank_of(trade: str) -> Bank:
    return Bank.model_validate(read_words(trade))


@cache
def foreign() -> dict[Speaks, dict[str, list[Story]]]:
    return FOREIGN.validate_python(read_words("foreign"))


@cache
def endings() -> Mapping[str, Mapping[str, Any]]:
    return ENDINGS.validate_python(read_words("endings"))


def is_told(trade: str) -> bool:
    """Whether there are stories of the trade."""
    return has_words(trade)


def stories_of(trade: str, speaks: Speaks) -> Sequence[Story]:
    return bank_of(trade).stories if speaks == "he" else foreign()[speaks].get(trade, [])


def books(speaks: Speaks, playbook: str) -> list[str]:
    """Where endings are looked for, first to last."""
    own = [f"{speaks}_{playbook}"] if f"{speaks}_{playbook}" in endings() else []
    return [*own, speaks]


def scenes(name: str, speaks: Speaks, playbook: str) -> list[Scene]:
    """The scenes of that name that the language has; none when it has none."""
    none: list[Scene] = []
    return next((endings()[book][name] for book in books(speaks, playbook) if name in endings()[book]), none)


def phrases(name: str, speaks: Speaks, playbook: str) -> list[str]:
    """The phrases of that name; of a language that has none, those in which it is answered."""
    answered: Speaks = "en" if speaks == "en" else "he"
    known = [*books(speaks, playbook), *books(answered, playbook)]
    return next(endings()[book][name] for book in known if name in endings()[book])


def written(rng: Random, line: str, values: Mapping[str, Callable[[], str]], women: Mapping[str, bool]) -> str:
    """The line with its choices made and its names filled in."""
    line = CHOICE.sub(lambda found: rng.choice(found[1].split("|")), line)
    line = GENDER.sub(lambda found: found[3] if women[found[1]] else found[2], line)
    filled = NAME.sub(lambda found: values[found[1]](), line)
    return "\n".join(part.strip() for part in filled.split("\n") if part.strip())
