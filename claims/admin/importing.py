"""Import by page: upload a file, match its columns, see what would happen, and import it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.admin.forms import show_refusal
from claims.importing import tables, uploads
from claims.matching import same_warnings
from claims.models import Claim, Upload
from claimtrack.languages import translated
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

MOST_SHOWN = 500  # lines of each part of a report
MOST_MATCHED = 50  # new claims of a file that are compared with those on record
SAMPLE = 3
LABELS = {
    "claim/text": pgettext_lazy("of a claim", "Wording"),
    "quote": gettext_lazy("Quote"),
    "speaker/name": gettext_lazy("Speaker"),
    "source/name": pgettext_lazy("who publishes", "Source"),
    "article/url": gettext_lazy("Address of the article"),
    "article/sha256": gettext_lazy("SHA-256 of the article’s text"),
    "claim/said_at": gettext_lazy("Said at"),
    "claim/due_on": gettext_lazy("Due on"),
    "claim/language": gettext_lazy("Language"),
    "claim/topics": gettext_lazy("Topics"),
    "claim/speaker_role": gettext_lazy("Speaker’s role then"),
    "speaker/kind": gettext_lazy("Kind of speaker"),
    "speaker/wikidata_id": gettext_lazy("Speaker’s Wikidata id"),
    "speaker/id": gettext_lazy("Speaker’s id here"),
    "source/domain": gettext_lazy("Source’s domain"),
    "article/title": gettext_lazy("Title of the article"),
    "article/published_at": gettext_lazy("Article published at"),
    "id": gettext_lazy("Your id of the claim"),
    "prefix": gettext_lazy("Text before the quote"),
    "suffix": gettext_lazy("Text after the quote"),
    "start": gettext_lazy("Place of the quote in the text"),
}
RESULTS = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "known": gettext_lazy("On record already"),
    "gone": gettext_lazy("No longer on its page"),
    "refused": gettext_lazy("Refused"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("At most 10 MB, with 5,000 claims or 250 reviews. UTF-8."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is in it"),
        required=False,
        choices=[("", gettext_lazy("Recognise it")), *Upload.Kind.choices],
    )


class ImportForm(forms.Form):
    """How a file is imported. A table also has a select of columns for each member of a claim."""

    # The choices at the last check of the file.
    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    accept = forms.BooleanField(
        required=False, label=gettext_lazy("Accept the claims, so that they are public at once")
    )
    strict = forms.BooleanField(required=False, label=gettext_lazy("Import all lines or none"))

    def __init__(self, *args: Any, upload: Upload, moderates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = uploads.table_of(upload) if upload.kind == Upload.Kind.TABLE else None
        if not moderates:
            del self.fields["accept"]
        if upload.kind == Upload.Kind.CLAIMREVIEW:
            del self.fields["strict"]
        if self.table:
            self._add_columns(self.table)

    def _add_columns(self, table: tables.Table) -> None:
        matched = table.matched()
        choices = [("", _("Not in the file")), *((str(n), name or str(n + 1)) for n, name in enumerate(table.header))]
        for member, label in LABELS.items():
            field = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label=label, choices=choices)
            field.initial = str(matched.get(member, ""))
            self.fields[_name(member)] = field

    def options(self) -> list[forms.BoundField]:
        return [self[name] for name in ("accept", "strict") if name in self.fields]

    def selects(self) -> list[forms.BoundField]:
        return [self[_name(member)] for member in LABELS] if self.table else []

    def main_selects(self) -> list[forms.BoundField]:
        """Return the selects that matter for this file: those of required members, and those of members with a column."""
        needed = {_name(member) for member in (*tables.REQUIRED, "article/url")}
        return [select for select in self.selects() if select.name in needed or select.value() or select.errors]

    def other_selects(self) -> list[forms.BoundField]:
        main = {select.name for select in self.main_selects()}
        return [select for select in self.selects() if select.name not in main]

    def left_out(self) -> list[str]:
        """Return the columns that are matched with nothing."""
        used = {select.value() for select in self.selects()}
        return [name for n, name in enumerate(self.table.header if self.table else ()) if str(n) not in used]

    @property
    def columns(self) -> dict[str, int]:
        given = {member: self.cleaned_data.get(_name(member)) for member in LABELS}
        return {member: column for member, column in given.items() if column is not None}

    @property
    def chosen(self) -> str:
        """Return everything that the outcome depends on, except the file."""
        return repr(sorted((name, value) for name, value in self.cleaned_data.items() if name != "checked"))

    def clean(self) -> None:
        if self.table is None:
            return
        columns = self.columns
        for member in tables.REQUIRED:
            if member not in columns:
                self.add_error(_name(member), _("Choose the column that holds it."))
        if not any(member in columns for member in tables.ARTICLE):
            self.add_error(_name("article/url"), _("Choose the column of the address, or that of the SHA-256."))


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    guarded = model_admin.admin_site.admin_view

    def view(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return guarded(lambda request, **kwargs: page(model_admin, request, **kwargs))

    return [
        path("import/", view(upload_page), name="claims_claim_import"),
        path("import/<uuid:pk>/", view(file_page), name="claims_claim_import_file"),
    ]


def upload_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    by = signed_in(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
        try:
            upload = uploads.keep_file(by=by, name=file.name, content=file.read(uploads.MAX_BYTES + 1), kind=kind)
            return HttpResponseRedirect(_address(upload.pk))
        except Refused as refusal:
            show_refusal(form, refusal)
            status = refusal.status
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Import"),
        "opts": model_admin.opts,
        "form": form,
        "waiting": Upload.objects.of(by).defer("content").first(),
        "media": form.media,
    }
    return TemplateResponse(request, "admin/claims/claim/import.html", context, status=status)


def file_page(model_admin: admin.ModelAdmin, request: HttpRequest, pk: UUID) -> HttpResponse:
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    by = signed_in(request.user)
    try:
        upload = uploads.file_of(by=by, pk=pk)
        form = ImportForm(request.POST or None, upload=upload, moderates=role_of(by) >= Role.MODERATOR)
        action = request.POST.get("action")
        if action == "discard":
            uploads.discard(by=by, pk=pk)
            messages.success(request, _("The file is discarded. Nothing was imported."))
            return HttpResponseRedirect(reverse("admin:claims_claim_import"))
        result = _run(request, form, pk, action) if action in ("check", "import") and form.is_valid() else None
    except Refused as refusal:
        messages.error(request, translated(refusal))
        return HttpResponseRedirect(reverse("admin:claims_claim_import"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Import “%(name)s”") % {"name": upload.name},
        "opts": model_admin.opts,
        "upload": upload,
        "form": form,
        "sample": form.table.sample(SAMPLE) if form.table else [],
        "report": _report(form, result, by) if result else None,
        "media": form.media,
    }
    return TemplateResponse(request, "admin/claims/claim/import_file.html", context)


def _run(request: HttpRequest, form: ImportForm, pk: UUID, action: str) -> uploads.Result:
    given = form.cleaned_data
    changed = given["checked"] != form.chosen
    if action == "import" and changed:
        messages.warning(request, _("Something was changed since the check. This is what would happen now."))
    result = uploads.import_file(
        by=signed_in(request.user),
        pk=pk,
        columns=form.columns,
        accept=given.get("accept", False),
        strict=given.get("strict", False),
        dry_run=action == "check" or changed,
    )
    data = request.POST.copy()
    data["checked"] = form.chosen
    form.data = data
    return result


def _report(form: ImportForm, result: uploads.Result, by: Any) -> dict[str, object]:
    """Return the context for a result: first the lines that need attention, then the rest."""
    rows = [_row(form, outcome) for outcome in result.outcomes]
    new = [row for row in rows if row["result"] == "new" and row["text"]][:MOST_MATCHED]
    own = {row["claim"] for row in rows if row["claim"]}
    for row, alike in zip(new, same_warnings([row["text"] for row in new], user=by, but=own), strict=True):
        row["warnings"] += [(_column(form, "claim/text"), translated(warning.detail)) for warning in alike]
    wrong: list[dict[str, Any]] = []
    fine: list[dict[str, Any]] = []
    for row in rows:
        (wrong if row["message"] or row["warnings"] else fine).append(row)
    if result.kept:
        visible = Claim.objects.visible_to(by).in_bulk([row["claim"] for row in rows if row["claim"]])
        for row in rows:
            row["link"] = row["claim"] if row["claim"] in visible else None
    counts = [(name, label, result.count(name)) for name, label in RESULTS.items()]
    changes = sum(n for name, _label, n in counts if name in ("new", "changed", "gone")) + result.accepted
    refused = result.count("refused")
    return {
        "counts": [row for row in counts if row[2]],
        "accepted": result.accepted,
        "kept": result.kept,
        "importable": changes and not (refused and form.cleaned_data.get("strict")),
        "parts": [
            (name, part[:MOST_SHOWN], len(part) - MOST_SHOWN)
            for name, part in ((_("To look at"), wrong), (_("Without remarks"), fine))
            if part
        ],
    }


def _row(form: ImportForm, outcome: uploads.Outcome) -> dict[str, Any]:
    return {
        "place": _place(outcome.place),
        "result": outcome.result,
        "label": RESULTS[outcome.result],
        "text": outcome.text,
        "claim": outcome.claim,
        "message": translated(outcome.refused) if outcome.refused else "",
        "column": _column(form, outcome.at),
        "nearest": outcome.refused.extra.get("nearest", {}).get("quote", "") if outcome.refused else "",
        "warnings": [
            (_column(form, warning.field.removeprefix("/")), translated(warning.detail)) for warning in outcome.warnings
        ],
    }


def _place(place: str) -> str:
    """Return the place of an outcome in people's words: a line's number, or as claims.formats.claimreview.files names it."""
    words = {"line": _("Line %(number)s"), "item": _("Review %(number)s"), "script": _("Script %(number)s")}
    kind, _blank, number = place.rpartition(" ")
    if kind in words or place.isdecimal():
        return words[kind or "line"] % {"number": number}
    return _("The page as a whole")


def _column(form: ImportForm, at: str) -> str:
    """Return the name of the column in the file that holds this member of a line, else the member itself."""
    column = form.columns.get(at) if form.table else None
    return form.table.header[column] if form.table and column is not None else at


def _name(member: str) -> str:
    return member.replace("/", "_")


def _address(pk: UUID) -> str:
    return reverse("admin:claims_claim_import_file", args=[pk])
