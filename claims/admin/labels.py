"""A form field for the labels of a step of the scale: one text for each language of the program but the desk's own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from claims.models.verdict import MAX_LABEL


def languages() -> dict[str, str]:
    """Return the languages in which a label can be given beside the desk's own, with their names for themselves."""
    return {code: name for code, name in settings.LANGUAGES if code != settings.CLAIMTRACK_DEFAULT_LANGUAGE}


class LabelsWidget(forms.MultiWidget):
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__({code: forms.TextInput({"lang": code, "dir": "auto"}) for code in languages()})

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code in languages()]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)
        return render_to_string(
            "desk/labels.html", {"rows": zip(languages().items(), context["widget"]["subwidgets"], strict=True)}
        )


class LabelsField(forms.MultiValueField):
    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.CharField(max_length=MAX_LABEL, required=False) for _ in languages()]
        super().__init__(fields=fields, widget=LabelsWidget(), required=False, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        return {code: label for code, label in zip(languages(), data_list, strict=False) if label}
