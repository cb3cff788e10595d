"""What the tools would say and do, without a database: a small world whose truth the test knows."""

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from proli.mind.facts import Done, Facts, Standing
from proli.mind.hearing.burst import Heard
from proli.mind.rules.state import Call

NAMES = ("יוסי כהן", "משה לוי", "נועה גל", "אבי מזרחי")
PRICES = ((25000, "250"), (35000, "350"))


@dataclass
class FakeOffice:
    """Tools that succeed or refuse by chance, and what is true after them."""

    facts: Facts
    heard: Heard
    chance: random.Random
    done: list[Done] = field(default_factory=list[Done])
    offered: list[str] = field(default_factory=list[str])
    cancelled: bool = False
    handed_over: bool = False
    opted_out: bool = False
    prices_shown: bool = False

    def run(self, call: Call) -> None:
        """The call has had its effect, or was refused."""
        tool = getattr(self, call.tool)
        outcome = tool(dict(call.arguments))
        self.done.append(Done(call.tool, call.arguments, outcome))

    def save_details(self, arguments: dict[str, Any]) -> dict[str, Any]:
        wish = self.heard.wish if arguments.get("when") else None
        saved = {
            "trade": self.facts.playbook.trade or arguments.get("trade"),
            "locality": arguments.get("city"),
            "address": arguments.get("address"),
            "wish": wish
            and {
                "kind": wish.kind,
                "start": wish.start.isoformat() if wish.start else None,
                "end": None,
                "part": wish.part,
                "source": wish.source,
                "ambiguous": wish.ambiguous,
            },
            "customer_name": arguments.get("name"),
            "needs": arguments.get("needs"),
        }
        saved = {name: value for name, value in saved.items() if value}
        names = {"customer_name": "name"}
        known = replace(self.facts.known, lead_id=1, **{names.get(name, name): value for name, value in saved.items()})
        self.facts = replace(self.facts, known=known)
        return {"lead_id": 1, "saved": saved, "problems": {}}

    def find_times(self, _: dict[str, Any]) -> dict[str, Any]:
        count = self.chance.choice((0, 1, 3))
        first = self.facts.now + timedelta(hours=self.chance.randint(1, 60))
        starts = [(first + timedelta(hours=3 * number)).replace(minute=0) for number in range(count)]
        self.offered = [start.isoformat() for start in starts]
        words = [f"{start.astimezone(self.facts.zone):%H:%M}" for start in starts]
        times = [{"start": start, "words": said} for start, said in zip(self.offered, words, strict=True)]
        return {"fits_wish": self.chance.random() < 0.5, "times": times}

    def request_visit(self, arguments: dict[str, Any]) -> dict[str, Any]:
        start = datetime.fromisoformat(arguments["start"])
        if self.chance.random() < 0.3:
            return {"status": "nobody_fits", "reason": "nobody is free then", "start": arguments["start"]}
        direct = not self.facts.playbook.approval
        name = self.chance.choice(NAMES)
        self.facts = replace(self.facts, standing=Standing("confirmed" if direct else "held", start, name))
        said = {"start": arguments["start"], "when": ""}
        return {"status": "booked", "professional": name, **said} if direct else {"status": "asked", **said}

    def cancel_visit(self, _: dict[str, Any]) -> dict[str, Any]:
        if self.facts.known.lead_id is None:
            return {"status": "nothing_to_cancel"}
        self.cancelled = True
        self.facts = replace(self.facts, standing=None)
        return {"status": "cancelled", "lead_id": 1}

    def list_prices(self, _: dict[str, Any]) -> dict[str, Any]:
        self.prices_shown = self.chance.random() < 0.7
        shown = [{"label": "ביקור", "words": f"₪{words}", "agorot": [agorot, agorot]} for agorot, words in PRICES]
        return {"prices": shown if self.prices_shown else []}

    def business_facts(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"name": self.facts.business, "facts": {"אחריות": "שלושה חודשים", "תשלום": "מזומן או ביט"}}

    def hand_over(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self.handed_over = True
        return {"status": "handed_over", "lead_id": 1, "reason": arguments["reason"]}

    def opt_out(self, _: dict[str, Any]) -> dict[str, Any]:
        self.opted_out = True
        return {"status": "opted_out"}
