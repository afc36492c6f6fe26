"""Find or create the source, article and snapshot of a text, inside the transaction of an ingest."""

from datetime import datetime

from django.db import IntegrityError
from django.dispatch import Signal

from claimtrack.models import User
from claimtrack.names import fold, identity
from claimtrack.refusals import Conflict, Invalid, Message
from claimtrack.roles import Role, role_of
from claimtrack.warnings import InputWarning
from sources.ingesting.fields import Details
from sources.ingesting.taking import Taken
from sources.models import Article, Domain, Snapshot, Source
from sources.pages.archives import original
from sources.pages.canonical import canonical_url, link, publisher_host, sha256
from sources.pages.platforms import PLATFORMS, platform_of

Warnings = list[InputWarning]
# An existing snapshot got an archive address. Sent with `snapshot`, in the transaction.
archived = Signal()


KEPT = {
    "title": Message("The article keeps its title “%(kept)s”; “%(stated)s” is left out."),
    "byline": Message("The article keeps its byline “%(kept)s”; “%(stated)s” is left out."),
    "language": Message("The article keeps its language “%(kept)s”; “%(stated)s” is left out."),
}


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
        sentence = Message(
            "“%(host)s” is a domain of “%(source)s”; the name “%(name)s” is left out.",
            {"host": telling, "source": source.name, "name": name},
        )
        warnings.append(InputWarning("source_name_left_out", "source_name", sentence))
    for new in [host for host in hosts if owners.get(host) != source]:
        if address_host in owners:
            sentence = Message(
                "“%(host)s” is no known domain of “%(source)s” and is left out.", {"host": new, "source": source.name}
            )
            warnings.append(InputWarning("source_domain_left_out", "source_domain", sentence))
            continue
        if not is_new:
            _may_add(by, new, source, typed)
            sentence = Message("“%(host)s” is now a domain of “%(source)s”.", {"host": new, "source": source.name})
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
    params = {"link": taken.link}
    sentence = (
        Message(
            "The page calls itself “%(link)s”, which is not on a known domain of its source: the URL that it came from stands.",
            params,
        )
        if address
        else Message(
            "The page calls itself “%(link)s”, which is not on a known domain of its source: give its URL.", params
        )
    )
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
        sentence = Message("The article is filed under “%(source)s” and stays there.", {"source": article.source.name})
        warnings.append(InputWarning("source_kept", "source_name", sentence))
    for name in ("title", "byline", "language"):
        kept, stated = getattr(article, name), str(details[name])
        if kept and stated and kept != stated:
            message = Message(KEPT[name], {"kept": kept, "stated": stated})
            warnings.append(InputWarning(f"{name}_kept", name, message))
    if _dates_differ(article, details):
        sentence = Message(
            "The article keeps its date %(kept)s; %(stated)s is left out.",
            {"kept": _moment(article.published_at), "stated": _moment(details["published_at"])},
        )
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
        archived.send(Snapshot, snapshot=snapshot)
    elif archive_url and snapshot.archive_url != archive_url:
        sentence = Message(
            "The snapshot keeps its archive URL “%(archive_url)s”.", {"archive_url": snapshot.archive_url}
        )
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
            sentence = Message(
                "“%(name)s” is taken for the source “%(source)s”, whose name is alike.",
                {"name": name, "source": sources[0].name},
            )
            warnings.append(InputWarning("source_alike", "source_name", sentence))
    if len(sources) > 1:
        raise Conflict(
            "%(count)s sources are called “%(name)s”: give the domain of the one that you mean.",
            code="source_ambiguous",
            field="source",
            sources=[source.pk for source in sources],
            params={"count": len(sources), "name": name},
        )
    return next(iter(sources), None)


def _may_add(by: User, new: str, source: Source, typed: set[str]) -> None:
    if role_of(by) < Role.MODERATOR:
        sentence = Message(
            "“%(host)s” is no known domain of “%(source)s”: ask a Moderator to add it, or give another name.",
            {"host": new, "source": source.name},
        )
    elif new not in typed:
        sentence = Message(
            "The URL led to “%(host)s”, which is no known domain of “%(source)s”: give it as the domain if it is.",
            {"host": new, "source": source.name},
        )
    else:
        return
    raise Conflict(sentence, code="source_other_domain", field="source", source=source.pk)


def _follow(url: str, address: str, owner: Source | None, source: Source, warnings: Warnings) -> None:
    """Warn of a redirect from an unknown host, and refuse one away from a known source.

    A shortener may lead anywhere, but a known source redirects to others for consent, a login, or after a move.
    """
    if owner is None:
        sentence = Message(
            "“%(url)s” led to “%(address)s”, and the article is filed there.", {"url": url, "address": address}
        )
        warnings.append(InputWarning("redirected", "url", sentence))
    elif owner != source:
        raise Conflict(
            "The URL led away from “%(source)s” to “%(address)s”; if that is the article, ingest it from there.",
            code="redirected_away",
            field="url",
            final_url=address,
            params={"source": owner.name, "address": address},
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
