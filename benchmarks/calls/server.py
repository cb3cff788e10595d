"""`proli serve` with ears and a voice that take no time: `python -m benchmarks.calls.server PORT`."""

import sys

import uvicorn
import uvloop
from loguru import logger

from benchmarks.calls.doubles import TURNS, Hum, TimedEars
from proli.platform.runtime import open_runtime
from proli.platform.settings import Settings
from proli.voice.live.activity import SileroActivity
from proli.voice.live.leah import Leah
from proli.voice.live.voices import Voices
from proli.web import make_app
from proli.wiring import load_handlers


async def main(port: int) -> None:
    logger.remove()
    load_handlers()
    async with open_runtime(Settings.load()) as runtime:
        app = make_app(runtime)

        @app.post("/bench/turns")
        async def turns() -> list[float]:
            return TURNS

        app.state.talker = Leah(
            ears=(TimedEars,), voices=Voices((Hum(),)), activity=lambda: SileroActivity(runtime.settings.voice)
        )
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
