"""Recognise removed passages in a new reading of an article, although their text was not kept.

A redaction keeps the number of letters and digits of each passage, and their HMAC-SHA-256. A window of that length slides over the
new text. The key is derived from SECRET_KEY: every installation has one, it is never in the database, and Django rotates it with
SECRET_KEY_FALLBACKS. (The key of the log may be absent.) So somebody with a dump of the database cannot confirm a guess.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256 as digest_of

from django.conf import settings

from claimtrack.refusals import Conflict, Message
from sources.ingesting.fields import Details
from sources.ingesting.taking import Taken
from sources.models import Article, RedactedSnapshot, Source
from sources.pages.canonical import sha256
from sources.pages.masking import Fingerprint, keyed_hash, masked, recognised

KEY_LOST = Message(
    "A passage was removed from this article, and the secret key that recognises it is gone: put it back among"
    " CLAIMTRACK_SECRET_KEY_FALLBACKS, then read the article again."
)


def current_key() -> tuple[str, bytes]:
    """Return the key of new redactions, and its name."""
    key = _derived(settings.SECRET_KEY)
    return _name(key), key


def fingerprint(form: str) -> Fingerprint:
    return Fingerprint(len(form), keyed_hash(current_key()[1], form))


def as_redacted(taken: Taken, details: Details, source: Source, canonical_url: str | None) -> tuple[Taken, Details]:
    """Return text and details of an article as they may be stored. Raises Conflict `redaction_key`."""
    known = RedactedSnapshot.objects.order_by("pk")
    if canonical_url:
        removed = list(known.filter(snapshot__article__canonical_url=canonical_url))
        return _without(taken, details, removed)
    # An article without an address is known by the hash of its text, which is that of the redacted text.
    of_source = known.filter(snapshot__article__canonical_url=None, snapshot__article__source=source)
    result = _without(taken, details, list(of_source))
    texts = Article.objects.filter(source=source, canonical_url=None, first_sha256=sha256(result[0].text))
    return result if texts.exists() else (taken, details)


def _without(taken: Taken, details: Details, removed: list[RedactedSnapshot]) -> tuple[Taken, Details]:
    by_key = defaultdict(set)
    for row in removed:
        by_key[row.key].update(Fingerprint(*passage) for passage in row.removed)
    keys = _keys()
    if by_key.keys() - keys.keys():
        raise Conflict(KEY_LOST, code="redaction_key")
    text, title, byline = (
        _masked(text, ((keys[name], found) for name, found in by_key.items()))
        for text in (taken.text, details["title"], details["byline"])
    )
    return replace(taken, text=text), {**details, "title": title, "byline": byline}


def _masked(text: str, removed: Iterable[tuple[bytes, set[Fingerprint]]]) -> str:
    for key, fingerprints in removed:
        text = masked(text, recognised(text, key, fingerprints))
    return text


def _keys() -> dict[str, bytes]:
    keys = [_derived(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return {_name(key): key for key in keys}


def _derived(secret: str) -> bytes:
    return digest_of(b"claimtrack.redaction" + secret.encode()).digest()


def _name(key: bytes) -> str:
    return keyed_hash(key, "")[:16]
