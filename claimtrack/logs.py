"""How log lines are written, and what is kept out of them.

A line may name a person by id, a route and a request. It never holds what somebody sent: an address may carry a key or a search, a
header a token, and the words of PostgreSQL the row that it refused, a draft among them.
"""

import logging
import re
import sys
from traceback import format_exception
from typing import Any

import structlog
from structlog.typing import ExcInfo, Processor

# The row at fault stands behind it, line ends and all; then comes the next exception of the chain.
_ROW = re.compile(r"^DETAIL:.*?(?=^\n(?:The above exception|During handling)|\Z)", re.MULTILINE | re.DOTALL)
# Of gunicorn: a client that stood still (claimtrack.server.STANDSTILL).
_STOOD_STILL = "Socket error processing request."


class Discretion(logging.Filter):
    """Takes out of the lines of Django and gunicorn what the client sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "gunicorn.error":
            _discreet(record)
        elif request := getattr(record, "request", None):
            path = getattr(request, "path", "")
            record.msg, record.args = record.getMessage().removesuffix(f": {path}"), ()
        return True


def _discreet(record: logging.LogRecord) -> None:
    error = sys.exception()
    if str(record.msg).startswith("Invalid request from ip="):
        record.msg = f"A request could not be read: {type(error).__name__}."
    elif str(record.msg).startswith("Error handling request"):
        record.msg, record.args = "A request failed.", ()
    elif record.msg == _STOOD_STILL and isinstance(error, BlockingIOError):
        record.msg, record.exc_info = "A connection that stood still was closed.", None
        record.levelno, record.levelname = logging.WARNING, "WARNING"


def traceback(exc_info: ExcInfo) -> str:
    """Return a traceback without the rows that PostgreSQL shows, nor local variables."""
    return _ROW.sub("DETAIL: left out\n", "".join(format_exception(*exc_info))).rstrip("\n")


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


def logging_config(*, as_json: bool, requests: bool) -> dict[str, Any]:
    """Return the LOGGING of Django and gunicorn: lines of JSON, or for people; `requests`: with a line for each request."""
    for_people = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discretion": {"()": "claimtrack.logs.Discretion"}},
        "formatters": {
            "structlog": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(traceback),
                    structlog.processors.JSONRenderer() if as_json else for_people,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structlog"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        # Django's and gunicorn's own handlers would print every record a second time.
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            # What went wrong. That somebody asked in vain is in the line of the request.
            "django.request": {"level": "ERROR", "filters": ["discretion"]},
            "django.security.csrf": {"filters": ["discretion"]},
            # runserver's lines hold the whole address; they add nothing to those of the requests.
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True, "filters": ["discretion"]},
            "claimtrack.requests": {"level": "INFO" if requests else "WARNING"},
            # An odd page is no error of ours: what is wrong with it, the refusal says.
            "trafilatura": {"level": "CRITICAL"},
            "requests_hardened": {"level": "CRITICAL"},
        },
    }


def configure() -> None:
    """Let structlog write to the same handlers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
