"""Find the article of a line, and the newest snapshot that contains its quote.

The article must be in the ledger, since a quote can only be checked against a text. The source of the line identifies articles
without a URL. For other articles it is compared with the ledger.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from claims.curating import fields
from claims.importing.lines import Line, pointing
from claims.text.quoting import Slice
from claimtrack.db.arrays import as_array
from claimtrack.names import identity
from claimtrack.refusals import Conflict, Invalid, Message
from sources.models import Article, Domain, Snapshot, Source

MAX_SNAPSHOTS = 100  # snapshots in memory at the same time; each may have several megabytes
_POINTERS = {"quote": "/quote"}


class ArticleRow(NamedTuple):
    """The columns of an article that an import needs."""

    pk: int
    source: int
    source_name: str
    current_snapshot: int | None


class Anchor(NamedTuple):
    snapshot: int
    slice: Slice


class Articles:
    """The articles of some lines, and their sources, fetched in four queries."""

    def __init__(self, lines: Collection[Line]) -> None:
        hosts = {line.source_domain for line in lines if line.source_domain}
        names = {identity(line.source_name) for line in lines if not line.source_domain}
        self._by_host = dict(Domain.objects.filter(host__in=as_array(hosts)).values_list("host", "source"))
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for pk, key in Source.objects.filter(key__in=as_array(names)).values_list("pk", "key"):
            self._by_name[key].add(pk)
        columns = ("pk", "source", "source__name", "current_snapshot")
        urls = {line.article_url for line in lines if line.article_url}
        by_url = Article.objects.filter(canonical_url__in=as_array(urls))
        self._by_url = {url: ArticleRow(*row) for url, *row in by_url.values_list("canonical_url", *columns)}
        texts = {line.article_sha256 for line in lines if line.article_sha256}
        by_text = Article.objects.filter(canonical_url=None, first_sha256__in=as_array(texts))
        self._by_text = {
            (article.source, text): article
            for text, *row in by_text.values_list("first_sha256", *columns)
            for article in [ArticleRow(*row)]
        }

    def of(self, line: Line) -> ArticleRow:
        """Return the article of a line, by its URL, or else by source and text.

        Raises Invalid `article_unknown`, Conflict `source_differs`.
        """
        if line.source_domain:
            sources = {self._by_host[line.source_domain]} if line.source_domain in self._by_host else set()
        else:
            sources = self._by_name.get(identity(line.source_name), set())
        if line.article_url:
            article = self._by_url.get(line.article_url)
            if article and sources and article.source not in sources:
                message = Message(
                    "The ledger has this article from “%(source_name)s”, not from this source.",
                    {"source_name": article.source_name},
                )
                raise Conflict(message, code="source_differs", field="/source", source=article.source)
        else:
            keys = [(source, line.article_sha256) for source in sources]
            article = min((self._by_text[key] for key in keys if key in self._by_text), default=None)
        if article is None:
            raise article_unknown()
        return article


def anchors(wanted: Mapping[int, tuple[ArticleRow, Line]]) -> dict[int, Anchor | Invalid]:
    """Return the place of each quote, under the same keys. Each text is read only once, however many quotes it may contain.

    The current snapshot is read first. It need not be the newest, since an article may return to an earlier text.
    """
    result: dict[int, Anchor | Invalid] = {}
    current: dict[int, list[int]] = defaultdict(list)
    for key, (article, _) in wanted.items():
        if article.current_snapshot:
            current[article.current_snapshot].append(key)
    for snapshot in (
        Snapshot.objects.filter(pk__in=as_array(current.keys())).only("text").iterator(chunk_size=MAX_SNAPSHOTS)
    ):
        for key in current[snapshot.pk]:
            result[key] = _anchor(wanted[key][1], snapshot)
    absent = defaultdict(list)
    for key, (article, _) in wanted.items():
        if _is_absent(result.get(key)):
            absent[article].append(key)
    for article, keys in absent.items():
        for snapshot in _others(article):
            for key in keys:
                found = _anchor(wanted[key][1], snapshot)
                # If no snapshot contains the quote, keep the refusal of the newest, with its nearest passage.
                if key not in result or not _is_absent(found):
                    result[key] = found
            keys = [key for key in keys if _is_absent(result[key])]
            if not keys:
                break
    return result


def _others(article: ArticleRow) -> Iterator[Snapshot]:
    snapshots = Snapshot.objects.filter(article=article.pk).exclude(pk=article.current_snapshot or 0)
    return snapshots.order_by("-taken_at", "-pk").iterator(chunk_size=1)


def _anchor(line: Line, snapshot: Snapshot) -> Anchor | Invalid:
    try:
        with pointing(_POINTERS):
            found = fields.anchor(
                snapshot, line.quote, start=line.start, prefix=line.prefix, suffix=line.suffix, field="quote"
            )
    except Invalid as refusal:
        return refusal
    return Anchor(snapshot.pk, found)


def _is_absent(found: Anchor | Invalid | None) -> bool:
    return found is None or (isinstance(found, Invalid) and found.code in ("quote_absent", "quote_cut"))


def article_unknown() -> Invalid:
    message = Message("The ledger does not have this article: ingest it first.")
    return Invalid(message, code="article_unknown", field="/article")
