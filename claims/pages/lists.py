"""Lists of claims, and the pages of a speaker, a source and a topic, which each have one."""

from collections import Counter
from typing import Any, NamedTuple, NoReturn

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from claims.api.filters import ClaimFilterSet
from claims.models import Speaker, Topic
from claims.pages.choices import Step, steps
from claims.pages.page import Context, Page, not_public
from claims.text import wikidata
from claimtrack.api.filters import Given
from claimtrack.api.pagination import Cursor, KeysetPagination, Window, beginning_at, sort_key
from claimtrack.db.statements import Statement, Values, fetch
from sources.models import Source

# To count more would cost more than the page.
COUNTED = 500


class Counts(NamedTuple):
    """How many of some claims have which verdict; `more` claims than were counted may be there."""

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
        """Return what the page shows beside its list."""
        return {}

    def answer(self, content: Any, headers: dict[str, str]) -> HttpResponse:
        later = "cursor" in self.request.query_params
        # The API's links name the site; readers stay where they came in.
        links = {
            name: (content[name] or "").removeprefix(settings.CLAIMTRACK_SITE_URL) for name in ("next", "previous")
        }
        page = self.page(self.template, {"unlisted": later, "later": later, **content, **links, **self.context()})
        for name, value in headers.items():
            page[name] = value
        return page


class SubjectPage(ListPage):
    """What the ledger says about one speaker, source or topic, which the filter `by` finds.

    It is public if one of its claims is. The list's own index says so: to ask it of the rows takes a second at a million claims.
    """

    by = ""
    rows: QuerySet[Any]
    lookup = "pk"
    subject: Any

    def read_filters(self) -> Given:
        value = self.kwargs[self.lookup]
        self.query, chosen = f"{self.by}={value}", {self.by: [value]}
        self.subject = self.rows.filter(**{self.lookup: value}).first()
        self.counts = self.count(chosen) if self.subject else None
        if not (self.counts and self.counts.total):
            self.missing(value)
        return chosen

    def count(self, chosen: Given) -> Counts:
        [ordering] = self.orderings
        window = Window(ordering, sort_key(self, ordering), Cursor(False, None), COUNTED)

        def write(values: Values) -> Statement:
            claims = beginning_at(self.choose(values, ordering), window, None)
            return claims.values_list("verdict")[: COUNTED + 1].query.sql_with_params()

        found = Counter(verdict for (verdict,) in fetch((type(self), "counts", COUNTED), chosen, write))
        scale = [(step, found[str(step.pk).encode()]) for step in steps()]
        counted = [(step, number) for step, number in scale if number]
        return Counts(min(found.total(), COUNTED), found.total() > COUNTED, counted, found[None])

    def missing(self, value: Any) -> NoReturn:
        raise Http404

    def context(self) -> Context:
        return {"subject": self.subject, "query": self.query, "counts": self.counts}


class SpeakerPage(SubjectPage):
    template, by = "pages/speaker.html", "speaker"
    rows = Speaker.objects.for_list().filter(merged_into=None)

    def missing(self, value: Any) -> NoReturn:
        not_public(Speaker.objects.all(), value, "pages:speaker")

    def context(self) -> Context:
        speaker = self.subject
        return {
            **super().context(),
            "aliases": [alias.name for alias in speaker.aliases.all() if alias.name != speaker.name],
            "wikidata": wikidata.address_of(speaker.wikidata_id) if speaker.wikidata_id else "",
        }


class SourcePage(SubjectPage):
    template, by = "pages/source.html", "source"
    rows = Source.objects.for_list()


class TopicPage(SubjectPage):
    template, by = "pages/topic.html", "topic"
    rows = Topic.objects.all()
    lookup = "slug"
