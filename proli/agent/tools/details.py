"""Saving what the customer said. Places, trades and times are checked against what exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic_ai import RunContext

from proli.agent.deps import Deps
from proli.agent.repeat import Outcome, once
from proli.knowledge.places import find_locality, find_places
from proli.knowledge.times import TimeWish, find_time
from proli.knowledge.trades import list_trades
from proli.leads.actions import open_lead, save_details
from proli.leads.models import Lead
from proli.leads.queries import find_open_lead
from proli.platform.db import BusinessSession

Urgency = Literal["low", "normal", "high", "emergency"]


@dataclass(frozen=True, slots=True)
class Checked:
    """Arguments that passed, as details of a lead, and what did not, as codes with the words."""

    details: dict[str, Any]
    problems: dict[str, str]


async def save_details_tool(
    context: RunContext[Deps],
    trade: str | None = None,
    issue: str | None = None,
    description: str | None = None,
    urgency: Urgency | None = None,
    city: str | None = None,
    address: str | None = None,
    when: str | None = None,
    name: str | None = None,
    new_request: bool = False,
) -> Outcome:
    """Save what the customer has just told or corrected. Leave out what was not said; never guess.

    Args:
        trade: one of the trade ids of the instructions.
        issue: a short id of the problem, if the instructions name one.
        description: the problem in the customer's own words.
        urgency: how urgent it is, by the customer's words.
        city: the city or town of the visit, as the customer wrote it.
        address: street, number, floor and apartment.
        when: the customer's own words for the wished time, such as "מחר אחרי 4".
        name: the customer's name.
        new_request: true when this is another job than the one already booked.
    """
    deps = context.deps
    arguments = {
        "trade": trade,
        "issue": issue,
        "description": description,
        "urgency": urgency,
        "city": city,
        "address": address,
        "when": when,
        "name": name,
        "new_request": new_request,
    }
    checked = check(arguments, now=deps.now.astimezone(deps.zone))

    async def effect(session: BusinessSession) -> Outcome:
        lead = await lead_to_fill(session, deps, new_request=new_request)
        changed = save_details(session, lead, checked.details, actor="agent", now=deps.now)
        return {"lead_id": lead.id, "saved": changed, "problems": checked.problems}

    return await once(deps, "save_details", arguments, effect)


async def lead_to_fill(session: BusinessSession, deps: Deps, *, new_request: bool) -> Lead:
    """The request being arranged; a new one when there is none, or the known one is booked and this is another."""
    lead = await find_open_lead(session, deps.contact_id)
    if lead is None or (new_request and lead.status == "booked"):
        lead = await open_lead(
            session,
            contact_id=deps.contact_id,
            conversation_id=deps.conversation_id,
            actor="agent",
            now=deps.now,
        )
    return lead


def check(arguments: Mapping[str, Any], *, now: datetime) -> Checked:
    """Only trades, places and times that exist become details; the rest is named, to be asked again."""
    details: dict[str, Any] = {
        "issue": arguments["issue"],
        "description": clipped(arguments["description"], 1000),
        "urgency": arguments["urgency"],
        "address": clipped(arguments["address"], 200),
        "customer_name": clipped(arguments["name"], 80),
    }
    problems: dict[str, str] = {}
    if arguments["trade"]:
        if arguments["trade"] in list_trades():
            details["trade"] = arguments["trade"]
        else:
            problems["trade"] = f"unknown trade; one of {', '.join(list_trades())}"
    if arguments["city"]:
        check_city(arguments["city"], details, problems)
    if arguments["when"]:
        check_time(arguments["when"], details, problems, now=now)
    return Checked({name: value for name, value in details.items() if value}, problems)


def clipped(words: str | None, most: int) -> str | None:
    return words.strip()[:most] if words else None


def check_city(words: str, details: dict[str, Any], problems: dict[str, str]) -> None:
    exact = find_locality(words)
    found = {exact.name} if exact else {match.locality.name for match in find_places(words, asked=True)}
    if len(found) == 1:
        details["locality"] = found.pop()
    elif found:
        problems["city"] = f"ambiguous: {', '.join(sorted(found))}; ask which one"
    else:
        problems["city"] = f"no such place in Israel: {words[:40]}; ask again"


def check_time(words: str, details: dict[str, Any], problems: dict[str, str], *, now: datetime) -> None:
    wish = find_time(words, now=now, asked=True)
    if wish is None:
        problems["when"] = f"not understood: {words[:60]}; ask when, with day and hour"
    else:
        details["wish"] = wish_json(wish)
        if wish.ambiguous:
            problems["when"] = f"ambiguous hour: {words[:60]}; ask whether morning or evening"


def wish_json(wish: TimeWish) -> dict[str, Any]:
    return {
        "kind": wish.kind,
        "start": wish.start.isoformat() if wish.start else None,
        "end": wish.end.isoformat() if wish.end else None,
        "part": wish.part,
        "source": wish.source,
        "ambiguous": wish.ambiguous,
    }


def wish_from(stored: Mapping[str, Any]) -> TimeWish:
    return TimeWish(
        kind=stored["kind"],
        start=datetime.fromisoformat(stored["start"]) if stored["start"] else None,
        end=datetime.fromisoformat(stored["end"]) if stored["end"] else None,
        part=stored["part"],
        source=stored["source"],
    )
