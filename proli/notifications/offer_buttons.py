"""The buttons below an offer: made when it is sent, and read when one is tapped or the offer is quoted."""

import re
from typing import Final

from proli.conversations.buttons import ROW, Button, Tap
from proli.knowledge.answers import Answer
from proli.playbooks.texts import say

OFFER: Final = Tap("offer", ROW, "approve|decline")
_OF_OFFER: Final = re.compile(rf"offer:({ROW})")


def offer_key(offer_id: int) -> str:
    """What the message that holds the offer is for."""
    return OFFER.id(offer_id)


def offer_buttons(offer_id: int, language: str) -> tuple[Button, Button]:
    return (
        Button(OFFER.id(offer_id, "approve"), say("button_approve", language)),
        Button(OFFER.id(offer_id, "decline"), say("button_decline", language)),
    )


def read_offer_tap(button_id: str | None) -> tuple[int, Answer] | None:
    """The offer and the answer that the button means; None when it is another button, or none."""
    found = OFFER.read(button_id)
    return None if found is None else (int(found[0]), "approve" if found[1] == "approve" else "decline")


def offer_of(key: str | None) -> int | None:
    """The offer that a message of ours with this key is about."""
    found = _OF_OFFER.match(key or "")
    return int(found[1]) if found else None
