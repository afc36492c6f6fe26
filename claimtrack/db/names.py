"""Columns that hold the form in which a row's `name` is compared (claimtrack.names), computed whenever the row is saved."""

from collections.abc import Callable
from typing import ClassVar

from django.db import models

from claimtrack import names

MAX_LENGTH = 600  # NFKC makes up to eighteen characters of one


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
