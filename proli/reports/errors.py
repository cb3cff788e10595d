from proli.platform.errors import ProliError


class BadPeriod(ProliError):
    """Days that are no period: it ends before it begins, or is longer than `most` days."""

    status = 422
