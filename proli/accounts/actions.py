"""Businesses come into being and say things their own way."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from proli.accounts.errors import SlugTaken
from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.platform.db import BusinessSession
from proli.playbooks.texts import check_words, require_text


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


async def set_text(session: BusinessSession, *, code: str, language: str, words: str) -> None:
    """The session's business says this in place of the common words; with no words, the common ones again.

    Raises:
        WordsRefused: there is no such text, or these words cannot stand in its place.
    """
    business = await get_business(session, lock=True)
    own = {**business.texts.get(code, {}), language: words}
    require_text(code, language)
    if words.strip():
        check_words(code, language, words)
    else:
        del own[language]
    texts = {**business.texts, code: own}
    business.texts = {name: said for name, said in texts.items() if said}
