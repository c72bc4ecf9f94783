"""What a process counts of itself, for Prometheus. No name and no word of a person is in a label.

Counters of this process; what stands in the database is read when it is asked for
(bot/web/metrics.py). docs/operations.md lists them, deploy/ has a dashboard and alerts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

PREFIX = "customer_seat"
ACK_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds. Slack waits for 3."""
KINDS = ("event_callback", "block_actions", "view_submission", "view_closed", "block_suggestion",
         "shortcut", "message_action")  # fmt: skip
"""Slack's own names; a command has none and is called `command`, anything else `other`."""


class Metrics:
    def __init__(self) -> None:
        # Else a line more for each counter, which nobody asks for.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # theirs has no types
        self.registry = CollectorRegistry()
        self.deliveries = self._counter(
            "deliveries", "From Slack, by what came of it.", "kind", "result"
        )
        self.acknowledgements = Histogram(
            f"{PREFIX}_acknowledgement_seconds",
            "From a delivery being read to its answer.",
            registry=self.registry,
            buckets=ACK_BUCKETS,
        )
        self.turned_away = self._counter("turned_away", "HTTP requests not let in.", "status")
        self.calls = self._counter("slack_calls", "To Slack, by its answer.", "method", "result")
        self.rate_limited = self._counter(
            "rate_limited_seconds", "That Slack told us to wait, in sum.", "method"
        )
        self.refusals = self._counter("refusals", "Told to the one who asked.", "reason")
        self.due = self._counter(
            "due", "Reminders, digests and all that falls due.", "kind", "outcome"
        )

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"{PREFIX}_{name}", says, labels, registry=self.registry)

    @contextmanager
    def delivery(self, kind: str) -> Iterator[list[int]]:
        """Around the answer to one delivery; its HTTP status is put into the list."""
        began, statuses = perf_counter(), list[int]()
        try:
            yield statuses
        finally:
            self.acknowledgements.observe(perf_counter() - began)
            status = statuses[-1] if statuses else 500
            result = "done" if status < 400 else "failed" if status >= 500 else "refused"
            self.deliveries.labels(kind, result).inc()


def kind_of(body: dict[str, object]) -> str:
    if "command" in body:
        return "command"
    kind = str(body.get("type") or "")
    return kind if kind in KINDS else "other"
