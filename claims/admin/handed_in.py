"""Pasted texts and uploaded files: the fields of forms that take an article's text."""

from typing import Any, TypedDict

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.ingesting.fields import MAX_HTML
from sources.pages.handed_in import NotRead, is_html, read_file


class Content(TypedDict, total=False):
    """The argument of `ingest` with the content to record; none if its address is to be fetched."""

    text: str
    html: str | bytes


class FileField(forms.FileField):
    """A file with the content of an article. Its clean value is an argument of `ingest`."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=gettext_lazy("Or a file"),
            help_text=gettext_lazy("A saved page (.html) or a text in UTF-8. You may drop it anywhere on this form."),
        )

    def clean(self, data: Any, initial: Any = None) -> Content:
        file = super().clean(data, initial)
        if not file:
            return {}
        if file.size > MAX_HTML:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s bytes.") % {"limit": f"{MAX_HTML:,}"}, code="too_long"
            )
        try:
            content = read_file(file.read(), file.name)
        except NotRead as error:
            raise forms.ValidationError(_about(error.kind), code="not_read") from error
        return {"html": content} if isinstance(content, bytes) else {"text": content}


def content_of(form: forms.Form, name: str) -> Content:
    """Return the content that a valid form holds, in its field of this name or as a file. Pasted HTML is read as a page."""
    pasted, file = form.cleaned_data[name], form.cleaned_data["file"]
    if pasted:
        return {"html": pasted} if is_html(pasted) else {"text": pasted}
    return file


def show_html_was_read(request: HttpRequest, content: Content) -> None:
    if isinstance(content.get("html"), str):
        messages.info(request, _("What you pasted is HTML. Its text was taken out of it, as from a page."))


def check_one(form: forms.Form, name: str) -> None:
    """Refuse a text and a file at once."""
    if form.cleaned_data.get(name) and form.cleaned_data.get("file"):
        form.add_error("file", _("There is a text already: empty its field, or choose no file."))


def field_of(form: forms.Form, name: str, refused: str) -> str:
    """Return the form's field for a refusal of `text` or `html`, else ""."""
    if refused not in ("text", "html"):
        return ""
    return name if form.cleaned_data.get(name) else "file"


def _about(kind: str) -> str:
    if kind:
        return _("%(kind)s files are not read here: copy the text out of it, and paste it.") % {"kind": kind}
    return _("This file is not a text in UTF-8: save it as one, or copy its text and paste it.")
