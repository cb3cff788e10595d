"""What callers of a business are likely to say: its name, its trades with their troubles, its places and people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.knowledge.places import find_locality
from proli.knowledge.reading.gazetteer import gazetteer
from proli.knowledge.trades import issue_name, list_issues, list_trades, professional_word, trade_name
from proli.platform.db import BusinessSession
from proli.playbooks.loader import Playbook, get_playbook
from proli.playbooks.texts import language_for
from proli.professionals.models import Professional
from proli.voice.live.voices import Language

MOST: Final = 500
"""Google takes 1,200 in a set; they are sent with every stream."""
LONGEST: Final = 100
"""Letters of one, by Google's limit."""
MOST_PEOPLE: Final = 200
MOST_TOWNS: Final = 120


@dataclass(frozen=True, slots=True)
class Hints:
    language: Language
    phrases: Sequence[str]
    """The most likely ones first."""


async def find_hints(session: BusinessSession, contact_id: int | None) -> Hints:
    """In the language in which this caller is spoken to."""
    business = await get_business(session)
    wished = None if contact_id is None else await session.scalar(
        select(Contact.language).where(Contact.id == contact_id)
    )  # fmt: skip
    language: Language = "en" if language_for(wished, business.language) == "en" else "he"
    people = await session.execute(
        select(Professional.name, Professional.trades, Professional.localities, Professional.base_locality)
        .where(Professional.active)
        .order_by(Professional.id)
        .limit(MOST_PEOPLE)
    )
    rows = people.all()
    playbook = get_playbook(business.playbook)
    trades = {trade for _, of_one, _, _ in rows for trade in of_one}
    places = [place for _, _, places, base in rows for place in (*places, base or "")]
    own = (business.name, *words_of(trades, playbook, language), *places_in(places, language))
    return Hints(language, phrases_of((*own, *(name for name, _, _, _ in rows), *places_in(towns(), language))))


def words_of(trades: Iterable[str], playbook: Playbook, language: Language) -> Iterator[str]:
    """What the trades, their people and their troubles are called."""
    for trade in sorted(trades):
        if trade in playbook.trades:
            own = playbook.trades[trade]
            yield from (own.name[language], own.person[language])
        elif trade in list_trades():
            yield from (trade_name(trade, language), professional_word(trade, language))
            yield from (issue_name(trade, issue, language) or "" for issue in list_issues(trade))


def places_in(places: Iterable[str], language: Language) -> Iterator[str]:
    for name in places:
        place = find_locality(name)
        yield name if language == "he" or place is None else place.name_en


@cache
def towns() -> tuple[str, ...]:
    """The largest of the land, which callers from anywhere name."""
    known = sorted(gazetteer().by_name.values(), key=lambda one: one.population, reverse=True)
    return tuple(one.name for one in known[:MOST_TOWNS])


def phrases_of(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, none empty or longer than Google takes, and no more than it should be given."""
    tidy = (" ".join(one.split()) for one in words)
    return tuple(dict.fromkeys(one for one in tidy if 0 < len(one) <= LONGEST))[:MOST]
