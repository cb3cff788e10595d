"""Playbooks: what one kind of business wants the agent to do. A new kind is a new file and nothing else."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from proli.platform.errors import NotFound
from proli.platform.yaml_text import read_yaml

Words = dict[Literal["he", "en"], str]
NOT_PLAYBOOKS = frozenset({"spoken", "texts"})


class PlaybookNotFound(NotFound):
    """There is no playbook of that name."""


class Bilingual(BaseModel):
    """The same words in both languages, as pages are told them."""

    he: str
    en: str


class Part(BaseModel):
    """A part of a playbook; a name it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(Part):
    """Something to be known of a request."""

    ask: Words
    needs: tuple[str, ...] = ()
    """Which entries of a lead's needs hold it, any of them; none when a column of the lead does."""


class Need(Part):
    """An entry of a lead's needs: what it is called, and what it can be."""

    kind: Literal["choice", "choices", "trades", "number", "day", "text", "list", "phone"]
    name: Words
    values: dict[str, Words] = {}
    """What a choice can be; of a day, the words that may stand in place of one."""


class Goal(Part):
    """What a request can be for."""

    required: tuple[str, ...]
    """Fields that must be known before a visit can be requested, in the order they are asked for."""
    intents: tuple[str, ...]
    """The intents, as `knowledge.requests` names them, that lead here."""


class OwnTrade(Part):
    """A trade that only businesses of this kind have."""

    name: Words
    person: Words


class Playbook(Part):
    id: str
    name: Words
    """What a business of this kind is called."""
    persona: Words
    subject: Literal["job", "home"] = "job"
    """What requests are about: a job to be done somewhere, or a home (or plot, or shop) that changes hands."""
    appointments: Literal["visits", "meetings"] = "visits"
    """What the console calls what is booked."""
    starters: tuple[Words, ...]
    """Words with which a customer may begin, to try it out."""
    fields: dict[str, Field]
    needs: dict[str, Need] = {}
    """Everything that a lead's needs may hold, in the order in which it is shown."""
    goals: dict[str, Goal]
    """The first is what a contact is taken to want who has not said."""
    trade: str | None = None
    """The trade of every request, where the business has one only."""
    trades: dict[str, OwnTrade] = {}
    related: dict[str, tuple[str, ...]] = {}
    """Trades whose people take requests of another, where a business has not named its own."""
    tools: tuple[str, ...]
    approval: bool
    """Whether a professional must approve before a visit counts as booked."""
    texts: dict[str, Words] = {}
    """Words of its own in place of those in `texts.yaml`."""

    @model_validator(mode="after")
    def names_its_fields(self) -> "Playbook":
        unknown = {field for goal in self.goals.values() for field in goal.required} - self.fields.keys()
        if unknown:
            raise ValueError(f"fields without a question: {', '.join(sorted(unknown))}")
        nameless = {need for field in self.fields.values() for need in field.needs} - self.needs.keys()
        if nameless:
            raise ValueError(f"needs without a name: {', '.join(sorted(nameless))}")
        return self

    def takers_of(self, trade: str, own: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The trades whose people take requests of this one, itself first; `own` is what the business has named."""
        return trade, *(one for one in own.get(trade, self.related.get(trade, ())) if one != trade)

    def goal_for(self, intent: str | None) -> Goal:
        """The goal that an intent leads to; the first one for an intent that leads nowhere."""
        found = (goal for goal in self.goals.values() if intent in goal.intents)
        return next(found, next(iter(self.goals.values())))

    def ask(self, field: str, language: str) -> str:
        return self.fields[field].ask["he" if language == "he" else "en"]

    def is_known(self, field: str, needs: Mapping[str, object]) -> bool:
        """Whether the needs hold the field."""
        return any(needs.get(name) not in (None, [], "") for name in self.fields[field].needs)


@cache
def get_playbook(name: str) -> Playbook:
    """The playbook of that name, read once.

    Raises:
        PlaybookNotFound
    """
    file = files("proli.playbooks") / f"{name}.yaml"
    if not name.isidentifier() or name in NOT_PLAYBOOKS or not file.is_file():
        raise PlaybookNotFound(playbook=name, known=", ".join(list_playbooks()))
    return Playbook.model_validate(read_yaml(file.read_text(encoding="utf-8")))


def list_playbooks() -> list[str]:
    names = (f.name.removesuffix(".yaml") for f in files("proli.playbooks").iterdir() if f.name.endswith(".yaml"))
    return sorted(set(names) - NOT_PLAYBOOKS)
