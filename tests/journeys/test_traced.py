"""A message is one trace, from the webhook to the send, through two processes; and nobody's words are in it."""

import gzip
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import httpx2
from fastapi import FastAPI, Request, Response
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from proli.platform.db import Database
from proli.platform.security import Vault, new_key
from tests.chaos.processes import Program, Proli, answers
from tests.chaos.town import found, phone, settings_of
from tests.chaos.waiting import until
from tests.doubles.green_api import ID_INSTANCE, WEBHOOK_TOKEN
from tests.doubles.green_api_webhooks import WebhookMaker
from tests.doubles.serving import served
from tests.patience import PATIENCE_S
from tests.ports import free_port

WORDS = "יש לי נזילה בכיור"
DOUBLE = (sys.executable, "-m", "tests.doubles.green_api")
STEPS = ["webhook Green API", "job chat.jobs.answer", "job channels.jobs.deliver", "send green_api"]


@dataclass
class Collector:
    """What takes traces, as an operator's collector does."""

    spans: list[Span] = field(default_factory=list[Span])
    said: bytes = b""

    def app(self) -> FastAPI:
        app = FastAPI(telemetry={"tracing": False})

        @app.post("/v1/traces")
        async def take(request: Request) -> Response:
            body = await request.body()
            if request.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            self.said += body
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    self.spans += scope.spans
            return Response(b"", media_type="application/x-protobuf")

        return app


async def test_a_message_is_one_trace_from_the_webhook_to_the_send(
    db: Database, database_url: str, tmp_path: Path
) -> None:
    key, api_port, double_port = new_key(), free_port(), free_port()
    double_url, api_url = f"http://127.0.0.1:{double_port}", f"http://127.0.0.1:{api_port}"
    await found(db, Vault(key), double_url)
    collector = Collector()
    async with served(collector.app()) as server:
        environment = settings_of(database_url, tmp_path, key) | {"PROLI_TRACES_URL": f"{server.url}/v1/traces"}
        processes: list[Program | Proli] = [
            Program((*DOUBLE, "--port", str(double_port)), {}, tmp_path / "double.log"),
            Proli(("serve", "--no-worker", "--port", str(api_port)), environment, tmp_path / "api.log"),
            Proli(("worker",), environment, tmp_path / "worker.log"),
        ]
        try:
            for process in processes:
                process.start()
            await answers(f"{double_url}/__journal")
            await answers(f"{api_url}/healthz")
            await say(api_url, WORDS)

            async def told() -> bool:
                return {*STEPS} <= {span.name for span in collector.spans}

            await until(told, "the trace never came")
        finally:
            for process in reversed(processes):
                process.kill()
    chain = [next(span for span in collector.spans if span.name == step) for step in STEPS]
    assert {span.trace_id for span in chain} == {chain[0].trace_id}
    for earlier, later in pairwise(chain):
        assert later.parent_span_id == earlier.span_id
    names = {attribute.key for span in collector.spans for attribute in span.attributes}
    assert names == {"business_id", "conversation_id", "message_id"}
    for secret in (WORDS, phone(1).removeprefix("+"), "דנה", WEBHOOK_TOKEN):
        assert secret.encode() not in collector.said


async def say(api_url: str, words: str) -> None:
    maker = WebhookMaker(ID_INSTANCE, lambda: int(datetime.now(UTC).timestamp()))
    headers = {"authorization": f"Bearer {WEBHOOK_TOKEN}"}
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
        answer = await client.post(f"{api_url}/webhooks/green-api", json=maker.text(phone(1), words), headers=headers)
    assert answer.status_code == 200
