"""Uploaded files: whose they are, how long they stay, and what an import of one does."""

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from claims.importing import import_lines, uploads
from claims.models import Claim, ExternalReview, Topic, Upload
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests import factories
from tests.claims.bad_lines import URL, line, make_ledger

pytestmark = pytest.mark.django_db

COLUMNS = "text,quote,speaker,source,article_url,said_at"
ROW = f"Nine ferries sail a day.,Nine boats sail each day,Ada Brook,Harbour Post,{URL},2026-03"
TABLE = f"{COLUMNS}\n{ROW}\n".encode()
MATCHED = dict(zip(("claim/text", "quote", "speaker/name", "source/name", "article/url"), range(5), strict=True))
REVIEWS = Path(__file__).resolve().parents[3] / "docs/examples/reviews.jsonl"


@pytest.fixture
def by(db):
    make_ledger()
    return factories.make_user("moderator")


def keep(by: User, content: bytes = TABLE, kind: str = "") -> Upload:
    return uploads.keep_file(by=by, name="claims.csv", content=content, kind=kind)


def test_it_works(by):
    upload = keep(by)
    dry = uploads.import_file(by=by, pk=upload.pk, columns=MATCHED, dry_run=True)
    assert [(row.place, row.result, row.text) for row in dry.outcomes] == [("2", "new", "Nine ferries sail a day.")]
    assert (dry.kept, Claim.objects.count()) == (False, 0)

    done = uploads.import_file(by=by, pk=upload.pk, columns=MATCHED, accept=True)
    claim = Claim.objects.get()
    assert (done.kept, done.accepted, done.outcomes[0].claim) == (True, 1, claim.pk)
    assert (claim.status, claim.origin, claim.created_by) == ("unverified", "import", by)
    assert not Upload.objects.exists()


def test_a_table_and_its_lines_are_the_same_claims(by):
    import_lines(lines=[line(speaker__role="", claim__topics=None, claim__language=None)], by=by)
    result = uploads.import_file(by=by, pk=keep(by).pk, columns=MATCHED)
    assert [row.result for row in result.outcomes] == ["known"]


def test_reviews_are_imported_by_the_same_page(by):
    upload = keep(by, REVIEWS.read_bytes())
    dry = uploads.import_file(by=by, pk=upload.pk, dry_run=True)
    assert [row.result for row in dry.outcomes] == ["new", "new"] and not ExternalReview.objects.exists()
    done = uploads.import_file(by=by, pk=upload.pk)
    assert done.kept and ExternalReview.objects.count() == 2
    again = uploads.import_file(by=by, pk=keep(by, REVIEWS.read_bytes()).pk)
    assert [row.result for row in again.outcomes] == ["known", "known"]


def test_the_wording_of_a_refused_review_can_be_shown(by):
    review = {"@type": "ClaimReview", "url": "https://lantern.example/nine", "claimReviewed": "Nine \ud83d ferries"}
    result = uploads.import_file(by=by, pk=keep(by, json.dumps([review]).encode()).pk, dry_run=True)
    [outcome] = result.outcomes
    assert (outcome.result, outcome.refused.code, outcome.text) == ("refused", "bad_character", "Nine � ferries")


def test_a_refused_line_says_where_and_stops_nothing(by):
    rows = TABLE + ROW.replace("Nine boats sail each day", "Nine boats sail each night").encode()
    result = uploads.import_file(by=by, pk=keep(by, rows).pk, columns=MATCHED)
    refused = result.outcomes[1]
    assert [row.result for row in result.outcomes] == ["new", "refused"]
    assert (refused.place, refused.refused.code, refused.at) == ("3", "quote_absent", "quote")
    assert refused.refused.extra["nearest"]["quote"].startswith("Nine boats sail each day")


def test_all_or_none(by):
    upload = keep(by, TABLE + b"a,b\n")
    result = uploads.import_file(by=by, pk=upload.pk, columns=MATCHED, strict=True)
    assert (result.kept, Claim.objects.count(), Upload.objects.count()) == (False, 0, 1)


def test_an_interrupted_run_leaves_everything_as_it_was(by, monkeypatch):
    content = b"\n".join(line(id=number, claim__topics=["new"]) for number in range(30))
    upload = keep(by, content)
    monkeypatch.setattr("claims.importing.CHUNK", 10)

    def fail(*args: object) -> None:
        if Claim.objects.count() == 20:
            raise KeyboardInterrupt

    monkeypatch.setattr("claims.importing.analyze", fail)
    # The third chunk never comes.
    monkeypatch.setattr("claims.importing.ANALYZE_BEFORE", (2,))
    with pytest.raises(KeyboardInterrupt):
        uploads.import_file(by=by, pk=upload.pk)
    assert (Claim.objects.count(), Topic.objects.count()) == (0, 0)
    assert Upload.objects.get().pk == upload.pk


def test_nobody_else_has_it(by):
    upload = keep(by)
    with pytest.raises(Conflict) as refused:
        uploads.import_file(by=factories.make_user("editor"), pk=upload.pk, columns=MATCHED)
    assert refused.value.code == "gone" and Upload.objects.exists()


def test_a_new_file_takes_its_place_under_another_id(by):
    before = keep(by)
    after = keep(by, TABLE + ROW.encode())
    assert [upload.pk for upload in Upload.objects.all()] == [after.pk]
    with pytest.raises(Conflict):
        uploads.import_file(by=by, pk=before.pk, columns=MATCHED)


def test_it_cannot_be_swapped(by):
    upload = keep(by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(content=b"another")


def test_it_is_imported_once(by):
    upload = keep(by)
    uploads.import_file(by=by, pk=upload.pk, columns=MATCHED)
    with pytest.raises(Conflict):
        uploads.import_file(by=by, pk=upload.pk, columns=MATCHED)


def test_a_day_later_it_is_gone(by):
    old = Upload(user=by, name="old.csv", kind="table", content=TABLE)
    old.save()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE claims_upload SET created_at = now() - interval '25 hours'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(Conflict):
        uploads.file_of(by=by, pk=old.pk)
    keep(factories.make_user("contributor"))
    assert not Upload.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    ("content", "code", "why"),
    [
        (b" \n", "required", "nothing"),
        (b"a" * 10_000_001, "too_large", "more than ten million bytes"),
        (b"text,quote\n" + b"a,b\n" * 5_001, "too_many", "more than five thousand lines"),
        ("Wörter,Zitat\nä,ö\n".encode("latin-1"), "bad_encoding", "not UTF-8"),
        (b"text\nonly\n", "no_columns", "one column"),
        (b"[" + b",".join([b'{"@type": "ClaimReview"}'] * 251) + b"]", "too_many", "more than 250 reviews"),
        (b'{"@type": "Thing"}', "not_claimreview", "JSON of something else"),
        (b"text,quote,speaker,source,url\n\n,,,,\n", "required", "a table without rows"),
    ],
)
def test_a_file_of_another_kind_is_refused(by, content, code, why):
    with pytest.raises(Invalid) as refused:
        keep(by, content)
    assert (refused.value.code, refused.value.field) == (code, "file"), why


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (line(), "lines", "a claim"),
        (b"\xef\xbb\xbf" + line() + b"\n", "lines", "after a byte order mark"),
        (line()[:-1] + b"\n" + line(), "lines", "the first line is cut short"),
        (b'{"source": {"name": "Post"}}', "lines", "all members but one are missing: the report says which"),
        (line(claim__text="ClaimReview is used by nine desks."), "lines", "a claim that speaks of ClaimReview"),
        (b'{"text": "Nine ferries.", "who": "Ada Brook"}', "lines", "members of somebody else: the report names ours"),
        (b"{cut short", "lines", "no object at all: the report says where it breaks"),
        (TABLE, "table", "columns"),
        (b'{"@context": "https://schema.org", "@type": "ClaimReview"}', "claimreview", "on one line"),
        (b'{\n  "@context": "https://schema.org",\n  "@type": "ClaimReview"\n}', "claimreview", "on several"),
        (b'{"@type": "ClaimReview", cut short', "claimreview", "cut short"),
        (b"[{}]", "claimreview", "a list"),
        (b"<!doctype html>", "claimreview", "a page"),
        (b"url\tclaimReviewed\n", "claimreview", "a table with columns of ClaimReview"),
        (b"sep=;\r\nurl;claimReviewed\r\n", "claimreview", "after the line that names the separator"),
        (b"url,claim_reviewed\n", "claimreview", "a column with an underscore"),
        ("url\tclaimReviewed\n".encode("utf-16"), "claimreview", "such a table in UTF-16"),
        (TABLE.decode().encode("utf-16"), "table", "columns in UTF-16"),
    ],
)
def test_the_kind_of_a_file_is_recognised(content, kind, why):
    assert uploads.recognised(content) == kind, why


def test_it_takes_the_roles_of_the_verbs(db):
    make_ledger()
    with pytest.raises(NotAllowed):
        keep(factories.make_user())
    contributor = factories.make_user("contributor")
    upload = keep(contributor)
    with pytest.raises(NotAllowed):
        uploads.import_file(by=contributor, pk=upload.pk, columns=MATCHED, accept=True)
    assert uploads.import_file(by=contributor, pk=upload.pk, columns=MATCHED).kept
