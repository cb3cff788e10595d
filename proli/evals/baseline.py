"""Committed figures that a change may not fall below."""

from typing import Any


def worse_than(figures: dict[str, Any], committed: dict[str, Any]) -> list[str]:
    """What is lower than it was, in words; nothing when nothing is. Shares are compared, so cases may be added."""
    lower: list[str] = []
    for name, before in committed["fields"].items():
        now = figures["fields"].get(name)
        if now is None or share(now) + 1e-9 < share(before):
            now_words = f"{share(now):.1%}" if now else "not scored"
            lower.append(f"{name}: {now_words}, was {share(before):.1%}")
    ok, was = (one["conversations_ok"] / max(one["cases"], 1) for one in (figures, committed))
    return [*lower, f"conversations ok: {ok:.1%}, was {was:.1%}"] if ok + 1e-9 < was else lower


def share(counted: dict[str, int]) -> float:
    return counted["right"] / max(sum(counted.values()), 1)
