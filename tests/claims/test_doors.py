"""Form, bulk page and API show the same refusal of a verb."""

import pytest
from django.urls import reverse

from claims.models import Claim
from claims.transitions import BY_NAME
from tests import factories


def by_form(client, claim, step, expected, given):
    data = {"expected": expected, "evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0", **given}
    answer = client.post(
        reverse("admin:claims_claim_change", args=[claim.pk]), {**data, "seen": "2020", "action": f"step:{step}"}
    )
    return answer.status_code, answer.content.decode()


def by_bulk(client, claim, step, expected, given):
    data = {"claims": str(claim.pk), f"version-{claim.pk}": expected, **given}
    answer = client.post(reverse("admin:claims_claim_bulk", args=[step]), data)
    return None, answer.content.decode()


def by_api(client, claim, step, expected, given):
    body = {"to": BY_NAME[step].target.value, "expected": expected, **given}
    answer = client.post(reverse("reviews-list", args=[claim.pk]), body, content_type="application/json")
    return answer.status_code, answer.json().get("detail", "")


DOORS = [by_form, by_bulk, by_api]

# status, step, what is given, who asks, what the verb says, its HTTP status, why
CASES = [
    ("checked", "accept", {}, "moderator", "“Checked” cannot become “Unverified”.", 409, "no such step"),
    ("proposed", "dismiss", {}, "moderator", "“Dismiss” needs a rationale.", 400, "no rationale"),
    (
        "in_review",
        "dismiss",
        {"rationale": "A joke."},
        "editor",
        "“Dismiss” is for its assignee alone",
        403,
        "a colleague's",
    ),
    ("in_review", "release", {}, "moderator", "“Release” is for its assignee or an Editor", 403, "another's claim"),
    ("awaiting_approval", "approve", {}, "moderator", "“Approve” takes the role Editor.", 403, "not one's role"),
    ("awaiting_approval", "approve", {}, "submitter", "Nobody approves what they submitted", 403, "one's own"),
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("status", "step", "given", "who", "words", "code", "reason"), CASES, ids=[c[6] for c in CASES]
)
def test_the_same_refusal(client, db, door, status, step, given, who, words, code, reason):
    submitter = factories.make_user("editor")
    claim = factories.take_to(factories.make_claim(), status, by=submitter)
    client.force_login(submitter if who == "submitter" else factories.make_user(who))
    answered, text = door(client, claim, step, claim.version, given)
    assert words in text and answered in (None, code), reason
    assert Claim.objects.get(pk=claim.pk).status == status


@pytest.mark.parametrize("door", DOORS)
def test_what_moved_meanwhile(client, db, door):
    claim = factories.make_claim("proposed")
    seen = claim.version
    factories.take_to(claim, "unverified")
    client.force_login(factories.make_user("moderator"))
    answered, text = door(client, claim, "dismiss", seen, {"rationale": "A joke."})
    told = "Accepted: Proposed → Unverified" if door is by_form else "This claim changed since you looked at it"
    assert told in text and answered in (None, 409)
    assert Claim.objects.get(pk=claim.pk).status == "unverified"


@pytest.mark.parametrize("door", DOORS)
def test_nobody_approves_what_they_submitted_where_approval_is_required(client, settings, db, door):
    settings.CLAIMTRACK_REQUIRE_APPROVAL = True
    admin = factories.make_user("editor", is_superuser=True)
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=admin)
    factories.step(claim, "awaiting_approval", by=admin)
    client.force_login(admin)
    _, text = door(client, claim, "approve", claim.version, {})
    assert "Nobody approves what they submitted" in text
    assert Claim.objects.get(pk=claim.pk).status == "awaiting_approval"


@pytest.mark.parametrize("door", DOORS)
def test_the_step_itself_is_taken_through_each_door(client, db, door):
    claim = factories.make_claim("proposed")
    client.force_login(factories.make_user("moderator"))
    door(client, claim, "accept", claim.version, {})
    assert Claim.objects.get(pk=claim.pk).status == "unverified"
