"""The front page: the latest verdicts and corrections, and the search with its filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from claims.api.filters import ClaimFilterSet
from claims.api.views.claims import ClaimViewSet, ranked
from claims.models.claim import ClaimQuerySet
from claims.pages import choices
from claims.pages.lists import ListPage
from claims.pages.page import STATUSES, Context, Text, for_readers
from claims.transitions import PUBLIC
from claimtrack.api.filters import Given
from claimtrack.api.pagination import PAGING
from claimtrack.db import revision
from claimtrack.refusals import Invalid

LATEST, NEWEST = "-reviewed_at", "-created_at"

Choices = tuple[tuple[str, str], ...]

# The form always has these controls. Another filter gets one if the address names it, so that no filter is hidden.
FIELDS: dict[str, tuple[str, Text]] = {
    "q": ("search", _("Words")),
    "verdict": ("select", _("Verdict")),
    "status": ("select", _("Status")),
    "topic": ("select", _("Topic")),
    "speaker_name": ("text", _("Speaker")),
    "source_domain": ("text", _("Published on (site)")),
    "language": ("text", _("Language, such as en")),
    "said_after": ("date", _("Said from")),
    "said_before": ("date", _("Said before")),
    "reviewed_after": ("date", _("Checked from")),
    "reviewed_before": ("date", _("Checked before")),
    "ordering": ("select", _("Order")),
}
ORDERINGS: dict[str, Text] = {
    NEWEST: _("Newest first"),
    LATEST: _("Latest verdict first"),
    "-said_at": _("Last said first"),
    "relevance": _("Best match first"),
}
# The labels of the others.
MORE: dict[str, Text] = {
    "speaker": _("Speaker (number)"),
    "source": _("Source (number)"),
    "article": _("Article (number)"),
    "article_url": _("Address of an article"),
    "ids": _("Claims (numbers)"),
    "has_verdict": _("Has a verdict"),
    "corrected": _("Was corrected"),
    "published_after": _("Published from"),
    "published_before": _("Published before"),
    "review_by_after": _("To be looked at again from"),
    "review_by_before": _("To be looked at again before"),
    "due_after": _("Due from"),
    "due_before": _("Due before"),
    "updated_since": _("Changed since"),
}


@dataclass(frozen=True)
class Control:
    """One value of a field in the form; the options of a select are written here, as a template takes seven times as long."""

    value: str
    # The value in readers' words.
    words: Text
    options: SafeString


@dataclass(frozen=True)
class Field:
    """A filter or the order in the form: a control for each value that was given, or an empty one."""

    name: str
    widget: str
    label: Text
    controls: list[Control]
    error: str


class FrontPage(ListPage):
    template = "pages/front.html"
    sort_keys = ClaimViewSet.sort_keys

    @property
    def filtered(self) -> bool:
        return any(name in ClaimFilterSet.base_filters for name in self.request.query_params)

    def list(self, request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
        query = request.query_params
        if any("" in values for _, values in query.lists()):
            # A browser sends the empty controls of a form too.
            rest = _without_empty(query).urlencode()
            return HttpResponseRedirect(f"{request.path}?{rest}" if rest else request.path)
        # The first is the default: the newest claims if filters are set, else the latest verdicts.
        first = NEWEST if self.filtered else LATEST
        self.orderings = (first, *(ordering for ordering in ORDERINGS if ordering != first))
        try:
            return super().list(request)
        except Invalid as refusal:
            context = {"results": [], **self.context(_refusals(query, refusal))}
            return self.page(self.template, {**context, "refused": True}, status=400)

    def read_filters(self) -> Given:
        # Other sites append their own parameters to links. The page names those that are not filters.
        query = self.request.query_params
        return ClaimFilterSet.read(query, query)

    def choose(self, values: Given, ordering: str) -> ClaimQuerySet:
        return ranked(super().choose(values, ordering), values, ordering)

    def context(self, errors: Mapping[str, str] | None = None) -> Context:
        errors = errors or {}
        number = revision.current()
        query = self.request.query_params
        known = {*ClaimFilterSet.base_filters, *PAGING, "ordering"}
        names = [*FIELDS, *(name for name in query if name in ClaimFilterSet.base_filters and name not in FIELDS)]
        fields = [self._field(name, errors.get(name, ""), number) for name in names]
        first = not (self.filtered or "cursor" in query or errors)
        return {
            "search": fields[0],
            "fields": fields[1:],
            "filtered": self.filtered,
            "chosen": [field for field in fields if field.name in query and field.name in ClaimFilterSet.base_filters],
            "errors": [message for name, message in errors.items() if name not in names],
            "unknown": [name for name in query if name not in known],
            "corrections": choices.newest_corrections(number) if first else [],
            "unlisted": not first,
        }

    def _field(self, name: str, error: str, number: int) -> Field:
        label: Text
        widget, label = FIELDS.get(name) or ("text", MORE[name])
        values = self.request.query_params.getlist(name) or [""]
        offered = _choices(name, number) if widget == "select" else ()
        words = dict(offered)
        controls = [Control(value, words.get(value, value), _options(offered, value)) for value in values]
        return Field(name, widget, label, controls, error)


# They are the same in nearly every answer, and rendering them is about a tenth of its cost.
@lru_cache(maxsize=200)
def _options(offered: Choices, value: str) -> SafeString:
    """Return the options of a select, with one for a value that is not offered."""
    known = value in {choice for choice, words in offered}
    shown: Choices = offered if known or not offered else (*offered, (value, value))
    options = ((choice, " selected" if choice == value else "", words) for choice, words in shown)
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


def _without_empty(query: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if given := [value for value in values if value]:
            kept.setlist(name, given)
    return kept


def _refusals(query: QueryDict, refusal: Invalid) -> dict[str, str]:
    """Return what is wrong with each parameter."""
    refusals = {refusal.field: for_readers(refusal)}
    for name, found in ClaimFilterSet.base_filters.items():
        try:
            for value in query.getlist(name):
                found.value_field.clean(value)
        except ValidationError as error:
            refusals[name] = str(error.message)
    return refusals


def _choices(name: str, number: int) -> Choices:
    if name == "ordering":
        return ("", gettext("Usual order")), *((ordering, str(words)) for ordering, words in ORDERINGS.items())
    anything = ("", gettext("Any"))
    if name == "status":
        return anything, *((status.value, str(STATUSES[status])) for status in PUBLIC)
    if name == "verdict":
        language = get_language() or ""
        return anything, *((step.code, step.labels.get(language, step.label)) for step in choices.steps(number))
    return anything, *choices.topics(number)
