"""What of a burst still holds once it turns from what it said first: "8", and then "actually make it 9"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from proli.knowledge.address import find_address
from proli.knowledge.answers import hesitates
from proli.knowledge.exclusions import find_excluded
from proli.knowledge.reading.changed_mind import Word, words_in_turn
from proli.knowledge.reading.choices import points_elsewhere
from proli.knowledge.times import find_time
from proli.knowledge.wishes import TimeWish, names_visit
from proli.mind.facts import Facts
from proli.mind.hearing.choosing import is_before_offers, is_whole, pick
from proli.mind.hearing.pieces import pieces

_OF_HOURS: Final = frozenset({"exact", "range", "before", "after"})


@dataclass(frozen=True, slots=True)
class _Heard:
    word: Word
    at: datetime
    wish: TimeWish | None
    chosen: datetime | None
    """The offered time it picks, local."""

    @property
    def moment(self) -> datetime | None:
        """The hour that it settles on, local."""
        exact = self.wish is not None and self.wish.kind == "exact"
        return self.chosen or (self.wish.start if exact and self.wish is not None else None)


def last_word(facts: Facts) -> tuple[Facts, date | None]:
    """The facts without the words of an answer that later ones take back, and the day these were of."""
    if facts.asked != "time":
        return facts, None
    heard = [_hear(facts, word, at) for text, at in pieces(facts) for word in words_in_turn(text)]
    for place in range(len(heard) - 1, 0, -1):
        settled = next((at for at in range(place - 1, -1, -1) if heard[at].moment is not None), None)
        if settled is not None and _overrules(heard[place], heard[settled]):
            return _only(facts, heard[settled + 1 :]), _day_of(heard[settled])
    if heard and heard[0].word.turn != "says" and heard[0].moment is not None:
        return _only(facts, heard), None
    return facts, None


def _hear(facts: Facts, word: Word, at: datetime) -> _Heard:
    wish = find_time(word.text, now=at, asked=True)
    open_offers = facts.asked == "time" and bool(facts.offered) and not is_before_offers(facts)
    chosen = pick(facts, word.text, wish) if open_offers else None
    if wish is not None and wish.kind == "exact" and wish.dated and wish.start != chosen:
        chosen = None
    return _Heard(word, at, wish, chosen and chosen.astimezone(facts.zone))


def _overrules(later: _Heard, before: _Heard) -> bool:
    """Whether the later words leave nothing of the hour that was settled on before."""
    word, wish, moment = later.word, later.wish, before.moment
    whole = wish is not None and is_whole(wish, word.text)
    if moment is None or not find_excluded(word.text, now=later.at).allows(moment):
        return moment is not None
    if word.turn == "says" and later.chosen is None and not (whole and wish and wish.kind in _kinds_after(before)):
        return False
    if word.turn == "only" and wish is not None and wish.kind == "exact" and not whole:
        return False  # "but I have to leave at 10"
    if later.moment is not None:
        return later.moment != moment or word.turn == "changes"
    if wish is not None:
        return word.turn == "changes" or not names_visit(wish, moment)
    if word.turn == "changes":
        return (word.held_back and find_address(word.text) is None) or hesitates(word.text)
    return word.turn in ("rather", "only") and points_elsewhere(word.text)


def _kinds_after(before: _Heard) -> frozenset[str]:
    """The times that stand for themselves: "on Wednesday" behind an hour is the day of that hour."""
    return _OF_HOURS if before.wish is not None else _OF_HOURS | {"day"}


def _only(facts: Facts, heard: Sequence[_Heard]) -> Facts:
    last = facts.said[-1]
    return replace(facts, said=tuple(replace(last, text=one.word.text, sent_at=one.at) for one in heard))


def _day_of(before: _Heard) -> date | None:
    if before.chosen is not None:
        return before.chosen.date()
    return before.wish.start.date() if before.wish and before.wish.start and before.wish.dated else None
