"""What goes into a lead's needs: of a property, of the job, and what was sent beside words."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, cast

from proli.knowledge.cards import MOST_CARDS
from proli.knowledge.people import find_phone
from proli.knowledge.pins import Pin
from proli.knowledge.property import PropertyNeeds, find_needs
from proli.knowledge.trades import TradeMatch
from proli.knowledge.where import Where
from proli.mind.facts import Facts
from proli.mind.hearing.pieces import written_at

LISTS = frozenset({"features", "refused"})


def needs_of(
    facts: Facts, text: str, where: Where, trades: tuple[TradeMatch, ...], recurring: str | None
) -> dict[str, Any]:
    """What goes into a lead's needs: of a property where the business deals in it, and of the job elsewhere."""
    found: dict[str, Any] = {"phone": find_phone(text), "city_to": named(where.city_to)}
    if facts.playbook.subject == "home":
        found |= {"areas": list(where.neighbourhoods), "sell_city": named(where.sell_city)}
        return told(found) | property_needs(facts, text)
    found |= {"quantity": trades[0].quantity if trades else None, "recurring": recurring}
    found["trades"] = [match.trade for match in trades] if len(trades) > 1 else None
    return told(found)


def told(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in (None, [], (), "")}


def property_needs(facts: Facts, text: str) -> dict[str, Any]:
    """What has changed of the property wanted; None where a correction took something back."""
    names = {field.name for field in fields(PropertyNeeds)}
    stored = {name: value for name, value in facts.known.needs.items() if name in names}
    known = PropertyNeeds(**{name: frozen(value) for name, value in stored.items()})
    offers = facts.asked == "budget" and known.role in ("seller", "landlord")
    asked = "asking_price" if offers else facts.asked
    updated = known.updated(find_needs(text, asked=asked, now=written_at(facts).date(), known=known))
    before, after = asdict(known), asdict(updated)
    changed = {name: value for name, value in after.items() if value != before[name]}
    return {name: [*after[name]] if name in LISTS else value for name, value in changed.items()}


def frozen(value: Any) -> Any:
    """A stored list as the tuple it was."""
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


def named(place: Any) -> str | None:
    return place.name if place else None


def shared(facts: Facts, pin: Pin | None) -> dict[str, Any]:
    """What was sent beside words: the place as a link to a map, and phones of other people with their names."""
    known: list[str] = facts.known.needs.get("other_phones") or []
    told = [f"{card.name} {phone}".strip() for card in facts.cards for phone in card.phones]
    phones = [*dict.fromkeys((*known, *told))][:MOST_CARDS]
    return ({"pin": pin.link()} if pin else {}) | ({"other_phones": phones} if phones != known else {})


def told_home(needs: Mapping[str, Any]) -> bool:
    """Whether a home was described."""
    return any(needs.get(name) for name in ("property_type", "rooms_min", "rooms_max", "budget_max"))
