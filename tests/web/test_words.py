"""Every refusal has its words in both languages, so that nobody is told a code."""

import ast
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import proli
from proli.accounts.actor import ActorKind
from proli.accounts.permissions import Role
from proli.contacts.models import ConsentChange
from proli.conversations.failures import SendFailure
from proli.conversations.models import Author, Delivery, MessageKind, NumberHealth
from proli.conversations.reasons import PersonReason
from proli.dispatch.models import OfferStatus
from proli.dispatch.rules import Excluded
from proli.leads.columns import STATUS_NAMES, URGENCY_NAMES
from proli.leads.exports import HEADER, Language
from proli.leads.models import EntryKind, LeadStatus
from proli.mind.ladder.failures import ModelFailure
from proli.platform.errors import NotFound, ProliError
from proli.scheduling.models import BookingStatus
from proli.voice.rules import CallOutcome, CallState
from proli.voice.transcript import RECORDING_ORDER

WORDS = Path(__file__).parents[2] / "web/src/i18n"
NEVER_SHOWN = {
    "audio_refused",
    "backup_from_newer_version",
    "backup_unreadable",
    "businesses_of_your_own",
    "call_not_taken",
    "call_refused",
    "cases_refused",
    "database_not_empty",
    "database_not_ours",
    "workers_alive",
    "servers_alive",
}
"""Refusals that end in a job or on the command line."""
KEY = re.compile(r"^  ([a-z_]+):", re.MULTILINE)


def codes() -> set[str]:
    """Every refusal that there is, by its code."""
    for module in walk_packages(proli.__path__, "proli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    found: set[str] = set()
    pending = list[type[ProliError]](ProliError.__subclasses__())
    while pending:
        one = pending.pop()
        pending += one.__subclasses__()
        if one is not NotFound and one.__module__.startswith("proli."):
            found.add(one().code)
    return found


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_change_on_record_has_its_words(language: str) -> None:
    """What was done, and to what; also what the database itself keeps of the lines of a request's timeline."""
    done = set(deeds())
    assert {"lead.merged", "contact.opted_out", "data.exported", "settings.changed", "booking.made"} <= set(dict(done))
    actions = {action for action, _ in done} | {f"lead.{kind}" for kind in EntryKind if kind != EntryKind.other}
    assert {one.replace(".", "_") for one in actions} - set(words("action", language, "audit")) == set()
    assert {subject for _, subject in done} - set(words("subject", language, "audit")) == set()


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_line_of_a_timeline_has_its_words_and_no_words_are_left_over(language: str) -> None:
    assert set(words("entry", language, "leads")) == set(EntryKind)


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_refusal_has_its_words(language: str) -> None:
    known = set(KEY.findall((WORDS / language / "refusals.ts").read_text(encoding="utf-8")))
    assert codes() - known == NEVER_SHOWN


KEEPS = re.compile(r"(keep|keep_own|deed|record\w*)")


def calls(name: re.Pattern[str]) -> Iterator[ast.Call]:
    """Every call of such a function in the program."""
    for file in Path(proli.__path__[0]).rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and name.fullmatch(node.func.id):
                yield node


def deeds() -> Iterator[tuple[str, str]]:
    """What is kept in the record: the deed, and the kind of thing it was done to."""
    for call in calls(KEEPS):
        said = [one for arg in call.args[:4] for one in texts_of(arg)]
        found = [one for one in said if re.fullmatch(r"[a-z_]+\.[a-z_]+", one)]
        if call.func.id == "record_export":  # type: ignore[attr-defined]
            found = ["data.exported"]
        subjects = [one.partition(":")[0] for one in said if one not in found and re.match(r"[a-z_]+(:|$)", one)]
        yield from ((deed, subject) for deed in found for subject in subjects)


def texts_of(node: ast.expr) -> list[str]:
    """What an argument may say: a text, or one of which a wish is a part."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*texts_of(node.body), *texts_of(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        parts = [str(one.value) if isinstance(one, ast.Constant) else "" for one in node.values]
        whole = "".join(parts)
        return [f"{whole}{wish}" for wish in ConsentChange] if whole == "contact.opted_" else [whole]
    return []


def words(group: str, language: str, file: str = "words") -> dict[str, str]:
    """What the console calls the codes of one kind."""
    said = (WORDS / language / f"{file}.ts").read_text(encoding="utf-8")
    group_of = re.search(rf"  {group}: \{{(.*?)(?<!\}})\}}(?!\}})", said, re.DOTALL)
    return dict(re.findall(r"(\w+):\s+\"([^\"]*)\"", group_of[1] if group_of else ""))


CODES: Mapping[str, type[StrEnum]] = {
    "actor": ActorKind,
    "attention": PersonReason,
    "author": Author,
    "booking": BookingStatus,
    "call_outcome": CallOutcome,
    "delivery": Delivery,
    "excluded": Excluded,
    "health": NumberHealth,
    "kind": MessageKind,
    "offer": OfferStatus,
    "role": Role,
    "status": LeadStatus,
    "unsent": SendFailure,
}


@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize("group", CODES)
def test_every_code_of_the_api_has_its_word_and_no_word_is_left_over(group: str, language: str) -> None:
    assert set(words(group, language)) == set(CODES[group])


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_state_of_a_call_and_of_a_recording_has_its_words(language: str) -> None:
    assert set(words("state", language, "calls")) == {one.name for one in CallState}
    said = (WORDS / language / "calls.ts").read_text(encoding="utf-8")
    assert all(re.search(rf'"?{one}"?: "', said) for one in RECORDING_ORDER)


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_failure_of_a_model_has_its_words(language: str) -> None:
    assert set(words("failure", language, "trace")) == set(ModelFailure)


@pytest.mark.parametrize("language", ["he", "en"])
def test_tables_taken_along_say_what_the_console_says(language: Language) -> None:
    assert words("urgency", language) == URGENCY_NAMES[language]
    assert words("status", language) == STATUS_NAMES[language]
    fields = words("field", language)
    ours = ("created_at", "status", "customer_name", "phone", "locality", "address", "trade", "description", "urgency")
    assert list(HEADER[language][1:12]) == [fields[name] for name in (*ours, "professional", "changed_at")]


def test_no_class_names_a_side_of_the_screen() -> None:
    """Right and left are the reader's: start and end follow the language."""
    sides = r"(?:m[lr]|p[lr]|left|right|rounded-[tb]?[lr]|border-[lr])-[\w\[.]+|text-left|text-right|float-\w+"
    physical = re.compile(rf"(?<![\w-])-?(?:{sides})(?![\w-])")
    faults = [
        f"{file.name}: {found.group()}"
        for file in (WORDS.parent).rglob("*.tsx")
        for line in re.findall(r"className=(?:\"[^\"]*\"|\{[^}]*\})", file.read_text(encoding="utf-8"))
        for found in physical.finditer(line)
    ]
    assert faults == []
