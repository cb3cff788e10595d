"""How urgent a burst is."""

from proli.knowledge.requests import Request
from proli.knowledge.trades import Danger, TradeMatch, find_urgency

RANK = {"low": 0, "normal": 1, "high": 2, "emergency": 3}


def only_priced(request: Request | None, danger: Danger | None) -> bool:
    """Whoever asks what unblocking a sewer costs is in no danger by that."""
    return request is not None and request.kind == "price_question" and danger is not None and not danger.life


def urgency_of(text: str, trades: tuple[TradeMatch, ...], danger: Danger | None, request: Request | None) -> str | None:
    """How urgent it is by what was said and by what such a job mostly is."""
    if only_priced(request, danger):
        return None
    priced = request is not None and request.kind == "price_question"
    usual = trades[0].urgency if trades and not priced else None
    return most_urgent(find_urgency(text), usual, "emergency" if danger else None)


def most_urgent(said: str | None, *others: str | None) -> str | None:
    """The most urgent of what was heard; "not urgent" in so many words holds against all but an emergency."""
    if said == "low" and "emergency" not in others:
        return "low"
    return max((one for one in (said, *others) if one), key=RANK.__getitem__, default=None)
