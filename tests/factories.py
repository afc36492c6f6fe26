"""Make rows for tests through the verbs, so that no test starts from an impossible state."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from claims import curating, reviewing
from claims.formats.claimreview import ClaimReview, Rating
from claims.importing import external_reviews
from claims.models import Claim, ExternalReview, Speaker, Topic
from claims.transitions import BY_STATUSES, Status
from claimtrack.models import User
from claimtrack.roles import Role
from sources.models import Article, Domain, Snapshot, Source
from sources.pages.canonical import sha256

_numbers = count(1)

TEXT = "The mayor spoke on Monday. “The bridge carries nine thousand cars a day,” she said. Nobody asked how she knew."
QUOTE = "The bridge carries nine thousand cars a day"
EVIDENCE = [
    {"url": "https://archive.example/count", "title": "Traffic count", "publisher": "Roads Office", "stance": "refutes"}
]


def make_user(role: str | None = None, **fields: Any) -> User:
    """A user with the role of that name (contributor, moderator, editor), or none."""
    user = User.objects.create(**{"username": f"user{next(_numbers)}", "is_staff": bool(role), **fields})
    if role:
        user.groups.add(Group.objects.get(name=role.capitalize()))
    return user


def make_source(host: str = "", **fields: Any) -> Source:
    number = next(_numbers)
    source = Source.objects.create(**{"name": f"Paper {number}", **fields})
    Domain.objects.create(source=source, host=host or f"paper{number}.example")
    return source


def make_snapshot(
    text: str = TEXT, *, article: Article | None = None, by: User | None = None, **fields: Any
) -> Snapshot:
    """A snapshot of a new article (or of this one, as its current one); `fields` are the article's."""
    by = by or make_user("contributor")
    if article is None:
        source = fields.pop("source", None) or make_source()
        url = fields.pop("canonical_url", f"https://{source.domains.get().host}/{next(_numbers)}")
        fields = {"title": "Nine thousand cars", **fields}
        article = Article.objects.create(
            source=source, canonical_url=url, url=url or "", first_sha256=sha256(text), created_by=by, **fields
        )
    snapshot = Snapshot.objects.create(article=article, text=text, sha256=sha256(text), method="text", taken_by=by)
    article.current_snapshot = snapshot
    article.save(update_fields=["current_snapshot"])
    return snapshot


def make_speaker(name: str = "", **fields: Any) -> Speaker:
    return curating.create_speaker(by=make_user("contributor"), name=name or f"Speaker {next(_numbers)}", **fields)


def make_external_review(claim: Claim | None = None, text: str = "", **members: Any) -> ExternalReview:
    """Another publisher's review of the claim, or of the one with this wording, which is proposed for it."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "url": f"https://lantern.example/{number}",
        "text": text,
        "publisher": "Lantern Checks",
        "site": "lantern.example",
        "label": "Wide of the mark",
        "rating": Rating(2, 5, 1),
        **members,
    }
    return external_reviews.record_review(item=ClaimReview(**given), by=make_user("moderator"), claim=claim).review


def make_topic(slug: str) -> Topic:
    return Topic.objects.filter(slug=slug).first() or Topic.objects.create(name=slug.capitalize(), slug=slug)


def make_claim(status: str = "proposed", *, verdict: str = "false", by: User | None = None, **fields: Any) -> Claim:
    """A claim taken to `status` by the shortest way; `fields` go to propose(), `snapshot` and `quote` make its appearance."""
    by = by or make_user("contributor")
    snapshot = fields.pop("snapshot", None) or make_snapshot()
    quote = fields.pop("quote", QUOTE)
    fields.setdefault("appearances", [{"snapshot": snapshot, "quote": quote}])
    fields.setdefault("speaker", make_speaker())
    fields["topics"] = [make_topic(slug) for slug in fields.get("topics", ())]
    claim = curating.propose(by=by, **{"text": f"The bridge carries {next(_numbers)} cars a day.", **fields}).claim
    return take_to(claim, status, verdict=verdict)


WAYS = {
    "proposed": [],
    "unverified": ["unverified"],
    "in_review": ["unverified", "in_review"],
    "awaiting_approval": ["unverified", "in_review", "awaiting_approval"],
    "checked": ["unverified", "in_review", "checked"],
    "dismissed": ["dismissed"],
    "withdrawn": ["unverified", "in_review", "checked", "withdrawn"],
}


def take_to(claim: Claim, status: str, *, by: User | None = None, verdict: str = "false") -> Claim:
    """Take a proposed claim to `status`. Without `by`, a new Editor does it."""
    by = by or make_user("editor")
    for to in WAYS[Status(status)]:
        step(claim, to, by=by, verdict=verdict)
    return Claim.objects.get(pk=claim.pk)


def step(claim: Claim, to: str, *, by: User, verdict: str = "false", **given: Any) -> Any:
    """One review with what the step needs filled in; of an assigned claim, after its assignee has handed it on."""
    if to in ("awaiting_approval", "checked") and claim.status != "awaiting_approval":
        given = {"verdict": verdict, "rationale": "Counted, and it was four thousand.", "evidence": EVIDENCE, **given}
    if to in ("dismissed", "withdrawn"):
        given.setdefault("rationale", "Not for us.")
    transition = BY_STATUSES.get((Status(claim.status), Status(to)))
    others = transition and transition.by_assignee and claim.assignee not in (None, by)
    if others and claim.assignee and by.role >= Role.MODERATOR:
        curating.assign(claim=claim, by=claim.assignee, to=by)
    row = reviewing.review(claim=claim, to=to, by=by, expected=None, **given)
    claim.refresh_from_db()
    return row
