"""What the OpenAPI document says of the feeds: an example of each."""

from datetime import datetime

from claims import examples
from claims.formats.claimreview import schema as claimreview
from claims.formats.claimreview.writing import CONTEXT, feed_item
from claims.formats.feeds import atom
from claimtrack.api.filters import Schema
from claimtrack.api.schema import content_of, example
from claimtrack.examples import SITE

PATH = "/feeds/"


def _feed(name: str, label: str, review: int) -> str:
    entry = atom.Entry(
        address=f"{examples.CLAIM['url']}reviews/#{review}",
        page=claimreview.EXAMPLE.url,
        title=f"{label}: {examples.REVIEW['wording']}",
        summary=examples.REVIEW["rationale"],
        author=examples.REVIEW["reviewer"],
        updated=datetime.fromisoformat(examples.REVIEW["created_at"]),
    )
    feed = atom.atom(
        address=f"{SITE}{PATH}{name}/",
        title=f"{examples.REVIEW['reviewer']}: {name.capitalize()}",
        author=examples.REVIEW["reviewer"],
        rights=claimreview.EXAMPLE.license,
        entries=[entry],
    )
    return feed.decode()


EXAMPLES = {
    "verdicts": _feed("verdicts", examples.VERDICT["label"], examples.REVIEW["id"]),
    "corrections": _feed("corrections", "Mostly false", examples.REVIEW["id"] + 1),
    "claimreview": {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": examples.REVIEW["reviewer"],
        "license": claimreview.EXAMPLE.license,
        "dataFeedElement": [feed_item(claimreview.EXAMPLE)],
    },
}


def describe(path: str, operation: Schema) -> None:
    if path.startswith(PATH):
        for media in content_of(operation).values():
            media |= example(EXAMPLES[path.removeprefix(PATH).rstrip("/")])
