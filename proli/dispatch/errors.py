from proli.platform.errors import NotFound, ProliError


class OfferNotFound(NotFound):
    """No such offer to this professional."""


class NobodyFits(ProliError):
    """No active professional does the trade, serves the place and is free then."""


class LeadIncomplete(ProliError):
    """The trade or the place is not known yet."""


class NothingToChange(ProliError):
    """The lead has neither an offer out nor a visit."""


class DoesNotFit(ProliError):
    """This professional cannot take the lead at that hour; `reason` says why, as the ranking does."""


class LoadLimitReached(DoesNotFit):
    """The professional has as many open jobs as they may have; staff may give them one more all the same."""


class OutsideHours(ProliError):
    """The professional does not work then: outside the hours, on a day off, or in the rest that is kept; `reason`."""


class OfferStillOut(ProliError):
    """A professional has been asked and has not answered: the offer must be withdrawn first."""


class TooLateToUndo(ProliError):
    """Both sides have been told of what became of the visit, or staff had no part in it."""


class StageNeedsAction(ProliError):
    """The board cannot move a lead there: offers and visits are made, not declared."""


class BadWindow(ProliError):
    """A stretch of time that ends before it begins, or is too long."""

    status = 422


class MergeRefused(ProliError):
    """Two leads cannot be made one, or not be parted again; `reason` says why, `lead_id` because of which."""


class NotMerged(NotFound):
    """The other lead is not merged into this one."""


class AskedNoMore(ProliError):
    """The visit does not stand any more as it did when its customer was asked to move it."""
