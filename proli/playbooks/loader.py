"""Playbooks: what one kind of business wants the agent to do. A new kind is a new file and nothing else."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from proli.platform.errors import NotFound

Field = Literal["trade", "locality", "address", "time", "name"]
Words = dict[Literal["he", "en"], str]


class PlaybookNotFound(NotFound):
    """There is no playbook of that name."""


class Playbook(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    persona: Words
    required: tuple[Field, ...]
    """What must be known before a visit can be requested, in the order it is asked for."""
    optional: tuple[Field, ...]
    questions: dict[Field, Words]
    tools: tuple[str, ...]
    approval: bool
    """Whether a professional must approve before a visit counts as booked."""


@cache
def get_playbook(name: str) -> Playbook:
    """The playbook of that name, read once.

    Raises:
        PlaybookNotFound
    """
    file = files("proli.playbooks") / f"{name}.yaml"
    if not name.isidentifier() or name == "texts" or not file.is_file():
        raise PlaybookNotFound(playbook=name, known=", ".join(list_playbooks()))
    return Playbook.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def list_playbooks() -> list[str]:
    folder = files("proli.playbooks").iterdir()
    return sorted(f.name[:-5] for f in folder if f.name.endswith(".yaml") and f.name != "texts.yaml")
