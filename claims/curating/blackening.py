"""Work out what a redaction changes, row by row, and write it. `claims.curating.redactions` decides whether it may."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import connection

from claims.curating.places import Place, places
from claims.models import Appearance, Claim, Evidence, LogEntry
from claimtrack.db.arrays import as_array
from sources.models import Article, Snapshot
from sources.pages.canonical import sha256
from sources.pages.masking import Range, masked, occurrences, occurrences_in_query, passage

# A pattern of PostgreSQL for the characters between two words, escaped in JSON or not. It may find too much, but not too little.
BETWEEN = r"([^[:alnum:]]|\\[nrtbf])*"
# The database is searched for this many words of a passage, and the rows that it finds for the whole passage.
MOST_WORDS = 8

# The models that quote a snapshot, and their columns that are slices of its text. Appearances are found by their snapshot.
ANCHORED = ("claims_appearanceevent", "claims_evidence")
SLICE = ("quote", "prefix", "suffix")

# By key of the row: the new value of each column that changes.
Changes = dict[int, dict[str, Any]]


@dataclass
class Text:
    """A snapshot as it will be."""

    snapshot: Snapshot
    ranges: list[Range]
    text: str

    @property
    def sha256(self) -> str:
        return sha256(self.text)


@dataclass
class Blackening:
    """What a redaction changes. `rows` are the keys by which it names the rows, by table."""

    article: Article
    passages: list[str]
    texts: dict[int, Text]
    forms: set[str] = field(default_factory=set)
    changes: dict[str, Changes] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    openings: dict[int, dict[str, Any]] = field(default_factory=dict)
    claims: set[int] = field(default_factory=set)
    # Values that are replaced as a whole: quotes that contain a passage, and hashes.
    whole: dict[str, str] = field(default_factory=dict)

    @property
    def pattern(self) -> str:
        """Return a pattern that finds the passages in the database, and possibly more."""
        words = (re.findall(r"\w+", passage)[:MOST_WORDS] for passage in self.passages)
        return "|".join(BETWEEN.join(some) for some in words)

    def black_out(self, value: str) -> str:
        return self.whole.get(value) or masked(value, occurrences(value, self.forms))

    def black_out_json(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.black_out(value)
        if isinstance(value, list):
            return [self.black_out_json(one) for one in value]
        if isinstance(value, Mapping):
            return {name: self.black_out_json(one) for name, one in value.items()}
        return value


def blackening(snapshot: Snapshot, ranges: Iterable[Range]) -> Blackening:
    """Return the changes that remove these parts of a snapshot everywhere. It changes nothing itself."""
    article = snapshot.article
    passages = [snapshot.text[start : start + length] for start, length in ranges]
    forms = {passage(text, 0, len(text)) for text in passages}
    texts = {}
    others: set[str] = set()
    for row in article.snapshots.order_by("pk"):
        if found := occurrences(row.text, forms):
            texts[row.pk] = _unlike(Text(row, found, masked(row.text, found)), others)
        others.add(texts[row.pk].sha256 if row.pk in texts else row.sha256)
    result = Blackening(article, passages, texts, forms)
    result.whole = {one.snapshot.sha256: one.sha256 for one in texts.values()}
    _slices(result)
    every = places()
    for place in every:
        if place.table not in ("claims_appearance", "sources_snapshot") and not place.is_history:
            _look(result, place)
    result.changes["sources_snapshot"] = {pk: {"text": one.text, "sha256": one.sha256} for pk, one in texts.items()}
    if article.first_sha256 in result.whole:
        result.changes.setdefault("sources_article", {}).setdefault(article.pk, {})["first_sha256"] = result.whole[
            article.first_sha256
        ]
    _find_claims(result, every)
    for place in every:
        if place.is_history:
            _look(result, place)
    for place in every:
        result.rows[place.table] = _keys(result, place)
    result.rows["claims_claim"] = sorted(result.claims)
    _find_openings(result)
    return result


def _unlike(text: Text, others: Collection[str]) -> Text:
    """Black out one more character if two texts only differed in the spelling of the passage, since no two snapshots may be equal."""
    while text.sha256 in others:
        start, length = text.ranges[-1]
        first = start if start + length < len(text.text) else start - 1
        ranges = [*text.ranges[:-1], (first, length + 1)]
        text = Text(text.snapshot, ranges, masked(text.snapshot.text, ranges))
    return text


def _slices(result: Blackening) -> None:
    """Cut the quotes and their contexts out of the new texts."""
    for model in (Appearance, Evidence):
        changes = result.changes.setdefault(model._meta.db_table, {})
        rows: Any = model.objects.filter(snapshot__in=list(result.texts)).order_by("pk")
        for row in rows:
            new = slices(result, row.snapshot_id, row.start_offset, row.end_offset, row.prefix, row.suffix)
            if changed := {name: value for name, value in new.items() if value != getattr(row, name)}:
                changes[row.pk] = changed
                result.whole |= {getattr(row, name): value for name, value in changed.items()}


def slices(result: Blackening, snapshot: int, start: int, end: int, prefix: str, suffix: str) -> dict[str, str]:
    text = result.texts[snapshot].text
    around = text[start - len(prefix) : start], text[end : end + len(suffix)]
    return {"quote": text[start:end], "prefix": around[0], "suffix": around[1]}


def _look(result: Blackening, place: Place, keys: Collection[int] | None = None) -> None:
    """Find the rows of a table that repeat a passage, or check those with these keys."""
    where, params = _condition(result, place, keys)
    anchored = place.table in ANCHORED
    columns = [place.pk, *place.columns, *(("snapshot_id", "start_offset", "end_offset") if anchored else ())]
    changes = result.changes.setdefault(place.table, {})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(place.table)} WHERE {where}", params)
        for values in cursor.fetchall():
            row = dict(zip(columns, values, strict=True))
            before = {name: row[name] for name in place.columns}
            after = {name: _new(result, place, name, value) for name, value in before.items()}
            if anchored and row["snapshot_id"] in result.texts:
                offsets = row["snapshot_id"], row["start_offset"], row["end_offset"], row["prefix"], row["suffix"]
                after |= slices(result, *offsets)
            elif anchored and row["snapshot_id"]:
                # It quotes another text, which does not change.
                after |= {name: row[name] for name in SLICE}
            if changed := {name: value for name, value in after.items() if value != before[name]}:
                changes.setdefault(row[place.pk], {}).update(changed)


def _condition(result: Blackening, place: Place, keys: Collection[int] | None) -> tuple[str, list[Any]]:
    if keys is not None:
        return f"{place.key} = ANY(%s)", [list(keys)]
    if place.table == "claimtrack_keptanswer":
        # They are few, and their JSON contains hashes and quotes with a part of a passage.
        return "status IS NOT NULL", []
    if place.queries:
        # They are few, and their characters are encoded.
        return "true", []
    found = [f"{_quoted(column)}::text ~* %s" for column in place.columns]
    params: list[Any] = [result.pattern] * len(found)
    if place.has("claim_id"):
        found.append("claim_id = ANY(%s)")
        params.append(sorted(result.claims))
    if place.is_history:
        found.append("pgh_obj_id = ANY(%s)")
        params.append(list(result.changes.get(place.history_of, ())))
    if place.table == "claims_appearanceevent":
        found.append("snapshot_id = ANY(%s)")
        params.append(list(result.texts))
    return " OR ".join(found), params


def _new(result: Blackening, place: Place, column: str, value: Any) -> Any:
    if value is None:
        return None
    if column in place.json:
        return json.dumps(new) if (new := result.black_out_json(json.loads(value))) != json.loads(value) else value
    if column in place.queries:
        return masked(value, occurrences_in_query(value, result.forms))
    if place.is_json_text(column):
        try:
            given = orjson.loads(value)
        except orjson.JSONDecodeError:
            return result.black_out(value)
        return value if (new := result.black_out_json(given)) == given else orjson.dumps(new).decode()
    return result.black_out(value)


def _find_claims(result: Blackening, every: list[Place]) -> None:
    """Find the claims that change in any way."""
    found = set(result.changes["claims_claim"])
    with connection.cursor() as cursor:
        for place in every:
            if place.has("claim_id") and not place.is_history and (keys := list(result.changes[place.table])):
                cursor.execute(f"SELECT claim_id FROM {_quoted(place.table)} WHERE id = ANY(%s)", [keys])
                found.update(pk for (pk,) in cursor.fetchall())
    pieces = Evidence.objects.filter(pk__in=as_array(result.changes["claims_evidence"]))
    anchored = Evidence.objects.filter(snapshot__in=list(result.texts))
    for rows in (pieces, anchored):
        found.update(rows.values_list("review__claim", flat=True))
    shown = Appearance.objects.filter(snapshot__article=result.article)
    if not result.changes.get("sources_article"):
        shown = shown.filter(snapshot__in=list(result.texts))
    found.update(shown.values_list("claim", flat=True))
    result.claims = found


def _keys(result: Blackening, place: Place) -> list[int]:
    """Return the keys by which the redaction names the changed rows of a table. Events are named by their tracked row."""
    keys = set(result.changes.get(place.table, ()))
    if place.is_history:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pgh_obj_id FROM {_quoted(place.table)} WHERE pgh_id = ANY(%s)", [list(keys)])
            keys = {pk for (pk,) in cursor.fetchall()}
        # Their changes become events.
        keys |= set(result.changes.get(place.history_of, ()))
    return sorted(keys)


def _find_openings(result: Blackening) -> None:
    """Find the entries of the log whose texts repeat a passage, with the salts and texts that remain."""
    entries = LogEntry.objects.filter(claim__in=list(result.claims)).order_by().values("pk")
    shown = LogEntry.objects.filter(snapshot__in=list(result.texts)).order_by().values("pk")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, texts FROM claims_logopening WHERE texts::text ~* %s OR entry_id = ANY(%s)",
            [result.pattern, list(entries.union(shown).values_list("pk", flat=True))],
        )
        for entry, texts in cursor.fetchall():
            opened = json.loads(texts)
            stays = {name: (salt, text) for name, (salt, text) in opened.items() if result.black_out(text) == text}
            if len(stays) < len(opened):
                result.openings[entry] = stays
    result.rows["claims_logopening"] = sorted(result.openings)


# In order of dependence: quotes are slices of snapshots, and the search column is made from quotes.
FIRST = ("sources_snapshot", "claims_appearance", "claims_evidence", "claims_externalreview")


def write(result: Blackening) -> None:
    """Write the changes. The redaction that names the rows already exists."""
    every = {place.table: place for place in places()}
    ordered = [*FIRST, *(table for table, place in every.items() if not place.is_history and table not in FIRST)]
    for table in ordered:
        _update(every[table], result.changes.get(table, {}))
    for place in every.values():
        if place.is_history:
            result.changes[place.table] = {}
            _look(result, place, result.rows[place.table])
            if place.table == "sources_articleevent":
                _black_out_hashes(result)
            _update(place, result.changes[place.table])
    with connection.cursor() as cursor:
        for entry, texts in result.openings.items():
            cursor.execute(
                "UPDATE claims_logopening SET texts = %s::jsonb WHERE entry_id = %s", [json.dumps(texts), entry]
            )


def _black_out_hashes(result: Blackening) -> None:
    """The hash of the first text of the article is in its history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_id, first_sha256 FROM sources_articleevent WHERE pgh_obj_id = %s AND first_sha256 = ANY(%s)",
            [result.article.pk, list(result.whole)],
        )
        for pk, digest in cursor.fetchall():
            changes = result.changes["sources_articleevent"].setdefault(pk, {})
            changes["first_sha256"] = masked(digest, [(0, len(digest))])


def _update(place: Place, changes: Changes) -> None:
    with connection.cursor() as cursor:
        for pk, columns in changes.items():
            given = ", ".join(f"{_quoted(name)} = %s" + ("::jsonb" if name in place.json else "") for name in columns)
            statement = f"UPDATE {_quoted(place.table)} SET {given} WHERE {place.pk} = %s"
            cursor.execute(statement, [*columns.values(), pk])


def touch(claims: Collection[int]) -> None:
    """Record that the JSON of these claims changed: raise their version, and renew their documents."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(Claim._meta.db_table)} SET version = version + 1 WHERE id = ANY(%s)", [sorted(claims)]
        )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
