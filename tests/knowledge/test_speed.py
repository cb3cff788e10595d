"""Reading a message is cheap enough to do before every turn."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from proli.knowledge.address import find_address
from proli.knowledge.intents import find_intents
from proli.knowledge.people import find_name
from proli.knowledge.places import find_places
from proli.knowledge.times import find_time
from proli.knowledge.trades import find_trade

MESSAGE = "שלום, הכיור במטבח סתום לגמרי. אני ברמת גן, ביאליק 30 קומה 2, אפשר מחר אחרי 4? תודה, דנה"
CALM_MS = 25.0


def read_all(text: str) -> None:
    now = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))
    for read in (find_places, find_address, find_trade, find_intents, find_name):
        read(text)
    find_time(text, now=now)


def test_reading_everything_in_a_message_takes_milliseconds_once_loaded() -> None:
    read_all(MESSAGE)
    best = min(_timed(MESSAGE) for _ in range(5))
    assert best < CALM_MS


def test_a_very_long_message_does_not_stall() -> None:
    read_all(MESSAGE)
    assert _timed(f"{MESSAGE} {'בערך ' * 800}") < 100 * CALM_MS


def _timed(text: str) -> float:
    start = time.perf_counter()
    read_all(text)
    return (time.perf_counter() - start) * 1000
