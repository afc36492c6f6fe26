import io
import json

import pytest
from django.core.management import CommandError, call_command

from claims.text.quotations import proposals
from tests.factories import make_claim, make_snapshot, make_speaker

pytestmark = pytest.mark.django_db

TEXT = "“Nine boats sail each day,” said Ada Roe.\n\nThe harbour master spoke of “a gift to the town”."


def run(article, **options):
    out = io.StringIO()
    call_command("quotations", str(article), stdout=out, **options)
    return out.getvalue()


def test_it_works():
    snapshot, ada = make_snapshot(TEXT, language="en"), make_speaker("Ada Roe")
    claim = make_claim("proposed", snapshot=snapshot, quote="Nine boats sail each day")
    first, second, last = run(snapshot.article_id).splitlines()
    assert first.endswith(f"  Ada Roe [{ada.pk}], said, 1-26: Nine boats sail each day, (claim {claim.pk})")
    assert "  -, " in second and second.endswith("a gift to the town"), "the article does not name the harbour master"
    assert last == f"2 proposed from snapshot {snapshot.pk}."


def test_a_long_text_is_searched_in_part(monkeypatch):
    snapshot = make_snapshot(TEXT, language="en")
    monkeypatch.setattr(proposals, "MOST", TEXT.index("harbour"))
    *_, last = run(snapshot.article_id).splitlines()
    assert last == f"Only the first {TEXT.index('The harbour') - 1} of its {len(TEXT)} characters were searched."


def test_as_the_api_answers():
    snapshot = make_snapshot(TEXT)
    body = json.loads(run(snapshot.article_id, json=True))
    assert body["snapshot"]["id"] == snapshot.pk
    assert body["quotations"][0]["name"] == "Ada Roe"


def test_an_article_that_is_not_there():
    with pytest.raises(CommandError, match="There is no article 900000 with a text"):
        run(900000)
