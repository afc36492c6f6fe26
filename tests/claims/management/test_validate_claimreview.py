import io
import json

import pytest
from django.core.management import CommandError, call_command

from claims.formats.claimreview.writing import write
from tests.claims.formats.claimreview.test_writing import WHOLE

GOOD = {"@context": "https://schema.org", **write(WHOLE)}


def run(path, document, **options):
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    out = io.StringIO()
    call_command("validate_claimreview", str(path), stdout=out, **options)
    return out.getvalue()


def test_it_works(tmp_path):
    found = run(tmp_path / "review.json", [GOOD, {**GOOD, "claimReviewed": "a" * 76}], site="lantern.example")
    assert found == (
        f"item 1: {WHOLE.url}\n"
        f"item 2: {WHOLE.url}\n"
        "  warning: claimReviewed: 76 characters; more than 75 wrap on small screens.\n"
        "2 checked, 0 with errors.\n"
    )


def test_a_page(tmp_path):
    page = f"<script type='application/ld+json'>{json.dumps(GOOD)}</script>"
    assert run(tmp_path / "page.html", page).endswith("1 checked, 0 with errors.\n")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({**GOOD, "url": ""}, "Not all of them follow the rules."),
        ({"@type": "Article"}, "contains no ClaimReview."),
        ("{oops", "It is not JSON: the name of a member must stand in double quotation marks"),
    ],
    ids=["an error", "nothing to check", "no JSON"],
)
def test_it_fails(tmp_path, document, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path / "review.json", document)


def test_an_address_within_our_own_network_is_refused():
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("validate_claimreview", "http://127.0.0.1:1/")
