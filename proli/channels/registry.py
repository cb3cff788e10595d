"""Every channel, by the name its accounts carry."""

from collections.abc import Mapping

from proli.channels.base import Channel
from proli.channels.green_api.client import GreenApi
from proli.channels.simulator.channel import SimulatorChannel
from proli.conversations.reach import CHAT_IDS

CHANNELS: Mapping[str, Channel] = {"green_api": GreenApi(), "simulator": SimulatorChannel()}
CHAT_IDS.update({name: channel.chat_id_of for name, channel in CHANNELS.items()})
