"""The words Proli says by itself, in Hebrew and English."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("he", "en")


@cache
def all_texts() -> dict[str, dict[str, str]]:
    return yaml.safe_load((files("proli.playbooks") / "texts.yaml").read_text(encoding="utf-8"))


def language_for(*preferences: str | None) -> str:
    """The first of the languages wished for that we have words in; Hebrew when there is none."""
    return next((language for language in preferences if language in LANGUAGES), "he")


def say(code: str, language: str, /, **values: Any) -> str:
    """The words of `code`, filled in. An unknown code or a missing value is a fault."""
    return all_texts()[code][language].format(**values).strip()
