"""A leaf has what the API shows: recording composes the review, and the API's serializer is another source of the same JSON."""

import pytest
import rfc8785
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import curating
from claims.proof import sequencing
from claims.proof.leaves import canonical, write
from tests.claims.proof.test_receipts import receipt_of
from tests.factories import EVIDENCE, QUOTE, make_claim, make_snapshot, make_speaker, make_user, step
from tools.verify_receipt import check_receipt

pytestmark = pytest.mark.django_db


KEYS = st.text("abcdefghijklmnopqrstuvwxyz_ABC", max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
)


@settings(max_examples=30)
@given(VALUES)
def test_the_json_is_canonical(value):
    """Another implementation of RFC 8785 writes the same."""
    assert canonical(value) == rfc8785.dumps(value)


def test_a_fraction_is_refused():
    with pytest.raises(TypeError, match="value is a fraction"):
        write("scale", {"value": 0.5}, at="2026-03-01T12:00:00.000000Z", claim=None)


def shown(path):
    return Client().get(f"/api/v1/claims/{path}").json()


def test_every_kind_of_step(log):
    editor = make_user("editor", public_name="Ivo Lund")
    page = make_snapshot()
    bare = {"url": "https://roads.example/2", "stance": "context"}
    whole = {
        "url": page.article.url,
        "title": "The count",
        "publisher": "Roads Office",
        "stance": "supports",
        "archive_url": "https://archive.example/1",
        "accessed_at": "2026-03-01",
        "snapshot": page.pk,
        "quote": QUOTE,
    }
    claim = make_claim("in_review", speaker=make_speaker("Ada Norrby"), topics=["roads"], said_at="2026-02")
    steps = [
        ("checked", {"by": claim.assignee, "evidence": [bare, whole, *EVIDENCE]}),
        ("checked", {"verdict": "true", "changes": {"text": "It carries fewer cars.", "said_at": "2026"}}),
        ("checked", {"verdict": "true", "evidence": [whole]}),
        ("in_review", {"rationale": "Once more."}),
        ("awaiting_approval", {"evidence": [whole, bare], "note": "Look at the date."}),
        ("checked", {"by": make_user("editor")}),
        ("withdrawn", {}),
    ]
    claims = []
    for to, details in steps:
        step(claim, to, **{"by": editor, **details})
        if to != "awaiting_approval":
            claims.append(shown(f"{claim.pk}/"))
    sequencing.number()
    bodies = [body for _, body in check_receipt(receipt_of(claim), log.verifier) if "review" in body]
    reviews = shown(f"{claim.pk}/reviews/")["results"]
    for piece in (piece for review in reviews for piece in review["evidence"] if piece["snapshot"]):
        # An address of this site.
        del piece["snapshot"]["article"]
    assert [body["review"] for body in bodies] == reviews
    assert {review["kind"] for review in reviews} == {
        *("publication", "correction", "confirmation", "reopen", "withdraw"),
    }  # fmt: skip
    for body, before in zip(bodies, claims, strict=True):
        assert set(before) - set(body["claim"]) == {"url", "receipt"}
        assert body["claim"] == {name: before[name] for name in body["claim"]}


def test_both_ends_of_a_merge(log):
    editor, speaker = make_user("editor"), make_speaker()
    loser, winner = make_claim("withdrawn", speaker=speaker), make_claim("checked", speaker=speaker)
    merge = curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    sequencing.number()
    merged = check_receipt(receipt_of(winner), log.verifier)
    steps = [(leaf["claim"], leaf["kind"]) for leaf, _ in merged if leaf["kind"] != "snapshot"]
    assert steps == [
        *((loser.pk, "publication"), (loser.pk, "withdraw"), (winner.pk, "publication"), (winner.pk, "merge")),
    ]  # fmt: skip
    assert [body["review"] for _, body in merged if "review" in body] == shown(f"{winner.pk}/reviews/")["results"]
    assert merged[-1][1]["merge"] == {"id": merge.pk, "kind": "claim", "loser": loser.pk, "winner": winner.pk}
    curating.undo_merge(merge=merge, by=editor)
    step(winner, "checked", by=editor)
    sequencing.number()
    kinds = {end: [leaf["kind"] for leaf, _ in check_receipt(receipt_of(end), log.verifier)] for end in (loser, winner)}
    assert kinds[loser] == ["snapshot", "publication", "withdraw", "merge", "merge_undone"]
    assert kinds[winner] == ["snapshot", "publication", "merge", "merge_undone", "confirmation"]
