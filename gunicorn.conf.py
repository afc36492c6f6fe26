"""gunicorn's settings: it reads this file where it is started in this folder."""

from claimtrack.server import limit_request_line, post_worker_init

__all__ = ["limit_request_line", "post_worker_init"]
