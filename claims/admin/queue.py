"""The queue: which claims, in which order, by the parameters of its address; and which one comes next."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Q
from django.http import QueryDict

from claims.models import Claim, Topic, Verdict
from claims.models.claim import ClaimQuerySet
from claims.models.queue import DECIDED, WAITING, find, quote_gone
from claims.models.search import StopWords
from claims.models.speaker import Speaker
from claims.transitions import Status
from claimtrack.models import User
from claimtrack.roles import Role, role_of
from sources.models import Article, Source

VIEWS = {
    "open": "To do",
    "mine": "Mine",
    "unassigned": "Unassigned",
    "approval": "Awaiting approval",
    "proposals": "Proposed by me",
    "decided": "Decided",
    "": "All claims",
}
SORTS = {
    "oldest": ("Oldest first", ("created_at", "pk")),
    "newest": ("Newest first", ("-created_at", "-pk")),
    "changed": ("Last changed first", ("-updated_at", "-pk")),
}
NOBODY = "none"


def assignees() -> list[User]:
    """Everybody whom a claim can be assigned to, by name."""
    groups = [role.group for role in Role if role >= Role.MODERATOR]
    chosen = User.objects.filter(Q(groups__name__in=groups) | Q(is_superuser=True), is_active=True)
    return list(chosen.distinct().order_by("username"))


class QueueForm(forms.Form):
    """The filters of the list of claims. Several values of one filter mean OR, different filters AND."""

    view = forms.ChoiceField(required=False, choices=VIEWS.items(), widget=forms.HiddenInput)
    status = forms.MultipleChoiceField(
        required=False, choices=[(s.value, s.label) for s in Status], widget=forms.CheckboxSelectMultiple
    )
    verdict = forms.ModelMultipleChoiceField(
        Verdict.objects.all(), required=False, to_field_name="code", widget=forms.CheckboxSelectMultiple
    )
    speaker = forms.ModelChoiceField(Speaker.objects.all(), required=False)
    source = forms.ModelChoiceField(Source.objects.all(), required=False)
    topic = forms.ModelMultipleChoiceField(Topic.objects.all(), required=False)
    language = forms.CharField(required=False, max_length=35)
    assignee = forms.ChoiceField(required=False)
    said_after = forms.DateField(required=False, label="Said from", widget=forms.DateInput({"type": "date"}))
    said_before = forms.DateField(required=False, label="Said before", widget=forms.DateInput({"type": "date"}))
    added_after = forms.DateField(required=False, label="Added from", widget=forms.DateInput({"type": "date"}))
    added_before = forms.DateField(required=False, label="Added before", widget=forms.DateInput({"type": "date"}))
    gone = forms.BooleanField(required=False, label="Quote no longer in the current snapshot")
    sort = forms.ChoiceField(required=False, choices=[(name, words) for name, (words, _) in SORTS.items()])

    def __init__(self, data: QueryDict, *, user: Any) -> None:
        data = data.copy()
        waits = data.get("view") in ("open", "unassigned", "approval")
        data.setdefault("sort", "oldest" if waits else "newest")
        super().__init__(data)
        self.user = user
        fields: dict[str, Any] = self.fields
        fields["speaker"].widget = AutocompleteSelect(Claim._meta.get_field("speaker"), admin.site)
        fields["source"].widget = AutocompleteSelect(Article._meta.get_field("source"), admin.site)
        fields["topic"].widget = AutocompleteSelectMultiple(Claim._meta.get_field("topics"), admin.site)
        for name in ("speaker", "source", "topic"):
            fields[name].widget.choices = fields[name].choices
            fields[name].widget.attrs["data-placeholder"] = "Any"
        fields["assignee"].choices = self._people

    def _people(self) -> list[tuple[str, str]]:
        """Asked for only when the form is shown or checked: the order of the list needs none of it."""
        people = assignees() if role_of(self.user) >= Role.MODERATOR else []
        return [("", "Anybody"), (NOBODY, "Nobody"), *((str(person.pk), str(person)) for person in people)]

    @property
    def active(self) -> bool:
        """Whether any filter but the view and the order is set."""
        return any(self.data.get(name) for name in self.fields if name not in ("view", "sort"))

    @property
    def ordering(self) -> tuple[str, ...]:
        return SORTS.get(self.data["sort"], SORTS["newest"])[1]

    def narrow(self, claims: ClaimQuerySet) -> ClaimQuerySet:
        """Return those of the claims that the filters let through; none where a filter is not understood."""
        if not self.is_valid():
            return claims.none()
        given = self.cleaned_data
        claims = self._of_view(claims, given["view"])
        if given["status"]:
            claims = claims.filter(status__in=given["status"])
        if given["verdict"]:
            claims = claims.filter(verdict__in=list(given["verdict"]))
        if given["speaker"]:
            claims = claims.by_speakers([given["speaker"].pk])
        if given["source"]:
            claims = claims.in_source([given["source"].pk])
        if given["topic"]:
            claims = claims.about([topic.slug for topic in given["topic"]])
        if given["language"]:
            claims = claims.filter(language=given["language"])
        if given["assignee"]:
            claims = claims.filter(assignee=None if given["assignee"] == NOBODY else given["assignee"])
        for name, lookup in (
            ("said_after", "said_at__gte"),
            ("said_before", "said_at__lt"),
            ("added_after", "created_at__gte"),
            ("added_before", "created_at__lt"),
        ):
            if given[name]:
                day = datetime.combine(given[name], time.min, UTC)
                claims = claims.filter(**{lookup: day if name.startswith("added") else given[name]})
        return quote_gone(claims) if given["gone"] else claims

    def _of_view(self, claims: ClaimQuerySet, view: str) -> ClaimQuerySet:
        conditions = {
            "open": Q(status__in=WAITING, merged_into=None),
            "mine": Q(assignee=self.user, status=Status.IN_REVIEW),
            "unassigned": Q(assignee=None, status__in=[Status.UNVERIFIED, Status.IN_REVIEW], merged_into=None),
            "approval": Q(status=Status.AWAITING_APPROVAL),
            "proposals": Q(created_by=self.user),
            "decided": Q(status__in=DECIDED),
        }
        return claims.filter(conditions[view]) if view else claims


class QueueFilter(admin.ListFilter):
    """All filters of the queue as one form; a link for each row of a relation would not scale."""

    title = "filters"
    template = "admin/claims/claim/filters.html"

    def __init__(self, request: Any, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.form = QueueForm(request.GET, user=request.user)
        for name in self.form.fields:
            params.pop(name, None)

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Any:
        return iter(())

    def expected_parameters(self) -> list[str | None]:
        return list(self.form.fields)

    def queryset(self, request: Any, queryset: Any) -> ClaimQuerySet:
        return self.form.narrow(queryset)


def neighbours(claim: Claim, address: str, user: Any) -> tuple[int | None, int | None]:
    """Return the ids of the claims before and after this one in the queue that `address` (its query string) describes.

    The claim itself need not be in it any more: it is its place in the order that counts.
    """
    data = QueryDict(address or "view=open")
    form = QueueForm(data, user=user)
    claims = form.narrow(Claim.objects.visible_to(user))
    if data.get("q"):
        try:
            claims = find(claims, data["q"])
        except StopWords:
            return None, None
    claims = claims.exclude(pk=claim.pk)
    column, ascending = form.ordering[0].lstrip("-"), not form.ordering[0].startswith("-")
    value = getattr(claim, column)

    def first(up: bool) -> int | None:
        side = "gt" if up else "lt"
        beyond = Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": claim.pk})
        # The outer bound is what the index can use.
        bounded = claims.filter(beyond, **{f"{column}__{side}e": value})
        sign = "" if up else "-"
        return bounded.order_by(f"{sign}{column}", f"{sign}pk").values_list("pk", flat=True).first()

    return first(not ascending), first(ascending)
