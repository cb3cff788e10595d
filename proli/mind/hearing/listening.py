"""Hearing without holding up anybody else: what is short at once, all else in a process that can be killed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from loguru import logger

from proli.conversations.models import MessageKind
from proli.mind.facts import Facts, Known, Said
from proli.mind.hearing.burst import Heard, hear, unheard
from proli.platform.apart import TookTooLong
from proli.platform.runtime import Runtime
from proli.playbooks.loader import get_playbook, list_playbooks

AT_ONCE = 300
"""Letters that are heard where they came in: sending them to another process would cost more than it saves."""


async def listen(runtime: Runtime, facts: Facts, *, conversation_id: int) -> Heard:
    """What is heard in the burst, or nothing when that takes too long."""
    read = facts.as_said()
    letters, came = (sum(len(one.text) for one in some.said) for some in (read, facts))
    if letters < came:
        logger.info("Conversation {}: {} of {} letters are read", conversation_id, letters, came)
    if letters <= AT_ONCE:
        return hear(read)
    within_s = runtime.settings.agent.hearing_s
    try:
        return await runtime.apart.run(hear, read, within_s=within_s, first=warm_up)
    except TookTooLong:
        logger.warning("Conversation {}: {} letters were not heard within {} s", conversation_id, letters, within_s)
        return unheard(read)


def warm_up() -> None:
    """Every table that hearing needs is read."""
    for name in list_playbooks():
        hear(
            Facts(
                business="",
                playbook=get_playbook(name),
                zone=ZoneInfo("Asia/Jerusalem"),
                now=datetime(2026, 1, 1, tzinfo=UTC),
                language="he",
                known=Known(),
                standing=None,
                asked=None,
                offered=(),
                said=(
                    Said(0, MessageKind.text, "שלום, נזילה בכיור בדירת 3 חדרים, הרצל 5 חולון, מחר בשמונה", None, None),
                ),
                first_contact=True,
            )
        )
