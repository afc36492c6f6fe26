"""A redaction finds a passage in the query strings of saved views and webhooks, where signs are encoded."""

import pytest

from claims import curating
from claims.curating import redactions
from claims.models import SavedView, Webhook
from claims.webhooks.subscribing import create_webhook
from tests.factories import TEXT, make_snapshot, make_user

pytestmark = pytest.mark.django_db

ENCODED = [
    # a query string, what it becomes, why
    (
        "q=Zo%C3%AB+Qu%C3%ADlla%2C+of+Mill+Row",
        "q={}%2C+of+Mill+Row",
        "letters and punctuation are encoded in addresses",
    ),
    (
        "q=zo%c3%ab%20qu%c3%adlla&status=checked",
        "q={}&status=checked",
        "in small letters, with the other sign for a blank",
    ),
    ("q=%22Zoë+Quílla%22", "q=%22{}%22", "as somebody typed it"),
    ("q=Zo%C3%AB+Qu%C3%ADllamar", None, "a longer word stays"),
    ("q=%FFZo%C3%AB%20Qu%C3%ADlla", "q=%FF{}", "beside what is no text"),
]


@pytest.mark.parametrize(("query", "expected", "reason"), ENCODED)
def test_it_goes_from_query_strings(query, expected, reason):
    editor = make_user("editor")
    snapshot = make_snapshot(f"{TEXT} It was Zoë Quílla who counted.")
    view = SavedView.objects.create(owner=editor, name="Mine", query=query)
    webhook = create_webhook(by=editor, name="One", endpoint="https://partner.example/hook", filters=query)
    Webhook.objects.update(filters=f"{query}&has_verdict=true")
    ranges = redactions.parts(snapshot, text="Zoë Quílla")
    curating.redact(snapshot=snapshot, ranges=ranges, by=editor, reason="A private person.", order="Court, 4 O 1/26")
    view.refresh_from_db()
    webhook.refresh_from_db()
    if expected is None:
        assert view.query == query, reason
        return
    before, after = expected.split("{}")
    assert view.query.removeprefix(before).removesuffix(after).strip("█") == "", reason
    assert len(view.query) == len(query), reason
    kept = [webhook.filters, *webhook.events.values_list("filters", flat=True)]
    assert len(kept) > 1 and not any("lla" in text for text in kept), reason
