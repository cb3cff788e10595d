from proli.platform.errors import NotFound, ProliError


class BusinessNotFound(NotFound):
    """No business of that id or short name."""


class SlugTaken(ProliError):
    """Another business has this short name."""
