"""What every process of the program reads once before its first turn: imported before they are forked, it is shared."""

from datetime import UTC, datetime

from sqlalchemy.orm import configure_mappers

from proli.knowledge.address import find_address
from proli.knowledge.dangers import find_danger
from proli.knowledge.places import find_locality
from proli.knowledge.times import find_time
from proli.playbooks.loader import get_playbook
from proli.wiring import load_handlers, load_models

WORDS = "יש לי נזילה בכיור, רמת גן, רחוב ביאליק 12, מחר בשעה 10:00"

load_models()
load_handlers()
configure_mappers()
get_playbook("services")
for find in (find_locality, find_address, find_danger):
    find(WORDS)
find_time(WORDS, now=datetime.now(UTC))
