"""The page of a piece of evidence, ingested as an article."""

from collections.abc import Iterable
from typing import cast

from django.utils import timezone

from claims.curating.decisions import COLUMNS, EvidenceFields, is_of
from claims.models.review import MAX_TITLE
from claimtrack.languages import desk_time_zone
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, Message, Refused
from claimtrack.warnings import InputWarning
from sources.ingesting import ingest
from sources.models import Snapshot


def read_page(*, index: int, given: EvidenceFields, by: User) -> tuple[EvidenceFields, list[InputWarning]]:
    """Ingest the page of a piece of evidence as an article. Return the piece with the snapshot, and warnings.

    The page fills in missing fields: title, publisher, archive address, and the day on which it was read. If a page cannot be
    ingested, the piece stays as it is, with the warning `no_snapshot`. Raises NotAllowed below Contributor.
    """
    try:
        done = ingest(by=by, url=given.get("url") or "", archive_url=given.get("archive_url") or "")
    except (Invalid, Conflict) as refusal:
        if refusal.code == "deadlock":
            raise
        return given, [without_page(index, refusal)]
    return with_page(index=index, given=given, snapshot=done.snapshot, told=done.warnings)


def without_page(index: int, refusal: Refused) -> InputWarning:
    """Return the warning that the page of a piece cannot be ingested."""
    params = {"reason": refusal.message}
    sentence = Message("This evidence stays without a snapshot of its page: %(reason)s", params)
    return InputWarning("no_snapshot", f"evidence.{index}.url", sentence)


def with_page(
    *, index: int, given: EvidenceFields, snapshot: Snapshot, told: Iterable[InputWarning]
) -> tuple[EvidenceFields, list[InputWarning]]:
    """Return the piece with the snapshot of its page, and warnings in addition to those that the ingest has `told`."""
    at, article = f"evidence.{index}", snapshot.article
    stated = {
        "title": article.title if len(article.title) <= MAX_TITLE else "",
        "publisher": article.source.name,
        "archive_url": snapshot.archive_url or "",
        "accessed_at": timezone.localdate(timezone=desk_time_zone()).isoformat(),
    }
    blanks = {name: value for name, value in stated.items() if value and not given.get(name)}
    filled = cast(EvidenceFields, {**given, **blanks, "snapshot": snapshot.pk})
    warnings = [InputWarning(w.code, f"{at}.{w.field}" if w.field in COLUMNS else f"{at}.url", w.detail) for w in told]
    if not is_of(filled["url"], article):
        params = {"given": filled["url"], "address": article.url}
        sentence = Message("“%(given)s” is the page “%(address)s”, which is the address of this evidence now.", params)
        warnings.append(InputWarning("url_replaced", f"{at}.url", sentence))
        filled["url"] = article.url
    return filled, warnings
