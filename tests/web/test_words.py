"""Every refusal has its words in both languages, so that nobody is told a code."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import proli
from proli.platform.errors import NotFound, ProliError

WORDS = Path(__file__).parents[2] / "web/src/i18n"
NEVER_SHOWN = {"audio_refused", "cases_refused"}
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
def test_every_refusal_has_its_words(language: str) -> None:
    known = set(KEY.findall((WORDS / language / "refusals.ts").read_text(encoding="utf-8")))
    assert codes() - known == NEVER_SHOWN


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
