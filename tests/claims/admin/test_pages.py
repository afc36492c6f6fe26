"""Every page of the desk opens for the roles that may see it, and for nobody else."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from claims import curating
from claims.models import Merge
from tests import factories

BOOKKEEPING = {
    "Heartbeat",
    "Frequency",
    "FrequencyChange",
    "LogEntry",
    "LogOpening",
    "LogTile",
    "Checkpoint",
    "Cosignature",
    "Timestamp",
    "ClaimTopic",
    "ClaimSource",
    "Document",
    "Stale",
    "Revision",
    "Change",
    "JobError",
    "KeptAnswer",
    "RateCounter",
    "CacheEntry",
    "Era",
    "Attribution",
    "SavedView",
    "Upload",
    "RoleGroup",
    "Host",
    "Told",
}
# Shown on the claim, and on a page of one's own.
ELSEWHERE = {"Comment", "Notice", "Outcome"}
# On the page of its webhook.
ELSEWHERE |= {"Delivery"}
# On the page of their article.
ELSEWHERE |= {"Redaction", "RedactedSnapshot", "RedactionProposal"}
PRIVATE = {"inquiry", "sourcechange", "sourcedecision", "reading"}
PRIVATE |= {
    "review",
    "evidence",
    "draft",
    "takeover",
    "request",
    "suggestion",
    "merge",
    "distinct",
    "rationaletemplate",
}
ROLES = ["contributor", "moderator", "editor"]


@pytest.fixture
def desk(db):
    """One claim in every status, a merge, a draft, a changed article."""
    claims = {status: factories.make_claim(status, topics=["traffic"]) for status in factories.WAYS}
    editor = factories.make_user("editor")
    twin = factories.make_claim("unverified", speaker=claims["unverified"].speaker)
    curating.merge_claims(loser=twin, winner=claims["unverified"], reason="The same.", by=editor)
    snapshot = claims["checked"].appearances.get().snapshot
    factories.make_snapshot("Another text entirely.", article=snapshot.article)
    return claims


def pages():
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
        if model._meta.app_label in ("claims", "sources")
    ]


def test_every_model_of_ours_is_registered():
    ours = {model for label in ("claims", "sources", "claimtrack") for model in apps.get_app_config(label).get_models()}
    # Events are shown as history, topics on their claim; the others are bookkeeping.
    hidden = {model for model in ours if model.__name__.endswith("Event")}
    hidden |= {model for model in ours if model.__name__ in BOOKKEEPING | ELSEWHERE}
    assert ours - hidden <= set(admin.site._registry)


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_home_open(client, desk, role):
    client.force_login(factories.make_user(role))
    assert client.get(reverse("admin:index")).status_code == 200
    for url in pages():
        model = url.split("/")[-2]
        private = role == "contributor" and model in PRIVATE
        private |= role != "editor" and model == "webhook"
        assert client.get(url).status_code == (403 if private else 200), url


@pytest.mark.parametrize("role", ["moderator", "editor"])
def test_each_claim_opens_in_each_status(client, desk, role):
    client.force_login(factories.make_user(role))
    for claim in desk.values():
        answer = client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
        assert answer.status_code == 200 and claim.text in answer.content.decode()


def test_a_contributor_does_not_learn_of_what_is_hidden(client, desk):
    client.force_login(factories.make_user("contributor"))
    for status, claim in desk.items():
        answer = client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
        assert answer.status_code == (302 if status in ("proposed", "dismissed") else 200), status


def test_a_contributor_sees_the_review_page_without_forms(client, desk):
    client.force_login(factories.make_user("contributor"))
    page = client.get(reverse("admin:claims_claim_change", args=[desk["in_review"].pk])).content.decode()
    assert 'name="action"' not in page


@pytest.mark.parametrize("role", ROLES)
def test_articles_open_with_their_claims(client, desk, role):
    client.force_login(factories.make_user(role))
    snapshot = desk["checked"].appearances.get().snapshot
    url = reverse("admin:sources_article_change", args=[snapshot.article_id])
    current = client.get(url).content.decode()
    assert "Gone from the current text" in current and "What changed since" in current
    older = client.get(url, {"snapshot": snapshot.pk}).content.decode()
    assert '<mark class="is-checked">' in older


def test_no_row_has_a_page_that_the_admin_redirects_to(client, moderator):
    client.force_login(moderator)
    for kind in ContentType.objects.all():
        assert client.get(f"/admin/r/{kind.pk}/1/").status_code == 404


def test_nobody_from_outside_gets_in(client, desk):
    client.force_login(factories.make_user())
    assert client.get(reverse("admin:claims_claim_changelist")).status_code == 302


def test_pages_carry_the_policy_and_nothing_inline(client, desk):
    client.force_login(factories.make_user("editor"))
    article = desk["checked"].appearances.get().snapshot.article
    for url in (
        reverse("admin:index"),
        reverse("admin:claims_claim_changelist"),
        reverse("admin:claims_claim_change", args=[desk["in_review"].pk]),
        reverse("admin:sources_article_change", args=[article.pk]),
        reverse("admin:claims_merge_change", args=[Merge.objects.get().pk]),
    ):
        answer = client.get(url)
        page = answer.content.decode()
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "<style" not in page and "style=" not in page and "<script>" not in page and "onclick" not in page, url


def test_nothing_with_history_can_be_deleted(client, desk):
    client.force_login(factories.make_user("editor", is_superuser=True))
    claim = desk["checked"]
    snapshot = claim.appearances.get().snapshot
    rows = [
        claim,
        claim.speaker,
        snapshot.article,
        snapshot.article.source,
        snapshot,
        claim.verdict,
        claim.topics.get(),
    ]
    for row in [*rows, claim.reviews.first(), claim.created_by, Merge.objects.get()]:
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])
        assert client.post(url, {"post": "yes"}).status_code == 403, row
        listing = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
        assert "delete_selected" not in client.get(listing).content.decode(), row
