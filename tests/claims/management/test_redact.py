"""manage.py redact: what a redaction would change, and the redaction."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claimtrack.models import Redaction
from sources.models import RedactionProposal
from tests.factories import QUOTE, TEXT, make_claim, make_snapshot, make_user

pytestmark = pytest.mark.django_db

WHY = ["--reason", "A private person.", "--order", "4 O 118/26"]
PART = f"{TEXT.index('The mayor')},{len('The mayor')}"


def run(snapshot, *arguments):
    out = StringIO()
    call_command("redact", *([str(snapshot.pk)] if snapshot else []), *arguments, stdout=out)
    return out.getvalue()


def test_it_works(settings):
    editor, second = make_user("editor"), make_user("editor")
    snapshot = make_snapshot()
    make_claim("checked", snapshot=snapshot, quote=QUOTE)
    by = ["--by", editor.username]
    assert "sources_snapshot: 1" in run(snapshot, "--range", PART, *WHY, *by)
    assert not Redaction.objects.exists()
    assert "9 characters removed" in run(snapshot, "--range", PART, *WHY, *by, "--yes")
    settings.CLAIMTRACK_REQUIRE_APPROVAL = True
    run(snapshot, "--text", "Nobody asked", *WHY, *by, "--yes")
    proposal = str(RedactionProposal.objects.get().pk)
    assert "12 characters removed" in run(None, "--approve", proposal, "--by", second.username, "--yes")


def test_a_part_outside_the_text_is_refused():
    with pytest.raises(CommandError, match="no such part"):
        run(make_snapshot(), "--range", "5,9999", *WHY, "--by", make_user("editor").username)
