"""Where a text belongs in the ledger: which source, which article, which snapshot. Inside the transaction of an ingest."""

from typing import Any

from django.db import IntegrityError

from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, role_of
from sources.ingesting.taking import Taken
from sources.models import Article, Domain, Snapshot, Source
from sources.pages.canonical import canonical_url, host, sha256


def find_source(*, by: Any, name: str, domain: str, url: str, taken: Taken, warnings: list[str]) -> tuple[Source, bool]:
    """Return the source and whether it is new: by the host of the address, else by the domain given, else by name.

    A host that nobody owns comes to a new source as its own, to a known one by a Moderator who typed it: the target of a
    redirect is nobody's word.
    """
    address_host = host(taken.address) if taken.address else ""
    hosts = [h for h in dict.fromkeys([address_host, domain]) if h]
    typed = {domain, host(url) if url else ""}
    owners = {d.host: d.source for d in Domain.objects.filter(host__in={*hosts, *typed}).select_related("source")}
    telling = next((h for h in hosts if h in owners), "")
    source = owners[telling] if telling else _namesake(name)
    is_new = source is None
    if source is None:
        if not name and not hosts:
            raise Invalid("Say who published this: name a source.", code="source_missing", field="source_name")
        source = Source.objects.create(name=name or hosts[0])
    if name and name != source.name:
        warnings.append(f"“{telling}” is a domain of “{source.name}”; the name “{name}” is left out.")
    for new in [h for h in hosts if owners.get(h) != source]:
        if address_host in owners:
            warnings.append(f"“{new}” is no known domain of “{source.name}” and is left out.")
            continue
        if not is_new:
            _may_add(by, new, source, typed)
            warnings.append(f"“{new}” is now a domain of “{source.name}”.")
        Domain.objects.create(source=source, host=new)
    if address_host not in typed:
        _follow(url, taken.final_url, owners.get(host(url)), source, warnings)
    return source, is_new


def find_key(*, taken: Taken, source: Source, warnings: list[str]) -> str | None:
    """Return the article's canonical URL: the page's link where it may be believed, else where the text came from."""
    address = canonical_url(taken.address) if taken.address else None
    if not taken.link:
        return address
    try:
        link = canonical_url(taken.link)
        if link == address or source.domains.filter(host=host(taken.link)).exists():
            return link
    except ValueError:
        pass  # what is no address cannot be believed either
    stands = "the URL that it came from stands" if address else "give its URL"
    warnings.append(f"The page calls itself “{taken.link}”, which is not on a known domain of its source: {stands}.")
    return address


def file_article(
    *,
    by: Any,
    source: Source,
    key: str | None,
    url: str,
    first_sha256: str,
    details: dict[str, Any],
    warnings: list[str],
) -> tuple[Article, bool]:
    """Return the article of this key with its blanks filled, or a new one, and whether it is new."""
    known = Article.objects.select_related("source").select_for_update(of=("self",))
    identity = (
        {"canonical_url": key} if key else {"canonical_url": None, "source": source, "first_sha256": first_sha256}
    )
    article = known.filter(**identity).first()
    if article is None:
        new = {"source": source, "canonical_url": key, "first_sha256": first_sha256, "url": url, "created_by": by}
        return Article.objects.create(**new, **details), True
    if article.source != source:
        warnings.append(f"The article is filed under “{article.source.name}” and stays there.")
    for name in ("title", "byline", "language"):
        kept, given = getattr(article, name), details[name]
        if kept and given and kept != given:
            warnings.append(f"The article keeps its {name} “{kept}”; “{given}” is left out.")
    if _dates_differ(article, details):
        kept, given = article.published_at, details["published_at"]
        warnings.append(
            f"The article keeps its date {kept:%Y-%m-%d %H:%M} UTC; {given:%Y-%m-%d %H:%M} UTC is left out."
        )
    if blanks := {name: value for name, value in details.items() if value and not getattr(article, name)}:
        Article.objects.filter(pk=article.pk).update(**blanks)
    return article, False


def file_snapshot(
    *, by: Any, article: Article, taken: Taken, archive_url: str | None, warnings: list[str]
) -> tuple[Snapshot, bool]:
    """Return the article's snapshot of this text, or a new one, and whether it is new."""
    digest = sha256(taken.text)
    snapshot = article.snapshots.filter(sha256=digest).first()
    if snapshot is None:
        new = Snapshot(article=article, text=taken.text, sha256=digest, method=taken.method, taken_by=by)
        new.extractor, new.extractor_version = taken.extractor, taken.extractor_version
        new.final_url, new.archive_url = taken.final_url, archive_url
        try:
            new.save(force_insert=True)
        except IntegrityError as error:
            # Python's and PostgreSQL's Unicode may be of different ages, and so their NFC.
            raise Invalid(
                "PostgreSQL holds that this text is not in Unicode NFC.", code="bad_character", field="text"
            ) from error
        return new, True
    if archive_url and not snapshot.archive_url:
        snapshot.archive_url = archive_url
        snapshot.save(update_fields=["archive_url"])
    elif archive_url and snapshot.archive_url != archive_url:
        warnings.append(f"The snapshot keeps its archive URL “{snapshot.archive_url}”.")
    return snapshot, False


def _namesake(name: str) -> Source | None:
    """Return the one source of this name; names are compared as written."""
    sources = list(Source.objects.filter(name=name).order_by("pk")) if name else []
    if len(sources) > 1:
        raise Conflict(
            f"{len(sources)} sources are called “{name}”: give the domain of the one that you mean.",
            code="source_ambiguous",
            field="source",
            sources=[source.pk for source in sources],
        )
    return next(iter(sources), None)


def _may_add(by: Any, new: str, source: Source, typed: set[str]) -> None:
    if role_of(by) < Role.MODERATOR:
        sentence = f"“{new}” is no known domain of “{source.name}”: ask a Moderator to add it, or give another name."
    elif new not in typed:
        sentence = (
            f"The URL led to “{new}”, which is no known domain of “{source.name}”: give it as the domain if it is."
        )
    else:
        return
    raise Conflict(sentence, code="source_other_domain", field="source", source=source.pk)


def _follow(url: str, final_url: str, owner: Source | None, source: Source, warnings: list[str]) -> None:
    """A shortener may lead anywhere. What leads away from a known source is a consent page, a login, or has moved."""
    if owner is None:
        warnings.append(f"“{url}” led to “{final_url}”, and the article is filed there.")
    elif owner != source:
        raise Conflict(
            f"The URL led away from “{owner.name}” to “{final_url}”; if that is the article, ingest it from there.",
            code="redirected_away",
            field="url",
            final_url=final_url,
        )


def _dates_differ(article: Article, details: dict[str, Any]) -> bool:
    """Whether both cannot be right: a day and a moment agree when the moment lies in it (UTC)."""
    kept, given = article.published_at, details["published_at"]
    if not kept or not given:
        return False
    if "day" in (article.published_precision, details["published_precision"]):
        return bool(kept.date() != given.date())
    return bool(kept != given)
