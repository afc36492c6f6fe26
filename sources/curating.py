"""The verb that creates a source. Ingesting an article also creates its source."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from claimtrack.cleaning import clean_line
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require
from sources.ingesting import fields
from sources.models import Domain, Source


@verb
def create_source(
    *,
    by: User,
    name: str,
    kind: str = Source.Kind.OTHER,
    homepage: str = "",
    country: str = "",
    language: str = "",
    notes: str = "",
    domains: Iterable[str] = (),
) -> Source:
    """Create a source with its domains, given with or without www. Raises NotAllowed, Invalid, Conflict `domain_taken`."""
    require(by, Role.MODERATOR, "You may not create sources: this takes a Moderator.")
    hosts = list(dict.fromkeys(filter(None, (fields.domain(domain, "domains") for domain in domains))))
    source = Source(
        name=clean_line(name, "name", limit=300),
        kind=kind,
        homepage=homepage,
        country=country,
        language=language,
        notes=notes,
    )
    try:
        source.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    if taken := Domain.objects.filter(host__in=hosts).select_related("source").first():
        raise Conflict(
            "%(host)s belongs to %(source)s.",
            code="domain_taken",
            field="domains",
            source=taken.source_id,
            params={"host": taken.host, "source": taken.source},
        )
    source.save(force_insert=True)
    Domain.objects.bulk_create(Domain(source=source, host=host) for host in hosts)
    return source
