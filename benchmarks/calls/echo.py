# ruff: noqa: E402 - one package is stood in for before what asks for it is imported
"""The least that Pipecat does with a telephone line: sound comes back as it came.

`python -m benchmarks.calls.echo PORT`
"""

import sys
from types import ModuleType
from typing import Any

sys.modules.setdefault("PIL", ModuleType("PIL")).__dict__.setdefault("Image", None)  # it shows no pictures

import uvicorn
import uvloop
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.frames.frames import Frame, InputAudioRawFrame, OutputAudioRawFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.runner.utils import parse_telephony_websocket
from pipecat.serializers.twilio import TwilioFrameSerializer
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.workers.runner import WorkerRunner

app = FastAPI()


class Echo(FrameProcessor):
    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            back = OutputAudioRawFrame(frame.audio, frame.sample_rate, frame.num_channels)
            await self.push_frame(back, direction)
        else:
            await self.push_frame(frame, direction)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.websocket("/line")
async def line(websocket: WebSocket) -> None:
    await websocket.accept(subprotocol="audio.twilio.com")
    told: dict[str, Any] = (await parse_telephony_websocket(websocket))[1]  # pyright: ignore
    serializer = TwilioFrameSerializer(
        stream_sid=told["stream_id"], call_sid=told["call_id"],
        params=TwilioFrameSerializer.InputParams(auto_hang_up=False),
    )  # fmt: skip
    transport = FastAPIWebsocketTransport(
        websocket=websocket,
        params=FastAPIWebsocketParams(
            audio_in_enabled=True, audio_out_enabled=True, add_wav_header=False, serializer=serializer,
        ),
    )  # fmt: skip
    worker = PipelineWorker(
        Pipeline([transport.input(), Echo(), transport.output()]),
        params=PipelineParams(audio_in_sample_rate=8000, audio_out_sample_rate=8000),
        cancel_on_idle_timeout=False, enable_rtvi=False,
    )  # fmt: skip

    @transport.event_handler("on_client_disconnected")
    async def gone(*_: object) -> None:
        await worker.cancel()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await runner.run()


if __name__ == "__main__":
    logger.remove()
    uvloop.run(uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=int(sys.argv[1]), log_config=None)).serve())
