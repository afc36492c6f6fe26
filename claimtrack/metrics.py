"""Metrics for Prometheus, served at CLAIMTRACK_METRICS. All workers count in shared files.

Labels are routes of the URL configuration, not addresses, which would create a time series for each claim.
"""

from django.db.backends.signals import connection_created
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from claimtrack.db import clock

METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PATCH", "PUT", "DELETE"}

REQUESTS = Counter("claimtrack_requests", "Requests that were answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "claimtrack_request_duration_seconds", "How long answers took, until their last byte for exports.", ["route"]
)
DATABASE = Counter("claimtrack_database_seconds", "How long statements of requests took.", ["route"])
WEBHOOK_MESSAGES = Counter("claimtrack_webhook_messages", "Messages of webhooks that were sent.", ["result"])
WEBHOOK_SECONDS = Histogram("claimtrack_webhook_duration_seconds", "How long receivers of webhooks took to answer.")
# Labels are ids of webhooks, of which there are few.
WEBHOOK_WAITING = Gauge(
    "claimtrack_webhook_waiting", "Messages that wait.", ["webhook"], multiprocess_mode="mostrecent"
)
WEBHOOK_LAG = Gauge(
    "claimtrack_webhook_lag_seconds",
    "Age of the oldest change that waits.",
    ["webhook"],
    multiprocess_mode="mostrecent",
)


def observe(method: str | None, route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(method if method in METHODS else "other", route, status).inc()
    SECONDS.labels(route).observe(seconds)
    DATABASE.labels(route).inc(clock.clock.seconds)


def install() -> None:
    """Time the statements of this process."""
    connection_created.connect(clock.install)


def serve(address: str, port: int) -> None:
    """Serve the counts of all workers. Call it in gunicorn's main process, which outlives the workers."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    start_http_server(port, address, registry)
