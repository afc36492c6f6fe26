"""Columns that hold a language (BCP 47), and lookups of it: `pt` means all Portuguese, `pt-BR` that of Brazil."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models

from claimtrack.cleaning import clean_language
from claimtrack.languages import translated
from claimtrack.refusals import Invalid


class LanguageField(models.CharField):
    """A language tag in its canonical spelling, empty if the language is not known."""

    def to_python(self, value: object) -> str:
        try:
            return clean_language(str(value or ""))
        except Invalid as refusal:
            raise ValidationError(translated(refusal)) from refusal


@LanguageField.register_lookup
class PrimarySubtag(models.Transform):
    """The language of a tag, without its script and region: `language__primary`."""

    lookup_name = "primary"
    template = "split_part(%(expressions)s, '-', 1)"
    output_field = models.CharField()


def in_language(tags: Iterable[str]) -> models.Q:
    """Return the condition that `language` is one of these canonical tags or a narrower one: `pt` finds pt-BR."""
    return reduce(or_, map(_within, tags))


def _within(tag: str) -> models.Q:
    primary = models.Q(language__primary=tag.partition("-")[0])
    if "-" not in tag:
        return primary
    # A Value, because LanguageField would refuse a well-formed tag of no language, which simply finds nothing.
    return primary & (models.Q(language=models.Value(tag)) | models.Q(language__startswith=f"{tag}-"))
