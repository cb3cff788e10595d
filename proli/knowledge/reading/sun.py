"""When the sun sets and when it is night at a place of the land, in its zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from astral import Observer, SunDirection
from astral.sun import sunset, time_at_elevation

from proli.knowledge.reading.gazetteer import Locality

ZONE: Final = ZoneInfo("Asia/Jerusalem")
NIGHT_DEGREES: Final = 8.5
"""How far below the horizon the sun is when Shabbat is out."""
CANDLE_MINUTES: Final = 18
"""How long before sunset candles are lit where no custom says otherwise."""

_CUSTOMS: Final[dict[int | None, int]] = {3000: 40, 4000: 30}
"""By locality code: Jerusalem and Haifa."""
_TEL_AVIV: Final = (32.08088, 34.78057)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sunset is asked for, in degrees, and the custom there in minutes before it."""

    lat: float
    lon: float
    candle_minutes: int


def spot_of(place: Locality | None, candle_minutes: int | None = None) -> Spot:
    """The spot of a place, Tel Aviv when none is known; `candle_minutes` overrides its custom."""
    lat, lon = _TEL_AVIV if place is None else (place.lat, place.lon)
    custom = CANDLE_MINUTES if place is None else _CUSTOMS.get(place.code, CANDLE_MINUTES)
    return Spot(lat, lon, custom if candle_minutes is None else candle_minutes)


@lru_cache(maxsize=16_384)
def sunset_at(spot: Spot, on: date) -> datetime:
    """Sunset at sea level, to the second."""
    return sunset(Observer(spot.lat, spot.lon), on, tzinfo=ZONE).replace(microsecond=0)


@lru_cache(maxsize=16_384)
def night_at(spot: Spot, on: date) -> datetime:
    """The moment the sun's centre is 8.5 degrees below the horizon, without refraction, to the second."""
    observer = Observer(spot.lat, spot.lon)
    found = time_at_elevation(observer, -NIGHT_DEGREES, on, SunDirection.SETTING, ZONE, with_refraction=False)
    return found.replace(microsecond=0)


def candles_at(spot: Spot, on: date) -> datetime:
    """The custom's minutes before sunset."""
    return sunset_at(spot, on) - timedelta(minutes=spot.candle_minutes)
