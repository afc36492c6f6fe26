from claimtrack.api.filters import AnyOf, IdentifierField, ParameterField, StrictFilterSet
from claimtrack.refusals import Message
from sources.pages.canonical import canonical_url, normal_host


class UrlField(ParameterField):
    takes = Message("an http or https URL")
    schema = {"type": "string", "format": "uri"}

    def read(self, value: str) -> str:
        return canonical_url(value)


class DomainField(ParameterField):
    takes = Message("a domain such as example.org")
    schema = {"type": "string", "format": "hostname"}

    def read(self, value: str) -> str:
        return normal_host(value)


class ArticleFilterSet(StrictFilterSet):
    source = AnyOf(IdentifierField(), "Articles of this source.")
    url = AnyOf(UrlField(), "The article of this address, however it is spelt.", "canonical_url")


class SourceFilterSet(StrictFilterSet):
    domain = AnyOf(DomainField(), "The source that has this domain.", "domains__host")
