"""The forms of the desk. They pass input to the verbs, which validate it, and show refusals at the fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Field
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.admin.people import assignees
from claims.curating import shelf_life
from claims.curating.fields import EDITABLE, ClaimChanges
from claims.models import Claim, Evidence, Request, Topic, Verdict
from claims.models.speaker import Speaker
from claimtrack.admin.base import AutocompleteSelect, AutocompleteSelectMultiple
from claimtrack.languages import translated
from claimtrack.refusals import Refused
from claimtrack.warnings import InputWarning
from sources.models import Article, Snapshot

if TYPE_CHECKING:
    from claims.admin.evidence import QuoteCheck

ROWS = {"rows": 3}


class TextField(forms.CharField):
    """Lines of text. Browsers end them with \\r\\n, the ledger with \\n.

    `marked`: shown as required, although the verb refuses an empty text and not the form, together with other refusals.
    """

    widget = forms.Textarea(ROWS)

    def __init__(self, *, marked: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.marked = marked

    def to_python(self, value: str | None) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def show_refusal(form: forms.BaseForm, refusal: Refused, *, at: str = "") -> None:
    """Show the refusal at the field that it names (or at `at`), else above the form."""
    name = at or refusal.field
    form.add_error(name if name in form.fields else None, translated(refusal))


def show_warnings(request: HttpRequest, warnings: Iterable[InputWarning]) -> None:
    """Show warnings about the saved input on the next page."""
    for warning in warnings:
        messages.warning(request, translated(warning.detail))


def autocomplete(form: forms.BaseForm, **models: Field) -> None:
    """Search the rows of the named fields instead of listing all. Each value is the model field that relates to the rows."""
    fields: dict[str, Any] = form.fields
    for name, model_field in models.items():
        field = fields[name]
        several = isinstance(field, forms.ModelMultipleChoiceField)
        widget = (AutocompleteSelectMultiple if several else AutocompleteSelect)(model_field, admin.site)
        widget.choices, widget.is_required = field.choices, field.required
        field.widget = widget


def speaker_and_topics(form: forms.BaseForm) -> None:
    autocomplete(form, speaker=Claim._meta.get_field("speaker"), topics=Claim._meta.get_field("topics"))


# The label for the rationale of a step without a verdict.
NOT_PUBLIC = _("Readers do not see it. Whoever proposed the claim sees why it was dismissed.")


REVIEW_BY = _("Look at it again by")
BY_TOPICS = _("A day. Empty: the earliest that the claim’s topics say.")


def written(day: date | None) -> str:
    return day.isoformat() if day else ""


class DecisionForm(forms.Form):
    """One step of a claim, or its draft. The `change_…` fields are for claims whose wording is closed."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # Who typed it, in which opening of the page, based on which versions of the draft, and the name of the new version.
    writer = forms.CharField(widget=forms.HiddenInput, required=False)
    page = forms.RegexField(r"^[0-9a-f-]{1,36}$", widget=forms.HiddenInput, required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.RegexField(r"^[0-9a-z.-]{1,64}$", widget=forms.HiddenInput, required=False)
    verdict = forms.ModelChoiceField(
        Verdict.objects.all(),
        label=_("Verdict"),
        to_field_name="code",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    rationale = TextField(
        required=False,
        label=_("Rationale"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Public. Say what the evidence shows, and how."),
    )
    # The reason of a step that withdraws or reopens a verdict, separate from the rationale of a new verdict.
    reason = TextField(required=False, label=_("Reason"), widget=forms.Textarea({"rows": 2}), help_text=_("Public."))
    note = TextField(
        required=False, label=_("Internal note"), widget=forms.Textarea({"rows": 2}), help_text=_("For the desk only.")
    )
    change_text = TextField(required=False, label=_("Wording"))
    change_speaker = forms.ModelChoiceField(Speaker.objects.all(), required=False, label=_("Speaker"))
    change_speaker_role = forms.CharField(required=False, label=_("Role as it was then"))
    change_said_at = forms.CharField(required=False, label=_("Said at"))
    change_due_on = forms.CharField(required=False, label=_("Due on"))
    change_review_by = forms.CharField(
        required=False, label=REVIEW_BY, widget=forms.DateInput({"type": "date"}), help_text=BY_TOPICS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        autocomplete(self, change_speaker=Claim._meta.get_field("speaker"))

    def based_on(self, seen: str = "") -> list[str] | None:
        """Return the versions of the draft that this text is based on, and the version that was `seen` beside it."""
        if "draft" not in self.data:
            return None
        return [*self.cleaned_data["draft"].split(","), *([seen] if seen else [])]

    def used(self, claim: Claim) -> str:
        """Return the tag of the message that tells the browser to delete its own copy."""
        page = self.cleaned_data["page"]
        return f"used-{claim.pk}-{page}" if page else ""

    def changes(self, claim: Claim) -> ClaimChanges:
        """Return the changes to the claim that the verbs take, of those fields that the form showed."""
        given, changed = self.cleaned_data, ClaimChanges()
        if "change_review_by" in self.data and given["change_review_by"] != written(shelf_life.by_hand(claim)):
            changed["review_by"] = given["change_review_by"]
        if "change_text" not in self.data:
            return changed
        if given["change_text"] != claim.text:
            changed["text"] = given["change_text"]
        if given["change_speaker_role"] != claim.speaker_role:
            changed["speaker_role"] = given["change_speaker_role"]
        if given["change_said_at"] != (claim.said or ""):
            changed["said_at"] = given["change_said_at"]
        if given["change_due_on"] != (claim.due or ""):
            changed["due_on"] = given["change_due_on"]
        speaker = given["change_speaker"]
        if speaker != claim.speaker:
            changed["speaker"] = speaker.pk if speaker else None
        return changed


class EvidenceForm(forms.Form):
    url = forms.CharField(required=False, label=_("Address"), widget=forms.URLInput({"placeholder": "https://"}))
    stance = forms.ChoiceField(
        label=capfirst(Evidence._meta.get_field("stance").verbose_name),
        required=False,
        choices=Evidence.Stance.choices,
        widget=forms.RadioSelect,
    )
    publisher = forms.CharField(required=False, label=_("Publisher"))
    title = forms.CharField(required=False, label=pgettext_lazy("of a text", "Title"))
    quote = TextField(required=False, label=_("Quoted passage"), widget=forms.Textarea({"rows": 2}))
    archive_url = forms.CharField(
        required=False, label=_("Archived copy"), widget=forms.URLInput({"placeholder": "https://"})
    )
    accessed_at = forms.CharField(required=False, label=_("Read on"), widget=forms.DateInput({"type": "date"}))
    # The text that the quote is taken from, and where it begins there.
    snapshot = forms.IntegerField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The comparison with that text, by claims.admin.evidence.
    quote_check: QuoteCheck | None = None


class BaseEvidenceFormSet(forms.BaseFormSet):
    def given(self) -> list[tuple[int, dict[str, str | int]]]:
        """Return the rows that are filled in, each with its index among the rows shown."""
        rows = [
            {name: value for name, value in form.cleaned_data.items() if value not in ("", None)} for form in self.forms
        ]
        return [(place, row) for place, row in enumerate(rows) if row]


EvidenceFormSet = forms.formset_factory(EvidenceForm, formset=BaseEvidenceFormSet, extra=1, max_num=50)


class EditForm(forms.Form):
    """Wording and metadata of a claim."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    text = TextField(required=False, marked=True, label=_("Wording"))
    speaker = forms.ModelChoiceField(Speaker.objects.all(), required=False, label=_("Speaker"))
    speaker_role = forms.CharField(required=False, label=_("Role as it was then"))
    said_at = forms.CharField(required=False, label=_("Said at"), help_text=_("2025, 2025-09 or 2025-09-05."))
    due_on = forms.CharField(
        required=False, label=_("Due on"), help_text=_("Of a claim about the future: 2030, 2030-09 or 2030-09-05.")
    )
    language = forms.CharField(required=False, label=_("Language"), help_text=_("BCP 47, such as en or pt-BR."))
    topics = forms.ModelMultipleChoiceField(Topic.objects.all(), required=False, label=_("Topics"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaker_and_topics(self)

    def columns(self) -> dict[str, Any]:
        """Return the columns of the claim, as `propose` and `edit_claim` take them."""
        return {name: value for name, value in self.cleaned_data.items() if name in EDITABLE}


class AmendForm(EditForm):
    """The same for a claim that may have a verdict in force."""

    review_by = forms.CharField(
        required=False, label=REVIEW_BY, widget=forms.DateInput({"type": "date"}), help_text=BY_TOPICS
    )


class AppearanceForm(forms.Form):
    """Where a claim is found: an article (its current snapshot) and the quote."""

    article = forms.ModelChoiceField(Article.objects.all(), required=True, label=_("Article"))
    quote = TextField(
        required=False, marked=True, label=_("Quote"), help_text=_("Copy it from the article; typography may differ.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        autocomplete(self, article=Snapshot._meta.get_field("article"))


class AskForm(forms.Form):
    """Who is asked to work on a claim."""

    person = forms.TypedChoiceField(label=_("Ask"), required=False, empty_value=None)
    due = forms.DateField(required=False, label=_("By"), widget=forms.DateInput({"type": "date"}))
    priority = forms.ChoiceField(label=_("Priority"), choices=Request.Priority.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {person.pk: person for person in assignees()}
        person: Any = self.fields["person"]
        person.choices = [("", _("Nobody")), *((pk, str(person)) for pk, person in people.items())]
        person.coerce = lambda pk: people[int(pk)]


def asked(row: Request | None) -> dict[str, Any]:
    """Return the initial values for a request."""
    return {"person": row.person_id, "due": row.due, "priority": row.priority} if row else {"priority": "normal"}


class ProposeForm(EditForm, AppearanceForm):
    """A new claim with its first appearance."""

    field_order = ["article", "quote", "text", "speaker", "speaker_role", "said_at", "due_on", "language", "topics"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["expected"]
