"""The short answers of other servers: the log of another desk, or an authority that stamps ours."""

from typing import Any

import requests

LIMIT = 1 << 16  # bytes
TIMEOUT = 60  # seconds


def ask(method: str, address: str, **given: Any) -> bytes:
    """Return what a server answers with success. Raises OSError."""
    with requests.request(method, address, timeout=TIMEOUT, stream=True, **given) as answer:
        answer.raise_for_status()
        body = b""
        for part in answer.iter_content(LIMIT):
            body += part
            if len(body) > LIMIT:
                raise OSError(f"{address} answers more than {LIMIT} bytes.")
        return body
