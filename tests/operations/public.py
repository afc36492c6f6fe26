"""An address for each public route, and a check that none is missing."""

from django.urls import get_resolver, resolve

from claims.models import Claim
from tests.factories import make_external_review

# Routes that read the primary.
PRIMARY = ["log/checkpoint", "log/cosigned", "log/tile/", "log/timestamps", "claims/changes/", "claims.csv"]
PRIMARY += ["claims.ndjson", "claims.jsonld", "feeds/claimreview/"]
# Routes without an answer to an anonymous GET, or that read nothing.
NO_READS = [
    "bulk/",
    "match/",
    "appearances/",
    "assignee/",
    "request/",
    "comments/",
    "notices/",
    "quotations/",
    "source-changes/",
    "outcomes/",
    "fetches/",
    "webhooks/",
]
NO_READS += ["^api", "^v1", "^(?:annotations|feeds)", "api/schema/", "api/docs/", "jsi18n/"]


def routes(patterns, prefix=""):
    for one in patterns:
        route = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one.url_patterns, route)
        else:
            yield route


def addresses():
    """Return an address for each public route, some with a query or a form."""
    claim = Claim.objects.filter(status="checked", topics__isnull=False, speaker__isnull=False).order_by("pk").first()
    source = claim.appearances.first().snapshot.article.source_id
    article = claim.appearances.first().snapshot.article_id
    review = make_external_review(claim)
    topic, api = claim.topics.first().slug, "/api/v1/"
    found = [
        *(f"{api}{name}" for name in ("", "claims/", "speakers/", "sources/", "articles/", "topics/", "verdicts/")),
        *(
            f"{api}claims/?{query}"
            for query in ("status=checked", f"topic={topic}&limit=2", "q=the*", "ordering=said_at")
        ),
        *(f"{api}claims/{claim.pk}/{rest}" for rest in ("", "reviews/", "receipt/", "source-decisions/", "inquiries/")),
        *(f"{api}{name}" for name in ("external-reviews/", f"external-reviews/{review.pk}/", "claims/dictionary/")),
        *(f"{api}{name}/" for name in (f"speakers/{claim.speaker_id}", f"sources/{source}", f"articles/{article}")),
        *(f"{api}{name}/" for name in (f"topics/{topic}", f"verdicts/{claim.verdict.code}", "claims/facets")),
        *("/annotations/", f"/annotations/{claim.appearances.first().pk}/", "/feeds/verdicts/", "/feeds/corrections/"),
        *("/log/key", "/v1alpha1/claims:search?query=the", "/robots.txt", "/sitemap.xml"),
        "/sitemap-claims-1.xml",
        *(
            f"{prefix}{rest}"
            for prefix in ("/", "/ar/")
            for rest in (
                *("", "?q=the", f"claims/{claim.pk}/", f"speakers/{claim.speaker_id}/", f"sources/{source}/"),
                *("topics/", f"topics/{topic}/", "corrections/", "verdicts/"),
            )
        ),
    ]
    # Pages in these languages are the same as in Arabic.
    others = ("admin/", "de/", "fr/", "es/")
    every = {route for route in routes(get_resolver().url_patterns) if not route.startswith(others)}
    left = every - {resolve(one.partition("?")[0]).route for one in found}
    missing = [route for route in left if not any(part in route for part in PRIMARY + NO_READS)]
    assert not missing, f"read them here too: {missing}"
    return found
