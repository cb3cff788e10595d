from proli.platform.jobs import Event


class MessageReceived(Event):
    """A contact's message that wants an answer is in the inbox."""

    conversation_id: int


class MessageQueued(Event):
    """An outgoing message is in the outbox."""

    conversation_id: int


class PersonAnswered(Event):
    """One of the business's people has answered whoever wrote."""

    conversation_id: int
