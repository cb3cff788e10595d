"""What a business says of itself, in the words its playbook and its price list give it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from proli.accounts.models import Business
from proli.knowledge.text import isolate
from proli.knowledge.trades import URGENT
from proli.playbooks.loader import Playbook, get_playbook
from proli.playbooks.texts import own_texts, say
from proli.playbooks.words import say_price, say_times, say_when
from proli.professionals.models import Price

STAFF = "מורן"
"""Who answers in person."""


@dataclass(frozen=True, slots=True)
class Office:
    business: Business
    prices: Sequence[Price]
    now: datetime

    @property
    def playbook(self) -> Playbook:
        return get_playbook(self.business.playbook)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.business.zone)

    def say(self, code: str, language: Literal["he", "en"], /, **values: str) -> str:
        return say(code, language, own_texts(self.playbook, self.business.texts), **values)

    def when(self, moment: datetime, language: str, *, at: datetime) -> str:
        return say_when(moment, now=at, zone=self.zone, language=language)

    def times(self, moments: Sequence[datetime], language: Literal["he", "en"], *, at: datetime) -> str:
        return self.say("offer_times", language, times=say_times(moments, now=at, zone=self.zone, language=language))

    def price_lines(self, trade: str, language: Literal["he", "en"]) -> str:
        """The price list of a trade, or that there is none."""
        own = [price for price in self.prices if price.trade == trade]
        if not own:
            return self.say("no_price", language)
        lines = (self.price_line(price, language) for price in own)
        return self.say("price_lines", language, prices="\n".join(lines))

    def price_line(self, price: Price, language: Literal["he", "en"]) -> str:
        words = say_price(price.from_agorot, price.to_agorot, language=language)
        return self.say("price_line", language, label=isolate(price.label), price=words)

    def offer_minutes(self, urgency: str) -> int:
        return self.business.urgent_offer_minutes if urgency in URGENT else self.business.offer_minutes
