"""The page on which an Editor removes a passage of an article."""

import pytest
from django.urls import reverse

from claimtrack.models import Redaction
from sources.models import RedactionProposal
from tests.factories import make_claim, make_snapshot, make_user

pytestmark = pytest.mark.django_db

SECRET = "Quilla Marovane of 12 Hollowmere Lane"
TEXT = f"“Nine boats sail each day,” said {SECRET}."
GIVEN = {"text": SECRET, "reason": "A private person.", "order": "4 O 118/26"}


@pytest.fixture
def snapshot():
    snapshot = make_snapshot(TEXT)
    make_claim("checked", snapshot=snapshot, quote="Nine boats sail each day")
    return snapshot


@pytest.fixture
def url(snapshot):
    return reverse("admin:sources_article_redact", args=[snapshot.article_id])


@pytest.fixture
def editor(client):
    editor = make_user("editor")
    client.force_login(editor)
    return editor


def confirmed(client, url):
    """Ask for the preview, and send what its form holds."""
    preview = client.post(url, {**GIVEN, "action": "preview"})
    assert preview.status_code == 200
    page = preview.content.decode()
    assert f"<del>{SECRET}</del>" in page
    assert "Quotes of claims" in page and "It concerns one claim" in page
    assert not Redaction.objects.exists()
    context = preview.context
    given = {"ranges": str(context["ranges"]), "reason": GIVEN["reason"], "order": GIVEN["order"]}
    return client.post(url, {**given, "action": "confirm"}, follow=True)


def test_it_works(client, editor, url, snapshot):
    assert "Remove a passage" in client.get(url).content.decode()
    done = confirmed(client, url)
    assert "Removed." in done.content.decode()
    assert Redaction.objects.get().by == editor
    snapshot.refresh_from_db()
    assert SECRET not in snapshot.text
    assert GIVEN["order"] in client.get(url).content.decode()


def test_another_editor_approves(client, settings, editor, url, snapshot):
    settings.CLAIMTRACK_REQUIRE_APPROVAL = True
    assert "proposed a redaction" in confirmed(client, url).content.decode()
    proposal = RedactionProposal.objects.get()
    own = client.get(url, {"proposal": proposal.pk}).content.decode()
    assert "Take the proposal back" in own and "Remove it for good" not in own
    client.force_login(second := make_user("editor"))
    assert "Remove it for good" in client.get(url, {"proposal": proposal.pk}).content.decode()
    client.post(url, {"proposal": proposal.pk, "action": "approve"})
    assert Redaction.objects.get().approved_by == second
    again = client.post(url, {"proposal": proposal.pk, "action": "decline"}, follow=True)
    assert "Somebody has decided" in again.content.decode()


def test_a_refusal_stands_at_its_field(client, editor, url):
    answer = client.post(url, {**GIVEN, "reason": f"{SECRET} asked.", "action": "preview"})
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"reason"}


def test_a_moderator_has_no_such_page(client, url):
    client.force_login(make_user("moderator"))
    assert client.get(url).status_code == 403
