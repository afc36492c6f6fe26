"""SQL that bypasses the verbs: a review, its evidence, and the claim."""

from claims.models import Verdict
from claims.transitions import BY_STATUSES, Status
from tests.factories import make_user
from tests.psql import insert

COPIED = "url, title, publisher, quote, stance, archive_url, accessed_at, snapshot_id, start_offset, end_offset, prefix, suffix"


def row(claim, to, **changed):
    """Return the INSERT of a complete review with some values changed. Evidence and claim need further statements."""
    needs = getattr(BY_STATUSES.get((Status(claim.status), Status(to))), "needs", set())
    last = claim.reviews.order_by("pk").last()
    publication = claim.reviews.filter(to_status="checked").order_by("pk").last()
    columns = {
        "id": 9_000_000, "claim_id": claim.pk, "from_status": claim.status, "to_status": to, "note": "n", "rationale": "r",
        "verdict_id": None, "verdict_label": "", "wording": "", "changes": "{}", "transaction": 0,
        "replaces_id": publication.pk if publication and to == "checked" else None, "approves_id": None,
    }  # fmt: skip
    if claim.status == "awaiting_approval" and to == "checked":
        taken = {name: getattr(last, name) for name in ("verdict_id", "verdict_label", "wording", "rationale")}
        columns |= {**taken, "approves_id": last.pk}
    elif "verdict" in needs:
        verdict = Verdict.objects.get(code="true")
        columns |= {"verdict_id": verdict.pk, "verdict_label": verdict.label, "wording": claim.text}
    changed.setdefault("reviewer_id", claim.assignee_id if claim.status == "in_review" else make_user("editor").pk)
    return insert("claims_review", **{**columns, **changed})


def evidence(review=9_000_000, **changed):
    columns = {"title": "", "publisher": "", "quote": "", "stance": "refutes", "url": "https://archive.example/count"}
    return insert("claims_evidence", review_id=review, **{**columns, **changed})


def copied(claim):
    """Return the INSERT that copies the evidence of a submission to its approval."""
    return (
        f"INSERT INTO claims_evidence (review_id, {COPIED}) SELECT 9000000, {COPIED} FROM claims_evidence e "
        f"WHERE review_id = (SELECT max(id) FROM claims_review WHERE claim_id = {claim.pk} AND id < 9000000)"
    )


def settled(claim):
    """Return the UPDATE of the claim according to the inserted review."""
    return (
        "UPDATE claims_claim c SET status = r.to_status, verdict_id = CASE WHEN r.to_status = 'checked' THEN r.verdict_id"
        " WHEN r.to_status = 'withdrawn' THEN NULL ELSE c.verdict_id END,"
        " reviewed_at = CASE WHEN r.to_status = 'checked' THEN r.created_at ELSE c.reviewed_at END"
        f" FROM claims_review r WHERE r.id = 9000000 AND c.id = {claim.pk}"
    )
