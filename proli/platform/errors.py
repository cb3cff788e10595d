"""Refusals, which are normal answers, and configuration errors, which end the program with a clear line."""

import re
from typing import ClassVar


class ProliError(Exception):
    """An expected no. Its `code` is what programs read; its words for people live in the translations.

    HTTP answers with `status` and `code`, a job ends quietly, a tool tells the model.
    """

    status: ClassVar[int] = 409

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(", ".join(f"{name}={value}" for name, value in params.items()))

    @property
    def code(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


class NotFound(ProliError):
    """The thing named is not there, or belongs to somebody else."""

    status: ClassVar[int] = 404


class ConfigurationError(Exception):
    """The installation cannot work as configured; the message is one line that says what to do. Exit code 2."""


class BusinessRequired(Exception):
    """A business's rows were asked for outside of any business: a fault in our code, never a normal answer."""
