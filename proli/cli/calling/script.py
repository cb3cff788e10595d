"""A call as a script: who calls whom and when, what the caller says, and what should come of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from proli.platform.errors import ConfigurationError


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(Part):
    """Something the caller does, once the other side has finished or `after_s` into what it says."""

    say: str
    written: str | None = None
    """What the recogniser makes of it, where that is something else."""
    after_s: float | None = None
    hangs_up: bool = False
    """In the midst of it: of what was said last only a partial text was written."""


class Wanted(Part):
    """What should come of it; what is left out does not matter."""

    outcome: str | None = None
    visits: int | None = None
    """How many visits are booked or asked for."""
    starts: str | None = None
    """When the visit is, in the business's time: 2070-11-24 16:00."""
    interrupted: bool | None = None
    said: Sequence[str] = ()
    """In what we have said, as far as it was heard."""
    written: Sequence[str] = ()
    """In what was written to the caller afterwards."""
    person: str | None = None
    """Why a person is called."""


class Script(Part):
    about: str
    playbook: str
    at: datetime
    """The business's time when it is called."""
    before: dict[str, Any] = {}
    """What was arranged before the call: trade, city, address, existing_appointment."""
    caller: Sequence[Step]
    expect: Wanted = Wanted()

    @field_validator("caller", mode="before")
    @classmethod
    def plain_words(cls, steps: object) -> object:
        """A step may be its words alone."""
        if not isinstance(steps, list):
            raise ValueError("a list of what the caller says")  # noqa: TRY004 - pydantic reads no other
        steps = cast("list[Any]", steps)
        return [{"say": step} if isinstance(step, str) else step for step in steps]


def read_script(path: Path) -> Script:
    """The script that a file holds.

    Raises:
        ConfigurationError: it holds none; the line says what is wrong.
    """
    try:
        return Script.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{path} is no script of a call: {error}") from error
