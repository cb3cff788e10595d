"""What a burst says of the visit that stands."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from proli.conversations.models import MessageKind
from proli.knowledge.asking_when import asks_when
from proli.knowledge.cancelling import makes_condition
from proli.knowledge.pins import without_links
from proli.knowledge.trades import TradeMatch
from proli.knowledge.visits import Aim, Talk
from proli.mind.choices import CANCEL
from proli.mind.facts import Facts
from proli.mind.hearing.pieces import joined
from proli.mind.hearing.times import TimeHeard, hear_time, talk_of

OF_LATE: Final = timedelta(days=30)
"""So long after a visit, what does not work is told of that visit."""


def heard_before(facts: Facts, *, homes: bool) -> TimeHeard:
    """What was said of the time before we asked which visit is to be moved."""
    if facts.picked is None or facts.picked.wanted != "move" or facts.standing is None or not facts.asked_at:
        return TimeHeard()
    then = replace(facts, said=facts.asked_at).as_said()
    return hear_time(then, joined([without_links(said.words) for said in then.said]), homes=homes)


def wished_with_condition(facts: Facts) -> TimeHeard | None:
    """The time that a cancellation was made to hang on, where it is not to be cancelled: "cancel if not before 12"."""
    if facts.asked != CANCEL or facts.standing is None or not facts.asked_at:
        return None
    then = replace(facts, said=facts.asked_at, asked=None).as_said()
    text = joined([without_links(said.words) for said in then.said])
    if not makes_condition(text):
        return None
    heard = hear_time(then, text, homes=facts.playbook.subject == "home")
    return heard if heard.wish is not None or heard.chosen is not None else None


def is_moved_instead(facts: Facts, talk: Talk | None) -> bool:
    """Whether who does not want the visit as it stands names another time for it: "don't come! make it Wednesday"."""
    return facts.standing is not None and talk is not None and talk.refused and talk.aim == "moves"


def suits_after_all(facts: Facts, text: str) -> bool:
    """Whether it is taken back that the time of the promised visit does not suit."""
    talk = talk_of_promised(facts, text)
    return facts.standing is not None and facts.standing.refused and talk is not None and talk.suits


def talk_of_promised(facts: Facts, text: str) -> Talk | None:
    """What is said of the visit that is promised, also while another time for it is asked for."""
    standing = facts.standing
    if standing is None:
        return None
    promised = replace(standing, starts_at=standing.stays_at or standing.starts_at)
    return talk_of(replace(facts, standing=promised), text)


def was_visited(facts: Facts) -> bool:
    """Whether a visit has begun, or should have been; or one was of late and nothing is asked for since."""
    if facts.known.not_held:
        return True
    if facts.standing is not None:
        return (
            facts.standing.status == "confirmed"
            and (facts.standing.expected_at or facts.standing.starts_at) <= facts.now
        )
    visits = [past.visited_at for past in facts.past if past.visited_at is not None]
    return facts.known.lead_id is None and any(at <= facts.now <= at + OF_LATE for at in visits)


WORDLESS_AND_TELLING = frozenset({MessageKind.image, MessageKind.video, MessageKind.document, MessageKind.contact})


def aim_of(facts: Facts, talk: Talk | None, trades: tuple[TradeMatch, ...], *, told: bool, keeps: bool) -> Aim | None:
    """What the burst says of the visit.

    A picture shows something, and who tells of the job, or has `told` something else, does not speak of the
    time. `keeps`: that its time does not suit is taken back.
    """
    if facts.picked is not None and facts.picked.answered and facts.picked.wanted == "ask":
        return "asks"
    if keeps:
        return "keeps"
    if facts.standing is None:
        return None
    if any(said.kind in WORDLESS_AND_TELLING for said in facts.said):
        return "says"
    if talk is None:
        return "courtesy"
    begun = (facts.standing.expected_at or facts.standing.starts_at) <= facts.now
    if asks_when(facts.text) and not begun and not told and all(one.trade == facts.known.trade for one in trades):
        return "asks"
    late = begun and talk.aim == "asks"
    tells = talk.aim == "moves" and any(trade.issue for trade in trades)
    return "says" if late or tells or (told and talk.aim != "refuses") else talk.aim
