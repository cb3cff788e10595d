"""A contact's requests in words, where there are several."""

from collections.abc import Sequence
from datetime import datetime
from textwrap import shorten
from typing import Final
from zoneinfo import ZoneInfo

from proli.knowledge.text import isolate
from proli.mind.choices import Choice, Wanted, in_order
from proli.mind.facts import Facts
from proli.playbooks.texts import OwnTexts, say
from proli.playbooks.trades import say_issue, say_trade
from proli.playbooks.words import say_when

MOST_ABOUT: Final = 40
"""Of longer words about a job only the beginning is shown."""


def name_of(choice: Choice, *, now: datetime, zone: ZoneInfo, language: str, own: OwnTexts | None = None) -> str:
    """ "אינסטלציה, מחר בשעה 10:00, יוסי כהן": by its trade, its time and who comes, as far as they are known.

    Where another one is of the same trade, by what it is about besides: "אינסטלציה (סתימה), ...".
    """
    trade = say_trade(choice.trade, language) if choice.trade else say("request_untold", language, own)
    if choice.alike and (about := about_of(choice, language)):
        trade = f"{trade} ({about})"
    if choice.starts_at is None:
        return say("request_untimed", language, own, trade=trade)
    when = say_when(choice.starts_at, now=now, zone=zone, language=language)
    return ", ".join(filter(None, (trade, when, isolate(choice.professional) if choice.professional else "")))


def about_of(choice: Choice, language: str) -> str:
    """What is to be done: by its name, or in the customer's first words where others are called the same."""
    name = say_issue(choice.trade, choice.issue, language)
    if name and choice.alike != "issue":
        return name
    told = choice.description.splitlines()[:1]
    return isolate(shorten(told[0], MOST_ABOUT, placeholder="…")) if told else name or ""


def names_of(choices: Sequence[Choice], facts: Facts) -> list[str]:
    """Each by its name, in the order in which they are shown."""
    zone, language = facts.zone, facts.language
    return [name_of(one, now=facts.now, zone=zone, language=language, own=facts.own_texts) for one in in_order(choices)]


def ask_which(facts: Facts) -> str:
    """Which of the requests is meant, each with a number to answer by."""
    return ask_which_of(facts.choices, facts)


def ask_which_of(choices: Sequence[Choice], facts: Facts) -> str:
    named = enumerate(names_of(choices, facts), start=1)
    return facts.say("which_visit", visits="\n".join(f"{isolate(str(number))}. {name}" for number, name in named))


def tell_all(facts: Facts) -> str:
    """When each of the requests is, for who asks and names none."""
    return facts.say("visits_told", visits="\n".join(names_of(facts.choices, facts)))


def about_which(facts: Facts, wanted: Wanted = "move") -> str:
    """Which visit is moved, or which ones something else is `wanted` of, where there are several requests."""
    picked = facts.picked
    if picked is None or picked.wanted != wanted:
        return ""
    meant = [one for one in facts.choices if one.lead_id in picked.lead_ids and one.starts_at is not None]
    return facts.say("about_visit", visit="; ".join(names_of(meant, facts))) if meant else ""
