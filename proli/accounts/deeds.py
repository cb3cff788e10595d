"""What a route that changes something is kept as in the record: said on the route, added when it has answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

DEED: Final = "deed"


@dataclass(frozen=True, slots=True)
class Deed:
    """`action` as in `trail.keep`; `subject` with the route's own path in it, as "lead:{lead_id}".

    Without an action nothing is kept, and `why` says why that is right.
    """

    action: str
    subject: str = ""
    why: str = ""

    def subject_of(self, path: Mapping[str, Any]) -> str:
        return self.subject.format_map(path)


def deed[F: Callable[..., Any]](action: str, subject: str) -> Callable[[F], F]:
    """Whoever calls the route and is not refused is on record with this."""

    def mark(route: F) -> F:
        setattr(route, DEED, Deed(action, subject))
        return route

    return mark


def not_kept[F: Callable[..., Any]](why: str) -> Callable[[F], F]:
    """The route writes, and needs no line in the record."""

    def mark(route: F) -> F:
        setattr(route, DEED, Deed("", why=why))
        return route

    return mark


def find_deed(route: Callable[..., Any]) -> Deed | None:
    """What was said of the route; None when it sees to the record itself."""
    return getattr(route, DEED, None)
