from claimtrack.api.filters import IDENTIFIER, Kind, Parameter, among
from sources.pages.canonical import canonical_url, normal_host

URL = Kind("an http or https URL", {"type": "string", "format": "uri"}, canonical_url)
DOMAIN = Kind("a domain such as example.org", {"type": "string", "format": "hostname"}, normal_host)

ARTICLES = (
    Parameter("source", IDENTIFIER, among("source"), "Articles of this source."),
    Parameter("url", URL, among("canonical_url"), "The article of this address, however it is spelt."),
)
SOURCES = (Parameter("domain", DOMAIN, among("domains__host"), "The source that has this domain."),)
