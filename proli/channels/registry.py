"""Every channel, by the name its accounts carry."""

from collections.abc import Mapping

from proli.channels.base import Channel
from proli.channels.green_api.client import GreenApi
from proli.channels.simulator.channel import SimulatorChannel
from proli.conversations.reach import REACHES

CHANNELS: Mapping[str, Channel] = {"green_api": GreenApi(), "simulator": SimulatorChannel()}
REACHES.update(CHANNELS)
