"""Every refusal has its words in both languages, so that nobody is told a code."""

import re
from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import proli
from proli.accounts.actor import ActorKind
from proli.accounts.permissions import Role
from proli.conversations.failures import SendFailure
from proli.conversations.models import Author, Delivery, MessageKind
from proli.conversations.reasons import PersonReason
from proli.dispatch.models import OfferStatus
from proli.dispatch.rules import Excluded
from proli.leads.columns import STATUS_NAMES, URGENCY_NAMES
from proli.leads.exports import HEADER, Language
from proli.leads.models import LeadStatus
from proli.mind.ladder.failures import ModelFailure
from proli.platform.errors import NotFound, ProliError
from proli.scheduling.models import BookingStatus

WORDS = Path(__file__).parents[2] / "web/src/i18n"
NEVER_SHOWN = {
    "audio_refused",
    "backup_from_newer_version",
    "backup_unreadable",
    "businesses_of_your_own",
    "cases_refused",
    "database_not_empty",
    "database_not_ours",
    "workers_alive",
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


RECORDED = re.compile(r"\brecord(?:_\w+)?\(\s*\w+,\s*\"([a-z_]+\.[a-z_]+)\",\s*f?\"([a-z_]+)")


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_change_on_record_has_its_words(language: str) -> None:
    """What was done, and to what."""
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path(proli.__path__[0]).rglob("*.py"))
    recorded = RECORDED.findall(source)
    assert len(recorded) > 12
    audit = (WORDS / language / "audit.ts").read_text(encoding="utf-8")
    known = set(re.findall(r"^\s+([a-z_]+):", audit, re.MULTILINE))
    assert {action.replace(".", "_") for action, _ in recorded} <= known
    assert {kind for _, kind in recorded} <= known


@pytest.mark.parametrize("language", ["he", "en"])
def test_every_refusal_has_its_words(language: str) -> None:
    known = set(KEY.findall((WORDS / language / "refusals.ts").read_text(encoding="utf-8")))
    assert codes() - known == NEVER_SHOWN


def words(group: str, language: str, file: str = "words") -> dict[str, str]:
    """What the console calls the codes of one kind."""
    said = (WORDS / language / f"{file}.ts").read_text(encoding="utf-8")
    return dict(re.findall(r"(\w+): \"([^\"]*)\"", said.partition(f"  {group}: {{")[2].partition("}")[0]))


CODES: Mapping[str, type[StrEnum]] = {
    "actor": ActorKind,
    "attention": PersonReason,
    "author": Author,
    "booking": BookingStatus,
    "delivery": Delivery,
    "excluded": Excluded,
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
