"""Speakers in the admin, with their names, similar speakers and merges."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curating
from claims.admin import duplicates, merges
from claims.admin.forms import autocomplete, show_refusal
from claims.admin.links import claims_link
from claims.models import Alias, Claim, Merge, Speaker
from claims.models.queue import names_like, similar_speakers
from claims.models.speaker import SpeakerQuerySet
from claimtrack.admin import Choice, DeskAdmin, Options, tally
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.names import identity
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

FIELDS = ("name", "kind", "role", "wikidata_id", "website")


class SpeakerForm(forms.ModelForm):
    """A speaker with all names in one form. Its validation runs the verbs, whose refusals become errors of the fields."""

    names = forms.CharField(
        required=False,
        label=gettext_lazy("Also known as"),
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One name a line. The speaker’s own name need not be repeated."),
    )
    website = forms.URLField(required=False, label=gettext_lazy("Website"), assume_scheme="https")
    another = forms.BooleanField(
        required=False, label=gettext_lazy("None of these: another speaker"), widget=forms.HiddenInput
    )
    by: User

    class Meta:
        model = Speaker
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Speaker] = []
        if self.instance.pk:
            others = self.instance.aliases.exclude(name=self.instance.name).order_by("pk")
            self.initial["names"] = "\n".join(others.values_list("name", flat=True))

    def _post_clean(self) -> None:
        """Run the verbs instead of validating the instance, in a savepoint that a refusal rolls back."""
        if self.errors:
            return
        before = Speaker.objects.get(pk=self.instance.pk) if self.instance.pk else None
        if before is None and not self.cleaned_data.get("another"):
            self.alike = similar_speakers(self.cleaned_data["name"])
            if self.alike:
                self.fields["another"].widget = forms.CheckboxInput()
                self.add_error(
                    "name", _("Somebody is known by this name, or one much like it. Look below before adding.")
                )
                return
        try:
            with transaction.atomic():
                self.instance = self._edit(before) if before else self._create()
        except Refused as refusal:
            show_refusal(self, refusal, at="names" if refusal.field == "aliases" else "")

    def save(self, commit: bool = True) -> Speaker:
        """Save nothing: the verbs have done it."""
        return self.instance

    def _names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get("names", "").splitlines() if line.strip()]

    def _create(self) -> Speaker:
        given = {name: self.cleaned_data[name] for name in FIELDS}
        return curating.create_speaker(by=self.by, aliases=self._names(), **given)

    def _edit(self, speaker: Speaker) -> Speaker:
        changed = {name: self.cleaned_data[name] for name in FIELDS if name in self.changed_data}
        if changed:
            speaker = curating.edit_speaker(speaker=speaker, by=self.by, **changed)
        if "names" not in self.changed_data:
            return speaker
        wanted = {identity(name): name for name in self._names()} | {identity(speaker.name): speaker.name}
        for alias in speaker.aliases.all():
            if alias.key not in wanted:
                curating.remove_alias(alias=alias, by=self.by)
        known = set(speaker.aliases.values_list("key", flat=True))
        for key, name in wanted.items():
            if key not in known:
                try:
                    curating.add_alias(speaker=speaker, by=self.by, name=name)
                except Refused as refusal:
                    refusal.field = "aliases"
                    raise
        return speaker


class OtherForm(forms.Form):
    """The speaker with whom to merge."""

    other = forms.ModelChoiceField(Speaker.objects.all(), label=gettext_lazy("Merge with"))

    def __init__(self) -> None:
        super().__init__(auto_id="merge_%s")
        autocomplete(self, other=Claim._meta.get_field("speaker"))


class KindFilter(Choice):
    names = ("kind",)
    title = gettext_lazy("kind")

    def options(self) -> Options:
        return Speaker.Kind.choices


class StateFilter(Choice):
    names = ("state",)
    title = gettext_lazy("state")

    def options(self) -> Options:
        return [("own", _("Not merged")), ("merged", _("Merged away"))]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(merged_into__isnull=value == "own")


@admin.register(Speaker)
class SpeakerAdmin(DeskAdmin):
    form = SpeakerForm
    heading = gettext_lazy("Speakers")
    lead = gettext_lazy("Who made the claims: people, organisations and groups, each with all names on record.")
    nothing = gettext_lazy("No speaker is on record. One is made with the first claim of theirs, or here.")
    add_label = gettext_lazy("Add a speaker")
    list_display = ["name", "kind", "role", "known_as", "claim_count", "last_claim", "wikidata_id"]
    list_filter = [KindFilter, StateFilter]
    search_fields = ["name"]
    search_help_text = gettext_lazy("Any word of a name, or a Wikidata id")
    ordering = ["name", "pk"]
    fields = [*FIELDS, "names", "another"]
    change_form_template = "admin/claims/speaker/change_form.html"
    change_list_template = "admin/claims/speaker/change_list.html"

    def get_queryset(self, request: HttpRequest) -> SpeakerQuerySet:
        return Speaker.objects.visible_to(request.user).for_list().order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Speaker], search_term: str
    ) -> tuple[QuerySet[Speaker], bool]:
        """Search all names by any words, regardless of case and accents. Autocompletion offers only unmerged speakers."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(merged_into=None)
        if search_term:
            named = Alias.objects.with_words(search_term).values("speaker")
            queryset = queryset.filter(Q(pk__in=named) | Q(wikidata_id=search_term.strip()))
        return queryset, False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = signed_in(request.user)
        return form

    def has_change_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        return not (obj and obj.merged_into_id) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Speaker, form: Any, change: bool) -> None:
        """Save nothing, as the verbs of the form have done it, but pass on what they warn of."""
        for warning in curating.about_name(obj.name, "name"):
            messages.warning(request, translated(warning.detail))

    def save_related(self, *args: object, **kwargs: object) -> None:
        """Save nothing: the verbs of the form have done it."""

    @admin.display(description=gettext_lazy("also known as"))
    def known_as(self, speaker: Speaker) -> str:
        return ", ".join(alias.name for alias in speaker.aliases.all() if alias.name != speaker.name)

    @admin.display(description=gettext_lazy("claims"))
    def claim_count(self, speaker: Any) -> str:
        return claims_link(f"speaker={speaker.pk}", speaker.n)

    @admin.display(description=gettext_lazy("last claim added"))
    def last_claim(self, speaker: Any) -> date | None:
        return speaker.last

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            "moderates": role_of(request.user) >= Role.MODERATOR,
            "suggestions": partial(names_like, request.GET.get("q", "")),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def complete(self, request: HttpRequest, rows: QuerySet[Speaker]) -> None:
        claims = Claim.objects.visible_to(request.user).filter(speaker=OuterRef("pk"))
        tally(rows, claims.order_by("-created_at", "-pk"), "created_at")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        speaker, form = kwargs.get("obj"), context["adminform"].form
        context["alike"] = getattr(form, "alike", [])
        context["may_merge"] = role_of(request.user) >= Role.EDITOR
        context["moderates"] = role_of(request.user) >= Role.MODERATOR
        if speaker:
            claims = Claim.objects.visible_to(request.user).filter(speaker=speaker).select_related("verdict")
            context["claims"] = claims.defer("search").order_by("-created_at", "-pk")[:10]
            context["namesakes"] = [] if speaker.merged_into_id else similar_speakers(speaker.name, but=speaker.pk)
            context["other"] = OtherForm()
            context["media"] += context["other"].media
            context["merge"] = Merge.objects.filter(loser_speaker=speaker, undone_at=None).first()
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("duplicates/", self.admin_site.admin_view(self.duplicates_view), name="claims_speaker_duplicates"),
            path("<int:pk>/merge/", self.admin_site.admin_view(self.choose_view), name="claims_speaker_choose"),
            path(
                "<int:pk>/merge/<int:other>/", self.admin_site.admin_view(self.merge_view), name="claims_speaker_merge"
            ),
            *super().get_urls(),
        ]

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        return duplicates.page(self, request)

    def choose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return merges.choose(self, request, pk)

    def merge_view(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        return merges.page(self, request, pk, other)
