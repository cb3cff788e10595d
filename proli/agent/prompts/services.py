"""The instructions of a turn: who the agent is, what is known, and the rules it may not break."""

import hashlib
import json
from functools import cache
from importlib.resources import files

from proli.agent.facts import Facts
from proli.knowledge.trades import list_trades, professional_word
from proli.playbooks.words import say_when


@cache
def template() -> str:
    return (files("proli.agent.prompts") / "services.md").read_text(encoding="utf-8")


VERSION = f"services-{hashlib.sha256(template().encode()).hexdigest()[:8]}"


def instructions(facts: Facts) -> str:
    """The template filled with this turn's facts. What customers wrote stands in data, never in instructions."""
    known, standing = facts.known, facts.standing
    data = {
        "now": f"{facts.local_now:%A %Y-%m-%d %H:%M}",
        "request": {
            "status": known.status,
            "trade": known.trade,
            "issue": known.issue,
            "urgency": known.urgency,
            "city": known.locality,
            "address": known.address,
            "wished_time": known.wish,
            "name": known.name,
        },
        "missing": known.missing(facts.playbook),
        "visit": None
        if standing is None
        else {
            "status": standing.status,
            "when": say_when(standing.starts_at, now=facts.now, zone=facts.zone, language=facts.language),
            "professional": standing.professional,
            "notes_of_the_professional": standing.prompt,
        },
        "times_offered": [offer.astimezone(facts.zone).isoformat() for offer in facts.offered],
        "done_in_this_turn": [{"tool": done.tool, "outcome": dict(done.outcome)} for done in facts.done],
        "first_contact": facts.first_contact,
    }
    return template().format(
        persona=facts.playbook.persona["he" if facts.language == "he" else "en"].format(business=facts.business),
        language={"he": "Hebrew", "en": "English"}[facts.language],
        trades=", ".join(f"{trade} ({professional_word(trade, 'he')})" for trade in list_trades()),
        data=json.dumps(data, ensure_ascii=False, indent=1, default=str),
    )
