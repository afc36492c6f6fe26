"""When two submissions are the same claim: the origin key.

The key is a function of what was submitted, never of what the ledger made of it. So it survives a reworded claim, a
renamed source and merged speakers, and importing a file a second time changes nothing.

It is the SHA-256 of one JSON array in ASCII without white space. Its first member says what kind of key it is and the
parts are arrays of a fixed shape, so that no two different submissions spell the same array.
"""

import hashlib
import json
from urllib.parse import urlsplit

from sources.pages.canonical import canonical_url


def key_by_id(source_name: str, line_id: str) -> str:
    """The origin key of a claim that its submitter numbers: 64 hexadecimal digits."""
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
    """The origin key of a claim without a number: 64 hexadecimal digits.

    `article`: its canonical URL, or the source (domain, else name) and the SHA-256 of its first text. The ledger's
    id, then the Wikidata id decides who the speaker is, also under another spelling of the name; all None where the speaker
    is not known.
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
    """The key of another publisher's review, and the origin key of the claim that is known from it.

    `address`: see `review_address`; `claimant`: the identity of the name (claimtrack.names), "" where nobody is named;
    `text`: the wording of the claim that the review gives. One page may review the same words of two people.
    """
    return _digest("review", address, claimant, text)


def review_address(url: str) -> str:
    """The canonical address of a review without a leading www., which is left out as publishers are known without it too.

    Raises ValueError.
    """
    address = urlsplit(canonical_url(url))
    return address._replace(netloc=address.netloc.removeprefix("www.")).geturl()


def _digest(*members: object) -> str:
    return hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).hexdigest()
