"""The public JSON of each published claim follows from its entries in the log.

The last public step has the whole claim as its readers saw it. Later entries change it: appearances added and removed, merges, other
names of the speaker, another scale. The result must be the JSON that the API shows now.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from claims.models import LogEntry, LogOpening, Merge
from claims.proof.verifying import edits
from claims.proof.verifying.checks import Check, Finding, Scope, batches, scoped
from claims.proof.verifying.entries import differing, read
from claims.transitions import Status

SIZE = 200
SHOWN = """
    SELECT c.id, c.reviewed_at IS NOT NULL AND c.merged_into_id IS NULL,
        '{{' || composed.head || ',' || composed.verdict || ',' || composed.tail || '}}',
        (d.head, d.tail) IS DISTINCT FROM (composed.head, composed.tail) AND NOT claims_is_stale(c.id), d.claim_id IS NULL
    FROM claims_claim c LEFT JOIN claims_document d ON d.claim_id = c.id, claims_compose(c.id) composed
    WHERE {claims:c.id} ORDER BY c.id"""
# These change with steps that are not public, and with edits of topics and language.
UNTOLD = frozenset({"version", "updated_at"})
# After a reopening, the claim may be submitted and returned without a public step.
REOPENED = {Status.IN_REVIEW.value, Status.AWAITING_APPROVAL.value}
ANY = object()


def check(scope: Scope) -> Iterator[Finding]:
    scale, speakers = _scale(), Speakers()
    for batch in batches(scoped(SHOWN, scope), SIZE):
        published = [pk for pk, was_published, *_ in batch if was_published]
        entries = _entries(published)
        for pk, was_published, shown, differs, is_absent in batch:
            if differs and not is_absent:
                yield Finding("claims_document", pk, "it is not what would be composed now")
            if was_published:
                yield from _compare(pk, json.loads(shown), entries[pk], scale, speakers)


def _entries(claims: list[int]) -> dict[int, list[LogEntry]]:
    """Return the entries of these claims, oldest first; those that wait for a number come last."""
    found: dict[int, list[LogEntry]] = defaultdict(list)
    for entry in LogEntry.objects.filter(claim__in=claims).select_related("opening").order_by("index", "pk"):
        found[entry.claim_id or 0].append(entry)
    return found


def saying(entry: LogEntry) -> Any:
    """Return the content of an entry, or None if it is broken."""
    try:
        return read(entry.body, entry.opening.texts)
    except LogOpening.DoesNotExist:
        return None


def _scale() -> tuple[int, dict[str, Any]]:
    """Return the last entry of the scale, and its steps by code."""
    entry = LogEntry.objects.filter(kind="scale").select_related("opening").order_by("index", "pk").last()
    said = entry and saying(entry)
    return (entry.pk, {step["code"]: step for step in said["scale"]}) if entry and said else (0, {})


def _compare(
    pk: int, shown: Any, entries: list[LogEntry], scale: tuple[int, dict[str, Any]], speakers: "Speakers"
) -> Iterator[Finding]:
    said = [(entry, saying(entry)) for entry in entries]
    begin = next(
        (at for at in reversed(range(len(said))) if entries[at].review_id and (said[at][1] or {}).get("claim")), None
    )
    if begin is None:
        return  # what was published before the log began
    first, body = said[begin]
    claim = body["claim"]
    places = {place["id"]: place for place in claim["provenance"]}
    for entry, later in said[begin + 1 :]:
        _apply(entry.kind, later or {}, places)
    speaker, name = speakers.follow(pk, claim["speaker"], first.pk)
    if scale[0] > first.pk and claim["verdict"] and (step := scale[1].get(claim["verdict"]["code"])):
        claim["verdict"]["label"] = step["label"]
    if claim["status"] in REOPENED and shown["status"] in REOPENED:
        claim["status"] = shown["status"]
    claim["speaker"], claim["provenance"] = speaker, []
    now = {**shown, "id": pk, "provenance": []}
    if name is ANY and now["speaker"] and speaker:
        speaker["name"] = now["speaker"]["name"]
    for path in differing(claim, now, UNTOLD):
        if not edits.explain(path, None, None, first.said_at, pk):
            yield Finding("claims_claim", pk, f"readers see another {path} than the log says")
    if claim["version"] > shown["version"]:
        yield Finding("claims_claim", pk, "readers see an older version than the log says")
    yield from _compare_places(pk, places, {place["id"]: place for place in shown["provenance"]}, first)


def _apply(kind: str, said: Any, places: dict[int, Any]) -> None:
    """Change the appearances as an entry says."""
    if kind == "appearance_added":
        places[said["appearance"]["id"]] = said["appearance"]
    elif kind == "appearance_removed":
        places.pop(said["appearance"]["id"], None)
    elif kind in ("merge", "merge_undone") and said["merge"]["kind"] == "claim":
        merge = Merge.objects.filter(pk=said["merge"]["id"]).first()
        for moved in merge.moved.get("appearances", ()) if merge else ():
            if kind == "merge":
                places.setdefault(moved, ANY)
            else:
                places.pop(moved, None)


def _compare_places(pk: int, places: dict[int, Any], shown: dict[int, Any], since: LogEntry) -> Iterator[Finding]:
    for place in sorted(places.keys() - shown.keys()):
        yield Finding("claims_claim", pk, f"readers do not see appearance {place}, which the log has")
    for place in sorted(shown.keys() - places.keys()):
        yield Finding("claims_claim", pk, f"readers see appearance {place}, which the log does not have")
    for place in sorted(shown.keys() & places.keys()):
        said, now = places[place], shown[place]
        if said is ANY:
            continue
        if "article" not in said:
            now = {
                **{name: now[name] for name in said},
                "snapshot": {name: now["snapshot"][name] for name in said["snapshot"]},
            }
        for path in differing(said, now):
            article, source = (now.get(name, {}).get("id") for name in ("article", "source"))
            if not edits.explain(path, article, source, since.said_at):
                yield Finding("claims_appearance", place, f"readers see another {path} than the log says of claim {pk}")


class Speakers:
    """The names of speakers and the claims that merges moved to other speakers, according to the log. These entries are few."""

    def __init__(self) -> None:
        kinds = ["speaker_renamed", "merge", "merge_undone"]
        self.entries: dict[int, list[tuple[int, str, Any]]] = defaultdict(list)
        found = LogEntry.objects.filter(kind__in=kinds, speaker__isnull=False).select_related("opening")
        for entry in found.order_by("index", "pk").iterator(1000):
            body = saying(entry)
            if body is None:
                continue
            if entry.kind == "speaker_renamed":
                self.entries[body["speaker"]["id"]].append((entry.pk, entry.kind, body["speaker"]["name"]))
            else:
                leaves, goes_to = ("loser", "winner") if entry.kind == "merge" else ("winner", "loser")
                merge = Merge.objects.filter(pk=body["merge"]["id"]).first()
                self.entries[body["merge"][leaves]].append(
                    (entry.pk, entry.kind, (body["merge"][goes_to], merge.moved.get("claims", ()) if merge else ()))
                )

    def follow(self, claim: int, said: Any, since: int) -> tuple[Any, object]:
        """Return the speaker of a claim after the entries since then, and the name, or ANY if no entry has it."""
        if said is None:
            return None, None
        speaker, name = dict(said), said["name"]
        while following := [entry for entry in self.entries.get(speaker["id"], ()) if entry[0] > since]:
            since, kind, what = following[0]
            if kind == "speaker_renamed":
                name = speaker["name"] = what
            elif claim in what[1]:
                speaker["id"], name = what[0], ANY
        return speaker, name


CHECKS = [Check("what readers see of every claim follows from the log, and its document is right", check)]
