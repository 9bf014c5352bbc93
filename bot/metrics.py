"""What is counted, for /metrics.

With PROMETHEUS_MULTIPROC_DIR set (an empty folder at each start) all processes of a machine count into it and any web
process answers for all; without, a process answers for itself. See prometheus_client's multiprocess mode.
"""

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

__all__ = [
    "CONTENT_TYPE_LATEST",
    "call_turn_seconds",
    "calls",
    "exposition",
    "statuses",
    "texts_in",
    "turn_seconds",
    "unsigned",
]

unsigned = Counter("dutyline_webhooks_unsigned", "Requests without the carrier's signature, refused", ["path"])
texts_in = Counter("dutyline_texts_in", "Texts from the carrier", ["outcome"])
statuses = Counter("dutyline_statuses", "Status callbacks from the carrier", ["outcome"])
calls = Counter("dutyline_call_turns", "Turns of calls, by what the caller heard then", ["outcome"])
_SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)
turn_seconds = Histogram("dutyline_turn_seconds", "Time to answer a text", buckets=_SECONDS)
call_turn_seconds = Histogram("dutyline_call_turn_seconds", "Time to answer a turn of a call", buckets=_SECONDS)


def exposition() -> bytes:
    """Everything counted so far, in Prometheus's text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # prometheus_client types little
    return generate_latest(registry)
