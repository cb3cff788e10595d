"""What in a message speaks for which trade: people asked for, things broken, faults told, and things told together."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final, cast

from proli.knowledge.dangers import find_danger
from proli.knowledge.reading.lexicon import listed, read_table, word_set
from proli.knowledge.reading.misspellings import Speller
from proli.knowledge.reading.phrases import ANY, Hit, PhraseBook, listed_words
from proli.knowledge.reading.signs import SignBook
from proli.knowledge.reading.time_words import pattern
from proli.knowledge.text import Token, fold, tokens

FILE: Final = "trades.yaml"
SIGNS: Final = "trade_signs.yaml"
WEIGHTS: Final[dict[str, float]] = {"people": 4, "objects": 3, "terms": 2, "sign": 3, "beside": 3, "weak": 1}
SKIPPED: Final = word_set("לי לנו לו לה את זה הזה כל פה כאן אצלי אצלנו שלי שלנו ממש קצת כבר עכשיו my the our a an is")
_WATER: Final = frozenset({"leak", "faucet", "low_pressure", "clog"})
_ELSEWHERE: Final = frozenset(
    {("ac_tech", "dripping"), ("solar_boiler", "tank_leak"), ("solar_boiler", "no_hot_water")}
    | {("sealing_roofing", "roof_leak"), ("sealing_roofing", "seal"), ("appliance", "washer")}
    | {("appliance", "dishwasher"), ("appliance", "fridge")}
)
_IN_PASSING_BEFORE: Final = word_set(
    "בעלי אבא אשתי גיסי חמי אחרי לאחר מאז במקומ בגלל דיברתי הזמנתי הייתמ היה היו בא באו שלחתמ ששלחתמ המליצ "
    "husband after"
)
_NEXT_TO: Final = word_set("אני אנוכי לא not instead no אינ אנ'לא не")
_WANTED: Final = word_set("צריכ צריכה צריכימ רוצה רוצימ need want")
_IN_PASSING_AFTER: Final = word_set("אמר אמרה אומר טוענ טענ חושב בדק הסביר said says сказал قال")


@dataclass(frozen=True, slots=True)
class Clue:
    trade: str
    issue: str | None
    kind: str


_MACHINES: Final = pattern(
    r"(?:ל?דבר|מדבר\w*|אדבר|לשוחח|talk\w*|speak\w*|говор\w+|разговар\w+|[اأ]?حكي)(?: \S+){0,3} (?:עם|אל|to|with|с|مع) "
    r"(?:ה|an? |the )?(?:מחשב\w*|מכונ\w+|רובוט\w*|בוט\w*|computers?|machines?|robots?|bots?|компьютер\w*|машин\w*|робот\w*|كمبيوتر|آلة|روبوت)"
    r"|(?:ו?לא|not|не|مش) (?:עם|to|with|с|مع) (?:ה|an? |the )?"
    r"(?:מחשב\w*|מכונ\w+|רובוט\w*|computers?|machines?|robots?|компьютер\w*|машин\w*|робот\w*|كمبيوتر|آلة|روبوت)"
)
"""Whom they talk to, and nothing that is to be mended: "not with a computer"."""


def clue_words(text: str) -> list[Token]:
    """The words of a text as trades are looked for in: slips of the pen in their names put right."""
    spoken_to = _MACHINES.sub(lambda found: " " * len(found[0]), fold(text))
    return _speller().mended([word for word in tokens(text) if spoken_to[word.start : word.end].strip()])


def find_clues(text: str, words: list[Token]) -> list[Hit[Clue]]:
    """Every clue in the words, in reading order; water that runs from another trade's thing is no plumber's."""
    hits = _book().find(words) + _signs().find(words)
    danger = find_danger(text)
    if danger is not None and danger.id == "trapped" and words:
        hits.append(Hit(Clue("locksmith", "person_locked_in", "sign"), 0, len(words), ""))
    signs = {(hit.value.trade, hit.value.issue) for hit in hits if hit.value.kind == "sign"}
    if signs & _ELSEWHERE:
        hits = [hit for hit in hits if not _is_mere_water(hit.value)]
    return sorted(hits, key=lambda hit: (hit.first, hit.last))


def scores_of(words: list[Token], hits: list[Hit[Clue]]) -> dict[str, float]:
    """How clearly the words speak for each trade; the same words count once for a trade."""
    best: defaultdict[str, dict[tuple[int, int], float]] = defaultdict(dict)
    for hit in hits:
        sign = hit.value.kind == "sign"
        at = (-1, -1) if sign else (hit.first, hit.last)
        weight = WEIGHTS[hit.value.kind] + (0.5 if sign else 0.5 * (hit.last - hit.first - 1))
        spans = best[hit.value.trade]
        spans[at] = max(weight, spans.get(at, 0))
    scores = {trade: sum(spans.values()) for trade, spans in best.items()}
    said = " " + " ".join(word.text for word in words) + " "
    for rule in _beside():
        alone = any(hit.last - hit.first == 1 and words[hit.first].text.endswith(rule.word) for hit in hits)
        if alone and any(f"{cue} " in said for cue in rule.cues):
            scores[rule.trade] = scores.get(rule.trade, 0) + WEIGHTS["beside"]
    told = {hit.value.trade for hit in hits}
    return {trade: score for trade, score in scores.items() if trade in told}


def is_in_passing(words: list[Token], hit: Hit[Clue]) -> bool:
    """ "בעלי חשמלאי", "אחרי שיפוץ", "לא צריך אינסטלטור", "החשמלאי אמר": a trade named that is not asked for."""
    if hit.value.kind in ("sign", "weak"):
        return False
    before = [word.text for word in words[max(0, hit.first - 2) : hit.first]]
    after = words[hit.last].text if hit.last < len(words) else ""
    if hit.value.kind in ("people", "objects") and before and before[-1] in _NEXT_TO:
        return True
    if hit.value.kind != "people":
        return False
    refused = len(before) == 2 and before[0] in _NEXT_TO - {"אני"} and before[1] in _WANTED
    return refused or bool(set(before) & _IN_PASSING_BEFORE) or after in _IN_PASSING_AFTER


def trade_table() -> dict[str, dict[str, Any]]:
    return read_table(FILE)["trades"]


def _is_mere_water(clue: Clue) -> bool:
    return clue.trade == "plumber" and clue.issue in _WATER and clue.kind != "sign"


@dataclass(frozen=True, slots=True)
class _Beside:
    trade: str
    issue: str | None
    word: str
    cues: tuple[str, ...]


@cache
def _beside() -> tuple[_Beside, ...]:
    return tuple(
        _Beside(
            str(rule["trade"]),
            rule.get("issue"),
            _plain(str(rule["word"])),
            tuple(_plain(str(cue)) for cue in rule["with"]),
        )
        for rule in read_table(FILE)["beside"]
    )


def _plain(phrase: str) -> str:
    return " ".join(token.text for token in tokens(phrase))


@cache
def _book() -> PhraseBook[Clue]:
    book = PhraseBook[Clue](skipped=SKIPPED)
    for trade, entry in trade_table().items():
        for kind in ("people", "objects", "weak"):
            for phrase in listed(entry, kind):
                book.add(phrase, Clue(trade, None, kind))
        for issue, detail in entry["issues"].items():
            for kind in ("terms", "weak"):
                for phrase in listed(detail, kind):
                    book.add(phrase, Clue(trade, issue, kind))
    for rule in _beside():
        book.add(rule.word, Clue(rule.trade, rule.issue, "weak"))
    return book


@cache
def _signs() -> SignBook[Clue]:
    book = SignBook[Clue]()
    for sign in read_table(SIGNS)["signs"]:
        groups = [flat(group) for group in sign["all"]]
        book.add(groups, Clue(sign["trade"], sign["issue"], "sign"), unless=flat(sign.get("unless") or []))
    return book


def flat(group: list[Any]) -> list[str]:
    """The words of a group that may hold other groups."""
    found: list[str] = []
    for word in group:
        found += flat(cast("list[Any]", word)) if isinstance(word, list) else [str(word)]
    return found


@cache
def _speller() -> Speller:
    phrases = [
        phrase for entry in trade_table().values() for kind in ("people", "objects") for phrase in listed(entry, kind)
    ]
    names = {words[0] for phrase in phrases if len(words := listed_words(phrase)) == 1 and not words[0].endswith(ANY)}
    known = {word.rstrip(ANY) for sign in read_table(SIGNS)["signs"] for group in sign["all"] for word in flat(group)}
    return Speller(frozenset(names), known=frozenset(known))


def joins(words: list[Token], first: int, last: int) -> bool:
    """Whether words between two places join a second thing to a first: "וגם", "בנוסף", "and"."""
    said = [word.text for word in words[first:last]]
    return any(word in _AND for word in said) or any(pair in _AND_TWO for pair in pairwise(said))


_AND: Final = word_set("וגמ גמ ובנוספ בנוספ ועוד פלוס also and plus еще ещё также и كمان وكمان")
_AND_TWO: Final = frozenset({("חוצ", "מזה"), ("על", "הדרכ"), ("as", "well")})
