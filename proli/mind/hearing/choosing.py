"""Which of the hours that were offered is chosen."""

import re
from datetime import UTC, datetime

from proli.knowledge.answers import is_consent
from proli.knowledge.intents import find_choice
from proli.knowledge.reading.changed_mind import words_in_turn
from proli.knowledge.reading.taken_back import takes_back
from proli.knowledge.text import normalise, tokens
from proli.knowledge.times import find_time
from proli.knowledge.wishes import TimeWish, names_visit
from proli.mind.facts import Facts
from proli.mind.hearing.pieces import SKEW, pieces, written_at

FEW = 5
ARTICLES = ("ה", "the", "ال")


def choose(facts: Facts, text: str, wish: TimeWish | None) -> datetime | None:
    """Which of the offered times is meant, by the whole burst or by the last words of it that pick one."""
    if facts.asked != "time":
        return choose_again(facts, text)
    if not facts.offered or is_before_offers(facts):
        return None
    picked = pick(facts, text, wish)
    if picked is None:
        picked = picked_last(facts)
    if picked is None and (wish is None or wish.kind == "flexible") and ANY_OF_THEM.search(normalise(text)):
        return facts.offered[0]
    return picked


def choose_again(facts: Facts, text: str) -> datetime | None:
    """Which of the offered times is meant after all by who has just chosen one of them: "אופס לא, השני"."""
    words = [word.text for word in tokens(text)]
    if facts.asked is not None or facts.standing is None or facts.standing.starts_at not in facts.offered:
        return None
    points = takes_back(text) or any(word.startswith(ARTICLES) for word in words)
    if not points or not 0 < len(words) <= FEW or "?" in text or text.strip().isdecimal():
        return None
    local = [offer.astimezone(facts.zone) for offer in facts.offered]
    index = find_choice(text, count=len(local), offered=local)
    return None if index is None else facts.offered[index]


def picked_last(facts: Facts) -> datetime | None:
    """The time that the last words to pick one pick, unless what follows it names another: "on Wednesday"."""
    bounds: list[TimeWish] = []
    said = [(word.text, at) for text, at in pieces(facts) for word in words_in_turn(text)]
    for words, at in reversed(said if len(said) > 1 else []):
        own = find_time(words, now=at, asked=True)
        found = pick(facts, words, own)
        if found is not None:
            return found if all(names_visit(one, found.astimezone(facts.zone)) for one in bounds) else None
        if own is not None and is_whole(own, words):
            bounds.append(own)
    return None


def is_whole(wish: TimeWish, text: str) -> bool:
    """Whether the time is all that the text says."""
    return len(wish.source) >= len(normalise(text).strip(" .,!?")) - 2


def is_before_offers(facts: Facts) -> bool:
    """Whether the burst was written before the times were shown, so that it cannot choose among them."""
    return bool(facts.offered) and facts.shown_at is not None and written_at(facts) < facts.shown_at - SKEW


ANY_OF_THEM = re.compile(
    r"(?:כל|איזו|באיזו|איזה) (?:שעה|מועד|אחד|אחת)(?! אחר)|לא משנה(?: לי| לנו)?(?:$|[.,!])"
    r"|כולם (?:טוב|מתאימ|בסדר)\w*|מה שנוח לכם"
    r"|any of (?:them|those)|any (?:hour|time) (?:is|works)|all (?:of them )?work|любое|[اأ]ي ساعة"
)


def pick(facts: Facts, text: str, wish: TimeWish | None) -> datetime | None:
    """The offered time that the text names by its number, its hour, or a yes to the only one."""
    local = [offer.astimezone(facts.zone) for offer in facts.offered]
    index = find_choice(text, count=len(facts.offered), offered=local)
    numbered = index is not None and text.strip().isdecimal() and not names_hour(facts, int(text.strip()))
    if not numbered and wish is not None and wish.kind == "exact" and wish.start is not None:
        matched = match_offer(facts, wish, wish.start)
        return facts.offered[index] if matched is None and index is not None and counts(text, index) else matched
    if index is None and len(facts.offered) == 1 and is_consent(text):
        index = 0 if wish is None or wish.start is None or names_visit(wish, local[0]) else None
    return None if index is None else facts.offered[index]


def counts(text: str, index: int) -> bool:
    """Whether the only number of the text is the place in the list: "ה-2 מתאים"."""
    return [int(number) for number in re.findall(r"\d+", text)] == [index + 1]


def names_hour(facts: Facts, number: int) -> bool:
    """Whether a bare number is the hour of an offered time rather than its place in the list."""
    return any(offer.astimezone(facts.zone).hour % 12 == number % 12 for offer in facts.offered)


def match_offer(facts: Facts, wish: TimeWish, start: datetime) -> datetime | None:
    """An offered time is meant when it is the very instant, or the only one at that hour while no day was named."""
    instant = start.astimezone(UTC)
    if instant in facts.offered:
        return instant
    hours = {offer: offer.astimezone(facts.zone) for offer in facts.offered}
    same = [offer for offer, local in hours.items() if (local.hour, local.minute) == (start.hour, start.minute)]
    names_day = len(wish.source) > len("בשעה 16:00 ")
    return same[0] if len(same) == 1 and not names_day else None
