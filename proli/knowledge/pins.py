"""Points on the map that people share, as a pin or in a link, and the towns they may be in."""

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from proli.knowledge.places import Locality
from proli.knowledge.reading.gazetteer import gazetteer

_FARTHEST_KM: Final = 12.0
"""Further from every town's edge nobody can say which of them is meant."""
_SURE: Final = 1.6
"""How much nearer the next town would have to be to come into question."""
_KM: Final = 111.2
_DEGREES: Final = r"-?\d{1,3}\.\d{1,12}"
_PAIR: Final = rf"(?P<lat>{_DEGREES})(?:,|%2C)\+?(?P<lon>{_DEGREES})"
_LINK: Final = re.compile(r"(?:https?://|geo:)[^\s<>\"]{1,2000}", re.IGNORECASE)
_MARKED: Final = re.compile(rf"!3d(?P<lat>{_DEGREES})!4d(?P<lon>{_DEGREES})", re.IGNORECASE)
"""The place itself, where the rest of a link tells the middle of the screen."""
_PLAIN: Final = re.compile(
    rf"(?:[?&/](?:ll|q|query|destination|daddr|center|sll)=(?:loc:)?|/@|/search/|/place/|/dir//?|geo:){_PAIR}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pin:
    """A point in degrees."""

    latitude: float
    longitude: float

    def link(self) -> str:
        """Where a map shows it."""
        return f"https://www.google.com/maps?q={self.latitude:.6f},{self.longitude:.6f}"


def make_pin(latitude: object, longitude: object) -> Pin | None:
    """The pin of these numbers; None where they are none, or no point of the land."""
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    pin = Pin(float(latitude), float(longitude))
    return pin if 29.3 <= pin.latitude <= 33.5 and 34.1 <= pin.longitude <= 36.0 else None


def find_pin(text: str) -> Pin | None:
    """The point that a link of a map in the text shows, read from its letters alone."""
    for link in _LINK.finditer(text):
        if found := _MARKED.search(link[0]) or _PLAIN.search(link[0]):
            return make_pin(float(found["lat"]), float(found["lon"]))
    return None


def without_links(text: str) -> str:
    """The text without links, whose letters and digits are no words."""
    return _LINK.sub(" ", text) if "://" in text or "geo:" in text.lower() else text


def towns_at(pin: Pin) -> tuple[Locality, ...]:
    """The town a pin is in; several, the likeliest first, where the border is near; none far from all."""
    ranked = sorted((_apart(pin, town) / reach, town.name, town) for town, reach in _towns())[:3]
    near = [(share, town) for share, _, town in ranked if _apart(pin, town) <= _FARTHEST_KM]
    return tuple(town for share, town in near if share <= max(near[0][0], 0.25) * _SURE)


@cache
def _towns() -> tuple[tuple[Locality, float], ...]:
    """Every locality with how far it reaches from its centre, in kilometres."""
    return tuple((town, 0.6 + math.sqrt(town.population) / 260) for town in gazetteer().by_name.values())


def _apart(pin: Pin, town: Locality) -> float:
    """Kilometres on the flat, near enough within the land."""
    north = (pin.latitude - town.lat) * _KM
    east = (pin.longitude - town.lon) * _KM * math.cos(math.radians(pin.latitude))
    return math.hypot(north, east)
