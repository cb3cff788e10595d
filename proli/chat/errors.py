from proli.platform.errors import ProliError


class NothingToAnswer(ProliError):
    """Nobody has said anything that waits for an answer, or one of the business's own professionals has."""
