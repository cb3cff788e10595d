"""Who may see and do what: the roles within a business. Each route names the one it needs (`http.inside`)."""

import enum
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


def all_that(role: Role) -> list[Role]:
    """Every role whose doings are open to this one."""
    return [one for one in Role if may(role, one)]
