"""Ports for programs that are told theirs."""

import random
import socket
from contextlib import suppress


def free_port() -> int:
    """A port that nothing listens at, out of those that the system gives to nobody who does not ask for them."""
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
