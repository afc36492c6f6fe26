"""Tasks of this app, found by procrastinate when Django starts."""

from claims.tasks import log, notices, rereading, verifying

__all__ = ["log", "notices", "rereading", "verifying"]
