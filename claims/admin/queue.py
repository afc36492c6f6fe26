"""The queue: the query parameters choose its claims and their order."""

import operator
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime, time
from functools import reduce

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList, ChangeListSearchForm
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.admin.people import assignees
from claims.admin.widgets import Autocomplete, Checkboxes, Repeated, RepeatedDate, Select, TopicAutocomplete
from claims.api.filters import ClaimFilterSet, SpeakerField
from claims.models import Claim, Suggestion, Verdict
from claims.models.claim import ClaimQuerySet
from claims.models.queue import DECIDED, WAITING, come_due, find, quote_gone, to_look_at_again
from claims.models.search import StopWords
from claims.pages.front import FIELDS as READERS_FIELDS
from claims.pages.front import MORE
from claims.transitions import Status
from claimtrack.admin.lists import ADMIN_PARAMETERS, Label
from claimtrack.api.filters import (
    AnyOf,
    ChoiceField,
    DateField,
    DateTimeField,
    IdentifierField,
    SlugField,
)
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.refusals import Invalid
from claimtrack.roles import Role, role_of, signed_in
from sources.models import Article

VIEWS = {
    "open": gettext_lazy("To do"),
    "mine": gettext_lazy("Mine"),
    "asked": gettext_lazy("Asked of me"),
    "unassigned": gettext_lazy("Unassigned"),
    "approval": gettext_lazy("Awaiting approval"),
    "again": gettext_lazy("To be looked at again"),
    "due": gettext_lazy("Come due"),
    "suggested": gettext_lazy("Said again"),
    "proposals": gettext_lazy("Proposed by me"),
    "decided": gettext_lazy("Decided"),
    "": gettext_lazy("All claims"),
}
SORTS = {
    "oldest": (gettext_lazy("Oldest first"), ("created_at", "pk")),
    "newest": (gettext_lazy("Newest first"), ("-created_at", "-pk")),
    "changed": (gettext_lazy("Last changed first"), ("-updated_at", "-pk")),
}
NOBODY = "none"


def _verdicts() -> list[tuple[str, str]]:
    return [(verdict.code, str(verdict)) for verdict in Verdict.objects.all()]


class DayField(DateField):
    """The beginning of a day at the desk."""

    def read(self, value: str) -> datetime:
        return make_aware(datetime.combine(super().read(value), time()))


class MomentField(DateTimeField):
    """A time. A date means its beginning at the desk."""

    def read(self, value: str) -> datetime:
        return super().read(value) if "T" in value else DayField().read(value)


# The label and the widget of each filter that the form always shows, in its order.
FIELDS: dict[str, tuple[Label, forms.Widget]] = {
    "status": (
        gettext_lazy("Status"),
        Checkboxes(choices=[(status.value, gettext_lazy(status.label)) for status in Status]),
    ),
    "verdict": (gettext_lazy("Verdict"), Checkboxes(choices=CallableChoiceIterator(_verdicts))),
    "speaker": (
        gettext_lazy("Speaker"),
        Autocomplete(Claim._meta.get_field("speaker"), IdentifierField(), labels={NOBODY: gettext_lazy("Not known")}),
    ),
    "source": (
        pgettext_lazy("who publishes", "Source"),
        Autocomplete(Article._meta.get_field("source"), IdentifierField()),
    ),
    "topic": (gettext_lazy("Topic"), TopicAutocomplete(Claim._meta.get_field("topics"), SlugField(), "slug")),
    "language": (gettext_lazy("Language"), Repeated()),
    "assignee": (gettext_lazy("Assignee"), Select()),
    "asked": (gettext_lazy("Asked"), Select()),
    "said_after": (gettext_lazy("Said from"), RepeatedDate()),
    "said_before": (gettext_lazy("Said before"), RepeatedDate()),
    "added_after": (gettext_lazy("Added from"), RepeatedDate()),
    "added_before": (gettext_lazy("Added before"), RepeatedDate()),
    "gone": (
        gettext_lazy("Gone"),
        Checkboxes(choices=[("on", gettext_lazy("Quote no longer in the current snapshot"))]),
    ),
    "sort": (gettext_lazy("Sort"), Select(choices=[(name, words) for name, (words, _) in SORTS.items()])),
}

# Further filters that a link from elsewhere may use, with the labels of the readers' form.
OTHERS = {**MORE, **{name: label for name, (_, label) in READERS_FIELDS.items()}}


class QueueForm(forms.Form):
    """Shows the filters. Those outside FIELDS appear when the address names them, so that no filter is hidden."""

    field_order = FIELDS

    def __init__(self, data: QueryDict, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.named = {name for name, values in data.lists() if any(values)}
        for name, field in self.fields.items():
            field.help_text = ""
            if name in FIELDS:
                field.label, widget = FIELDS[name]
                field.widget = deepcopy(widget)
                if isinstance(widget, Select | Autocomplete):
                    field.widget.allow_multiple_selected = name == "topic" or len(data.getlist(name)) > 1
            elif name in self.named and name != "view":
                field.label = str(OTHERS.get(name) or name.replace("_", " ").capitalize())
                field.widget = Repeated()

    @property
    def active(self) -> bool:
        """Whether any filter but the view and the order is set."""
        return bool(self.named - {"view", "sort"} - ADMIN_PARAMETERS)

    def clean(self) -> None:
        for name in self.data:
            if name not in self.fields and name not in ADMIN_PARAMETERS:
                self.add_error(None, _("There is no filter “%(name)s”.") % {"name": name[:100]})


def assigned_to(claims: ClaimQuerySet, people: Sequence[int | None]) -> ClaimQuerySet:
    return claims.filter(reduce(operator.or_, (Q(assignee=person) for person in people)))


def asked_of(claims: ClaimQuerySet, people: Sequence[int | None]) -> ClaimQuerySet:
    return claims.filter(reduce(operator.or_, (Q(request__person=person) for person in people)))


def with_quote_gone(claims: ClaimQuerySet, values: Sequence[str]) -> ClaimQuerySet:
    return quote_gone(claims)


def sorted_by(claims: ClaimQuerySet, sorts: Sequence[str]) -> ClaimQuerySet:
    return claims.order_by(*SORTS[sorts[0]][1])


class QueueFilterSet(ClaimFilterSet):
    """The filters of the API, and those that only the desk has. The admin's search box takes the place of `q`."""

    view = AnyOf(ChoiceField(filter(None, VIEWS)), "One of the desk's views.", method="of_view")
    assignee = AnyOf(SpeakerField(), "Assigned to this person; `none`: to nobody.", keep=assigned_to)
    asked = AnyOf(SpeakerField(), "Asked of this person; `none`: of nobody.", keep=asked_of)
    added_after = AnyOf(DayField(), "Added on this day or later.", "created_at", "gte")
    added_before = AnyOf(DayField(), "Added before this day.", "created_at", "lt")
    reviewed_after = AnyOf(MomentField(), "Whose verdict was last published then or later.", "reviewed_at", "gte")
    reviewed_before = AnyOf(MomentField(), "Whose verdict was last published earlier.", "reviewed_at", "lt")
    gone = AnyOf(ChoiceField(["on"]), "With a quote that the current snapshot lacks.", keep=with_quote_gone)
    sort = AnyOf(ChoiceField(SORTS), "The order.", keep=sorted_by)

    class Meta:
        form = QueueForm

    def __init__(self, data: QueryDict, claims: ClaimQuerySet, *, user: User) -> None:
        data = data.copy()
        if not data.get("sort"):
            waits = data.get("view") in ("open", "asked", "unassigned", "approval", "again", "due", "suggested")
            data["sort"] = "oldest" if waits else "newest"
        super().__init__(data, claims)
        del self.filters["q"]
        self.user = user
        for name in ("assignee", "asked"):
            self.form.fields[name].widget.choices = CallableChoiceIterator(lambda: self._people)

    @cached_property
    def _people(self) -> list[tuple[str, str]]:
        """Queried only when the form is rendered."""
        people = assignees() if role_of(self.user) >= Role.MODERATOR else []
        return [("", _("Anybody")), (NOBODY, _("Nobody")), *((str(person.pk), str(person)) for person in people)]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return no claims if a value is invalid: ignoring it would show too many."""
        if not self.form.is_valid():
            return queryset.none()
        try:
            return super().filter_queryset(queryset)
        except Invalid as refusal:
            self.form.add_error(refusal.field, translated(refusal))
            return queryset.none()

    def of_view(self, claims: ClaimQuerySet, name: str, views: Sequence[str]) -> ClaimQuerySet:
        conditions = {
            "open": Q(status__in=WAITING, merged_into=None),
            "mine": Q(assignee=self.user, status=Status.IN_REVIEW),
            "asked": Q(request__person=self.user),
            "unassigned": Q(assignee=None, status__in=[Status.UNVERIFIED, Status.IN_REVIEW], merged_into=None),
            "approval": Q(status=Status.AWAITING_APPROVAL),
            "again": to_look_at_again(localdate()),
            "due": come_due(localdate()),
            "proposals": Q(created_by=self.user),
            "decided": Q(status__in=DECIDED),
        }
        if "suggested" in views:
            suggestions = Suggestion.objects.visible_to(self.user).waiting()
            conditions["suggested"] = Q(pk__in=suggestions.values("claim"))
        return claims.filter(reduce(operator.or_, (conditions[view] for view in views)))


class QueueFilter(admin.ListFilter):
    """All filters of the queue as one form; a link for each row of a relation would not scale."""

    title = "filters"
    template = "admin/claims/claim/filters.html"

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[Model], model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.filterset = QueueFilterSet(request.GET, Claim.objects.all(), user=signed_in(request.user))
        self.form = self.filterset.form

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Mapping[str, object]]:
        return iter(())

    def expected_parameters(self) -> list[str | None]:
        return list(self.form.fields)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return self.filterset.filter_queryset(queryset)


def neighbours(claim: Claim, address: str, user: User) -> tuple[int | None, int | None]:
    """Return the ids of the claims before and after this one in the queue that `address` (its query string) describes.

    The claim itself may have left the queue: only its place in the order counts.
    """
    data = QueryDict(address or "view=open")
    claims = QueueFilterSet(data, Claim.objects.visible_to(user), user=user).qs
    search = ChangeListSearchForm(data)
    if search.is_valid() and search.cleaned_data["q"]:
        try:
            claims = find(claims, search.cleaned_data["q"])
        except StopWords:
            return None, None
    if not claims.query.order_by:
        return None, None
    claims = claims.exclude(pk=claim.pk)
    order = claims.query.order_by[0]
    column, ascending = order.lstrip("-"), not order.startswith("-")
    value = getattr(claim, column)

    def first(up: bool) -> int | None:
        side = "gt" if up else "lt"
        beyond = Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": claim.pk})
        # The outer bound is what the index can use.
        bounded = claims.filter(beyond, **{f"{column}__{side}e": value})
        sign = "" if up else "-"
        return bounded.order_by(f"{sign}{column}", f"{sign}pk").values_list("pk", flat=True).first()

    return first(not ascending), first(ascending)
