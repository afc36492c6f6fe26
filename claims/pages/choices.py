"""The small lists that pages show beside their claims: the scale, topics, corrections.

Django takes longer to build their SQL than PostgreSQL to answer it, so it is built once (claimtrack.db.statements). All pages of one
revision show the same lists, so they are read once for each revision: `number` is a revision that was read before.
"""

from collections.abc import Callable
from typing import NamedTuple

import orjson
from django.core.cache import caches
from django.db.models import QuerySet

from claims.models import Claim, Review, Topic, Verdict
from claims.models.review import ReviewQuerySet
from claims.pages.page import EVERYBODY
from claimtrack.db import revision
from claimtrack.db.statements import Record, fetch

TOPICS = 100
CORRECTIONS = 5
SHOWN = (
    *("claim_id", "claim__text", "claim__language", "created_at", "verdict_id", "verdict_label", "wording"),
    *("replaces__verdict_id", "replaces__verdict_label", "replaces__wording"),
)


class Step(NamedTuple):
    """A step of the scale, as lists need it."""

    pk: int
    code: str
    label: str
    labels: dict[str, str]
    value: int | None


def steps(number: int) -> list[Step]:
    """Return the scale in the desk's order."""
    rows = _rows(number, "steps", lambda: Verdict.objects.values_list("pk", "code", "label", "labels", "value"))
    return [
        Step(int(pk), code.decode(), label.decode(), orjson.loads(labels), value and int(value))
        for pk, code, label, labels, value in rows
    ]


def topics(number: int) -> list[tuple[str, str]]:
    """Return slug and name of the first TOPICS topics of public claims, by name."""

    def chosen() -> QuerySet:
        found = Topic.objects.visible_to(EVERYBODY).order_by("name", "pk")
        return found.values_list("slug", "name")[:TOPICS]

    return [(slug.decode(), name.decode()) for slug, name in _rows(number, "topics", chosen)]


def corrections() -> ReviewQuerySet:
    """Return the public corrections of verdicts that are in force, with their claims."""
    rows = Review.objects.corrections().filter(claim__in=Claim.objects.public().judged())
    return rows.select_related("claim", "replaces").defer("claim__search")


def newest_corrections(number: int) -> list[dict[str, object]]:
    """Return the newest CORRECTIONS of them, with the attributes of Review that a list shows."""
    rows = _rows(number, "corrections", lambda: corrections().order_by("-pk").values_list(*SHOWN)[:CORRECTIONS])
    found = [[column.decode() for column in row] for row in rows]
    return [
        {
            **dict(zip(SHOWN, row, strict=True)),
            "claim": {"text": row[1], "language": row[2]},
            "replaces": dict(zip(("verdict_id", "verdict_label", "wording"), row[-3:], strict=True)),
        }
        for row in found
    ]


def _rows(number: int, name: str, chosen: Callable[[], QuerySet]) -> list[Record]:
    # The rows may be newer than the revision, but never older.
    key = f"{name}-{revision.moment(number)}"
    found: list[Record] | None = caches["pages"].get(key)
    if found is None:
        found = fetch((__name__, name), {}, lambda _: chosen().query.sql_with_params())
        caches["pages"].set(key, found)
    return found
