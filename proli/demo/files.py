"""The words of this package, kept beside it in YAML."""

from importlib.resources import files
from typing import Any

from proli.platform.yaml_text import read_yaml


def read_words(name: str) -> Any:
    text = (files("proli.demo") / "words" / f"{name}.yaml").read_text(encoding="utf-8")
    return read_yaml(text)


def has_words(name: str) -> bool:
    return (files("proli.demo") / "words" / f"{name}.yaml").is_file()
