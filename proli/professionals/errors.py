from proli.platform.errors import NotFound, ProliError


class ProfessionalNotFound(NotFound):
    """No such professional in this business."""


class PhoneTaken(ProliError):
    """Another professional of this business has this phone."""


class BadHours(ProliError):
    """Opening hours that cannot be: outside 0 to 1440 minutes, or ending before they begin."""

    status = 422


class ProfessionalChanged(ProliError):
    """Somebody has changed the professional since it was read; `version` is its present one."""


class BadProfessionalField(ProliError):
    """A value that cannot be: a trade, a place, a phone or a day that does not exist. `field` says which."""

    status = 422


class PriceNotFound(NotFound):
    """No such line in this business's price list."""


class PriceChanged(ProliError):
    """Somebody has changed the line since it was read; `version` is its present one."""


class BadPrice(ProliError):
    """A line of the price list that cannot be. `field` says why."""

    status = 422


class NoDayOff(NotFound):
    """The professional has no day off then."""


class NotAProfessional(ProliError):
    """The member is none of the business's professionals; an owner says who they are."""

    status = 403
