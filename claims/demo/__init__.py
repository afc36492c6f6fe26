"""Load the desk of the demo: sources, articles, speakers and claims of an invented country.

`desk.json` describes them, with the steps that the desk took. Everything is created by the verbs.
"""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from claims import curating, notices, reviewing
from claims.curating import shelf_life
from claims.importing.identity import key_by_id
from claims.models import Claim, Speaker
from claims.models.queue import DECIDED
from claims.transitions import BY_NAME
from claimtrack.models import User
from claimtrack.refusals import Conflict
from claimtrack.roles import Role
from sources.curating import create_source
from sources.ingesting import fields, ingest
from sources.models import Snapshot

FOLDER = Path(__file__).parent

# Role and public name of each account; the admin is a superuser.
ACCOUNTS = {
    "contributor": (Role.CONTRIBUTOR, ""),
    "moderator": (Role.MODERATOR, "Hanne Ostrow"),
    "editor": (Role.EDITOR, "Piet Callaghan"),
    "admin": (None, ""),
}


@dataclass(frozen=True)
class Loaded:
    """The result of a load: the passwords of the new accounts, and the number of claims."""

    passwords: dict[str, str]
    claims: int


def load() -> Loaded:
    """Make the accounts and the desk, unless they exist already, in one transaction.

    Raises Conflict `not_empty` if the ledger has claims of another desk, and what the verbs raise.
    """
    desk = json.loads((FOLDER / "desk.json").read_text())
    with transaction.atomic():
        passwords = {name: password for name in ACCOUNTS if (password := _make_account(name))}
        if Claim.objects.filter(origin_key=_key(desk["claims"][0])).exists():
            return Loaded(passwords, 0)
        if Claim.objects.exists():
            raise Conflict("This ledger holds claims of its own: the demo is for an empty one.", code="not_empty")
        people = {user.username: user for user in User.objects.filter(username__in=ACCOUNTS)}
        _load(desk, people)
        return Loaded(passwords, len(desk["claims"]))


def _make_account(name: str) -> str | None:
    """Create an account and return its password, or None if it exists already."""
    if User.objects.filter(username=name).exists():
        return None
    role, public_name = ACCOUNTS[name]
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(
        name,
        email=f"{name}@orrin.example",
        password=password,
        is_staff=True,
        is_superuser=role is None,
        public_name=public_name,
    )
    if role:
        user.groups.add(Group.objects.get(name=role.group))
    return password


def _load(desk: dict[str, Any], people: dict[str, User]) -> None:
    sources = {}
    for given in map(_filled, desk["sources"]):
        key = given.pop("key")
        create_source(by=people["moderator"], **given)
        sources[key] = given
    for given in desk["topics"]:
        days = given.pop("review_after", None)
        topic = curating.create_topic(by=people["contributor"], **given)
        if days:
            curating.review_topic_after(topic=topic, by=people["editor"], days=days)
    speakers = {}
    for given in map(_filled, desk["speakers"]):
        key = given.pop("key")
        speakers[key] = curating.create_speaker(by=people["contributor"], **given)
    snapshots = {given["key"]: _ingest(given, sources[given["source"]], people) for given in desk["articles"]}
    for given in desk["claims"]:
        _enter(given, speakers, snapshots, people)
    for taken in snapshots.values():
        curating.compare(taken[-1].article, by=people["moderator"])


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if value is None else value for name, value in given.items()}


def _ingest(given: dict[str, Any], source: dict[str, Any], people: dict[str, User]) -> list[Snapshot]:
    details: dict[str, Any] = {name: given[name] or "" for name in ("url", "title", "byline", "language")}
    return [
        ingest(
            by=people["contributor"],
            source_name=source["name"],
            source_domain=source["domains"][0],
            text=(FOLDER / "articles" / name).read_text(),
            published_at=fields.read_published(given["published_at"]),
            **details,
        ).snapshot
        for name in given["files"]
    ]


def _enter(
    given: dict[str, Any], speakers: dict[str, Speaker], snapshots: dict[str, list[Snapshot]], people: dict[str, User]
) -> None:
    """Propose a claim, take its steps, and say what colleagues said about it."""
    claim = curating.propose(
        by=people["contributor"],
        text=given["text"],
        appearances=[
            {"snapshot": snapshots[place["article"]][place["snapshot"]], "quote": place["quote"]}
            for place in given["appearances"]
        ],
        speaker=speakers.get(given["speaker"]),
        origin_key=_key(given),
        due_on=given.get("due_on"),
        **{name: given[name] for name in ("speaker_role", "said_at", "language", "topics")},
    ).claim
    for step in given["steps"]:
        if step["do"] == "assign":
            curating.assign(claim=claim, by=people[step["by"]], to=people[step["to"]])
            continue
        decision = {name: value for name, value in step.items() if name not in ("do", "by")}
        decision["evidence"] = [_piece(piece, snapshots) for piece in step.get("evidence", ())]
        reviewing.review(claim=claim, to=BY_NAME[step["do"]].target, by=people[step["by"]], expected=None, **decision)
    if given.get("look_again") == "today":
        # Verbs take a day to come. The first visit should find one that has come.
        Claim.objects.filter(pk=claim.pk).update(review_by=shelf_life.today(), review_by_given=True)
    for asked in given.get("inquiries", ()):
        _ask(claim, asked, people)
    if draft := given.get("draft"):
        curating.save_draft(claim=claim, by=people["moderator"], **draft)
    for said in given.get("comments", ()):
        curating.comment(claim=claim, by=people[said["by"]], text=said["text"])
    if asked := given.get("asked"):
        by, person = people[asked["by"]], people[asked["person"]]
        curating.ask(claim=claim, by=by, person=person, priority=asked["priority"])
    claim.refresh_from_db(fields=["status"])
    if claim.status in DECIDED:
        for person in people.values():
            notices.read(by=person, claim=claim)


def _ask(claim: Claim, given: dict[str, Any], people: dict[str, User]) -> None:
    """Record whom the desk asked and what came of it. An Editor publishes what is public."""
    known = ("outcomes", "by", "public", "of")
    members = {name: value for name, value in given.items() if name not in known}
    if given.get("of") == "source":
        appearance = claim.appearances.select_related("snapshot__article").order_by("pk")[0]
        members["source"] = appearance.snapshot.article.source_id
    inquiry = curating.inquire(claim=claim, by=people[given["by"]], **members)
    if given["public"]:
        curating.publish_told(row=inquiry, by=people["editor"])
    for outcome in given.get("outcomes", ()):
        members = {name: value for name, value in outcome.items() if name not in known}
        row = curating.record_outcome(inquiry=inquiry, by=people[outcome["by"]], **members)
        if outcome["public"]:
            curating.publish_told(row=row, by=people["editor"])


def _piece(given: dict[str, Any], snapshots: dict[str, list[Snapshot]]) -> dict[str, Any]:
    """Return a piece of evidence with the id of the snapshot of its page, if the desk recorded it."""
    piece = {name: value for name, value in given.items() if name != "page"}
    return {**piece, "snapshot": snapshots[given["page"]][0].pk} if "page" in given else piece


def _key(claim: dict[str, Any]) -> str:
    return key_by_id("claimtrack demo", claim["key"])
