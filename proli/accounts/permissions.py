"""Who may see and do what: the roles within a business. Each route names the one it needs (`http.inside`).

| role | may, besides what those above it may |
|---|---|
| viewer | reads requests, talks, the calendar, professionals, prices and reports; keeps views of their own |
| agent | answers people, writes requests down, gives them to professionals, books, moves and ends visits, takes a list along |
| manager | sets everything up: professionals, prices, texts, guidance, settings, numbers; brings tables in, sends again what failed, takes a person's data along or erases it |
| owner | brings people in, changes their roles, reads the record of what was done |
| professional | nothing of that: their own day, offers and days off alone |
"""  # noqa: E501 - a table

import enum
from collections.abc import Mapping
from typing import Final


class Role(enum.StrEnum):
    """What somebody may do in a business; each may also do what those after it may, `professional` apart."""

    owner = "owner"
    manager = "manager"
    agent = "agent"
    viewer = "viewer"
    professional = "professional"
    """Sees and changes what is their own only."""


RANK: Final = {Role.viewer: 1, Role.professional: 1, Role.agent: 2, Role.manager: 3, Role.owner: 4}


def may(role: Role, needed: Role) -> bool:
    """Whether the role includes the one that is needed; a professional's own pages need exactly that role."""
    if needed is Role.professional:
        return role is Role.professional
    return role is not Role.professional and RANK[role] >= RANK[needed]


AREAS: Final[Mapping[str, tuple[Role | None, Role | None]]] = {
    "agent/models": (Role.manager, None),
    "agent/turns": (Role.viewer, None),
    "audit": (Role.owner, None),
    "bookings": (None, Role.agent),
    "calendar": (Role.viewer, None),
    "calls": (Role.viewer, None),
    "calls/simulated": (None, Role.manager),
    "calls/out": (None, Role.agent),
    "calls/recordings": (Role.agent, None),
    "calls/takeover": (None, Role.agent),
    "channels": (Role.manager, Role.manager),
    "contacts": (Role.viewer, Role.manager),
    "contacts/export": (Role.manager, None),
    "contacts/wishes": (None, Role.agent),
    "conversations": (Role.viewer, Role.agent),
    "dead-letters": (Role.manager, Role.manager),
    "events": (Role.viewer, None),
    "leads": (Role.viewer, Role.agent),
    "leads/export": (Role.agent, None),
    "leads/import": (None, Role.manager),
    "members": (Role.manager, Role.owner),
    "my-day": (Role.professional, Role.professional),
    "phones": (Role.manager, Role.manager),
    "prices": (Role.viewer, Role.manager),
    "professionals": (Role.viewer, Role.manager),
    "prompts": (Role.manager, Role.manager),
    "quick-replies": (Role.agent, Role.manager),
    "receipts": (Role.manager, None),
    "replanning": (Role.agent, Role.agent),
    "reports": (Role.viewer, None),
    "retention": (Role.manager, Role.manager),
    "settings": (Role.manager, Role.manager),
    "simulator": (Role.viewer, Role.agent),
    "stages": (Role.viewer, Role.manager),
    "sweeps": (Role.manager, None),
    "tasks": (Role.viewer, None),
    "texts": (Role.manager, Role.manager),
    "today": (Role.viewer, None),
    "views": (Role.viewer, Role.viewer),
    "weights": (None, Role.manager),
}
"""By what stands in a route's path behind the business, ids left out: who may read there, and who may change something.

The longest that fits holds. A test holds the routes to it. Two routes want more of some of their requests: a view that
everybody sees is a manager's, and so is the simulated phone of a professional or of staff.
"""


def all_that(role: Role) -> list[Role]:
    """Every role whose doings are open to this one."""
    return [one for one in Role if may(role, one)]
