"""Opaque tokens: positions in a list, encoded so that clients return them unchanged."""

import base64
import hashlib
import json
from typing import Any


def encode(value: object) -> str:
    """Return a JSON value as URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(token: str) -> Any:
    """Return the encoded value. Raises ValueError or RecursionError if it is not a token."""
    return json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))


def fingerprint(value: object) -> str:
    """Return a short digest of a JSON value. It ties a token to the request that it was made for."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
