"""Columns for the forms in which names are compared (claimtrack.names). They are computed from `name` when a row is saved."""

from collections.abc import Callable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from claimtrack import names

MAX_LENGTH = names.MAX_FORM


def validate_form(name: str) -> None:
    """Refuse a name whose forms do not fit into their columns. A validator of forms and full_clean()."""
    if not names.fits(name):
        raise ValidationError(f"“{name}” is too long a name.", code="too_long")


class FormOfName(models.CharField):
    form: ClassVar[Callable[[str], str]]
    of = "name"

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        form = type(self).form(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, form)
        return form


class IdentityField(FormOfName):
    form = staticmethod(names.identity)


class FoldedField(FormOfName):
    form = staticmethod(names.fold)
