"""The standard instructions of each kind of business, as they stand in the files beside this one."""

import hashlib
from functools import cache
from importlib.resources import files


@cache
def template(playbook: str) -> str:
    """The playbook's part and the rules that all share."""
    folder = files("proli.prompts")
    return "\n".join((folder / f"{name}.md").read_text(encoding="utf-8") for name in (playbook, "rules"))


@cache
def aloud_frame() -> str:
    """What holds besides in a call."""
    return "\n" + (files("proli.prompts") / "aloud.md").read_text(encoding="utf-8")


@cache
def guidance_frame() -> str:
    return (files("proli.prompts") / "guidance.md").read_text(encoding="utf-8")


@cache
def template_version(playbook: str) -> str:
    return f"{playbook}-{hashlib.sha256(template(playbook).encode()).hexdigest()[:8]}"
