"""The JSON of Google's Fact Check Tools API, `claims:search` (pure): its answers, page tokens, errors and field masks.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search; errors are those of
https://google.aip.dev/193, page sizes and tokens those of https://google.aip.dev/158, field masks those of
https://developers.google.com/docs/api/how-tos/performance#partial. Members without a value are absent.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.formats.claimreview import ClaimReview
from claimtrack import opaque

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    501: "UNIMPLEMENTED",
}
VERSION = 1

Mask = dict[str, "Mask"]


def claim(text: str, claimant: str, said: str, reviews: Iterable[ClaimReview]) -> dict[str, object]:
    """Return a claim with its reviews. `said` may be a month or year, which becomes its first day."""
    return _without_empty(
        {
            "text": text,
            "claimant": claimant,
            "claimDate": _moment(said),
            "claimReview": [
                _without_empty(
                    {
                        "publisher": _without_empty({"name": review.publisher, "site": review.site}),
                        "url": review.url,
                        "title": review.title,
                        "reviewDate": _moment(review.published),
                        "textualRating": review.label,
                        "languageCode": review.language,
                    }
                )
                for review in reviews
            ],
        }
    )


def answer(claims: Sequence[Mapping[str, object]], token: str) -> dict[str, object]:
    """Return a page. `token` is that of the next page, or "" on the last one."""
    return _without_empty({"claims": claims, "nextPageToken": token})


def error(code: int, message: str) -> dict[str, object]:
    """Return the body of a refusal with this HTTP status."""
    status = STATUSES.get(code, "INTERNAL" if code >= 500 else "FAILED_PRECONDITION")
    return {"error": {"code": code, "message": message, "status": status}}


def page_token(last: int, question: Iterable[object]) -> str:
    """Return the token of the page after the row with the id `last`. It is valid only for the same request."""
    return opaque.encode([VERSION, opaque.fingerprint(list(question)), last])


def read_token(token: str, question: Iterable[object]) -> int:
    """Return the id in a token. Raises ValueError if it is not a token, or belongs to another request."""
    version, mark, last = opaque.decode(token)
    if version != VERSION or mark != opaque.fingerprint(list(question)) or type(last) is not int:
        raise ValueError
    return last


def read_mask(text: str) -> Mask:
    """Read a mask such as `claims(text,claimReview/url),nextPageToken`. Raises ValueError."""
    return _members(iter(re.findall(r"[A-Za-z]+|.", text)), "")


def masked(value: object, mask: Mask) -> object:
    """Return the members of an answer that a mask names. An empty mask, or `*`, names all."""
    if not mask:
        return value
    if isinstance(value, list):
        return [masked(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    if "*" in mask:
        return {name: masked(member, mask.get(name, mask["*"])) for name, member in value.items()}
    return {name: masked(member, mask[name]) for name, member in value.items() if name in mask}


def _members(pieces: Iterator[str], closing: str) -> Mask:
    """Read members up to the closing bracket, or to the end if that is ""."""
    mask: Mask = {}
    while True:
        at, name = mask, next(pieces, "")
        while True:
            if not re.fullmatch(r"[A-Za-z]+|\*", name):
                raise ValueError
            at = at.setdefault(name, {})
            mark = next(pieces, "")
            if mark != "/":
                break
            name = next(pieces, "")
        if mark == "(":
            at.update(_members(pieces, ")"))
            mark = next(pieces, "")
        if mark == closing:
            return mask
        if mark != ",":
            raise ValueError


def _moment(day: str) -> str:
    return f"{day}{'-01' * (2 - day.count('-'))}T00:00:00Z" if day else ""


def _without_empty(members: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value not in ("", [], {})}
