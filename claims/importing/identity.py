"""Compute the origin key of a claim, by which two submissions are recognised as the same claim.

The key depends only on what was submitted, not on what the ledger has made of it. So it stays the same if a claim is reworded,
a source is renamed or speakers are merged, and a second import of a file changes nothing.

It is the SHA-256 of a JSON array in ASCII without white space. The first member is the kind of the key, and the other members
have a fixed form, so that two different submissions never have the same array.
"""

import hashlib
import json
from urllib.parse import urlsplit

from sources.pages.canonical import canonical_url


def key_by_id(source_name: str, line_id: str) -> str:
    """Return the origin key of a claim with an id of its submitter: 64 hexadecimal digits."""
    return _digest("id", source_name, line_id)


def key_by_content(
    *,
    article: tuple[str, ...],
    speaker_name: str | None,
    wikidata_id: str | None,
    quote: str,
    text: str,
    speaker_id: int | None = None,
) -> str:
    """Return the origin key of a claim without such an id: 64 hexadecimal digits.

    `article` is its canonical URL, or its source (domain, else name) and the SHA-256 of its first text. The ledger's id
    identifies the speaker, else the Wikidata id, else the name. All are None if the speaker is not known.
    """
    speaker: list[str | int] | None = None
    if speaker_id:
        speaker = ["id", speaker_id]
    elif wikidata_id:
        speaker = ["wikidata", wikidata_id]
    elif speaker_name:
        speaker = ["name", speaker_name]
    return _digest("content", list(article), speaker, quote, text)


def key_by_review(*, address: str, claimant: str, text: str) -> str:
    """Return the key of another publisher's review, which is also the origin key of the claim that it proposes.

    `address` comes from `review_address`. `claimant` is the identity of the name (claimtrack.names), or "". `text` is the
    wording of the claim in the review. The claimant is included because one page may review the same words of two people.
    """
    return _digest("review", address, claimant, text)


def review_address(url: str) -> str:
    """Return the canonical address of a review without a leading www., like the hosts of publishers. Raises ValueError."""
    address = urlsplit(canonical_url(url))
    return address._replace(netloc=address.netloc.removeprefix("www.")).geturl()


def _digest(*members: object) -> str:
    return hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).hexdigest()
