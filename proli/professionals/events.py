from proli.platform.jobs import Event


class ProfessionalLeft(Event):
    """A professional takes no more requests; visits that are booked stay theirs."""

    professional_id: int
