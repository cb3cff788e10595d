"""How long a burst is given to end: no time after a tap, little after a whole answer to what was just asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.chat.parties import Parties
from proli.conversations.intake import EARLY_LENGTH, EARLY_S
from proli.conversations.lines import Said
from proli.conversations.models import Conversation, MessageKind
from proli.knowledge.address import find_address
from proli.knowledge.answers import find_answer
from proli.knowledge.places import find_locality
from proli.knowledge.ratings import find_score
from proli.knowledge.said import as_said
from proli.knowledge.times import find_time
from proli.mind.choices import CANCEL, read_asked
from proli.notifications.ratings import ASKED

GOES_ON: Final = (",", "…", "...", ":", "-", "ו", " and", " או", " or")


def settling(parties: Parties, *, settle_s: float, settle_max_s: float) -> float:
    """How many seconds the burst should still be given; by the database's clock, which stamped the messages."""
    waiting, zone = parties.waiting, ZoneInfo(parties.business.zone)
    newest = waiting[-1]
    if newest.button_id is not None:
        return 0
    whole = len(waiting) == 1 and answers_in_full(parties.conversation, newest, zone=zone)
    settle_s = min(settle_s, EARLY_S) if whole else settle_s
    quiet = (parties.read_at - max(message.created_at for message in waiting)).total_seconds()
    waited = (parties.read_at - min(message.created_at for message in waiting)).total_seconds()
    return max(0.0, min(settle_s - quiet, settle_max_s - waited))


def answers_in_full(conversation: Conversation, message: Said, *, zone: ZoneInfo) -> bool:
    """Whether the message alone answers what was asked last, so that nothing more is likely to follow."""
    text = as_said(message.text).strip()
    if message.kind != MessageKind.text or not text or len(text) > EARLY_LENGTH or text.endswith(GOES_ON):
        return False
    match read_asked(conversation.asked)[0]:
        case "time":
            return chooses(text, conversation.offered) or names_hour(text, message.sent_at.astimezone(zone))
        case "city":
            return find_locality(text) is not None
        case "address":
            address = find_address(text, asked=True)
            return address is not None and address.street is not None and address.number is not None
        case asked if asked == CANCEL:
            return find_answer(text) is not None
        case asked if asked == ASKED:
            return find_score(text, just_asked=True) is not None
        case _:
            return False


def chooses(text: str, offered: Sequence[str]) -> bool:
    """Whether it is the number of one of the times that were offered, or a plain yes or no to a single one."""
    if text.isascii() and text.isdigit():
        return 1 <= int(text) <= len(offered)
    return len(offered) == 1 and find_answer(text) is not None


def names_hour(text: str, written_at: datetime) -> bool:
    wish = find_time(text, now=written_at, asked=True)
    return wish is not None and wish.kind == "exact" and not wish.ambiguous and not wish.days
