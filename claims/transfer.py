"""Claims in bulk: what claims.lines reads, put into the ledger by the same verbs as everything else.

Each line is one transaction, so an interrupted import is run again and goes on; a line that is refused leaves nothing
behind, no speaker and no topic. What is on record under a line's origin key is left as people made it.

The article must be in the ledger: a quote can only be checked against a text. So its source is there too, and the line's
source tells articles without URL apart and is a cross-check for the others.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, transaction

from claims import curating, reviewing
from claims.lines import GivenSpeaker, Line, parse
from claims.models import Claim, Speaker, Topic
from claims.names import fold
from claims.transitions import Status
from claimtrack.attribution import acting
from claimtrack.refusals import Conflict, Invalid, Refused
from claimtrack.roles import Role, require
from sources.models import Article, Snapshot, Source

_TURN = 0x696D706F7274  # the advisory lock that is the turn: "import" in ASCII

UNKNOWN = "The ledger does not have this article: ingest it first."

# Where the fields that a verb names stand in a line.
_CLAIM = {name: f"/claim/{name}" for name in ("text", "said_at", "language", "speaker_role")}
_CLAIM["appearances.0.quote"] = "/quote"
_SPEAKER = {name: f"/speaker/{name}" for name in ("name", "role", "aliases", "wikidata_id")}


@dataclass(frozen=True)
class Refusal:
    """Why a line did not go in. `line` counts from 1, `pointer` is a JSON Pointer into it, `extra` helps to put it right."""

    line: int
    code: str
    message: str
    pointer: str
    extra: dict[str, Any]


@dataclass
class Report:
    """What an import came to. `kept` is false where nothing was changed: a dry run, or a strict one with refusals."""

    new: int = 0
    known: int = 0
    accepted: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    kept: bool = True

    @property
    def refused(self) -> int:
        return len(self.refusals)


def import_lines(
    *,
    lines: Iterable[bytes],
    by: Any,
    accept: bool = False,
    dry_run: bool = False,
    strict: bool = False,
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Propose the claim of every line (claims.lines) that is not on record; blank lines count and say nothing.

    `accept`: also accept each that is still proposed, new or not; takes a Moderator. `dry_run`: find out what would
    happen and change nothing. `strict`: all lines or none. `progress` is called with the report so far after each line.

    Raises NotAllowed below Contributor. What is wrong with a line is in the report and stops nothing: the codes of
    claims.lines, of curating.propose and create_speaker, and article_unknown, source_differs, speaker_ambiguous.
    """
    require(by, Role.CONTRIBUTOR, "import claims")
    if accept:
        require(by, Role.MODERATOR, "accept claims")
    report = Report()
    with transaction.atomic() if dry_run or strict else nullcontext():
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                created, accepted = _import(parse(raw), by, accept)
            except Refused as refusal:
                found = Refusal(number, refusal.code, refusal.message, refusal.field, refusal.extra)
                report.refusals.append(found)
            else:
                report.new += created
                report.known += not created
                report.accepted += accepted
            if progress:
                progress(report)
        report.kept = not (dry_run or (strict and report.refusals))
        if not report.kept:
            transaction.set_rollback(True)
    return report


def _import(line: Line, by: Any, accept: bool) -> tuple[bool, bool]:
    """Return whether the claim is new, and whether it was accepted. Raises Refused with a pointer as its field."""
    key = line.origin_key
    with acting(by):
        known = Claim.objects.filter(origin_key=key).exists()
        done = _on_record(line, key, by) if known else _propose(line, key, by)
        # The winner of a merge is another line's claim, or nobody's.
        accepted = accept and done.claim.origin_key == key and done.claim.status == Status.PROPOSED
        if accepted:
            reviewing.review(claim=done.claim, to=Status.UNVERIFIED, by=by, expected=done.claim.version)
    return done.created, accepted


def _on_record(line: Line, key: str, by: Any) -> curating.Proposed:
    # It has been looked after since, so the rest of the line is no longer asked about.
    return curating.propose(by=by, text=line.text, appearances=(), origin_key=key)


def _propose(line: Line, key: str, by: Any) -> curating.Proposed:
    article = _article(line)
    speaker = speaker_of(line.speaker, by=by) if line.speaker else None
    topics = [_topic(slug, by) for slug in line.topics]
    absent = None
    for snapshot in _newest_first(article):
        place = {"snapshot": snapshot, "quote": line.quote, "start": line.start}
        try:
            with _pointing(_CLAIM):
                return curating.propose(
                    by=by,
                    text=line.text,
                    appearances=[{**place, "prefix": line.prefix, "suffix": line.suffix}],
                    speaker=speaker,
                    speaker_role=line.speaker_role,
                    said_at=line.said_at,
                    language=line.language,
                    topics=topics,
                    origin=Claim.Origin.IMPORT,
                    origin_key=key,
                )
        except Invalid as refusal:
            if refusal.code != "quote_absent":
                raise
            absent = absent or refusal
    raise absent or Invalid(UNKNOWN, code="article_unknown", field="/article")


def _article(line: Line) -> Article:
    """The article that the line names. An URL decides; otherwise source and text do."""
    named = {"domains__host": line.source_domain} if line.source_domain else {"name": line.source_name}
    sources = Source.objects.filter(**named)
    if line.article_url:
        article = Article.objects.filter(canonical_url=line.article_url).select_related("source").first()
        if article and sources and article.source not in sources:
            message = f"The ledger has this article from “{article.source}”, not from this source."
            raise Conflict(message, code="source_differs", field="/source", source=article.source_id)
    else:
        without_url = Article.objects.filter(canonical_url=None, first_sha256=line.article_sha256)
        article = without_url.filter(source__in=sources).order_by("pk").first()
    if article is None:
        raise Invalid(UNKNOWN, code="article_unknown", field="/article")
    return article


def _newest_first(article: Article) -> Iterator[Snapshot]:
    """How the article stands now goes first: an edit that was undone brings an older snapshot back."""
    current = article.current_snapshot
    if current:
        yield current
    snapshots = article.snapshots.order_by("-taken_at", "-pk").iterator(chunk_size=1)
    yield from (snapshot for snapshot in snapshots if snapshot != current)


def speaker_of(given: GivenSpeaker, *, by: Any) -> Speaker:
    """The speaker that is named, made where the ledger knows none. Aliases and role of a known one stay as they are.

    The Wikidata id decides; a name alone means the one speaker who has it. Raises Conflict `speaker_ambiguous` where
    several have, with their ids as `speakers`; field: a JSON Pointer into an import's line.
    """
    if known := _known_speaker(given):
        return known
    _take_turn()
    if known := _known_speaker(given):
        return known
    with _pointing(_SPEAKER):
        return curating.create_speaker(by=by, **asdict(given))


def _known_speaker(given: GivenSpeaker) -> Speaker | None:
    """By the Wikidata id where there is one: who has the name but another id, or none, is not known to be this person."""
    if given.wikidata_id:
        speaker = Speaker.objects.filter(wikidata_id=given.wikidata_id).first()
        return speaker.winner if speaker else None
    named = Speaker.objects.filter(aliases__folded=fold(given.name)).select_related("merged_into")
    people = {speaker.pk: speaker for speaker in (namesake.winner for namesake in named)}
    if len(people) > 1:
        listed = "; ".join(_described(people[pk]) for pk in sorted(people))
        raise Conflict(
            f"“{given.name}” may be {listed}: give the Wikidata id of the one that is meant.",
            code="speaker_ambiguous",
            field="/speaker/name",
            speakers=sorted(people),
        )
    return next(iter(people.values()), None)


def _described(speaker: Speaker) -> str:
    return ", ".join(filter(None, [f"{speaker.name} ({speaker.pk})", speaker.role, speaker.wikidata_id]))


def _topic(slug: str, by: Any) -> Topic:
    if known := Topic.objects.filter(slug=slug).first():
        return known
    _take_turn()
    name = slug.replace("-", " ").capitalize()
    return Topic.objects.filter(slug=slug).first() or curating.create_topic(by=by, name=name, slug=slug)


def _take_turn() -> None:
    """Wait until no other import makes speakers or topics, so that two at once do not both make the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


@contextmanager
def _pointing(pointers: dict[str, str]) -> Iterator[None]:
    """Turn the field that a verb names into the pointer to where it stands in the line."""
    try:
        yield
    except Refused as refusal:
        refusal.field = pointers.get(refusal.field, "")
        raise
