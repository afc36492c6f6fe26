"""Topics and verdicts in the admin, with links to the claims that use them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Exists, ForeignKey, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import curating
from claims.admin.links import claims_link
from claims.models import Claim, ClaimTopic, Review, Topic, Verdict
from claims.models.queue import in_force
from claims.models.verdict import MAX_LABEL
from claimtrack.admin import DeskAdmin, tally
from claimtrack.admin.lists import capped
from claimtrack.roles import Role, role_of, signed_in


class TopicSlugs(AutocompleteJsonView):
    """Returns topics by their slugs, for the filter of the queue."""

    def process_request(self, request: HttpRequest) -> tuple[str, admin.ModelAdmin, ForeignKey, str]:
        term, model_admin, source_field, _ = super().process_request(request)
        return term, model_admin, source_field, "slug"


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    heading = gettext_lazy("Topics")
    lead = gettext_lazy("What claims are about. Readers filter by topic, and each has a page of its own.")
    nothing = gettext_lazy("There are no topics. Add the subjects that your readers ask for.")
    add_label = gettext_lazy("Add a topic")
    list_display = ["name", "slug", "review_after", "claim_count", "last_claim"]
    search_fields = ["name", "slug"]
    search_help_text = gettext_lazy("Part of a name")
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def complete(self, request: HttpRequest, rows: QuerySet[Topic]) -> None:
        claims = ClaimTopic.objects.visible_to(request.user).filter(topic=OuterRef("pk"))
        tally(rows, claims.order_by("-created_at", "-claim"), "created_at")

    @admin.display(description=gettext_lazy("claims"))
    def claim_count(self, topic: Any) -> str:
        return claims_link(f"topic={topic.slug}", topic.n)

    @admin.display(description=gettext_lazy("last claim added"))
    def last_claim(self, topic: Any) -> date | None:
        return topic.last

    def get_urls(self) -> list[URLPattern]:
        slugs = self.admin_site.admin_view(TopicSlugs.as_view(admin_site=self.admin_site))
        return [path("slugs/", slugs, name="claims_topic_slugs"), *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        used = obj is not None and Claim.objects.filter(topics=obj).exists()
        return not used and super().has_delete_permission(request, obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, Sequence[str]]:
        # A slug is part of addresses, so it is made from the name only once.
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> list[str]:
        return [] if role_of(request.user) >= Role.EDITOR else ["review_after"]

    def save_model(self, request: HttpRequest, obj: Topic, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "review_after" in form.changed_data:
            curating.review_topic_after(topic=obj, by=signed_in(request.user), days=obj.review_after)


# The fields for labels in the languages other than that in which the desk writes.
LABELS = {
    f"label_{code}": (code, name) for code, name in settings.LANGUAGES if code != settings.CLAIMTRACK_DEFAULT_LANGUAGE
}


class VerdictForm(forms.ModelForm):
    """A step of the scale. A new label of a step that is in force is asked about first: `renaming` says what it changes."""

    # Sent by the button beside the question alone.
    confirmed = forms.CharField(required=False)

    class Meta:
        model = Verdict
        fields = ("label", "code", "value", "description", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renaming: dict[str, Any] = {}
        self.initial.update({name: self.instance.labels.get(code, "") for name, (code, _name) in LABELS.items()})

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if Verdict.objects.filter(label__iexact=label).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another step of the scale has this label."), "duplicate")
        return label

    def clean(self) -> None:
        given = {code: self.cleaned_data.get(name) for name, (code, _name) in LABELS.items()}
        self.instance.labels = {code: label for code, label in given.items() if label}
        label, before = self.cleaned_data.get("label"), self.initial.get("label")
        if not label or not self.instance.pk or label == before or self.cleaned_data.get("confirmed") == label:
            return
        if n := in_force(self.instance.pk)[self.instance.pk]:
            self.renaming = {"before": before, "after": label, "n": n}
            words = ngettext(
                "%(n)s claim shows this label now: look at the change above before saving.",
                "%(n)s claims show this label now: look at the change above before saving.",
                n,
            )
            self.add_error("label", words % {"n": capped(n)})


def _label_field(language: str) -> forms.CharField:
    label = format_lazy("{} ({})", gettext_lazy("Label"), language)
    return forms.CharField(label=label, required=False, validators=[MaxLengthValidator(MAX_LABEL)])


@admin.register(Verdict)
class VerdictAdmin(DeskAdmin):
    form = type("VerdictForm", (VerdictForm,), {name: _label_field(language) for name, (_, language) in LABELS.items()})
    change_form_template = "admin/claims/verdict/change_form.html"
    heading = gettext_lazy("Verdict scale")
    lead = gettext_lazy(
        "The steps of the scale, in their order. What was judged keeps the label that it was judged with in its history."
    )
    add_label = gettext_lazy("Add a step")
    list_display = ["step", "code", "worth", "in_force", "used", "position"]
    list_editable = ["position"]
    search_fields = ["label", "code"]
    search_help_text = gettext_lazy("Part of a label or code")
    ordering = ["position", "pk"]
    fieldsets = [
        (None, {"fields": ["label", "code", "value", "description", "position"]}),
        (
            gettext_lazy("In other languages"),
            {
                "fields": [*LABELS],
                "description": gettext_lazy(
                    "What readers of these languages see. Where it is empty, they see the label."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verdict]:
        return Verdict.objects.annotate(judged=Exists(Review.objects.filter(verdict=OuterRef("pk"))))

    def complete(self, request: HttpRequest, rows: QuerySet[Verdict]) -> None:
        counts = in_force(*(row.pk for row in rows))
        row: Any
        for row in rows:
            row.in_force_on = counts[row.pk]

    def get_readonly_fields(self, request: HttpRequest, obj: Verdict | None = None) -> list[str]:
        return ["code", "value"] if obj and _judged(obj) else []

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["renaming"] = getattr(context["adminform"].form, "renaming", {})
        if verdict := kwargs.get("obj"):
            context["claims_here"] = claims_link(f"verdict={verdict.code}", in_force(verdict.pk)[verdict.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Verdict, form: forms.ModelForm, change: bool) -> None:
        curating.save_step(step=obj, by=signed_in(request.user))

    def delete_model(self, request: HttpRequest, obj: Verdict) -> None:
        curating.remove_step(step=obj, by=signed_in(request.user))

    @admin.display(description=gettext_lazy("step"))
    def step(self, verdict: Verdict) -> str:
        return render_to_string("desk/verdict.html", {"verdict": verdict})

    @admin.display(description=gettext_lazy("value"))
    def worth(self, verdict: Verdict) -> str:
        return _("%(value)s of 5") % {"value": verdict.value} if verdict.value else _("Off the scale")

    @admin.display(description=gettext_lazy("in force on"))
    def in_force(self, verdict: Any) -> str:
        return claims_link(f"verdict={verdict.code}", verdict.in_force_on)

    @admin.display(description=gettext_lazy("used by a review"), boolean=True)
    def used(self, verdict: Any) -> bool:
        return verdict.judged

    def has_delete_permission(self, request: HttpRequest, obj: Verdict | None = None) -> bool:
        return not (obj and _judged(obj)) and super().has_delete_permission(request, obj)


def _judged(verdict: Verdict) -> bool:
    return Review.objects.filter(verdict=verdict).exists()
