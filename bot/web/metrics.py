"""`/metrics`: what this process counted, and what the database holds at this moment."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlmodel import Session, col, func, select
from starlette.requests import Request
from starlette.responses import Response

from bot.clock import Clock
from bot.metrics import PREFIX
from db.backlog import counts
from db.store import Store, StoreTrouble
from db.tables import DeliveryFailed, ReviewRow

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format, by its documentation."""


class Held(Collector):
    """Gauges. Where the database does not answer, only that is told. Several processes tell the
    same: a dashboard takes the largest."""

    def __init__(self, store: Store, outbox: Store, clock: Clock) -> None:
        """`outbox`: the dispatcher's own pool; on SQLite the store itself."""
        self._store, self._clock = store, clock
        self._pools = {"people": store} if outbox is store else {"people": store, "outbox": outbox}

    def collect(self) -> Iterable[Metric]:
        use = _gauge("pool_connections", "In use, of a pool of the database's.", "pool")
        most = _gauge("pool_connections_limit", "As many as that pool may have.", "pool")
        for name, store in self._pools.items():
            used, limit = store.pool_use()
            use.add_metric([name], used)
            most.add_metric([name], limit)
        yield from (use, most)
        up = _gauge("database_up", "1 where the database answers.")
        try:
            held = self._store.read(self._held)
        except StoreTrouble:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from held

    def _held(self, session: Session) -> list[Metric]:
        told = counts(session)
        outbox = _gauge("outbox_rows", "Messages not in Slack yet, or given up.", "state")
        for state, number in (
            ("pending", told.pending - told.waiting),
            ("waiting", told.waiting),
            ("parked", told.parked),
        ):
            outbox.add_metric([state], number)
        oldest = _gauge("outbox_oldest_seconds", "How long the oldest pending one has waited.")
        age = self._clock.machine() - told.oldest_at if told.oldest_at else None
        oldest.add_metric([], max(0.0, age.total_seconds()) if age else 0.0)
        failed = _gauge("failed_deliveries", "Events kept, since handling them failed.")
        failed.add_metric([], session.exec(select(func.count()).select_from(DeliveryFailed)).one())
        reviews = _gauge("reviews", "By state.", "state")
        for state, number in session.exec(
            select(ReviewRow.state, func.count()).group_by(col(ReviewRow.state))
        ):
            reviews.add_metric([str(state)], number)
        return [outbox, oldest, failed, reviews]


def _gauge(name: str, says: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}_{name}", says, labels=labels)


def make_metrics(registry: CollectorRegistry) -> Callable[[Request], Response]:
    def metrics(_request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE)

    return metrics
