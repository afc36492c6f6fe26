import io
import json

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim, ExternalReview, Speaker
from tests.claims.formats.claimreview.test_reading import NODE
from tests.claims.formats.claimreview.test_samples import SAMPLES
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db


def run(path, **options):
    out, err = io.StringIO(), io.StringIO()
    refused = False
    try:
        call_command("import_claimreview", str(path), stdout=out, stderr=err, **options)
    except CommandError as error:
        refused = True
        err.write(str(error))
    return out.getvalue().strip(), err.getvalue(), refused


def test_it_works(tmp_path):
    by = make_user("moderator")
    path = tmp_path / "reviews.jsonl"
    path.write_text(f"{json.dumps(NODE)}\n{json.dumps({**NODE, 'claimReviewed': ''})}\n\x1b{{oops\n")
    out, err, refused = run(path, by=by.username, accept=True)
    assert out == "Reviews: 1 new, 0 changed, 0 known, 0 gone, 2 refused. Claims: 1 proposed, 1 accepted."
    assert refused
    assert "Line 2: It does not say which claim it reviews (claimReviewed). (required)\n" in err
    assert "Line 3: It is not JSON: " in err
    assert Claim.objects.get().status == "unverified"


def test_warnings_are_shown_with_their_place(tmp_path):
    path = tmp_path / "reviews.jsonl"
    path.write_text(
        f"{json.dumps(NODE)}\n{json.dumps({**NODE, 'url': 'https://a.example/2', 'datePublished': '3/5/2025'})}\n"
    )
    out, err, refused = run(path, by=make_user("moderator").username)
    assert (out[:14], refused) == ("Reviews: 2 new", False)
    sentence = "In “3/5/2025”, day and month cannot be told apart: write 2025-MM-DD."
    assert err == f"Line 2: warning: datePublished: {sentence} (date_left_out)\n"


def test_a_file_without_any_is_an_error(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><p>Nothing to see.")
    out, err, refused = run(path, by=make_user("moderator").username)
    assert (out, refused) == ("", True)
    assert "contains no ClaimReview" in err


def test_a_claim_may_be_named(tmp_path):
    claim = make_claim()
    path = tmp_path / "review.json"
    path.write_text(json.dumps({**NODE, "claimReviewed": ""}))
    out, _, refused = run(path, by=make_user("moderator").username, claim=claim.pk)
    assert (out[:14], refused) == ("Reviews: 1 new", False)
    assert claim.external_reviews.count() == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "nobody"}, "There is no user “nobody”."),
        ({"claim": 999_999}, "There is no claim 999999."),
        ({"accept": True}, "You may not accept claims: this takes a Moderator. (not_allowed)"),
    ],
    ids=["user", "claim", "role"],
)
def test_it_is_refused(tmp_path, options, sentence):
    path = tmp_path / "review.json"
    path.write_text(json.dumps(NODE))
    assert run(path, **{"by": make_user("contributor").username, **options}) == ("", sentence, True)


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("Nothing of the kind.")
    out, err, refused = run(tmp_path / "notes.txt", by=make_user("contributor").username)
    assert refused
    assert "cannot be read" in err
    assert out == ""


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_sample_table_goes_in_once():
    by = make_user("moderator").username
    table = SAMPLES / "claimreview/FACTCKBR.tsv"
    out, err, refused = run(table, by=by)
    assert out == "Reviews: 1,300 new, 0 changed, 0 known, 0 gone, 13 refused. Claims: 1,300 proposed, 0 accepted."
    assert refused
    assert err.count("It does not say which claim it reviews") == 13
    out, _, _ = run(table, by=by)
    assert out == "Reviews: 0 new, 0 changed, 1,300 known, 0 gone, 13 refused. Claims: 0 proposed, 0 accepted."
    assert ExternalReview.objects.count() == Claim.objects.count() == 1300
    assert not Speaker.objects.exists()
    assert set(ExternalReview.objects.filter(rating_value=4, rating_best=6).values_list("label", flat=True)) >= {
        "Falso",
        "Verdadeiro",
    }


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_samples_go_in_but_for_the_one_without_a_claim():
    out, err, _ = run(SAMPLES / "claimreview/claimreview_real.jsonl", by=make_user("moderator").username, accept=True)
    assert out == "Reviews: 10 new, 0 changed, 0 known, 0 gone, 1 refused. Claims: 10 proposed, 10 accepted."
    assert "Line 5: It does not say which claim it reviews" in err


def test_a_dry_run_changes_nothing(tmp_path):
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps(NODE))
    out, _, refused = run(path, by=make_user("moderator").username, accept=True, dry_run=True)
    assert out.endswith("Claims: 1 proposed, 1 accepted. Nothing was changed.") and not refused
    assert not Claim.objects.exists() and not ExternalReview.objects.exists() and not Speaker.objects.exists()
