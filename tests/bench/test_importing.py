"""Every line of the file for the benchmark is imported."""

import pytest
from django.db import connection

from bench import data, importing
from bench.corpus import Corpus
from claims.importing import import_lines
from claims.models import Appearance
from tests.factories import make_user

CLAIMS = 200


@pytest.mark.django_db
def test_every_line_goes_in():
    by = make_user("contributor")
    corpus = Corpus(CLAIMS, by.pk, [])
    base_rows = corpus.base_rows()
    names = importing.names(base_rows)
    with connection.cursor() as cursor:
        data._copy(cursor.connection, {name: base_rows[name] for name in importing.EXISTING})
        for rows, lines in importing.batches(corpus, names):
            data._copy(cursor.connection, rows)
            report = import_lines(lines=[line.encode() for line in lines], by=by)

    assert (report.new, report.refused) == (CLAIMS, 0)
    assert Appearance.objects.values("snapshot__article").distinct().count() == CLAIMS / 20
