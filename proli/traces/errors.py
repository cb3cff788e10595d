from proli.platform.errors import NotFound


class TurnNotFound(NotFound):
    """No such turn, or the message is no reply of the agent."""
