from proli.platform.jobs import Event


class LeftToStand(Event):
    """Staff have seen to a request whose professional had said that they cannot come, and have left it as it is."""

    lead_id: int


class PlaceChanged(Event):
    """A request for which somebody is asked, or a visit promised, is to be carried out elsewhere than was told."""

    lead_id: int


class VisitNoted(Event):
    """The customer of a promised visit has said something for whoever comes."""

    lead_id: int
    notes: tuple[str, ...]
    """The new ones, by `leads.for_visit.digest_of`."""
