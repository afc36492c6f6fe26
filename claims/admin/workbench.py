"""The article workbench: read the text with its claims, select a passage and propose a claim."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curating
from claims.admin import fetches
from claims.admin.forms import EditForm, TextField, show_refusal, show_warnings
from claims.admin.handed_in import FileField, check_one, content_of, field_of, show_html_was_read
from claims.admin.redactions import redacted
from claims.curating.fields import NewAppearance
from claims.matching import same_warnings
from claims.models import Appearance, Claim, Speaker, Suggestion
from claims.models.queue import lost_quotes
from claims.models.said_again import said_again
from claims.text.edges import widened
from claims.text.marking import passages
from claimtrack.languages import translated
from claimtrack.refusals import Conflict, Refused
from claimtrack.roles import Role, role_of, signed_in
from sources.ingesting import ingest
from sources.ingesting.fetches import ask
from sources.models import Article, Fetch, Snapshot
from sources.pages.diffing import changes

# The time to compare two texts grows faster than their length.
MAX_COMPARED = 200_000
WIDENED = gettext_lazy("The selection was widened to whole words, numbers and characters: “%(quote)s”")


class PassageForm(EditForm):
    """A passage of the snapshot, and the claim in it."""

    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    quote = TextField(
        required=False,
        marked=True,
        label=gettext_lazy("Quote"),
        help_text=gettext_lazy("Select it in the text, or paste it."),
    )
    new_speaker = forms.CharField(
        required=False,
        label=gettext_lazy("New speaker"),
        help_text=gettext_lazy("Name of a speaker who is not in the list yet."),
    )

    field_order = [
        "start",
        "quote",
        "text",
        "speaker",
        "new_speaker",
        "speaker_role",
        "said_at",
        "due_on",
        "topics",
        "language",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["expected"]


class RepetitionForm(forms.Form):
    """A passage that repeats a checked claim."""

    claim = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)


class SnapshotForm(forms.Form):
    """A newer text of the same article. If it is empty, the address is fetched."""

    newer = TextField(required=False, label=gettext_lazy("Text as it stands now"), widget=forms.Textarea({"rows": 6}))
    file = FileField()

    def clean(self) -> None:
        check_one(self, "newer")


class Workbench:
    """One request to the page. After a refused action, it keeps what was typed and shows the refusal at its field."""

    def __init__(self, request: HttpRequest, article: Article, site: AdminSite) -> None:
        self.request, self.article, self.site, self.user = request, article, site, request.user
        self.snapshots = list(article.snapshots.defer("text").select_related("taken_by").order_by("pk"))
        chosen = request.GET.get("snapshot", "")
        known = {str(row.pk) for row in self.snapshots}
        self.snapshot = article.snapshots.get(pk=chosen) if chosen in known else article.current_snapshot
        said = article.published_at.date().isoformat() if article.published_at else ""
        self.passage = PassageForm(initial={"said_at": said, "language": article.language})
        self.newer = SnapshotForm()
        if found := fetches.failed(request, Fetch.Purpose.SNAPSHOT):
            self.newer = SnapshotForm({})
            show_refusal(self.newer, found[1], at="newer")
        self.nearest: dict[str, Any] = {}
        self.status = 200

    def act(self) -> HttpResponse:
        action = self.request.POST.get("action")
        actions = {"propose": self.propose, "snapshot": self.take_snapshot, "again": self.add_again}
        done = actions.get(action or "", self.render)()
        return done or self.render()

    def propose(self) -> HttpResponse | None:
        self.passage = form = PassageForm(self.request.POST)
        if not form.is_valid() or self.snapshot is None:
            return None
        quote, start = form.cleaned_data["quote"], form.cleaned_data["start"]
        selected = quote
        if start is not None:
            quote, start = self._whole(quote, start)
        appearance = NewAppearance(snapshot=self.snapshot, quote=quote, start=start)
        try:
            with transaction.atomic():
                columns = form.columns()
                if form.cleaned_data["new_speaker"] and not columns["speaker"]:
                    columns["speaker"] = self._new_speaker(form.cleaned_data["new_speaker"])
                proposed = curating.propose(by=signed_in(self.user), appearances=[appearance], **columns)
        except Refused as refusal:
            show_refusal(form, refusal, at="quote" if refusal.field.startswith("appearances") else "")
            self.nearest = refusal.extra.get("nearest", {})
            self.status = refusal.status
            return None
        messages.success(self.request, _("Proposed “%(claim)s”") % {"claim": proposed.claim.text})
        if quote != selected:
            messages.info(self.request, WIDENED % {"quote": quote})
        [alike] = same_warnings([proposed.claim.text], user=self.user, but=[proposed.claim.pk])
        show_warnings(self.request, [*proposed.warnings, *alike])
        return HttpResponseRedirect(f"{self.request.get_full_path()}#claim-{proposed.claim.pk}")

    def add_again(self) -> HttpResponse | None:
        """Add a passage to the checked claim that it repeats. A Moderator suggests it to the Editors instead."""
        form = RepetitionForm(self.request.POST)
        if not form.is_valid() or self.snapshot is None:
            return None
        by = signed_in(self.user)
        claim = get_object_or_404(Claim.objects.visible_to(by), pk=form.cleaned_data["claim"])
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        place = {"snapshot": self.snapshot, "quote": self.snapshot.text[start:end], "start": start}
        try:
            if role_of(by) >= Role.EDITOR:
                left = Suggestion.objects.filter(
                    claim=claim, snapshot=self.snapshot, start_offset=start, declined=False
                ).first()
                if left:
                    curating.accept_suggestion(suggestion=left, by=by)
                else:
                    curating.add_appearance(claim=claim, by=by, **place)
                news = _("Added to “%(claim)s”")
            else:
                curating.suggest_appearance(claim=claim, by=by, **place)
                news = _("Left to the Editors: “%(claim)s”")
        except Refused as refusal:
            messages.error(self.request, translated(refusal))
        else:
            messages.success(self.request, news % {"claim": claim.text})
        return HttpResponseRedirect(self.request.get_full_path())

    def said_again(self) -> HttpResponse:
        """Show passages that repeat checked claims. The workbench's script puts the same list beside the text."""
        context = {
            **self.site.each_context(self.request),
            "title": str(self.article),
            "opts": Article._meta,
            "article": self.article,
            "snapshot": self.snapshot,
            "again": said_again(self.snapshot, self.user) if self.snapshot else None,
            "may_add": role_of(self.user) >= Role.MODERATOR,
            "is_editor": role_of(self.user) >= Role.EDITOR,
        }
        return TemplateResponse(self.request, "admin/sources/article/said_again.html", context)

    def widen(self, selected: str) -> JsonResponse:
        """Return the whole passage for a selection (`start,length`)."""
        try:
            start, length = (max(0, int(number)) for number in selected.split(","))
        except ValueError:
            return JsonResponse({"detail": "Write start,length in code points, such as 120,35."}, status=400)
        text = self.snapshot.text if self.snapshot else ""
        quote, start = self._whole(text[start : start + length], start)
        return JsonResponse({"quote": quote, "start": start, "message": str(WIDENED % {"quote": quote})})

    def _whole(self, quote: str, start: int) -> tuple[str, int]:
        """Widen a selection that splits a word, a number or a character."""
        text = self.snapshot.text if self.snapshot else ""
        end = start + len(quote)
        if start < 0 or text[start:end] != quote:
            return quote, start
        first, last = widened(text, start, end) or (start, end)
        return text[first:last], first

    def _new_speaker(self, name: str) -> Speaker:
        if known := Speaker.objects.named(name).first():
            raise Conflict(
                "%(name)s is on record under this name: choose it in the list, or add a namesake on the page of"
                " speakers.",
                code="namesake",
                field="new_speaker",
                params={"name": known.name},
            )
        try:
            return curating.create_speaker(by=signed_in(self.user), name=name)
        except Refused as refusal:
            refusal.field = "new_speaker"
            raise

    def take_snapshot(self) -> HttpResponse | None:
        self.newer = form = SnapshotForm(self.request.POST, self.request.FILES)
        article = self.article
        if not form.is_valid():
            return None
        content = content_of(form, "newer")
        by, source = signed_in(self.user), article.source
        arguments: dict[str, Any] = {
            "source_name": source.name,
            "source_domain": source.main_domain,
            "url": article.url,
        }
        try:
            if article.url and not content:
                row = ask(by=by, purpose=Fetch.Purpose.SNAPSHOT, article=article, **arguments)
                return HttpResponseRedirect(fetches.page_of(row))
            done = ingest(by=by, **content, **arguments)
        except Refused as refusal:
            show_refusal(form, refusal, at=field_of(form, "newer", refusal.field) or "newer")
            self.status = refusal.status
            return None
        show_html_was_read(self.request, content)
        fetches.show_new_snapshot(self.request, done.warnings, is_new=done.snapshot_is_new)
        return HttpResponseRedirect(reverse("admin:sources_article_change", args=[done.article.pk]))

    def render(self) -> HttpResponse:
        article, snapshot = self.article, self.snapshot
        found = Appearance.objects.visible_to(self.user).filter(snapshot=snapshot, claim__merged_into=None)
        appearances = list(
            found.select_related("claim__verdict", "claim__speaker")
            .defer("claim__search", "snapshot")
            .order_by("start_offset", "pk")
        )
        text = snapshot.text if snapshot else ""
        before = self._before()
        comparable = before and max(len(before.text), len(text)) <= MAX_COMPARED
        context = {
            **self.site.each_context(self.request),
            "title": str(article),
            "opts": Article._meta,
            "article": article,
            "snapshot": snapshot,
            "snapshots": self.snapshots,
            "passages": passages(text, [(row.start_offset, row.end_offset, row) for row in appearances]),
            "appearances": appearances,
            "lost": lost_quotes(article, self.user).select_related("claim"),
            "before": before,
            "changes": changes(before.text, text) if before and comparable else None,
            "passage_form": self.passage,
            "newer": self.newer,
            "nearest": self.nearest,
            "may_propose": role_of(self.user) >= Role.CONTRIBUTOR,
            "may_redact": snapshot and role_of(self.user) >= Role.EDITOR,
            "redacted": redacted(article),
            "may_edit": self.user.has_perm("sources.change_article"),
            "media": self.passage.media,
        }
        return TemplateResponse(self.request, "admin/sources/article/workbench.html", context, status=self.status)

    def _before(self) -> Snapshot | None:
        """Return the snapshot before the one on the page."""
        if self.snapshot is None:
            return None
        return self.article.snapshots.filter(pk__lt=self.snapshot.pk).order_by("-pk").first()
