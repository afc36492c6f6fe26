"""Opaque tokens: places in a list, written so that clients hand them back as they got them."""

import base64
import hashlib
import json
from typing import Any


def encode(value: object) -> str:
    """Return a JSON value as URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(token: str) -> Any:
    """Return the value again. Raises ValueError or RecursionError for what is no token."""
    return json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))


def fingerprint(value: object) -> str:
    """Return a short digest of a JSON value, by which a token belongs to one question alone."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
