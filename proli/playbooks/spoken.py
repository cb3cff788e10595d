"""What Proli says aloud: the words of calls, and others in the place of texts that speak of writing."""

from functools import cache
from importlib.resources import files

from proli.platform.yaml_text import read_yaml
from proli.playbooks.loader import Playbook
from proli.playbooks.texts import OwnTexts


def spoken_texts(playbook: Playbook, own: OwnTexts) -> OwnTexts:
    """The texts of the business and its playbook, and over them what is said where the word is spoken."""
    aloud = _spoken()
    return {**own, **aloud["common"], **aloud.get(playbook.id, {})}


@cache
def _spoken() -> dict[str, dict[str, dict[str, str]]]:
    return read_yaml((files("proli.playbooks") / "spoken.yaml").read_text(encoding="utf-8"))
