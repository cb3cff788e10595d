"""Whatever a request can tell has a name and words for its values, in both languages."""

from dataclasses import fields
from importlib.resources import files
from typing import get_args

import pytest
import yaml

from proli.knowledge.property import Deal, PropertyNeeds, Role
from proli.knowledge.reading.time_recurring import find_recurring
from proli.mind.tools.details import Needs
from proli.playbooks.loader import get_playbook, list_playbooks

HOME, JOB = get_playbook("real_estate").needs, get_playbook("services").needs
PROPERTY = yaml.safe_load((files("proli.knowledge") / "data/property.yaml").read_text(encoding="utf-8"))
OFTEN = ("פעם בשבוע", "פעמיים בשבוע", "פעם בשבועיים", "פעם בחודש", "פעם בחודשיים", "פעם ברבעון", "פעם בשנה", "פעם ביום")


def test_whatever_is_heard_of_a_home_has_a_name() -> None:
    assert {one.name for one in fields(PropertyNeeds)} <= HOME.keys()


def test_whatever_a_model_may_save_has_a_name_in_some_playbook() -> None:
    named = {name for playbook in list_playbooks() for name in get_playbook(playbook).needs}
    assert Needs.__annotations__.keys() <= named


def test_every_value_that_is_heard_has_its_words() -> None:
    assert HOME["property_type"].values.keys() == PROPERTY["types"].keys()
    assert HOME["features"].values.keys() == HOME["refused"].values.keys() == PROPERTY["features"].keys()
    assert HOME["role"].values.keys() == set(get_args(Role))
    assert HOME["deal_type"].values.keys() == set(get_args(Deal))
    assert HOME["side"].values.keys() == {"seeks", "offers"}
    assert {find_recurring(words) for words in OFTEN} == JOB["recurring"].values.keys()


@pytest.mark.parametrize("playbook", list_playbooks())
def test_names_and_words_are_in_both_languages(playbook: str) -> None:
    known = get_playbook(playbook)
    for words in (known.name, known.persona, *known.starters):
        assert words.keys() == {"he", "en"} and all(words.values())
    for need in known.needs.values():
        for words in (need.name, *need.values.values()):
            assert words.keys() == {"he", "en"}
            assert all(words.values())
        assert bool(need.values) == (need.kind in {"choice", "choices", "day"})
