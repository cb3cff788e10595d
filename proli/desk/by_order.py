"""Which of the visits that we have just asked about is told by its place among them: "הראשון", "לשני", "the last"."""

import re
from datetime import timedelta
from typing import Final

from proli.conversations.models import Message
from proli.desk.said_last import find_said_last
from proli.knowledge.order import find_place
from proli.knowledge.said import as_said
from proli.platform.db import BusinessSession

ASKED: Final = frozenset({"unable_which", "late_which", "done_which", "taken_back_which", "door_which", "price_which"})
"""Texts whose buttons are visits, one each."""
ANSWERS_FOR: Final = timedelta(hours=3)
_TELLS_DAY: Final = re.compile(r"^\d{1,2}\.\d{1,2} ")


async def find_by_order(session: BusinessSession, message: Message) -> str | None:
    """The button of the visit that the words name by its place; None when we have not just asked, or they do not.

    Where visits of other days are asked about, "לשני" may be Monday, and "השני" is not.
    """
    if message.button_id is not None or message.quoted_external_id is not None:
        return None
    text = as_said(message.text)
    if find_place(text, count=2) is None and find_place(text, count=3) is None:
        return None
    last = await find_said_last(session, message)
    if last is None or last.code not in ASKED or message.sent_at - last.sent_at > ANSWERS_FOR:
        return None
    days = any(_TELLS_DAY.match(str(one["text"])) for one in last.buttons)
    place = find_place(text, count=len(last.buttons), may_be_day=days)
    return str(last.buttons[place]["id"]) if place is not None else None
