"""Trades by name: those of everyday service, and those that one kind of business alone has."""

from functools import cache

from proli.knowledge.trades import issue_name, list_trades, trade_name
from proli.playbooks.loader import OwnTrade, Playbook, get_playbook, list_playbooks


@cache
def own_trades() -> dict[str, OwnTrade]:
    return {name: trade for playbook in list_playbooks() for name, trade in get_playbook(playbook).trades.items()}


@cache
def known_trades() -> tuple[str, ...]:
    """Every trade a professional can have."""
    return (*list_trades(), *own_trades())


def trades_of(playbook: Playbook) -> tuple[str, ...]:
    """The trades that such a business may have: its own, where the kind has any, and else those of everyday service."""
    return tuple(playbook.trades or list_trades())


def say_trade(trade: str, language: str) -> str:
    """The trade's name: "אינסטלציה"."""
    own = own_trades().get(trade)
    return own.name["he" if language == "he" else "en"] if own else trade_name(trade, language)


def say_issue(trade: str | None, issue: str | None, language: str) -> str | None:
    """What is to be done, by its name: "נזילה"; None where that is not known."""
    return issue_name(trade, issue, language) if trade and issue else None
