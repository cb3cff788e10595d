"""Traces: the way of a message through the processes as spans of OpenTelemetry, where an operator asks for them.

A span tells a step, ids of rows and the kind of a fault; never what people said, their phones, or a fault's own words.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from proli import __version__
from proli.platform.settings import TracesSettings

TRACER: Final = trace.get_tracer("proli", __version__)
CARRIER: Final = TraceContextTextMapPropagator()


def start_tracing(settings: TracesSettings) -> None:
    """From here on the spans of this process are sent to where `settings` say; nowhere, unless they say."""
    if settings.url is None:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    provider = TracerProvider(
        resource=Resource({"service.name": "proli", "service.version": __version__}),
        sampler=ParentBased(TraceIdRatioBased(settings.share)),
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.url)))
    trace.set_tracer_provider(provider)


@contextmanager
def span(
    name: str,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    carried: Mapping[str, str] | None = None,
    about: Mapping[str, str | int] | None = None,
) -> Generator[Span]:
    """A step of the trace that is under way, or of the one `carried` here from another process."""
    context = CARRIER.extract(carried) if carried else None
    with TRACER.start_as_current_span(
        name, context=context, kind=kind, attributes=about, record_exception=False, set_status_on_exception=False
    ) as one:
        try:
            yield one
        except Exception as fault:
            one.set_status(StatusCode.ERROR, type(fault).__name__)
            raise


def carrier() -> dict[str, str]:
    """What takes the trace that is under way along to another process; empty when there is none."""
    carried: dict[str, str] = {}
    CARRIER.inject(carried)
    return carried
