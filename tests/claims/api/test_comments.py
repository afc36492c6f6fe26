"""/api/v1/claims/{id}/comments/ and /api/v1/notices/: what Moderators say to each other, and what each is told."""

import pytest

from claims import curating
from claims.models import Comment, Notice
from claimtrack.roles import Role
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db
NOTICES = "/api/v1/notices/"


@pytest.fixture
def moderator(client):
    user = make_user("moderator", username="mo")
    client.force_login(user)
    return user


def url(claim, comment=None):
    return f"/api/v1/claims/{claim.pk}/comments/" + (f"{comment.pk}/" if comment else "")


def post(client, address, body, **headers):
    return client.post(address, body, content_type="application/json", headers=headers)


def test_it_works(client, moderator):
    claim, ed = make_claim("unverified"), make_user("editor", username="ed")
    answer = post(client, url(claim), {"text": "@ed Which year?"})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["author"], made["text"], made["withdrawn_at"]) == (
        {"id": moderator.pk, "name": "mo"}, "@ed Which year?", None,
    )  # fmt: skip
    assert client.get(url(claim)).json()["results"] == [made]
    client.force_login(ed)
    [notice] = client.get(NOTICES, {"unread": "true"}).json()["results"]
    assert (notice["kind"], notice["claim"], notice["comment"]) == ("mentioned", claim.pk, made["id"])
    assert notice["by"] == made["author"] and notice["read_at"] is None


def test_it_is_withdrawn(client, moderator):
    claim = make_claim()
    mine = curating.comment(claim=claim, by=moderator, text="Rather not.")
    theirs = curating.comment(claim=claim, by=make_user("editor"), text="Kept.")
    assert client.delete(url(claim, mine)).status_code == 204
    first, second = client.get(url(claim)).json()["results"]
    assert first["text"] is None and first["withdrawn_at"] and second["text"] == "Kept."
    answer = client.delete(url(claim, mine))
    assert (answer.status_code, answer.json()["code"]) == (409, "withdrawn")
    answer = client.delete(url(claim, theirs))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_author")
    assert client.delete(url(make_claim(), mine)).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "required"),
        ({"text": " "}, "required"),
        ({"text": "x" * 5001}, "too_long"),
        ({"txt": "A"}, "unknown_field"),
    ],
)
def test_a_comment_that_is_none(client, moderator, body, code):
    answer = post(client, url(make_claim()), body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Comment.objects.exists()


def test_the_same_key_comments_once(client, moderator):
    claim = make_claim()
    for _ in range(2):
        assert post(client, url(claim), {"text": "Once."}, Idempotency_Key="k1").status_code == 201
    assert Comment.objects.count() == 1


def test_notices_are_marked_as_read(client, moderator):
    ed = make_user("editor")
    for _ in range(4):
        curating.comment(claim=make_claim(), by=ed, text="@mo look")
    newest, _, second, _ = client.get(NOTICES).json()["results"]
    read = f"{NOTICES}read/"
    assert post(client, read, {"until": second["id"]}).json() == {"unread": 2}
    assert post(client, read, {"notice": newest["id"]}).json() == {"unread": 1}
    assert len(client.get(NOTICES, {"unread": "true"}).json()["results"]) == 1
    assert len(client.get(NOTICES, {"unread": "false"}).json()["results"]) == 3
    answer = post(client, read, {})
    assert (answer.status_code, answer.json()["field"]) == (400, "until")


def test_everybody_has_their_own(client, moderator):
    curating.comment(claim=make_claim(), by=make_user("editor"), text="@mo look")
    for user in (make_user("editor"), make_user("contributor"), make_user()):
        client.force_login(user)
        assert client.get(NOTICES).json()["results"] == []
        refused = post(client, f"{NOTICES}read/", {"until": Notice.objects.get().pk}).status_code == 403
        assert refused == (user.role < Role.MODERATOR)
    client.logout()
    assert client.get(NOTICES).json()["results"] == []
    assert Notice.objects.unread().count() == 1


def test_readers_and_contributors_learn_of_none(client):
    claim = make_claim("checked")
    curating.comment(claim=claim, by=make_user("editor"), text="Between us.")
    assert client.get(url(claim)).status_code == 404
    client.force_login(make_user("contributor"))
    assert client.get(url(claim)).status_code == 404
    assert post(client, url(claim), {"text": "Me too."}).status_code == 403


@pytest.mark.parametrize("rows", [1, 12])
def test_lists_take_as_many_queries_at_any_size(client, moderator, django_assert_num_queries, rows):
    claim = make_claim()
    for _ in range(rows):
        curating.comment(claim=claim, by=make_user("editor"), text="@mo look")
    for address, queries in ((url(claim), 6), (NOTICES, 5)):
        with django_assert_num_queries(queries):
            assert len(client.get(address).json()["results"]) == rows
