"""Businesses come into being."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from proli.accounts.errors import SlugTaken
from proli.accounts.models import Business
from proli.platform.db import BusinessSession


async def create_business(
    session: BusinessSession,
    *,
    slug: str,
    name: str,
    playbook: str = "services",
    zone: str = "Asia/Jerusalem",
    staff_e164: str | None = None,
    rest: Mapping[str, Any] | None = None,
) -> Business:
    """A business exists, owning nothing yet. Needs the operator's session.

    Raises:
        SlugTaken: another business has this short name; the transaction stays usable.
    """
    business = Business(
        slug=slug,
        name=name,
        playbook=playbook,
        zone=zone,
        staff_e164=staff_e164,
        facts={},
        weights={},
        rest=dict(rest or {}),
    )
    try:
        async with session.begin_nested():
            session.add(business)
    except IntegrityError as error:
        raise SlugTaken(slug=slug) from error
    return business
