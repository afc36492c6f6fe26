"""The guards of frozen rows let pass what a redaction of the same transaction names, and nothing else."""

import json

import pytest

from claimtrack.models import Redaction
from tests.claims.curating.test_redactions import QUOTE, TEXT, redact
from tests.factories import make_claim, make_snapshot, make_user
from tests.psql import refusal, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user("editor")


@pytest.fixture
def snapshot():
    return make_snapshot(TEXT)


class TestGuards:
    """What a redaction of the same transaction names may be blacked out, and nothing else."""

    @pytest.fixture
    def review(self, snapshot):
        return make_claim("checked", snapshot=snapshot, quote=QUOTE).reviews.latest("pk")

    def redaction(self, by, **rows):
        columns = "INSERT INTO claimtrack_redaction (reason, \"order\", by_id, rows) VALUES ('x', 'x', %s, %s)"
        return columns, [by.pk, json.dumps(rows)]

    BLACKENED = "UPDATE claims_review SET rationale = repeat('█', length(rationale)) WHERE id = %s"

    def test_with_its_redaction_it_passes(self, review, editor):
        run(self.redaction(editor, claims_review=[review.pk]), (self.BLACKENED, [review.pk]))
        review.refresh_from_db()
        assert set(review.rationale) == {"█"}

    @pytest.mark.parametrize(
        ("sql", "reason"),
        [
            ("UPDATE claims_review SET rationale = repeat('x', length(rationale)) WHERE id = %s", "other signs"),
            ("UPDATE claims_review SET rationale = rationale || '█' WHERE id = %s", "another length"),
            ("UPDATE claims_review SET created_at = '2020-01-01' WHERE id = %s", "no text"),
            (
                "UPDATE claims_evidence SET title = repeat('█', length(title)) WHERE review_id = %s",
                "no row that it names",
            ),
        ],
    )
    def test_with_it_nothing_else_does(self, review, editor, sql, reason):
        assert refusal(self.redaction(editor, claims_review=[review.pk]), (sql, [review.pk])) == "frozen", reason

    def test_without_it_nothing_does(self, review):
        assert refusal((self.BLACKENED, [review.pk])) == "frozen"

    def test_a_snapshot_is_blacked_out_where_the_redaction_says(self, snapshot, editor):
        done = redact(snapshot, editor)
        text = "replace(text, 'mayor', '█████')"
        sha256 = f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"
        assert refusal(f"UPDATE sources_snapshot SET text = {text}, sha256 = {sha256}") == "frozen"
        assert refusal("UPDATE claimtrack_redaction SET reason = 'Another.'") == "frozen"
        assert refusal("DELETE FROM sources_redactedsnapshot") == "frozen"
        assert Redaction.objects.get() == done
