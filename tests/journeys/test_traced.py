"""A message is one trace, from the webhook to the send, through two processes; and nobody's words are in it."""

import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from fastapi import FastAPI, Request, Response
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.chaos.town import Ways, phone, running_town
from tests.chaos.waiting import until
from tests.doubles.green_api import WEBHOOK_TOKEN
from tests.doubles.serving import served

WORDS = "יש לי נזילה בכיור"
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

    def trace_of(self, steps: list[str]) -> list[Span] | None:
        """Of the first trace that has all these steps, the first span of each; what else came has traces of its own."""
        traces = defaultdict[bytes, dict[str, Span]](dict)
        for span in self.spans:
            traces[span.trace_id].setdefault(span.name, span)
        return next(([named[step] for step in steps] for named in traces.values() if {*steps} <= named.keys()), None)


async def test_a_message_is_one_trace_from_the_webhook_to_the_send(database_url: str, tmp_path: Path) -> None:
    collector = Collector()
    async with served(collector.app()) as server:
        ways = Ways(workers=1, environment={"PROLI_TRACES_URL": f"{server.url}/v1/traces"})
        async with running_town(database_url, tmp_path, ways) as town:
            await town.post(town.maker.text(phone(1), WORDS))

            async def told() -> bool:
                return collector.trace_of(STEPS) is not None

            await until(told, "the trace never came")
    chain = collector.trace_of(STEPS) or []
    for earlier, later in pairwise(chain):
        assert later.parent_span_id == earlier.span_id
    names = {attribute.key for span in collector.spans for attribute in span.attributes}
    assert names == {"business_id", "conversation_id", "message_id"}
    for secret in (WORDS, phone(1).removeprefix("+"), "דנה", WEBHOOK_TOKEN):
        assert secret.encode() not in collector.said
