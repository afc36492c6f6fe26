"""/corrections/: every correction of a verdict that is in force, the newest first."""

from collections.abc import Sequence

from claims.models import Review
from claims.models.review import ReviewQuerySet
from claims.pages.choices import corrections
from claims.pages.lists import ListPage
from claims.pages.page import AlwaysHtml
from claimtrack.api.filters import StrictFilterSet
from claimtrack.api.renderers import Representation, Row, Selection
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db import revision


class Rows(Representation):
    """A page of rows, with the attributes that its template needs."""

    media_type = "text/html"
    format = "html"

    def rows(self, view: LedgerViewSet, selection: Selection) -> tuple[Sequence[Row], int]:
        number = revision.current()
        return [Row(row, row.pk, row.pk) for row in selection.choose(selection.values)], number


class CorrectionsPage(ListPage):
    queryset = Review.objects.all()
    renderer_classes = (Rows,)
    content_negotiation_class = AlwaysHtml
    filterset_class = StrictFilterSet
    orderings = ("-id",)
    template = "pages/corrections.html"

    def read_filters(self) -> dict[str, list[object]]:
        return {}

    def get_queryset(self) -> ReviewQuerySet:
        return corrections()
