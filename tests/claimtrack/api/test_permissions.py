"""Who may do what: role × route × method × state of the object → status code. A route that is missing in the table fails."""

import re
from threading import BoundedSemaphore
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.urls import get_resolver

from claims import curating, examples
from claims.models import Claim
from claims.webhooks.subscribing import create_webhook
from claimtrack import tokens
from sources.ingesting import fetches
from tests.claims.bad_lines import line, make_ledger
from tests.factories import EVIDENCE, QUOTE, make_claim, make_external_review, make_user, take_to

pytestmark = pytest.mark.django_db

API = "/api/v1/"
# The columns: nobody; signed in without a role; and the three roles.
ROLES = ("anonymous", None, "contributor", "moderator", "editor")
# The same by an Editor's tokens, whose scope leaves that much.
SCOPES = {None: "read", "contributor": "propose", "moderator": "review", "editor": "admin"}

ALL = "200 200 200 200 200"
DESK = "404 404 404 200 200"
ROLE = "404 404 200 200 200"
JUDGED = {"verdict": "true", "rationale": "Counted again.", "evidence": EVIDENCE}
TEXT = {"text": "Reworded."}
PLACE = {"quote": "Nobody asked how she knew"}


class Row(NamedTuple):
    method: str
    route: str
    state: str
    expected: str
    body: dict[str, Any] | None = None


def row(method: str, route: str, state: str, expected: str, body: Any = None) -> Row:
    return Row(method, route, state, expected, body)


def claims(method: str, route: str, body: Any, **expected: str) -> list[Row]:
    return [row(method, route, state, codes, body) for state, codes in expected.items()]


PUBLIC = dict.fromkeys(("unverified", "in_review", "awaiting_approval", "checked", "withdrawn"), ALL)
HIDDEN = {"proposed": DESK, "own": ROLE, "dismissed": DESK, "merged": DESK}
EDITED = "401 403 403 {0} {0}"
UNSEEN = "401 404 404 {0} {0}"

HOOK = "401 403 403 403 {0}"
NOWHERE = NOBODY_ASKED = "404 404 404 404 404"

# status before, status after, expected, what the step needs
STEPS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("proposed", "unverified", UNSEEN.format(201), {}),
    ("proposed", "dismissed", UNSEEN.format(201), {"rationale": "No."}),
    ("own", "unverified", "401 404 403 201 201", {}),
    ("unverified", "in_review", EDITED.format(201), {}),
    ("unverified", "dismissed", EDITED.format(201), {"rationale": "No."}),
    ("dismissed", "unverified", UNSEEN.format(201), {"rationale": "Yes."}),
    ("dismissed", "proposed", UNSEEN.format(201), {"rationale": "Perhaps."}),
    ("in_review", "unverified", "401 403 403 403 201", {}),  # another's
    ("in_review", "awaiting_approval", EDITED.format(403), JUDGED),  # another's, whatever one's role
    ("in_review", "checked", EDITED.format(403), JUDGED),
    ("in_review", "dismissed", EDITED.format(403), {"rationale": "No."}),
    ("in_review", "withdrawn", "401 403 403 403 409", {"rationale": "No."}),  # never published
    ("awaiting_approval", "checked", "401 403 403 403 201", {}),
    ("awaiting_approval", "in_review", "401 403 403 403 201", {"note": "Not yet."}),  # another's
    ("checked", "checked", "401 403 403 403 201", JUDGED),
    ("checked", "in_review", "401 403 403 403 201", {"rationale": "New count."}),
    ("checked", "withdrawn", "401 403 403 403 201", {"rationale": "Wrong."}),
    ("withdrawn", "in_review", "401 403 403 403 201", {"rationale": "New count."}),
    ("checked", "unverified", "401 409 409 409 409", {}),  # there is no such step, whoever asks
    ("merged", "in_review", UNSEEN.format(409), {}),
]  # fmt: skip

TABLE = [
    row("get", "", "", ALL),
    *(row("get", f"{name}/", "checked", ALL) for name in ("claims", "speakers", "sources", "articles", "topics", "verdicts")),
    *(row("get", f"claims/{name}/", "checked", ALL) for name in ("facets", "changes", "dictionary")),
    *(row("get", f"claims.{kind}", "checked", ALL) for kind in ("csv", "ndjson", "jsonld")),
    row("get", "verdicts/{code}/", "checked", ALL),
    *(row("get", f"{name}/{{id}}/", "checked", ALL) for name in ("speakers", "sources", "articles")),
    *(row("get", f"{name}/{{id}}/", "dismissed", ROLE) for name in ("speakers", "sources", "articles")),
    row("get", "articles/{article}/quotations/", "checked", ROLE),
    row("get", "articles/{article}/quotations/", "dismissed", ROLE),
    # That of a page that somebody else asked for.
    row("get", "fetches/{id}/", "", DESK),
    row("get", "external-reviews/", "checked", ALL),
    row("get", "external-reviews/{id}/", "checked", ALL),
    row("get", "external-reviews/{id}/", "dismissed", DESK),
    row("get", "topics/{slug}/", "checked", ALL),
    row("get", "topics/{slug}/", "dismissed", ROLE),
    *claims("get", "claims/{id}/", None, **PUBLIC, **{**HIDDEN, "merged": "308 308 308 308 308"}),
    *claims("get", "claims/{claim}/reviews/", None, **PUBLIC, **HIDDEN),
    # Without a key, no log is started (tests/claims/proof).
    *claims("get", "claims/{claim}/receipt/", None, checked=NOWHERE, dismissed=NOWHERE),

    row("post", "claims/", "checked", "401 403 201 201 201", {"text": "A."}),
    # The article of a hidden claim is not there for who has no role.
    row("post", "claims/", "dismissed", "401 400 201 201 201", {"text": "A."}),
    row("post", "claims/bulk/", "", "401 403 200 200 200"),
    row("post", "claims/match/", "checked", ALL, examples.MATCH_INPUT),
    row("post", "external-reviews/", "", "401 403 200 200 200", examples.EXTERNAL_REVIEW_INPUT),
    row("post", "speakers/", "", "401 403 201 201 201", {"name": "Ada"}),
    row("post", "topics/", "", "401 403 201 201 201", {"name": "Ferries"}),
    row("post", "sources/", "", "401 403 403 201 201", {"name": "The Post"}),
    row("post", "articles/", "", "401 403 201 201 201", {"source_name": "The Post", "text": "Nine boats."}),

    *claims("patch", "claims/{id}/", TEXT,
        proposed=UNSEEN.format(200), own="401 404 200 200 200", unverified=EDITED.format(200), in_review=EDITED.format(200),
        awaiting_approval=EDITED.format(409), checked="401 403 403 403 409", withdrawn=EDITED.format(200),
        dismissed=UNSEEN.format(200), merged=UNSEEN.format(409)),
    row("patch", "claims/{id}/", "checked", "401 403 403 403 200", {"language": "de"}),
    *claims("post", "claims/{claim}/appearances/", PLACE,
        proposed=UNSEEN.format(201), own="401 404 201 201 201", unverified=EDITED.format(201), in_review=EDITED.format(201),
        awaiting_approval=EDITED.format(409), checked="401 403 403 403 201", withdrawn=EDITED.format(201),
        dismissed=UNSEEN.format(201), merged=UNSEEN.format(409)),
    *claims("delete", "claims/{claim}/appearances/{appearance}/", None,
        proposed=UNSEEN.format(204), own="401 404 204 204 204", unverified=EDITED.format(204), in_review=EDITED.format(204),
        awaiting_approval=EDITED.format(409), checked="401 403 403 403 409", withdrawn=EDITED.format(204),
        dismissed=UNSEEN.format(204), merged="401 404 404 404 404"),

    *claims("get", "claims/{claim}/assignee/", None,
        proposed=DESK, own=DESK, in_review=DESK, checked=DESK),
    *claims("post", "claims/{claim}/assignee/", None,
        proposed=UNSEEN.format(409), unverified=EDITED.format(409), in_review=EDITED.format(200), merged=UNSEEN.format(409)),
    row("put", "claims/{claim}/assignee/", "in_review", "401 403 403 403 200", {"to": None}),
    *claims("get", "claims/{claim}/request/", None, proposed=NOBODY_ASKED, in_review=NOBODY_ASKED),
    *claims("put", "claims/{claim}/request/", {"person": None}, proposed=UNSEEN.format(400), checked=EDITED.format(400)),
    *claims("delete", "claims/{claim}/request/", None,
        proposed=UNSEEN.format(204), checked=EDITED.format(204), merged=UNSEEN.format(409)),

    *claims("get", "claims/{claim}/inquiries/", None, checked=ALL, dismissed=DESK),
    *claims("post", "claims/{claim}/inquiries/", {**examples.INQUIRY_INPUT, "name": "The harbour"},
        proposed=UNSEEN.format(201), checked=EDITED.format(201), merged=UNSEEN.format(409)),
    row("post", "claims/{claim}/inquiries/", "checked", "401 403 403 403 201",
        {**examples.INQUIRY_INPUT, "name": "The harbour", "public": True}),
    *claims("post", "claims/{claim}/inquiries/{inquiry}/outcomes/", examples.OUTCOME_INPUT,
        proposed=UNSEEN.format(201), checked=EDITED.format(201)),
    *claims("get", "claims/{claim}/comments/", None, proposed=DESK, own=DESK, checked=DESK),
    *claims("post", "claims/{claim}/comments/", {"text": "Which year?"},
        proposed=UNSEEN.format(201), own="401 404 403 201 201", checked=EDITED.format(201), merged=UNSEEN.format(409)),
    # A colleague's.
    *claims("delete", "claims/{claim}/comments/{comment}/", None, proposed=UNSEEN.format(403), checked=EDITED.format(403)),
    *claims("get", "claims/{claim}/source-decisions/", None, proposed=DESK, own=ROLE, unverified=ALL),
    *claims("post", "claims/{claim}/source-decisions/", {"change": 1, "later_snapshot": 1, "decision": "corrected"},
        proposed=UNSEEN.format(409), unverified=EDITED.format(409), checked=EDITED.format(409)),
    row("get", "source-changes/", "", ALL),
    row("get", "webhooks/", "", ALL),
    *(row("get", f"webhooks/{route}/", "", "404 404 404 404 200") for route in ("{id}", "{webhook}/deliveries")),
    row("post", "webhooks/", "", "401 403 403 403 201", {"name": "Archive", "endpoint": "https://archive.example/"}),
    row("patch", "webhooks/{id}/", "", HOOK.format(200), {"state": "paused"}),
    row("delete", "webhooks/{id}/", "", HOOK.format(204)),
    row("post", "webhooks/{id}/secret/", "", HOOK.format(200)),
    row("post", "webhooks/{id}/replay/", "", HOOK.format(200), {"since": "beginning"}),
    row("post", "webhooks/{webhook}/deliveries/", "", HOOK.format(201), {"type": "webhook.test"}),
    row("get", "notices/", "", ALL),
    row("post", "notices/read/", "", "401 403 403 200 200", {"until": 1}),

    *(row("post", "claims/{claim}/reviews/", state, expected, {"to": to, **given}) for state, to, expected, given in STEPS),
]  # fmt: skip


def routes() -> set[str]:
    """Every route under /api/v1/, its placeholders as the table writes them."""
    api: Any = next(pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "api/v1/")
    paths = {re.sub("<(?:[a-z]+:)?([a-z]+)>", r"{\1}", str(route.pattern)) for route in api.url_patterns}
    return {path.replace("{pk}", "{id}") for path in paths}


class Place(NamedTuple):
    claim: Claim
    snapshot: Any
    appearance: int
    comment: int
    inquiry: int
    external_review: int
    webhook: int
    fetch: int


def prepare(state: str, owner: Any) -> Place:
    """A claim in this state, in an article of its own, with two appearances; `owner` proposed it where it is `own`."""
    claim = make_claim("proposed", by=owner if state == "own" else make_user("contributor"), topics=["roads"])
    snapshot = claim.appearances.get().snapshot
    appearance = curating.add_appearance(
        claim=claim, by=make_user("moderator"), snapshot=snapshot, quote="spoke on Monday"
    )
    comment = curating.comment(claim=claim, by=make_user("moderator"), text="Which year?")
    asked = {**examples.INQUIRY_INPUT, "name": "The harbour"}
    inquiry = curating.inquire(claim=claim, by=make_user("moderator"), **asked)
    external = make_external_review(claim)
    if state == "merged":
        take_to(claim, "unverified")
        winner = make_claim("unverified", speaker=claim.speaker)
        curating.merge_claims(loser=claim, winner=winner, reason="The same.", by=make_user("editor"))
    elif state not in ("own", "proposed", ""):
        take_to(claim, state)
    webhook = create_webhook(by=make_user("editor"), name="Newsroom", endpoint="https://news.example/hook")
    fetch = fetches.ask(by=make_user("contributor"), url="https://tidende.example/mill")
    return Place(
        Claim.objects.get(pk=claim.pk),
        snapshot,
        appearance.pk,
        comment.pk,
        inquiry.pk,
        external.pk,
        webhook.pk,
        fetch.pk,
    )


def ask(client: Any, row: Row, place: Place, headers: dict[str, str]) -> Any:
    claim, article = place.claim, place.snapshot.article
    kind = row.route.partition("/")[0]
    ids = {"claims": claim.pk, "speakers": claim.speaker_id, "sources": article.source_id, "articles": article.pk}
    ids |= {"external-reviews": place.external_review, "webhooks": place.webhook, "fetches": place.fetch}
    values = {
        "claim": claim.pk,
        "article": article.pk,
        "appearance": place.appearance,
        "comment": place.comment,
        "webhook": place.webhook,
        "inquiry": place.inquiry,
        "slug": "roads",
        "code": "false",
    }
    path = API + row.route.format(id=ids.get(kind), **values)
    if row.route == "claims/bulk/":
        return client.post(path, line(), content_type="application/x-ndjson", headers=headers)
    if row.method == "get":
        return client.get(path, headers=headers)
    body: dict[str, Any] = dict(row.body or {})
    snapshot: dict[str, Any] = {"snapshot": place.snapshot.pk}
    if row.route == "claims/":
        body |= {"appearances": [snapshot | {"quote": QUOTE}]}
    elif row.route.endswith("/appearances/"):
        body |= snapshot
    elif row.route.endswith(("/reviews/", "/assignee/")) and row.method == "post":
        body["expected"] = claim.version
    headers = {**headers, "If-Match": f'"{claim.version}"'}
    return getattr(client, row.method)(path, body, content_type="application/json", headers=headers)


def keys(role: str | None, editor: Any) -> list[dict[str, str]]:
    """The headers by which a column of the table asks: the role's own token, and an Editor's that is narrowed to it."""
    if role == "anonymous":
        return [{}]
    user = make_user(role)
    made = [
        tokens.create_token(by=user, user=user, scope="admin", name="role"),
        tokens.create_token(by=editor, user=editor, scope=SCOPES[role], name="scope"),
    ]
    return [{"Authorization": f"Bearer {token.secret}"} for token in made]


@pytest.mark.parametrize(
    "row", TABLE, ids=lambda row: f"{row.method} {row.route} {row.state} {row.body and row.body.get('to', '')}"
)
def test_the_table(client, row, monkeypatch):
    # Django's test client closes no stream that nobody reads.
    monkeypatch.setattr("claimtrack.api.exports.free", BoundedSemaphore(100))
    if row.route == "claims/bulk/":
        make_ledger()
    editor = make_user("editor")
    place = prepare(row.state, editor)
    for role, expected in zip(ROLES, row.expected.split(), strict=True):
        # A role's own user did not propose it, the Editor did.
        ways = keys(role, editor)[1 if row.state == "own" and role != "anonymous" else 0 :]
        for headers in ways:
            with transaction.atomic():
                response = ask(client, row, place, headers)
                assert response.status_code == int(expected), (role, headers, response.content)
                transaction.set_rollback(True)


def test_every_route_is_in_the_table():
    assert {row.route for row in TABLE} == routes()


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_what_is_not_in_the_table_is_not_served(client, method):
    place, editor = prepare("checked", None), make_user("editor")
    [_, headers] = keys("editor", editor)
    for route in sorted(routes() - {row.route for row in TABLE if row.method == method}):
        asked = row(method, route, "checked", "")
        response = (
            getattr(client, method)(API + route, headers=headers)
            if route == "claims/bulk/"
            else ask(client, asked, place, headers)
        )
        assert response.status_code == 405, route
        assert response.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Basic bW9kZXJhdG9yOng=", "another scheme"),
        ("ct_0123456789", "a token without its scheme"),
        ("Token ct_0123456789", "DRF's own scheme"),
        ("", "nothing at all"),
        ("Bearer", "a scheme alone"),
    ],
    ids=lambda value: value,
)
@pytest.mark.parametrize(
    "path", ["/api/v1/claims/", "/annotations/", "/feeds/verdicts/", "/v1alpha1/claims:search?query=x"]
)
@pytest.mark.django_db
def test_other_credentials_are_never_silently_anonymous(client, path, header, reason):
    response = client.get(path, headers={"Authorization": header})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
