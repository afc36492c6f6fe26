"""The form fields of filters accept exactly what the OpenAPI document says."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from claimtrack.api.filters import (
    AnyOf,
    BooleanField,
    ChoiceField,
    DateField,
    DateTimeField,
    IdentifierField,
    LanguageField,
    RepeatedField,
    SlugField,
    StrictFilterSet,
    TextField,
    WholeNumberField,
)
from claimtrack.refusals import Invalid

REFUSED = object()
NUMBER, DAY, TIME = forms.IntegerField(), forms.DateField(), forms.DateTimeField()

# field, value, what it becomes, what Django's own field makes of it (None: it has none), reason
VALUES = [
    (IdentifierField(), "7", 7, (NUMBER, 7), "an id"),
    (IdentifierField(), "+7", REFUSED, (NUMBER, 7), "a sign"),
    (IdentifierField(), " 7 ", REFUSED, (NUMBER, 7), "blanks"),
    (IdentifierField(), "7_000", REFUSED, (NUMBER, 7000), "Python's own marks of thousands"),
    (IdentifierField(), "7.0", REFUSED, (NUMBER, 7), "a fraction of zero"),
    (IdentifierField(), "\u0667", REFUSED, (NUMBER, 7), "a digit of another script"),
    (IdentifierField(), "0", REFUSED, (NUMBER, 0), "ids begin with 1"),
    (IdentifierField(), "9223372036854775807", 2**63 - 1, None, "the last that a bigint holds"),
    (IdentifierField(), "9223372036854775808", REFUSED, None, "and one more"),
    (WholeNumberField(1, 200), "200", 200, (NUMBER, 200), "the most"),
    (WholeNumberField(1, 200), "201", REFUSED, (NUMBER, 201), "never clamped"),
    (WholeNumberField(1, 200), "-1", REFUSED, (NUMBER, -1), "below"),
    (TextField(), " a ", " a ", (forms.CharField(), "a"), "text is taken as it is"),
    (TextField(), "", REFUSED, None, "some text"),
    (TextField(), "a\0", REFUSED, None, "no text of PostgreSQL"),
    (SlugField(), "public-finance", "public-finance", None, "a slug"),
    (SlugField(), "Public", REFUSED, (forms.SlugField(), "Public"), "slugs are lower case"),
    (BooleanField(), "true", True, None, "JSON's word"),
    (BooleanField(), "True", REFUSED, (forms.BooleanField(), True), "Python's word"),
    (BooleanField(), "1", REFUSED, (forms.BooleanField(), True), "a number"),
    (ChoiceField(["a", "b"]), "a", "a", None, "one of the words"),
    (ChoiceField(["a", "b"]), "A", REFUSED, None, "words are compared as they are"),
    (LanguageField(), "pt-BR", "pt-BR", None, "a tag"),
    (LanguageField(), "PT_br", "pt-BR", None, "another spelling of it"),
    (LanguageField(), "Portuguese", REFUSED, None, "a name"),
    (DateField(), "2025-09-05", date(2025, 9, 5), (DAY, date(2025, 9, 5)), "ISO 8601"),
    (DateField(), "09/05/2025", REFUSED, (DAY, date(2025, 9, 5)), "September or May"),
    (DateField(), "2025-9-5", REFUSED, (DAY, date(2025, 9, 5)), "without zeros"),
    (DateTimeField(), "2025-09-05", datetime(2025, 9, 5, tzinfo=UTC), None, "midnight in UTC"),
    (DateTimeField(), "2025-09-05T02:00:00+02:00", datetime(2025, 9, 5, tzinfo=UTC), None, "in another zone"),
    (DateTimeField(), "2025-09-05 10:00", REFUSED, (TIME, datetime(2025, 9, 5, 10, tzinfo=UTC)), "no T between"),
    (DateTimeField(), "0001-01-01T00:00:00+10:00", REFUSED, None, "before the first year in UTC"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "becomes", "django", "reason"), VALUES)
def test_values(field, value, becomes, django, reason):
    if becomes is REFUSED:
        with pytest.raises(ValidationError, match="this takes"):
            field.clean(value)
    else:
        assert field.clean(value) == becomes, reason
    if django:
        assert django[0].clean(value) == django[1], "Django's own field changed: is ours still needed?"


class Filters(StrictFilterSet):
    number = AnyOf(IdentifierField(), "A number.")


def test_only_what_is_named_is_read():
    assert Filters.read(QueryDict("number=7&number=8")) == {"number": [7, 8]}
    assert Filters.read(QueryDict("")) == {}
    assert Filters.read(QueryDict("limit=5"), also=("limit",)) == {}


# query, code, what the refusal says
REFUSALS = [
    ("nunber=7", "unknown_parameter", "There is no parameter “nunber”: this address takes number."),
    ("number=x", "parameter", "“x” does not fit “number”: this takes an id."),
    ("number=", "parameter", "“” does not fit “number”: this takes an id."),
    ("number=7&" * 101, "parameter", "“number” is given more than 100 times."),
]


@pytest.mark.parametrize(("query", "code", "sentence"), REFUSALS)
def test_what_does_not_fit_is_refused(query, code, sentence):
    with pytest.raises(Invalid) as refused:
        Filters.read(QueryDict(query))
    assert (refused.value.code, refused.value.message) == (code, sentence)


def test_in_a_form_an_empty_value_means_not_asked():
    assert RepeatedField(IdentifierField(), required=False).clean(["", "7"]) == [7]
