"""The words Proli says by itself, in Hebrew and English; a playbook and a business may have words of their own."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Self

from proli.knowledge.dangers import Danger
from proli.knowledge.text import isolate
from proli.platform.errors import ProliError
from proli.platform.yaml_text import read_yaml
from proli.playbooks.loader import Playbook

LANGUAGES = ("he", "en")
LONGEST = 1000
EMERGENCY = {"ambulance": "101", "rescue": "102", "power": "103"}

type OwnTexts = Mapping[str, Mapping[str, str]]
"""Code to language to words."""


class WordsRefused(ProliError):
    """These words cannot stand in place of ours: the reason is given."""


@cache
def all_texts() -> dict[str, dict[str, str]]:
    return read_yaml((files("proli.playbooks") / "texts.yaml").read_text(encoding="utf-8"))


def language_for(*preferences: str | None) -> str:
    """The first of the languages wished for that we have words in; Hebrew when there is none."""
    return next((language for language in preferences if language in LANGUAGES), "he")


def own_texts(playbook: Playbook, of_business: OwnTexts) -> OwnTexts:
    """The playbook's words, and over them those of the business."""
    codes = {*playbook.texts, *of_business}
    return {code: {**playbook.texts.get(code, {}), **of_business.get(code, {})} for code in codes}


class Saying(str):
    """Words that know which text they are and what fills it, so that they can also be sent in another form.

    Whatever is done to them as a string gives plain words.
    """

    __slots__ = ("code", "values")
    code: str
    values: Mapping[str, str]

    def __new__(cls, words: str, code: str, values: Mapping[str, Any]) -> Self:
        made = super().__new__(cls, words)
        made.code, made.values = code, {name: str(value) for name, value in values.items()}
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.code, self.values)

    def worded(self, words: str) -> Self:
        """The same text in other words."""
        return type(self)(words, self.code, self.values)

    def followed_by(self, more: "Saying") -> Self:
        """The same text with another one on a line below; what fills either is known."""
        return type(self)(f"{self}\n{more}", self.code, {**more.values, **self.values})


def say(code: str, language: str, own: OwnTexts | None = None, /, **values: Any) -> Saying:
    """The words of `code`, filled in. An unknown code or a missing value is a fault."""
    words = (own or {}).get(code, {}).get(language) or all_texts()[code][language]
    return Saying(words.format(**values).strip(), code, values)


def say_danger(danger: Danger, language: str, own: OwnTexts | None = None) -> Saying:
    """What to do at once in this danger, and whom to call."""
    others = {name: isolate(number) for name, number in EMERGENCY.items()}
    return say(f"danger_{danger.id}", language, own, number=isolate(danger.call), **others)


def check_words(code: str, language: str, words: str) -> None:
    """These words may stand in place of ours.

    Raises:
        WordsRefused: there is no such text, it is too long, or it names a value that this text does not have.
    """
    require_text(code, language)
    if not words.strip() or len(words) > LONGEST:
        raise WordsRefused(reason="empty_or_too_long", longest=LONGEST)
    allowed = values_in(all_texts()[code][language])
    try:
        unknown = values_in(words) - allowed
    except ValueError as error:
        raise WordsRefused(reason="unbalanced_braces") from error
    if unknown:
        raise WordsRefused(reason="unknown_values", unknown=sorted(unknown), allowed=sorted(allowed))


def require_text(code: str, language: str) -> None:
    """There is such a text.

    Raises:
        WordsRefused: there is none.
    """
    if code not in all_texts() or language not in LANGUAGES:
        raise WordsRefused(reason="unknown_text", text=code, language=language)


def values_in(words: str) -> set[str]:
    """The names in braces; anything but a plain name counts as it stands."""
    parts = Formatter().parse(words)
    return {
        f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
        for _, name, form, conversion in parts
        if name is not None
    }
