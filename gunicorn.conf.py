"""gunicorn's settings: it reads this file where it is started in this folder."""

from claimtrack.server import (
    graceful_timeout,
    keepalive,
    limit_request_line,
    logconfig_dict,
    logger_class,
    on_exit,
    on_starting,
    post_worker_init,
    threads,
    timeout,
    when_ready,
    worker_class,
)

__all__ = [
    "graceful_timeout",
    "keepalive",
    "limit_request_line",
    "logconfig_dict",
    "logger_class",
    "on_exit",
    "on_starting",
    "post_worker_init",
    "threads",
    "timeout",
    "when_ready",
    "worker_class",
]
