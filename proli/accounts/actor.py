"""Who acts: made where somebody comes in, handed down to whatever is kept of what they did."""

import enum
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Text, TypeDecorator


class ActorKind(enum.StrEnum):
    staff = "staff"
    agent = "agent"
    """The automatic answer."""
    customer = "customer"
    link = "link"
    """The customer, by the signed link to the page of their visit."""
    professional = "professional"
    key = "key"
    """A program of the business's own, by its API key."""
    system = "system"
    """Nobody: time has passed, or something followed from what others did."""


@dataclass(frozen=True, slots=True)
class Actor:
    kind: ActorKind
    name: str
    """What they were called at that time; empty where the kind says it all."""

    @classmethod
    def staff(cls, name: str) -> "Actor":
        return cls(ActorKind.staff, name)

    @classmethod
    def professional(cls, name: str) -> "Actor":
        return cls(ActorKind.professional, name)

    @property
    def is_customer(self) -> bool:
        return self.kind in {ActorKind.customer, ActorKind.link}

    def __str__(self) -> str:
        """As columns keep it: "staff:Dana", "system"."""
        return f"{self.kind}:{self.name}" if self.name else self.kind.value

    @classmethod
    def parse(cls, text: str) -> "Actor":
        """The reverse. A bare name is one of the staff, as the audit trail once kept them."""
        kind, _, name = text.partition(":")
        return cls(ActorKind(kind), name) if kind in ActorKind else cls(ActorKind.staff, text)


BY_AGENT: Final = Actor(ActorKind.agent, "")
BY_CUSTOMER: Final = Actor(ActorKind.customer, "")
BY_LINK: Final = Actor(ActorKind.link, "")
BY_STAFF: Final = Actor(ActorKind.staff, "")
"""Where it is not known who of them it was, as when somebody writes on the business's own phone."""
BY_SYSTEM: Final = Actor(ActorKind.system, "")


class ActorText(TypeDecorator[Actor]):
    """A column that keeps an actor as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Actor | None, dialect: Any) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Actor | None:
        return None if value is None else Actor.parse(value)
