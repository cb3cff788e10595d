"""How a request stands, in words that are made from its rows."""

from proli.knowledge.text import isolate
from proli.mind.facts import Facts
from proli.mind.rules import replies
from proli.mind.rules.state import State
from proli.playbooks.words import say_hour


def standing_beside(state: State) -> str | None:
    """How the request stands, beside what else is told: that a visit is booked says nothing any more to who asks
    people about one that has begun."""
    facts, standing = state.facts, state.facts.standing
    begun = standing is not None and standing.status == "confirmed" and standing.starts_at <= facts.now
    late = standing is not None and standing.expected_at is not None
    told = facts.known.not_held or late or (standing is not None and (standing.unsettled or standing.in_question))
    return None if begun and not told and replies.passed_words(state) else standing_words(facts)


def standing_words(facts: Facts) -> str | None:
    """How the request stands, in words that are true by construction."""
    standing = facts.standing
    if standing is None:
        return None
    moment = replies.when(facts, standing.starts_at)
    if standing.in_question:
        return facts.say("visit_in_question", when=moment)
    if facts.known.not_held and standing.status == "confirmed":
        return facts.say("visit_not_held")
    if standing.unsettled:
        return facts.say("visit_unsettled", when=moment)
    if standing.status == "confirmed" and standing.expected_at is not None:
        time, was = say_hour(standing.expected_at, facts.zone), say_hour(standing.starts_at, facts.zone)
        return facts.say("running_late", professional=isolate(standing.professional), time=time, was=was)
    if standing.status == "confirmed":
        return facts.say("booked", when=moment, professional=isolate(standing.professional))
    if standing.stays_at is not None:
        return facts.say("waiting_move", when=moment, stays=replies.when(facts, standing.stays_at))
    return facts.say("waiting", when=moment)
