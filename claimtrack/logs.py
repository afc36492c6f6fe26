"""The format of log lines, and filters that remove personal and secret data from them.

A line may name a user by id, a route and a request. It never contains what a client sent, since a URL may contain a key or a
search term, a header a token, and a message of PostgreSQL the row that it refused, for example a draft.
"""

import logging
import re
import sys
from traceback import format_exception
from typing import cast

import structlog
from structlog.typing import ExcInfo, Processor

# After its first sentence, a message of PostgreSQL may hold the refused row, the statement or a value, which may have several lines,
# up to the next exception of the chain.
_VALUES = re.compile(
    r"""^((?:psycopg|django\.db)\.[\w.]+:\ [^\n]*?)  # the exception and the sentence
    (?::\ "|\n(?:LINE\ \d+|DETAIL|HINT|QUERY|CONTEXT):).*?
    (?=^\n(?:The\ above\ exception|During\ handling)|\Z)""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
# gunicorn's message for a client that stalled (claimtrack.server.STALL_TIMEOUT).
_STALLED = "Socket error processing request."


class RedactRequests(logging.Filter):
    """Removes what the client sent from the messages of Django and gunicorn."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "gunicorn.error":
            _redact_gunicorn(record)
        elif request := getattr(record, "request", None):
            path = getattr(request, "path", "")
            record.msg, record.args = record.getMessage().removesuffix(f": {path}"), ()
        return True


def _redact_gunicorn(record: logging.LogRecord) -> None:
    error = sys.exception()
    if str(record.msg).startswith("Invalid request from ip="):
        record.msg = f"A request could not be read: {type(error).__name__}."
    elif str(record.msg).startswith("Error handling request"):
        record.msg, record.args = "A request failed.", ()
    elif record.msg == _STALLED and isinstance(error, BlockingIOError):
        record.msg, record.exc_info = "A stalled connection was closed.", None
        record.levelno, record.levelname = logging.WARNING, "WARNING"


def traceback(exc_info: ExcInfo) -> str:
    """Return a traceback without local variables and without the values in PostgreSQL's messages."""
    return _VALUES.sub(r"\1 (values left out)\n", "".join(format_exception(*exc_info))).rstrip("\n")


stamp = structlog.processors.TimeStamper(fmt="iso")

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    stamp,
]


class RequestFormatter(logging.Formatter):
    """Formats the line of a request, whose message is a dictionary. It looks like the lines of structlog, at half their cost."""

    def __init__(self, renderer: Processor) -> None:
        super().__init__()
        self.renderer = renderer

    def format(self, record: logging.LogRecord) -> str:
        members = cast("dict[str, object]", record.msg)
        line = {**members, "level": record.levelname.lower(), "logger": record.name}
        return str(self.renderer(None, "", stamp(None, "", line)))


def logging_config(*, as_json: bool, requests: bool) -> dict[str, object]:
    """Return the LOGGING of Django and gunicorn, in JSON or for people. `requests` adds a line for each request."""
    renderer: Processor = structlog.processors.JSONRenderer()
    if not as_json:
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"redact_requests": {"()": "claimtrack.logs.RedactRequests"}},
        "formatters": {
            "structlog": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(traceback),
                    renderer,
                ],
            },
            "requests": {"()": RequestFormatter, "renderer": renderer},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "structlog"},
            "requests": {"class": "logging.StreamHandler", "formatter": "requests"},
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        # Django's and gunicorn's own handlers would print every record a second time.
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            # Only errors: the line of the request shows answers such as 404.
            "django.request": {"level": "ERROR", "filters": ["redact_requests"]},
            "django.security.csrf": {"filters": ["redact_requests"]},
            # runserver's lines contain the whole URL, and add nothing to the line of the request.
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True, "filters": ["redact_requests"]},
            # It warns of each HEAD, where Django leaves it to the server to drop the body.
            "gunicorn.http.wsgi": {"level": "ERROR"},
            "claimtrack.requests": {
                "handlers": ["requests"],
                "level": "INFO" if requests else "WARNING",
                "propagate": False,
            },
            # It has a line for each step of each job. Failures are errors.
            "procrastinate": {"level": "WARNING"},
            # Its warnings contain what the client sent.
            "mcp": {"level": "ERROR"},
            # These log an error for every odd page. The refusal says what is wrong with it.
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
