from proli.platform.errors import NotFound, ProliError


class PromptNotFound(NotFound):
    """No such version, or none in the state that is needed: no draft to publish, no archived one to go back to."""


class PromptChanged(ProliError):
    """Somebody has changed the drafts or versions of the channel since they were read; `version` is the draft's."""
