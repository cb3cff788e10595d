"""Cases: one conversation with what should come of it, one JSON object a line."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from proli.platform.errors import ProliError

TurnType = Literal["text", "voice_transcript", "image", "audio_no_transcript"]


class CasesRefused(ProliError):
    """A file does not hold cases; the place and the reason are named."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Turn(Part):
    burst: int = 0
    """Messages of one burst all arrive before the agent may answer."""
    in_reply_to: str | None = None
    """The question this burst answers, whatever the agent has asked."""
    type: TurnType = "text"
    text: str | None = None


class Customer(Part):
    """A simulated customer: holds facts and answers whatever is asked."""

    opening: str
    facts: dict[str, str]
    """Question asked to the answer given; `choose` picks among offered times."""


class Case(Part):
    id: str
    vertical: str
    lang: str = "he"
    reference: datetime
    tags: tuple[str, ...] = ()
    adversarial: str | None = None
    context: dict[str, Any] | None = None
    turns: tuple[Turn, ...] = ()
    customer: Customer | None = None
    gold: dict[str, Any]
    expect: dict[str, Any] = {}

    @model_validator(mode="after")
    def has_something_to_say(self) -> "Case":
        if not self.turns and self.customer is None:
            raise ValueError("a case needs turns or a customer")
        if self.reference.tzinfo is None:
            raise ValueError("the reference needs its offset from UTC")
        return self

    @property
    def bursts(self) -> list[list[Turn]]:
        """The turns by burst, in order."""
        numbers = dict.fromkeys(turn.burst for turn in self.turns)
        return [[turn for turn in self.turns if turn.burst == number] for number in numbers]


def load_cases(files: Sequence[Path]) -> list[Case]:
    """All cases of the files, in order.

    Raises:
        CasesRefused: a file cannot be read, a line is no case, or an id is used twice.
    """
    cases = [case for file in files for case in read_file(file)]
    twice = {case.id for case in cases if sum(other.id == case.id for other in cases) > 1}
    if twice:
        raise CasesRefused(reason="id used twice", ids=", ".join(sorted(twice)))
    return cases


def read_file(file: Path) -> list[Case]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesRefused(file=str(file), reason=str(error)) from error
    return [read_line(line, file, number) for number, line in enumerate(lines, start=1) if line.strip()]


def read_line(line: str, file: Path, number: int) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CasesRefused(file=str(file), line=number, field=where, reason=first["msg"]) from error
