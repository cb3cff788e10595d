"""What a channel can do, and the three ways in which a request to its provider can fail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from proli.conversations.outbox import Parcel
from proli.platform.runtime import Runtime


class SendRefused(Exception):
    """The provider has not taken the message and never will: a bad address, a spent quota, a removed number."""


class SendDelayed(Exception):
    """The provider has certainly not taken the message now, and may take it later."""


class SendInDoubt(Exception):
    """Nobody knows whether the provider has the message: the answer was lost. It must be asked before trying again."""


class Channel(Protocol):
    """One provider's way of reaching people. Stateless: what it needs comes with the parcel."""

    async def send(self, runtime: Runtime, parcel: Parcel) -> str:
        """The provider has the message, under the id returned.

        Raises:
            SendRefused, SendDelayed, SendInDoubt.
        """
        ...

    async def find_sent(
        self, runtime: Runtime, parcel: Parcel, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """The provider's id of this parcel if an attempt begun at `since` did arrive; None when it surely did not.

        `known` are the ids of the conversation's other messages: the same words may have been said before.

        Raises:
            SendDelayed: the provider cannot say now.
        """
        ...

    async def address_of_file(
        self, runtime: Runtime, credentials: Mapping[str, str], *, chat_id: str, external_id: str
    ) -> str | None:
        """Where the provider has the file of a message now; None when it does not keep files.

        Raises:
            SendRefused, SendDelayed, SendInDoubt.
        """
        ...
