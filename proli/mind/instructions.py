"""The instructions of a turn: who the agent is, what is known and was found, and the rules it may not break."""

import json
from datetime import datetime
from typing import Any

from proli.knowledge.trades import list_trades, professional_word
from proli.mind.facts import Facts, Guidance, Standing
from proli.mind.hearing.burst import Heard
from proli.mind.request_words import names_of
from proli.playbooks.words import say_when
from proli.prompts.templates import aloud_frame, guidance_frame, template, template_version

LANGUAGES = {"he": "עברית", "en": "אנגלית"}


def version_of(playbook: str, guidance: Guidance | None = None) -> str:
    """The template by its digest, and the business's own version by its number: "services-ab12cd34+3".

    A draft's text still changes, so a turn that tried one names its version as well: "services-ab12cd34+3~2".
    """
    if guidance is None:
        return template_version(playbook)
    edit = "" if guidance.edit is None else f"~{guidance.edit}"
    return f"{template_version(playbook)}+{guidance.number}{edit}"


def instructions(facts: Facts, heard: Heard) -> str:
    """The template filled with this turn's facts. What customers wrote stands in data, never in instructions.

    What the business wrote comes last, framed by a line that says that the rules before it stand.
    """
    data = {
        "now": f"{facts.local_now:%A %Y-%m-%d %H:%M}",
        "request": request_of(facts),
        "missing": facts.known.missing(facts.playbook),
        "visit": visit_of(facts, facts.standing),
        "times_offered": [offer.astimezone(facts.zone).isoformat() for offer in facts.offered],
        "findings": findings_of(heard),
        "earlier_requests": [earlier.as_json() for earlier in facts.past],
        "said_earlier": facts.summary,
        "done_in_this_turn": [{"tool": done.tool, "outcome": dict(done.outcome)} for done in facts.done],
        "first_contact": facts.first_contact,
    }
    if facts.noted is not None:
        how = {"passed": "passed on just now", "later": "will be passed on before the visit"}
        data["said_for_who_comes"] = how.get(facts.noted.how, "kept, and passed on once the visit is approved")
    if facts.choices:
        data |= {"open_requests": names_of(facts.choices, facts), "ask_which_is_meant": facts.unclear}
    ours = template(facts.playbook.id).format(
        persona=facts.playbook.persona["he" if facts.language == "he" else "en"].format(business=facts.business),
        language=LANGUAGES[facts.language],
        trades=trades_of(facts),
        intents=", ".join(sorted(heard.possible_intents)),
        data=json.dumps(data, ensure_ascii=False, indent=1, default=str),
    )
    return ours + (aloud_frame() if facts.aloud else "") + guided(facts.guidance)


def guided(guidance: Guidance | None) -> str:
    """The business's words under their heading; nothing where it has written none."""
    return f"\n\n{guidance_frame().format(guidance=guidance.text)}" if guidance and guidance.text else ""


def trades_of(facts: Facts) -> str:
    if facts.playbook.trades:
        return ", ".join(f"{trade} ({own.name['he']})" for trade, own in facts.playbook.trades.items())
    return ", ".join(f"{trade} ({professional_word(trade, 'he')})" for trade in list_trades())


def request_of(facts: Facts) -> dict[str, Any]:
    known = facts.known
    return {
        "status": known.status,
        "intent": known.intent or facts.intent,
        "trade": known.trade,
        "issue": known.issue,
        "urgency": known.urgency,
        "city": known.locality,
        "address": known.address,
        "wished_time": known.wish,
        "name": known.name,
        "needs": dict(known.needs),
    }


def visit_of(facts: Facts, standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None

    def said(moment: datetime) -> str:
        return say_when(moment, now=facts.now, zone=facts.zone, language=facts.language)

    return {
        "status": status_of(facts, standing),
        "when": said(standing.starts_at),
        "late_and_expected": said(standing.expected_at) if standing.expected_at is not None else None,
        "professional": standing.professional,
        "stays_until_approved": standing.stays_at,
        "notes_of_the_professional": standing.prompt,
    }


def status_of(facts: Facts, standing: Standing) -> str:
    if standing.in_question:
        return "in_question"
    if facts.known.not_held:
        return "did_not_take_place"
    return "time_passed_being_checked" if standing.unsettled else standing.status


def findings_of(heard: Heard) -> dict[str, Any]:
    """What code has found in the burst, so that a model need not guess and code need not trust."""
    where, wish = heard.where, heard.wish
    places = [*where.candidates] or [place for place in (where.city,) if place]
    found = {
        "intent": heard.intent,
        "intents": sorted(heard.intents),
        "places": [{"name": place.name, "code": place.code} for place in places],
        "trades": [match.trade for match in heard.trades],
        "issue": heard.trade.issue if heard.trade else None,
        "urgency": heard.urgency,
        "danger": heard.danger.id if heard.danger else None,
        "address": heard.address.line() if heard.address else None,
        "time": None
        if wish is None
        else {
            "words": wish.source,
            "kind": wish.kind,
            "start": wish.start,
            "end": wish.end,
            "part": wish.part,
            "ambiguous": wish.ambiguous,
            "one_of_these_days": wish.days,
        },
        "time_is_over": heard.lapsed
        and {"words": heard.lapsed.source, "written_at": heard.lapsed.written_at, "ask": "whether and when"},
        "name": heard.name,
        "needs": dict(heard.needs),
        "chosen_time": heard.chosen,
    }
    return {name: value for name, value in found.items() if value}
