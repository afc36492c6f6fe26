"""Import many lines at once: fetch what they name in a few queries, and insert new rows by COPY, with every guard on.

Each line has the same outcome as if the lines were imported one after the other. A refused line leaves nothing behind, neither
speaker nor topic, and a line may mean a speaker that an earlier line has created.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from claims import curating, reviewing
from claims.curating import fields
from claims.importing.articles import Anchor, ArticleRow, Articles, anchors, article_unknown
from claims.importing.copying import copy, next_ids, now
from claims.importing.lines import Line, pointing
from claims.importing.report import Done
from claims.importing.speakers import Speakers, new_speaker, nobody, take_turn
from claims.models import Alias, Claim, Speaker, Topic
from claims.transitions import Status
from claimtrack.dates import warnings_about
from claimtrack.db.arrays import as_array
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Refused
from claimtrack.warnings import InputWarning

_POINTERS = {name: f"/claim/{name}" for name in ("text", "said_at", "due_on", "language", "speaker_role")}
_APPEARANCE = "claim_id snapshot_id quote start_offset end_offset prefix suffix"
_CLAIM = (
    "id text speaker_id speaker_role said_at said_precision due_on due_precision language status origin origin_key version"
    " created_by_id created_at"
)


@dataclass(frozen=True)
class _New:
    """A claim to insert."""

    pk: int
    key: str
    columns: fields.ClaimColumns
    speaker: Speaker | None
    topics: list[Topic]
    anchor: Anchor


@verb
def import_batch(lines: Sequence[Line], *, by: User, accept: bool) -> list[Done | Refused]:
    """Propose the claims of the lines that are not on record, in one transaction. Return the outcomes in the order of the lines.

    Raises Conflict, and inserts nothing, if somebody else changed the same rows at this moment.
    """
    take_turn()
    batch = _Batch(lines, by, accept)
    outcomes = [batch.outcome(at) for at in range(len(lines))]
    batch.write()
    with connection.cursor() as cursor:
        # Run the deferred checks now. Otherwise an import in one transaction would keep a million of them in memory, and a
        # refusal could not be attributed to its batch.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return outcomes


class _Batch:
    def __init__(self, lines: Sequence[Line], by: User, accept: bool) -> None:
        self.lines, self.by, self.accept = lines, by, accept
        self.keys = [line.origin_key for line in lines]
        self.records = curating.on_record(self.keys, by=by)
        # People may have edited an existing claim, so the rest of its line is ignored.
        new = [line for line, key in zip(lines, self.keys, strict=True) if key not in self.records]
        self.articles = Articles(new)
        self.speakers = Speakers(line.speaker for line in new if line.speaker)
        slugs = {slug for line in new for slug in line.topics}
        self.topics = {topic.slug: topic for topic in Topic.objects.filter(slug__in=as_array(slugs))}
        self.ids = iter(next_ids("claims_claim", len(new)))
        self.anchors = anchors(dict(self.anchorable()))
        self.now = now()
        self.inserted: dict[str, _New] = {}
        self.accepted: set[int] = set()

    def anchorable(self) -> Iterator[tuple[int, tuple[ArticleRow, Line]]]:
        for at, line in enumerate(self.lines):
            if self.keys[at] not in self.records:
                try:
                    yield at, (self.articles.of(line), line)
                except Refused:
                    continue  # outcome() says so

    def outcome(self, at: int) -> Done | Refused:
        try:
            return self.existing(self.keys[at]) or self.propose(at)
        except Refused as refusal:
            return refusal

    def existing(self, key: str) -> Done | None:
        if key in self.inserted:
            return Done(self.inserted[key].pk, created=False, accepted=False)
        claim = self.records.get(key)
        if claim is None:
            return None
        if isinstance(claim, Refused):
            raise claim
        # After a merge, `claim` is the winner, which belongs to another line or to none.
        is_open = claim.origin_key == key and claim.status == Status.PROPOSED
        accepted = self.accept and is_open and claim.pk not in self.accepted
        if accepted:
            self.accepted.add(claim.pk)
        return Done(claim.pk, created=False, accepted=accepted)

    def propose(self, at: int) -> Done:
        line, key = self.lines[at], self.keys[at]
        self.articles.of(line)
        speaker, aliases, warnings = self.speaker(line)
        with pointing(_POINTERS):
            columns = fields.clean_changes(
                {
                    "text": line.text,
                    "speaker_role": line.speaker_role,
                    "said_at": line.said_at,
                    "due_on": line.due_on,
                    "language": line.language,
                }
            )
        anchor = self.anchors.get(at) or article_unknown()
        if isinstance(anchor, Refused):
            raise anchor
        if speaker and not speaker.pk:
            self.speakers.add(speaker, aliases)
        pk = next(self.ids)
        topics = [self.topic(slug) for slug in sorted({*line.topics})]
        self.inserted[key] = _New(pk, key, columns, speaker, topics, anchor)
        warnings += warnings_about(columns["said_at"], _POINTERS["said_at"])
        return Done(pk, created=True, accepted=self.accept, warnings=tuple(warnings))

    def speaker(self, line: Line) -> tuple[Speaker | None, list[Alias], list[InputWarning]]:
        given = line.speaker
        if given is None:
            return None, [], []
        if given.is_nobody:
            return None, [], [nobody(given)]
        known = self.speakers.find(given)
        warnings = self.speakers.warnings(given, known)
        return (known, [], warnings) if known else (*new_speaker(given), warnings)

    def topic(self, slug: str) -> Topic:
        if slug not in self.topics:
            self.topics[slug] = Topic(name=slug.replace("-", " ").capitalize(), slug=slug)
        return self.topics[slug]

    def write(self) -> None:
        self.speakers.write()
        Topic.objects.bulk_create(topic for topic in self.topics.values() if not topic.pk)
        claims = list(self.inserted.values())
        # Claims come last, so that their search column is complete at once. The foreign keys to them are deferred.
        copy("claims_appearance", _APPEARANCE, map(_appearance, sorted(claims, key=lambda new: new.anchor.snapshot)))
        # With `created_at` of their claims, so that no trigger has to update the links.
        links = ((new.pk, topic.pk, self.now) for new in claims for topic in new.topics)
        copy("claims_claimtopic", "claim_id topic_id created_at", links)
        copy("claims_claim", _CLAIM, map(self.row, claims))
        if self.accept:
            reviewing.accept(claims=[*self.accepted, *(new.pk for new in claims)], by=self.by)

    def row(self, new: _New) -> tuple[object, ...]:
        given, speaker = new.columns, new.speaker.pk if new.speaker else None
        dates = (given["said_at"], given["said_precision"], given["due_on"], given["due_precision"])
        origin = (Status.PROPOSED.value, Claim.Origin.IMPORT.value, new.key)
        text, role, language = given["text"], given["speaker_role"], given["language"]
        return new.pk, text, speaker, role, *dates, language, *origin, 1, self.by.pk, self.now


def _appearance(new: _New) -> tuple[object, ...]:
    found = new.anchor.slice
    return new.pk, new.anchor.snapshot, found.quote, found.start, found.end, found.prefix, found.suffix
