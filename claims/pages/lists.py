"""Lists of claims, and the pages of speakers, sources and topics, each with such a list."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

import orjson
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse

from claims.api.filters import ClaimFilterSet
from claims.models import Alias, Speaker, Topic
from claims.pages.choices import Step, steps
from claims.pages.page import Context, Page, not_public
from claims.text import wikidata
from claimtrack.api.filters import Given
from claimtrack.api.pagination import Cursor, KeysetPagination, Window, beginning_at, sort_key
from claimtrack.db import revision
from claimtrack.db.statements import Statement, Values, fetch
from sources.models import Domain, Source

# Counting more would cost more than the rest of the page.
COUNTED = 200


class Counts(NamedTuple):
    """How many of the counted claims have each verdict. `more` says that there may be further claims."""

    total: int
    more: bool
    steps: list[tuple[Step, int]]
    without: int


class Pages(KeysetPagination):
    default_limit = 20


class ListPage(Page):
    """A list of claims, from their documents, one keyset page at a time."""

    filterset_class = ClaimFilterSet
    pagination_class = Pages
    orderings: tuple[str, ...] = ("-created_at",)
    template = ""

    def context(self) -> Context:
        """Return the template's context besides the list."""
        return {}

    def answer(self, content: Any, headers: dict[str, str]) -> HttpResponse:
        later = "cursor" in self.request.query_params
        # The API's links contain the site's address. Readers stay at the address by which they came.
        links = {
            name: (content[name] or "").removeprefix(settings.CLAIMTRACK_SITE_URL) for name in ("next", "previous")
        }
        page = self.page(self.template, {"unlisted": later, "later": later, **content, **links, **self.context()})
        for name, value in headers.items():
            page[name] = value
        return page


class SubjectPage(ListPage):
    """The claims of one speaker, source or topic, which the filter `by` finds.

    It is public if one of its claims is. The list's own index answers that; asking the rows would take a second at a million claims.
    """

    by = ""
    rows: QuerySet[Any]
    lookup = "pk"
    # The columns that its page shows, by name.
    members: Mapping[str, Any] = {}
    subject: Mapping[str, Any] | None

    def read_filters(self) -> Given:
        value = self.kwargs[self.lookup]
        self.query, chosen = f"{self.by}={value}", {self.by: [value]}
        self.subject = self.read_subject(value)
        self.counts = self.count(chosen) if self.subject else None
        if not (self.counts and self.counts.total):
            self.missing(value)
        return chosen

    def read_subject(self, value: Any) -> Mapping[str, Any] | None:
        """Return the columns of the row with this value, or None. The SQL is built once for each kind."""

        def write(values: Values) -> Statement:
            [one] = values[self.lookup]
            rows = self.rows.filter(**{self.lookup: one})
            return rows.values_list(JSONObject(**self.members)).query.sql_with_params()

        found = fetch((type(self), "subject"), {self.lookup: [value]}, write)
        return orjson.loads(found[0][0]) if found else None

    def count(self, chosen: Given) -> Counts:
        [ordering] = self.orderings
        window = Window(ordering, sort_key(self, ordering), Cursor(False, None), COUNTED)

        def write(values: Values) -> Statement:
            claims = beginning_at(self.choose(values, ordering), window, None).annotate(step=F("verdict"))
            sql, parameters = claims.values_list("step")[: COUNTED + 1].query.sql_with_params()
            return f"SELECT step, count(*) FROM ({sql}) counted GROUP BY step", parameters

        rows = fetch((type(self), "counts", COUNTED), chosen, write)
        found = Counter({step: int(number) for step, number in rows})
        scale = [(step, found[str(step.pk).encode()]) for step in steps(revision.current())]
        counted = [(step, number) for step, number in scale if number]
        return Counts(min(found.total(), COUNTED), found.total() > COUNTED, counted, found[None])

    def missing(self, value: Any) -> NoReturn:
        raise Http404

    def context(self) -> Context:
        return {"subject": self.subject, "query": self.query, "counts": self.counts}


class SpeakerPage(SubjectPage):
    template, by = "pages/speaker.html", "speaker"
    rows = Speaker.objects.filter(merged_into=None)
    members = {
        **{name: name for name in ("name", "kind", "role", "website", "wikidata_id")},
        "aliases": ArraySubquery(Alias.objects.filter(speaker=OuterRef("pk")).order_by("pk").values("name")),
    }

    def missing(self, value: Any) -> NoReturn:
        not_public(Speaker.objects.all(), value, "pages:speaker")

    def context(self) -> Context:
        speaker = self.subject or {}
        return {
            **super().context(),
            "aliases": [name for name in speaker["aliases"] if name != speaker["name"]],
            "wikidata": wikidata.address_of(speaker["wikidata_id"]) if speaker["wikidata_id"] else "",
        }


class SourcePage(SubjectPage):
    template, by = "pages/source.html", "source"
    rows = Source.objects.all()
    members = {
        **{name: name for name in ("name", "kind", "country", "homepage")},
        "hosts": ArraySubquery(Domain.objects.filter(source=OuterRef("pk")).order_by("pk").values("host")),
    }

    def context(self) -> Context:
        return {**super().context(), "kind": Source.Kind((self.subject or {})["kind"]).label}


class TopicPage(SubjectPage):
    template, by = "pages/topic.html", "topic"
    rows = Topic.objects.all()
    lookup = "slug"
    members = {"name": "name"}
