from proli.platform.errors import NotFound, ProliError


class OfferNotFound(NotFound):
    """No such offer to this professional."""


class NobodyFits(ProliError):
    """No active professional does the trade, serves the place and is free then."""


class LeadIncomplete(ProliError):
    """The trade or the place is not known yet."""


class NothingToChange(ProliError):
    """The lead has neither an offer out nor a visit."""


class LoadLimitReached(ProliError):
    """The professional has been given other leads meanwhile and has no room for one more."""
