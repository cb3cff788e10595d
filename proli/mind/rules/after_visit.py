"""What is said after a visit and asks for no other job: people read it, unless the business has told what is asked."""

from proli.conversations.reasons import PersonReason
from proli.knowledge.requests import WEAK
from proli.mind.hearing.of_visit import was_visited
from proli.mind.rules import replies
from proli.mind.rules.business_facts import facts_asked_for
from proli.mind.rules.state import Call, Move, Say, State

ASKS: frozenset[str] = frozenset({"question_facts"})


def pass_on_after_visit(state: State) -> Move | None:
    """Praise, complaints and questions that nothing here can act on go to people with the words; they answer, and who
    wrote is not left to them for that.
    """
    if not is_of_past_visit(state):
        return None
    if asks_facts(state):
        found = state.outcome("business_facts")
        if found is None:
            return Call("business_facts", {})
        if facts_asked_for(state.facts.text, found.get("facts", {})):
            return Say(replies.compose(state, ""))
    if state.last("hand_over") is None:
        return Call("hand_over", {"reason": PersonReason.customer_wrote})
    asks = "?" in state.facts.text or state.heard.request is not None or asks_facts(state)
    return Say(replies.words(state, "passed_to_team" if asks else "words_passed"))


def asks_facts(state: State) -> bool:
    return bool(ASKS & state.heard.intents)


def is_of_past_visit(state: State) -> bool:
    """Whether what is said after a visit asks for no other job and is nothing that we can answer: money, a receipt."""
    facts, heard = state.facts, state.heard
    if facts.known.lead_id is not None or not was_visited(facts) or heard.names_job or heard.may_cancel:
        return False
    if not heard.said_something:
        return True
    weak = heard.request is not None and heard.request.strength == WEAK
    asked = weak or (asks_facts(state) and heard.request is None)
    return asked and not heard.intents - ASKS
