"""Check a ClaimReview against the rules that Google documents for fact checks.

https://developers.google.com/search/docs/appearance/structured-data/factcheck, as of 2025-06, when Search stopped showing them;
the Fact Check Explorer and its API still read the format. schema.json contains the structure and required members, this module
what a schema cannot express. A valid review may still not be shown.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator

from claims.formats.claimreview.reading import number
from sources.pages.jsonld import Node

MAX_CLAIM = 75
RECOMMENDED = {
    "": ("author", "datePublished", "itemReviewed"),
    "author": ("url",),
    "reviewRating": ("ratingValue", "bestRating", "worstRating"),
    "itemReviewed": ("author", "datePublished", "firstAppearance", "appearance"),
}

_SCHEMA = Draft202012Validator(json.loads((Path(__file__).parent / "schema.json").read_text()))


@dataclass(frozen=True)
class Finding:
    """`severity` is error (forbidden) or warning (not recommended). `path` has dots between names; "" is the whole review."""

    severity: str
    path: str
    message: str


def validate(node: Node, *, site: str = "") -> list[Finding]:
    """Return all findings about a ClaimReview node, errors first. `site` is the host that its url must be on, if known."""
    errors = [
        Finding("error", ".".join(map(str, error.absolute_path)), error.message) for error in _SCHEMA.iter_errors(node)
    ]
    errors += [Finding("error", path, message) for path, message in _errors(node, site)]
    return errors + [Finding("warning", path, message) for path, message in _warnings(node)]


def _errors(node: Node, site: str) -> Iterator[tuple[str, str]]:
    host = urlsplit(str(node.get("url"))).hostname or ""
    if site and host != site and not host.endswith(f".{site}"):
        yield "url", f"The review is not on the site's host, {site}."
    rating = _object(node.get("reviewRating"))
    value, best, worst = (number(rating.get(name)) for name in ("ratingValue", "bestRating", "worstRating"))
    best, worst = 5.0 if best is None else best, 1.0 if worst is None else worst
    if worst < 1:
        yield "reviewRating.worstRating", "The worst rating is at least 1."
    if worst >= best:
        yield "reviewRating.bestRating", "The best rating is above the worst."
    elif value is not None and not worst <= value <= best:
        yield "reviewRating.ratingValue", f"{value:g} is not between {worst:g} and {best:g}."
    if _states_verdict(str(node.get("claimReviewed")), str(rating.get("alternateName") or "")):
        yield "claimReviewed", "The claim states the verdict, which belongs in reviewRating."


def _states_verdict(claim: str, label: str) -> bool:
    """Return whether a wording begins or ends with the verdict, set off by punctuation, or with "fact check"."""
    words = "|".join(["fact[- ]?check", *([re.escape(label)] if label else [])])
    return bool(re.search(rf"(?i)^\W*(?:{words})\s*[:–—-]|[:(\[–—-]\s*(?:{words})\W*$", claim))


def _warnings(node: Node) -> Iterator[tuple[str, str]]:
    length = len(str(node.get("claimReviewed") or ""))
    if length > MAX_CLAIM:
        yield "claimReviewed", f"{length} characters; more than {MAX_CLAIM} wrap on small screens."
    for path, names in RECOMMENDED.items():
        members = _object(node.get(path)) if path else node
        for name in names:
            if members and not members.get(name):
                yield f"{path}.{name}".lstrip("."), "It is recommended."


def _object(value: object) -> Node:
    return value if isinstance(value, dict) else {}
