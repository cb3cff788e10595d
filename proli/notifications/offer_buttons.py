"""The buttons below an offer: made when it is sent, and read when one is tapped or the offer is quoted."""

import re
from typing import Final

from proli.conversations.outbox import Button
from proli.knowledge.answers import Answer
from proli.playbooks.texts import say

_TAP: Final = re.compile(r"offer:(\d{1,18}):(approve|decline)")
_OF_OFFER: Final = re.compile(r"offer:(\d{1,18})")


def offer_key(offer_id: int) -> str:
    """What the message that holds the offer is for."""
    return f"offer:{offer_id}"


def offer_buttons(offer_id: int, language: str) -> tuple[Button, Button]:
    return (
        Button(f"{offer_key(offer_id)}:approve", say("button_approve", language)),
        Button(f"{offer_key(offer_id)}:decline", say("button_decline", language)),
    )


def read_offer_tap(button_id: str | None) -> tuple[int, Answer] | None:
    """The offer and the answer that the button means; None when it is another button, or none."""
    found = _TAP.fullmatch(button_id or "")
    return None if found is None else (int(found[1]), "approve" if found[2] == "approve" else "decline")


def offer_of(key: str | None) -> int | None:
    """The offer that a message of ours with this key is about."""
    found = _OF_OFFER.match(key or "")
    return int(found[1]) if found else None
