"""Write an appearance as a W3C Web Annotation (https://www.w3.org/TR/annotation-model/), so that readers see it in place.

TextQuoteSelector contains the quote. TextPositionSelector counts Unicode code points of the desk's snapshot at the time in
`state`. Both are exact for the snapshot, but the page may have changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'


@dataclass(frozen=True)
class Quotation:
    """A quote on a page: `start` and `end` in code points of the text taken at `taken_at` (ISO 8601, UTC)."""

    page: str
    quote: str
    prefix: str
    suffix: str
    start: int
    end: int
    taken_at: str


def annotation(
    *,
    address: str,
    place: Quotation,
    claim: str,
    claim_address: str,
    language: str,
    verdict: str,
    by: str,
    created: str,
) -> dict[str, object]:
    """Return the annotation with this address: the wording of the claim at its quotation, and the verdict in force, if any."""
    wording = {"type": "TextualBody", "value": claim, "format": "text/plain", "purpose": "describing"}
    bodies = [{**wording, "language": language} if language else wording]
    if verdict:
        bodies.append({"type": "TextualBody", "value": verdict, "format": "text/plain", "purpose": "classifying"})
    bodies.append({"id": claim_address, "format": "application/json", "purpose": "linking"})
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "Annotation",
        "motivation": "assessing" if verdict else "highlighting",
        "creator": {"type": "Organization", "name": by},
        "created": created,
        "body": bodies,
        "target": {
            "source": place.page,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": place.quote,
                    "prefix": place.prefix,
                    "suffix": place.suffix,
                },
                {"type": "TextPositionSelector", "start": place.start, "end": place.end},
            ],
            "state": {"type": "TimeState", "sourceDate": place.taken_at},
        },
    }


def page(
    address: str, items: Sequence[Mapping[str, object]], next_page: str | None, previous: str | None
) -> dict[str, object]:
    """Return annotations as one page of many (https://www.w3.org/TR/annotation-model/#annotation-page)."""
    links = {name: url for name, url in (("next", next_page), ("prev", previous)) if url}
    return {"@context": CONTEXT, "id": address, "type": "AnnotationPage", **links, "items": items}
