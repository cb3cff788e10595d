from proli.platform.jobs import Event


class HistoryGrew(Event):
    """So much has been said since the summary of a conversation that a model would soon not be shown all of it."""

    conversation_id: int
