"""Find or create the source, article and snapshot of a text, inside the transaction of an ingest."""

from datetime import datetime

from django.db import IntegrityError

from claimtrack.models import User
from claimtrack.names import fold, identity
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, role_of
from claimtrack.warnings import InputWarning
from sources.ingesting.fields import Details
from sources.ingesting.taking import Taken
from sources.models import Article, Domain, Snapshot, Source
from sources.pages.archives import original
from sources.pages.canonical import canonical_url, link, publisher_host, sha256
from sources.pages.platforms import PLATFORMS, platform_of

Warnings = list[InputWarning]


def find_source(*, by: User, name: str, domain: str, url: str, taken: Taken, warnings: Warnings) -> tuple[Source, bool]:
    """Return the source and whether it is new: by the host of the address, else by the domain given, else by name.

    A host without a source becomes a domain of a new source. It is added to a known source only if a Moderator typed it,
    since anybody can redirect to a host. A social platform is a source itself, whatever name is given beside a post.
    """
    address_host = publisher_host(taken.address) if taken.address else ""
    hosts = [host for host in dict.fromkeys([address_host, domain]) if host]
    typed = {domain, publisher_host(url) if url else ""}
    platform_is_new = _add_platform(hosts[0]) if hosts else False
    owners = {d.host: d.source for d in Domain.objects.filter(host__in={*hosts, *typed}).select_related("source")}
    telling = next((host for host in hosts if host in owners), "")
    source = owners[telling] if telling else _namesake(name, hosts, warnings)
    is_new = source is None
    if source is None:
        if not name and not hosts:
            raise Invalid("Say who published this: name a source.", code="source_missing", field="source_name")
        source = Source.objects.create(name=name or hosts[0])
    if telling and name and identity(name) != source.key:
        sentence = f"“{telling}” is a domain of “{source.name}”; the name “{name}” is left out."
        warnings.append(InputWarning("source_name_left_out", "source_name", sentence))
    for new in [host for host in hosts if owners.get(host) != source]:
        if address_host in owners:
            sentence = f"“{new}” is no known domain of “{source.name}” and is left out."
            warnings.append(InputWarning("source_domain_left_out", "source_domain", sentence))
            continue
        if not is_new:
            _may_add(by, new, source, typed)
            sentence = f"“{new}” is now a domain of “{source.name}”."
            warnings.append(InputWarning("source_domain_added", "source_domain", sentence))
        Domain.objects.create(source=source, host=new)
    if address_host not in typed:
        _follow(url, taken.address, owners.get(publisher_host(url)), source, warnings)
    return source, is_new or platform_is_new


def find_address(*, taken: Taken, source: Source, warnings: Warnings) -> tuple[str | None, str]:
    """Return the article's canonical URL and the address for readers.

    It is the page's canonical link if that may be believed, else the address that the text came from.
    """
    address = canonical_url(taken.address) if taken.address else None
    shown = link(taken.address) if taken.address else ""
    if not taken.link:
        return address, shown
    try:
        stated = canonical_url(taken.link)
        if stated == address:
            return address, shown
        if source.domains.filter(host=publisher_host(taken.link)).exists():
            return stated, link(original(taken.link))
    except ValueError:
        pass  # not an address
    stands = "the URL that it came from stands" if address else "give its URL"
    sentence = f"The page calls itself “{taken.link}”, which is not on a known domain of its source: {stands}."
    warnings.append(InputWarning("canonical_link_left_out", "url", sentence))
    return address, shown


def file_article(
    *,
    by: User,
    source: Source,
    address: tuple[str | None, str],
    first_sha256: str,
    details: Details,
    warnings: Warnings,
) -> tuple[Article, bool]:
    """Return the article of this address with its empty fields filled, or a new one, and whether it is new."""
    key, url = address
    known = Article.objects.select_related("source").select_for_update(of=("self",))
    key_columns = (
        {"canonical_url": key} if key else {"canonical_url": None, "source": source, "first_sha256": first_sha256}
    )
    article = known.filter(**key_columns).first()
    if article is None:
        new = {"source": source, "canonical_url": key, "first_sha256": first_sha256, "url": url, "created_by": by}
        return Article.objects.create(**new, **details), True
    if article.source != source:
        sentence = f"The article is filed under “{article.source.name}” and stays there."
        warnings.append(InputWarning("source_kept", "source_name", sentence))
    for name in ("title", "byline", "language"):
        kept, stated = getattr(article, name), str(details[name])
        if kept and stated and kept != stated:
            sentence = f"The article keeps its {name} “{kept}”; “{stated}” is left out."
            warnings.append(InputWarning(f"{name}_kept", name, sentence))
    if _dates_differ(article, details):
        sentence = f"The article keeps its date {_moment(article.published_at)}; {_moment(details['published_at'])} is left out."
        warnings.append(InputWarning("published_at_kept", "published_at", sentence))
    if blanks := {name: value for name, value in details.items() if value and not getattr(article, name)}:
        Article.objects.filter(pk=article.pk).update(**blanks)
    return article, False


def file_snapshot(
    *, by: User, article: Article, taken: Taken, archive_url: str | None, warnings: Warnings
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
            # Python and PostgreSQL may have different versions of Unicode, and so of NFC.
            raise Invalid(
                "To PostgreSQL, this text is not in Unicode NFC: leave out its newest characters.",
                code="bad_character",
                field="text",
            ) from error
        return new, True
    if archive_url and not snapshot.archive_url:
        snapshot.archive_url = archive_url
        snapshot.save(update_fields=["archive_url"])
    elif archive_url and snapshot.archive_url != archive_url:
        sentence = f"The snapshot keeps its archive URL “{snapshot.archive_url}”."
        warnings.append(InputWarning("archive_url_kept", "archive_url", sentence))
    return snapshot, False


def _add_platform(host: str) -> bool:
    """Create the source of the social platform with this host, if there is one. Return whether it is new."""
    platform = platform_of(host)
    hosts = PLATFORMS.get(platform, ())
    known = {domain.host: domain.source for domain in Domain.objects.filter(host__in=hosts).select_related("source")}
    if not platform or host in known:
        return False
    kind = Source.Kind.PLATFORM
    owners = [*known.values(), *Source.objects.filter(kind=kind, name=platform).order_by("pk")[:1]]
    source = owners[0] if owners else Source.objects.create(name=platform, kind=kind)
    Domain.objects.bulk_create(Domain(source=source, host=name) for name in hosts if name not in known)
    return not owners


def _namesake(name: str, hosts: list[str], warnings: Warnings) -> Source | None:
    """Return the one source of this name. Without an address or domain, a source with a similar name will do."""
    sources = list(Source.objects.filter(key=identity(name)).order_by("pk")) if name else []
    if name and not sources and not hosts:
        sources = list(Source.objects.filter(folded=fold(name)).order_by("pk"))
        if len(sources) == 1:
            sentence = f"“{name}” is taken for the source “{sources[0].name}”, whose name is alike."
            warnings.append(InputWarning("source_alike", "source_name", sentence))
    if len(sources) > 1:
        raise Conflict(
            f"{len(sources)} sources are called “{name}”: give the domain of the one that you mean.",
            code="source_ambiguous",
            field="source",
            sources=[source.pk for source in sources],
        )
    return next(iter(sources), None)


def _may_add(by: User, new: str, source: Source, typed: set[str]) -> None:
    if role_of(by) < Role.MODERATOR:
        sentence = f"“{new}” is no known domain of “{source.name}”: ask a Moderator to add it, or give another name."
    elif new not in typed:
        sentence = (
            f"The URL led to “{new}”, which is no known domain of “{source.name}”: give it as the domain if it is."
        )
    else:
        return
    raise Conflict(sentence, code="source_other_domain", field="source", source=source.pk)


def _follow(url: str, address: str, owner: Source | None, source: Source, warnings: Warnings) -> None:
    """Warn of a redirect from an unknown host, and refuse one away from a known source.

    A shortener may lead anywhere, but a known source redirects to others for consent, a login, or after a move.
    """
    if owner is None:
        sentence = f"“{url}” led to “{address}”, and the article is filed there."
        warnings.append(InputWarning("redirected", "url", sentence))
    elif owner != source:
        raise Conflict(
            f"The URL led away from “{owner.name}” to “{address}”; if that is the article, ingest it from there.",
            code="redirected_away",
            field="url",
            final_url=address,
        )


def _moment(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC" if value else ""


def _dates_differ(article: Article, details: Details) -> bool:
    """Whether the dates contradict each other. A day and a time agree if the time lies in the day (UTC)."""
    kept, given = article.published_at, details["published_at"]
    if not kept or not given:
        return False
    if "day" in (article.published_precision, details["published_precision"]):
        return kept.date() != given.date()
    return kept != given
