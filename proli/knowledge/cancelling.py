"""Whether a text gives up what was asked for: plainly, perhaps, or not at all but only in some way."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from proli.knowledge.intents import find_intents
from proli.knowledge.reading.cues import cues_of
from proli.knowledge.reading.given_up import drops_one, names_the_visit, without_kept
from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.text import fold, normalise, tokens

Stance = Literal["gives_up", "may_give_up", "forbids", "keeps"]
"""gives_up: in plain words. may_give_up: asked, thought, bounded by a condition, or of something else: it has to
be asked about. forbids: the visit stays, and something about it should not be: "not before ten". keeps: it stays."""

_FILE: Final = "cancelling.yaml"
_SENTENCES: Final = re.compile(r"(?<=[.!?؟;])\s+|\n+")
_ASKING: Final = re.compile(r"[?؟][\s\W]*$")
_CLAUSE: Final = re.compile(r"[^\n,.!?;:()،؛؟]{0,80}")
_CANCELS: Final = re.compile(r"(?<!\w)(?:ל|ת|מ|נ)?בטל|ביטול|cancel|отмен|لغ[اويى]")
"""The word itself: beside a wish to be written to no more, only this gives up a visit too."""
_BESIDE: Final = 4
"""Words beside those that keep a visit may be "the visit, please"; more tell something else."""
_SHORT: Final = 60
"""With nothing arranged, only short words give something up."""


@lru_cache(maxsize=256)
def find_stance(text: str, *, standing: bool) -> Stance | None:
    """What the text says of going on with what was asked for; None when it does not speak of it.

    `standing` says that somebody is asked to come, or will.
    """
    sentences = [one for one in _SENTENCES.split(text.strip()) if one]
    if "opt_out" in find_intents(text):
        sentences = [one for one in sentences if "opt_out" not in find_intents(one)]
        if not any(_CANCELS.search(fold(one)) for one in sentences):
            return None
    said: set[Stance] = set()
    for one in _meant(sentences):
        stance = _read(one, alone=len(sentences) == 1, standing=standing)
        if "gives_up" in said and (stance == "keeps" or (stance is None and _is_taken_back(one))):
            said = {"keeps"}
        elif stance is not None:
            said.add(stance)
    if said & {"gives_up", "may_give_up"}:
        if not standing and len(text) >= _SHORT and not any(_has("cancel_request", fold(one)) for one in sentences):
            return None
        plain = "gives_up" in said and "forbids" not in said and not any(_is_bargaining(one) for one in sentences)
        return "gives_up" if plain else "may_give_up"
    return "forbids" if "forbids" in said else "keeps" if said else None


def makes_condition(text: str) -> bool:
    """Whether something is made to hang on a condition: "if you cannot come before 12"."""
    return _has("conditions", fold(text))


def wanted_instead(text: str) -> str | None:
    """What follows where something is given up for another time: " ליום רביעי" of "תבטלו ותקבעו ליום רביעי"."""
    found = cues_of(_FILE)["for_another"].search(fold(text))
    return normalise(text)[found.end() :] if found is not None and not _is_bargaining(text) else None


def wants_it_back(text: str, *, just_now: bool) -> bool:
    """Whether what was given up, or may be, should be after all: "התחרטתי, אני כן רוצה".

    `just_now` says that nothing was said since: then "wait, no" is enough.
    """
    folded = fold(text).strip()
    if _has("back_on", folded) or (
        _has("keeps", folded) and not _has("cancel", cues_of(_FILE)["keeps"].sub(" ", folded))
    ):
        return True
    if just_now and _has("wait_no", folded):
        return True
    rest = cues_of(_FILE)["regrets"].sub(" ", folded).strip(" ,.!")
    return rest != folded.strip(" ,.!") and not any(
        _has(name, rest) for name in ("cancel", "cancel_request", "cancel_whole")
    )


def only_keeps(text: str) -> bool:
    """Whether all that is said is that what stands should stay, even if it was given up in the same breath."""
    if not wants_it_back(text, just_now=True):
        return False
    rest = fold(text).strip()
    for cue in ("wait_no", "back_on", "keeps", "regrets", "cancel", "objects"):
        rest = cues_of(_FILE)[cue].sub(" ", rest)
    beside = [word.text for word in tokens(rest) if word.text not in word_list("courtesy")]
    return len(beside) <= _BESIDE and not any(word[0].isdigit() for word in beside)


def asks_whether_cancelled(text: str) -> bool:
    """Whether all that is asked is if something was given up: "ביטלתם?"."""
    return len(text) < _SHORT and _has("asks_whether", fold(text).strip())


def _is_taken_back(sentence: str) -> bool:
    return _has("back_on", sentence) or _has("wait_no", sentence)


def _meant(sentences: list[str]) -> Iterator[str]:
    """The folded sentences without what sounds like giving up and is none."""
    for one in sentences:
        yield cues_of(_FILE)["not_meant"].sub(" ", fold(without_kept(one)))


def _read(sentence: str, *, alone: bool, standing: bool) -> Stance | None:
    rest = cues_of(_FILE)["keeps"].sub(" ", sentence)
    names = ("cancel", "cancel_request", *(("cancel_whole",) * alone), *(("cancel_standing",) * standing))
    gives_up = any(_has(name, rest) for name in names) or (standing and drops_one(rest))
    bounded = _has("limits", rest)
    if _has("forbids", rest) and (bounded or not gives_up):
        return _of_coming(rest, bounded=bounded)
    if gives_up and bounded and _has("need_not_come", rest):
        return "forbids"
    if gives_up:
        return "gives_up" if _is_plain(rest, bounded=bounded) else "may_give_up"
    return "keeps" if rest != sentence else None


def _of_coming(sentence: str, *, bounded: bool) -> Stance:
    """ "Don't come" gives up only with nothing beside it; a day beside it leaves open whether another will do."""
    if bounded or not _has("not_to_come", sentence):
        return "forbids"
    left = {word.text for word in tokens(cues_of(_FILE)["not_to_come"].sub(" ", sentence))}
    left -= word_list("beside_not_coming")
    if not left and not _ASKING.search(sentence):
        return "gives_up"
    return "may_give_up" if left <= word_list("days") else "forbids"


def _is_plain(sentence: str, *, bounded: bool) -> bool:
    if _has("hedges", sentence) or _is_of_something_else(sentence):
        return False
    return not _ASKING.search(sentence) or (not bounded and _has("politely", sentence) and _has("of_what", sentence))


def _is_of_something_else(sentence: str) -> bool:
    """Whether something is given up by name that is not the visit: the reminders, the old tap."""
    ends = (found.end() for found in cues_of(_FILE)["objects"].finditer(sentence))
    named = (tokens(clause[0]) for end in ends if (clause := _CLAUSE.match(sentence, end)))
    return any(words and not names_the_visit(words) for words in named)


def _is_bargaining(sentence: str) -> bool:
    """Whether a condition is made, or it is asked what it would cost."""
    folded = fold(sentence)
    return _has("conditions", folded) or (bool(_ASKING.search(folded)) and _has("costs", folded))


def _has(cue: str, folded: str) -> bool:
    return cues_of(_FILE)[cue].search(folded) is not None
