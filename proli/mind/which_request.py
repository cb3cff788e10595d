"""Which of a contact's open requests words are about that would cancel one, move its visit, or hear of it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from proli.knowledge.answers import is_consent
from proli.knowledge.asking_when import asks_when
from proli.knowledge.cancelling import wanted_instead
from proli.knowledge.for_visit import read_for_visit
from proli.knowledge.intents import find_choice, find_intents
from proli.knowledge.reading.given_up import with_roles, without_kept
from proli.knowledge.reading.lexicon import word_set
from proli.knowledge.requests import find_request
from proli.knowledge.text import fold, tokens
from proli.knowledge.times import find_named_time, find_time
from proli.knowledge.trades import find_trades
from proli.knowledge.visits import is_patient, read_talk
from proli.knowledge.wishes import NEAR, names_visit
from proli.mind.choices import NOTHING, Choice, LastWords, Picked, Wanted, in_order

LONGEST: Final = 300
"""Of longer words nothing is picked: who wants to cancel by them is asked which."""
_VISIT: Final = re.compile(
    r"(?<!\w)[ובלהש]{0,2}(?:ביקור\w*|פגיש\w+|תור|visit\w*|appointment\w*|визит\w*|встреч\w+|موعد\w*|زيار\w+)(?!\w)"
)
_WHEN: Final = re.compile(r"(?<!\w)(?:מתי|באיזו|באיזה|when|what time|когда|во сколько|متى|ايمتى)(?!\w)")
_ALL: Final = word_set("שניהם שתיהן לשניהם הכל הכול כולם כולן both all оба обе все الكل كلهم")
_TELLS: Final = re.compile(
    r"(?<!\w)(?:ו?ש?(?:תגיד|תמסר|תמסור|תעדכנ|תעדכן|תודיע|תזכיר|תספר|תבקש|תעביר|תאמר)[ויה]?|(?:להגיד|למסור|לעדכנ|לעדכן|להודיע|להזכיר|לבקש)"
    r"|לגבי|בקשר ל|בנוגע ל|tell|let|remind|inform|about|regarding|скажите|передайте|насчет|احكوا|خبروا|قولوا)(?!\w)"
)
_MOST_ALL: Final = 5
"""In more words "all" may be about anything."""
_LEFT: Final = re.compile(r"(?<!\w)(?:ו?לא|and not|but not|not) (?:את |של |the )\S+(?: \S+'s)?")
"""What is said to stay: "not the electrician"."""
_FROM: Final = re.compile(r"(?<!\w)(?:של |מ-? ?(?=\S)|from |on )(?P<when>[^,.!?\n]{1,30})")
_OF: Final = re.compile(r"(?<!\w)(?:של|of|on|за|на) (?P<when>[^,.!?\n]{1,30})")
_TO: Final = re.compile(r"(?<= )(?:ל(?=\S)|to |till |until )")


def pick(text: str, choices: Sequence[Choice], last: LastWords, *, homes: bool, now: datetime) -> Picked:
    """What the words want of which requests; `now` is local. What they want of no request in particular is nothing."""
    if not choices:
        return NOTHING
    open_ids = {one.lead_id for one in choices}
    answers = tuple(one for one in last.lead_ids if one in open_ids) if last.which is None else ()
    if last.field == "time" and _stands(choices, answers) and find_named_time(text, now=now) is None:
        answers = ()  # what is no time answers no question to when a visit should be moved
    if len(text) > LONGEST:
        return Picked(lead_ids=answers)
    wanted = wanted_in(text, choices, last, homes=homes, now=now)
    if last.which is not None and (found := _answer(text, choices, last, wanted, now=now)) is not None:
        return found
    if wanted is None:
        told = [one.lead_id for one in choices if last.booking_id in one.bookings] if is_patient(text) else []
        return Picked(lead_ids=answers or tuple(told))
    if wanted == "tell":
        told = _told(text, choices, now=now)
        return told or (_noted(choices, last) if _is_note(text, choices) else Picked(lead_ids=answers))
    if wanted == "cancel" and _means_all(text):
        return Picked(wanted, tuple(one.lead_id for one in in_order(choices)))
    able = choices if wanted in ("cancel", "may_cancel") else [one for one in choices if one.starts_at is not None]
    refused = refused_in(text, choices, last, now=now) if wanted == "move" else []
    if refused:
        return _refusal(text, refused, choices, last, now=now)
    named = name_requests(text, choices, wanted, now=now)
    if named is not None:
        fits = [one for one in named if one in able] or named
        return Picked(wanted, (fits[0].lead_id,)) if len(fits) == 1 else _several(text, named, wanted)
    return _unnamed(text, able, last, wanted, answers)


def _refusal(text: str, refused: list[Choice], choices: Sequence[Choice], last: LastWords, *, now: datetime) -> Picked:
    """The visit whose time does not suit; where several are at such a time, which one should move has to be asked."""
    named = [one for one in name_requests(text, choices, "move", now=now) or () if one in refused] or refused
    spoken = [one for one in named if last.booking_id in one.bookings or (one.lead_id,) == last.lead_ids] or named
    ids = tuple(one.lead_id for one in spoken)
    if len(ids) == 1:
        return Picked("move", ids, refused=ids)
    return Picked("move", refused=ids if find_named_time(text, now=now) is not None else ())


def refused_in(text: str, choices: Sequence[Choice], last: LastWords, *, now: datetime) -> list[Choice]:
    """The visits whose time the words say does not suit.

    What is asked about another time, that only does not fit, is said of that one; whoever is not at home is not there
    for anybody.
    """
    slots = [one for one in choices if one.starts_at is not None]
    asked = last.field == "time" and not _stands(choices, last.lead_ids)
    talks = [
        (one, read_talk(text, visit=one.starts_at.astimezone(now.tzinfo), now=now)) for one in slots if one.starts_at
    ]
    return [one for one, talk in talks if talk.refused and (talk.absent or not asked)]


def _stands(choices: Sequence[Choice], lead_ids: Sequence[int]) -> bool:
    """Whether these requests have visits that stand."""
    return bool(lead_ids) and all(one.starts_at is not None for one in choices if one.lead_id in lead_ids)


def _told(text: str, choices: Sequence[Choice], *, now: datetime) -> Picked | None:
    """The visit that words to somebody who comes are about; None where they name nobody who does."""
    named = [one for one in name_requests(text, choices, "tell", now=now) or () if one.starts_at is not None]
    return Picked("tell", (named[0].lead_id,)) if len(named) == 1 else None


def _is_note(text: str, choices: Sequence[Choice]) -> bool:
    return read_for_visit(text, people=people_of(choices)) is not None


def _noted(choices: Sequence[Choice], last: LastWords) -> Picked:
    """The visit of words to whoever comes that name none: the one that our last words were about, or to which somebody
    is on the way, or the only one there is. Otherwise it is asked which.
    """
    visits = [one for one in choices if one.starts_at is not None]
    fits = [one for one in visits if last.booking_id in one.bookings or (one.lead_id,) == last.lead_ids]
    fits = fits or [one for one in visits if one.on_the_way] or [one for one in visits if one.promised] or visits
    return Picked("tell", (fits[0].lead_id,)) if len(fits) == 1 else Picked("tell") if fits else NOTHING


def _several(text: str, named: Sequence[Choice], wanted: Wanted) -> Picked:
    """Words that name several are not clear; who asks when another trade can come wants another request."""
    return NOTHING if not named and wanted == "ask" and find_trades(text) else Picked(wanted)


def _unnamed(text: str, able: Sequence[Choice], last: LastWords, wanted: Wanted, answers: tuple[int, ...]) -> Picked:
    """The request of words that name none: what our last words were about, else a visit before what is none yet."""
    told = [one for one in able if last.booking_id in one.bookings]
    told = told or [one for one in able if (one.lead_id,) == answers]
    folded = fold(text)
    fits = told or able
    visits = [one for one in fits if one.promised]
    speaks_of_visit = _VISIT.search(folded) is not None
    if speaks_of_visit and visits:
        fits = visits
    if wanted == "ask" and not (told or speaks_of_visit or _WHEN.search(folded)):
        return NOTHING
    if not fits:
        return NOTHING
    return Picked(wanted, (fits[0].lead_id,)) if len(fits) == 1 else Picked(wanted)


def wanted_in(text: str, choices: Sequence[Choice], last: LastWords, *, homes: bool, now: datetime) -> Wanted | None:
    """What the words want of a request or visit that is there already."""
    if not text.strip():
        return None
    arranged = any(one.starts_at is not None for one in choices)
    people = people_of(choices)
    request = find_request(with_roles(text, people), homes=homes, has_booking=arranged)
    if request is not None and request.kind == "callback" and arranged and _is_note(text, choices):
        return "tell"
    if request is not None and request.kind == "cancel":
        instead = any(is_moved_instead(text, one.starts_at, now=now) for one in choices if one.starts_at is not None)
        instead = instead or (arranged and wanted_instead(text) is not None)
        return "move" if instead else "cancel" if request.certain else "may_cancel"
    if request is not None and request.kind in ("complaint", "human", "wrong_number", "emergency", "callback"):
        return None
    if not arranged:
        return None
    if refused_in(text, choices, last, now=now):
        return "move"
    if (request is not None and request.kind == "reschedule") or "reschedule" in find_intents(text):
        return "move"
    said = _said_of_visit(text, choices, last, now=now)
    return said or ("tell" if _TELLS.search(fold(text)) or _is_note(text, choices) else None)


def _said_of_visit(text: str, choices: Sequence[Choice], last: LastWords, *, now: datetime) -> Wanted | None:
    """A wish to move by words that name a time alone is one where only visits are there, or one was spoken of."""
    slots = [one for one in choices if one.starts_at is not None]
    about = [one for one in slots if last.booking_id in one.bookings or (one.lead_id,) == last.lead_ids]
    for named in find_trades(text):
        text = text if named.issue else text.replace(named.source, "הטכנאי")
    aims = {
        read_talk(text, visit=one.starts_at.astimezone(now.tzinfo), now=now).aim
        for one in about or slots
        if one.starts_at is not None
    }
    if asks_when(text):
        return "ask"
    issue = any(one.issue for one in find_trades(text))
    if aims & {"moves", "refuses"} and not issue and (about or len(slots) == len(choices)):
        return "move"
    return "ask" if "asks" in aims and not issue else None


def _answer(
    text: str, choices: Sequence[Choice], last: LastWords, wanted: Wanted | None, *, now: datetime
) -> Picked | None:
    """The request that an answer names to "which one?"; None where the words are no answer."""
    shown = [one for lead_id in last.lead_ids for one in choices if one.lead_id == lead_id]
    meant = wanted if wanted in ("cancel", "may_cancel") else last.which
    if meant is None:
        return None
    if meant in ("cancel", "tell") and _means_all(text):
        return Picked(meant, tuple(one.lead_id for one in shown), answered=True)
    named = name_requests(text, shown, "ask", now=now)
    chosen = _by_place(text, shown, count=len(last.lead_ids), ids=last.lead_ids, now=now)
    fits = {one.lead_id for one in named or ()} | {one.lead_id for one in chosen}
    if len(fits) == 1:
        return Picked(meant, (fits.pop(),), answered=True)
    unsaid = not fits and named is None
    return None if unsaid and not is_consent(text) else Picked(meant, answered=True)


def _by_place(text: str, shown: Sequence[Choice], *, count: int, ids: Sequence[int], now: datetime) -> list[Choice]:
    """The one that is chosen by its number or its place among those shown; "Monday" is no second one."""
    if re.search(r"(?<!\w)[בה]?יום ", fold(text)):
        return []
    starts = [one.starts_at.astimezone(now.tzinfo) for one in shown if one.starts_at is not None]
    index = find_choice(text, count=count, offered=starts if len(starts) == count else ())
    return [one for one in shown if index is not None and one.lead_id == ids[index]]


def _means_all(text: str) -> bool:
    said = [word.text for word in tokens(text)]
    return len(said) <= _MOST_ALL and any(word in _ALL for word in said)


def name_requests(text: str, choices: Sequence[Choice], wanted: Wanted, *, now: datetime) -> list[Choice] | None:
    """Those that the words name by trade or professional, else by day and hour; of one trade by what they are about.
    None where by nothing.

    Empty where what they name is none of these.
    """
    text = _LEFT.sub(" ", without_kept(text, people_of(choices)))
    named = find_trades(text)
    trades = {one.trade for one in named}
    people = {one.lead_id for one in choices if one.professional and _names_person(text, one.professional)}
    fits = [one for one in choices if (not trades or one.trade in trades) and (not people or one.lead_id in people)]
    timed = _at_time(text, choices, wanted, now=now)
    if not trades and not people:
        if timed is not None and len(timed) == 1:
            return timed
        about = _about(text, timed or choices) if wanted == "ask" else []
        return about or (timed if timed is not None or wanted != "ask" else _at_address(text, choices))
    both = [one for one in fits if one in timed] if timed else []
    fits = both or fits
    issues = {one.issue for one in named if one.issue}
    return [one for one in fits if one.issue in issues] or fits


def _about(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """Those of one trade of whose job alone a short answer tells: "זה של הכיור"."""
    alike, said = [one for one in choices if one.alike], _forms(text)
    if len(alike) < 2 or len(tokens(text)) > _MOST_ALL:
        return []
    told = {one.lead_id: _forms(one.description) for one in alike}
    common = frozenset(word for word in said if all(word in words for words in told.values()))
    fits = [one for one in alike if (said - common) & told[one.lead_id]]
    return fits if len(fits) < len(alike) else []


def _forms(text: str) -> frozenset[str]:
    """The words of a text, also without a letter before them."""
    return frozenset(form for word in tokens(text) for form in (word.text, word.text[1:]) if len(form) > 2)


def people_of(choices: Sequence[Choice]) -> frozenset[str]:
    """The names of those who are asked or expected to come."""
    return frozenset(one.professional for one in choices if one.professional)


def is_moved_instead(text: str, starts_at: datetime, *, now: datetime) -> bool:
    """Whether words that do not want a visit as it stands name another time for it."""
    talk = read_talk(text, visit=starts_at.astimezone(now.tzinfo), now=now)
    return talk.refused and talk.aim == "moves"


def _names_person(text: str, name: str) -> bool:
    words = {word.text for word in tokens(text)}
    parts = [word.text for word in tokens(name) if len(word.text) > 2]
    return any(part in words or any(prefix + part in words for prefix in "ובלשמה") for part in parts)


def _at_address(text: str, choices: Sequence[Choice]) -> list[Choice] | None:
    """Those at whose street or town somebody is asked for, where not all are there."""
    said = {form for word in tokens(text) for form in (word.text, word.text[1:])}
    fits = [one for one in choices if said & {word.text for word in tokens(one.address or "") if len(word.text) > 3}]
    return fits if 0 < len(fits) < len(choices) else None


def _at_time(text: str, choices: Sequence[Choice], wanted: Wanted, *, now: datetime) -> list[Choice] | None:
    """Those whose time is named: of a move, the time that it should be moved from. None where no time is."""
    said = [text] if wanted != "move" else [_TO.split(found["when"])[0] for found in _FROM.finditer(text)]
    said += [found["when"] for found in _OF.finditer(text)] if wanted == "ask" else []
    found = [find_time(one, now=now, asked=True) or find_named_time(one, now=now) for one in said]
    wishes = [wish for one in found if one is not None for wish in (one, *one.alternatives) if wish.start is not None]
    if not wishes:
        return None
    timed = [(one, one.starts_at.astimezone(now.tzinfo)) for one in choices if one.starts_at is not None]
    return [one for one, start in timed if any(names_visit(wish, start, near=NEAR) for wish in wishes)]
