"""What a burst says for whoever comes to the visit."""

from typing import Final

from proli.knowledge.for_visit import ForVisit, read_for_visit
from proli.knowledge.requests import Request
from proli.knowledge.visits import Aim
from proli.mind.facts import Facts, Said

OF_PEOPLE: Final = frozenset({"complaint", "human", "wrong_number", "off_topic"})
ELSEWHERE: Final = frozenset[Aim]({"moves", "refuses", "keeps"})
"""What is said of the hour of a visit is no word to whoever comes."""


def hear_for_visit(
    facts: Facts, request: Request | None, aim: Aim | None
) -> tuple[Request | None, tuple[ForVisit, ...]]:
    """What is asked for, and a note of each message that has one: "he shall call before he comes" asks us for no call.

    Of a visit that is given up, and of a complaint, there are none; to which of several visits it is, may just have
    been answered.
    """
    if request is not None and (request.kind in OF_PEOPLE or (request.kind == "cancel" and request.certain)):
        return request, ()
    answered = facts.picked is not None and facts.picked.answered and facts.picked.wanted == "tell"
    notes = notes_in(facts.asked_at if answered else facts.said, facts, of_place=aim in ELSEWHERE)
    visits = facts.standing is not None or bool(facts.choices)
    calls = request is not None and request.kind == "callback" and bool(notes) and visits
    return None if calls else request, notes


def notes_in(said: tuple[Said, ...], facts: Facts, *, of_place: bool = False) -> tuple[ForVisit, ...]:
    found = (read_for_visit(one.words, people=facts.people, of_place=of_place) for one in said)
    return tuple(one for one in found if one is not None)
